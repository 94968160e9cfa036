"""Who changes a measure by hand, which part of it, and what it can hold."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.plans.actions.plans import coordinates
from draad.plans.content import Content
from draad.plans.models import Measure
from draad.plans.policies import check_correction
from draad.plans.progress_policies import may_write

COORDINATORS_PART = (
    "title",
    "strategic_goals",
    "operational_goals",
    "responsible_cabinets",
    "responsible_administrations",
)
"""What an owner cannot change: what a measure is, which goals it serves and who answers for it."""
FIRST, LAST = 1950, 2150


def can_change(measure: Measure, by: Actor) -> bool:
    """Whether somebody may change a measure by hand: who coordinates its plan, and its owner when the plan allows."""
    return coordinates(measure.plan, by) or (measure.plan.owners_change and may_write(measure, by))


def check_can_change(measure: Measure, by: Actor) -> None:
    """Refuse who may not change a measure by hand, and a measure that left the plan.

    Raises:
        PermissionDenied: saying who may.
        ValidationError: for a measure that was withdrawn.
    """
    if not can_change(measure, by):
        raise PermissionDenied(
            _("Alleen wie het plan coördineert, wijzigt deze maatregel. De eigenaar mag het als de coördinator dat "
              "voor dit plan toelaat.")
        )  # fmt: skip
    if measure.withdrawn:
        raise ValidationError(_("Deze maatregel is ingetrokken. Er valt niets meer te wijzigen."))


def check_part(old: Content, new: Content, *, coordinator: bool) -> None:
    """Refuse an owner who changes what belongs to the coordinator.

    Raises:
        ValidationError: naming what that is.
    """
    if not coordinator and any(old[name] != new[name] for name in COORDINATORS_PART):
        raise ValidationError(
            _("De naam, de doelstellingen en wie verantwoordelijk is, wijzigt alleen wie het plan coördineert.")
        )


def check_content(content: Content) -> None:
    """Refuse what a measure cannot hold.

    Raises:
        ValidationError: with a sentence for each thing.
    """
    check_correction("title", content["title"].strip())
    for row in content["milestones"]:
        check_milestone(row)
    for amount in content["amounts"]:
        upper = amount["euro_to"]
        check_amount(Decimal(amount["euro"]), Decimal(upper) if upper else None)
        check_years(amount["year_from"], amount["year_to"])
    check_targets(content.get("targets", []))


def check_milestone(row: dict[str, Any]) -> None:
    """Refuse a milestone without period.

    Raises:
        ValidationError: then, and for a period that is too long.
    """
    if not row["period"]:
        raise ValidationError(_("Een mijlpaal heeft een periode nodig, zoals “2018” of “2016-2018”."))
    check_correction("period", row["period"])


def check_amount(euro: Decimal, euro_to: Decimal | None) -> None:
    """Refuse an amount below zero, and a range that ends before it begins.

    Raises:
        ValidationError: in both cases.
    """
    if euro < 0:
        raise ValidationError(_("Een bedrag is nul of meer."))
    if euro_to is not None and euro_to < euro:
        raise ValidationError(_("Het hoogste bedrag ligt onder het laagste. Wissel ze om."))


def check_years(first: int | None, last: int | None) -> None:
    """Refuse years that cannot be.

    Raises:
        ValidationError: for a last year without a first one or before it, and for years outside 1950–2150.
    """
    if first is None and last is not None:
        raise ValidationError(_("Vul het eerste jaar in, of laat beide jaren leeg."))
    if first is None:
        return
    if last is not None and last < first:
        raise ValidationError(_("Het laatste jaar ligt voor het eerste jaar. Wissel ze om."))
    for year in (first, last or first):
        if not FIRST <= year <= LAST:
            raise ValidationError(_("Geef een jaar tussen %(first)s en %(last)s.") % {"first": FIRST, "last": LAST})


def check_targets(targets: Sequence[dict[str, Any]]) -> None:
    """Refuse two targets of an indicator for one year in one unit.

    Raises:
        ValidationError: naming the year; for an impossible year too.
    """
    seen = set()
    for target in targets:
        check_years(target["year"], None)
        key = (target["kind"], target["year"], target["unit"])
        if key in seen:
            raise ValidationError(
                _("Er staan twee streefwaarden voor %(year)s met dezelfde eenheid. Houd er één, of geef elk haar "
                  "eigen eenheid.") % {"year": target["year"]}
            )  # fmt: skip
        seen.add(key)


def check_reason(reason: str) -> str:
    """The reason for taking a measure out of the plan.

    Raises:
        ValidationError: when it is empty.
    """
    if not reason.strip():
        raise ValidationError(_("Schrijf waarom de maatregel uit het plan gaat. Anderen lezen dat later na."))
    return reason.strip()
