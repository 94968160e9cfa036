"""How many inhabitants of foreign origin the partners of an application have, to divide its lines by."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.queries.form import Filled
from draad.organisations.models import PopulationGroup
from draad.organisations.queries import timeline
from draad.organisations.queries.population import inhabitants, reference_dates_on

GROUPS = {"EU-15": PopulationGroup.NON_EU15, "EU-14": PopulationGroup.NON_EU14}


def weights_of(form: Filled) -> list[int]:
    """The inhabitants that the threshold of the round counts, by partner in their order.

    Raises:
        ValidationError: naming the partners of which the number is not known, or when the round counts nobody.
    """
    threshold = form.rules.get("eligibility_threshold")
    if threshold is None:
        raise ValidationError(_("Deze ronde telt geen inwoners. Verdeel gelijk, of vul de aandelen zelf in."))
    group, on, history = GROUPS[threshold["origin"]], form.round.starts_on, timeline()
    given = form.rules.get("reference_date", {}).get("day")
    reference = date.fromisoformat(given) if given else reference_dates_on(on).get(group)
    known = inhabitants(history, reference, on, group)
    found: list[int] = []
    missing: list[str] = []
    for member in form.partners:
        ground = history.territory_near(member.organisation_id, on)
        persons = known[ground.pk].persons if ground else None
        if isinstance(persons, int):
            found.append(persons)
        else:
            missing.append(str(member.organisation))
    if missing:
        raise ValidationError(
            _("Van %(names)s is dit aantal inwoners niet bekend. Verdeel gelijk, of vul de aandelen zelf in.")
            % {"names": ", ".join(missing)}
        )
    return found
