"""Which incentives a round has, what each brings, and for whom it can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.applications.models import IncentiveKind
from draad.applications.queries.form import Filled
from draad.programmes.models import Action
from draad.programmes.rules import Parameters

RULE_OF: Mapping[str, str] = {
    IncentiveKind.COOPERATION: "incentive_cooperation",
    IncentiveKind.MENTORSHIP: "incentive_mentor",
    IncentiveKind.IMPACT_BOND: "incentive_impact_bond",
}


def amount_of(kind: str, rules: Mapping[str, Parameters]) -> Decimal | None:
    """What an incentive brings in euro; None when the round does not have it."""
    rule = rules.get(RULE_OF[kind])
    return Decimal(rule["amount"]) if rule else None


def check_incentive(form: Filled, kind: str, organisation: int, action: int | None = None) -> Decimal:
    """The amount of an incentive that can be asked for an organisation, and for a mentorship for an action (keys).

    Raises:
        ValidationError: when the round does not have it, who asks it does not take part, or nobody cooperates.
    """
    amount = amount_of(kind, form.rules)
    if amount is None:
        raise ValidationError(_("Deze ronde heeft geen stimulans “%(kind)s”.") % {"kind": IncentiveKind(kind).label})
    if organisation not in [member.organisation_id for member in form.members]:
        raise ValidationError(_("Een stimulans gaat naar de aanvrager of naar een lid."))
    if kind == IncentiveKind.COOPERATION and not form.together:
        raise ValidationError(_("De stimulans voor samenwerking is er alleen voor wie met andere besturen aanvraagt."))
    if action is not None and not Action.objects.filter(pk=action, programme=form.round.programme_id).exists():
        raise ValidationError(_("Kies een actie van dit programma."))
    return amount
