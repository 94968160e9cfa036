"""The roles of Draad; a person holds one for an organisation during a period."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What a person does in Draad (DESIGN section 1)."""

    ADMINISTRATOR = "administrator", _("beheerder")
    PROGRAMME_MANAGER = "programme_manager", _("programmabeheerder")
    ASSESSOR = "assessor", _("beoordelaar")
    GOVERNMENT_EDITOR = "government_editor", _("invuller van een bestuur")
    GOVERNMENT_APPROVER = "government_approver", _("goedkeurder van een bestuur")
    SUPPORT_OFFICER = "support_officer", _("ondersteuner")
    EVALUATOR = "evaluator", _("evaluator")
    PLAN_COORDINATOR = "plan_coordinator", _("plancoördinator")
    READER = "reader", _("lezer")
