"""How many inhabitants of foreign origin the partners of an application have, to divide its lines by."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.queries.eligibility import counted
from draad.applications.queries.form import Filled


def weights_of(form: Filled) -> list[int]:
    """The inhabitants that the threshold of the round counts, by partner in their order.

    Raises:
        ValidationError: naming the partners of which the number is not known, or when the round counts nobody.
    """
    found = counted(form.round, form.rules)
    if found is None:
        raise ValidationError(_("Deze ronde telt geen inwoners. Verdeel gelijk, of vul de aandelen zelf in."))
    persons = {str(member.organisation): found.of(member.organisation_id) for member in form.partners}
    missing = [name for name, number in persons.items() if not isinstance(number, int)]
    if missing:
        raise ValidationError(
            _("Van %(names)s is dit aantal inwoners niet bekend. Verdeel gelijk, of vul de aandelen zelf in.")
            % {"names": ", ".join(missing)}
        )
    return [number for number in persons.values() if isinstance(number, int)]
