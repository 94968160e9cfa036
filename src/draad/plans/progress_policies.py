"""Who writes progress, for which years, and what it must say before it is handed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.plans.models import (
    Indicator,
    Measure,
    MeasureParty,
    MilestoneState,
    PartyRole,
    Plan,
    ProgressReport,
    ValueState,
)

WITH_VALUE = {ValueState.NUMBER.value, ValueState.ESTIMATED.value}
TO_EXPLAIN = {MilestoneState.LATE.value, MilestoneState.DROPPED.value}


def owners_of(measure: Measure) -> set[int]:
    """The organisations that answer for a measure (primary keys): its responsible administrations."""
    rows = MeasureParty.objects.filter(
        measure=measure, role=PartyRole.RESPONSIBLE_ADMINISTRATION, organisation__isnull=False
    )
    return set(rows.values_list("organisation_id", flat=True))


def may_write(measure: Measure, by: Actor) -> bool:
    """Whether a person writes the progress of a measure: a plan coordinator of its administration or of the plan."""
    if by.has(Role.ADMINISTRATOR) or by.acts_for(measure.plan.owner_id, Role.PLAN_COORDINATOR):
        return True
    return by.has(Role.PLAN_COORDINATOR) and any(by.acts_for(pk, Role.PLAN_COORDINATOR) for pk in owners_of(measure))


def check_writer(measure: Measure, by: Actor) -> None:
    """Refuse who neither answers for the measure nor coordinates the plan.

    Raises:
        PermissionDenied: saying who may.
    """
    if not may_write(measure, by):
        raise PermissionDenied(
            _("Alleen een plancoördinator van de verantwoordelijke administratie of van het plan schrijft dit.")
        )


def check_year(plan: Plan, year: int) -> None:
    """Refuse a year outside the plan, or one that has not begun.

    Raises:
        ValidationError: naming the years of the plan.
    """
    if not plan.first_year <= year <= plan.last_year:
        raise ValidationError(_("Het plan loopt van %(first)s tot en met %(last)s; %(year)s valt daarbuiten.")
                              % {"first": plan.first_year, "last": plan.last_year, "year": year})  # fmt: skip
    if year > timezone.localdate().year:
        raise ValidationError(_("%(year)s is nog niet begonnen.") % {"year": year})


def check_value(indicator: Indicator, state: str, value: Decimal | None) -> None:
    """Refuse a value that contradicts its state: a number needs one, zero is zero, missing has none.

    Raises:
        ValidationError: naming the indicator.
    """
    what = {"what": indicator.text[:80]}
    if state not in ValueState.values:
        raise ValidationError(_("%(what)s: kies wat voor waarde het is.") % what)
    if state in WITH_VALUE and value is None:
        raise ValidationError(_("%(what)s: geef het getal, of kies “ontbreekt” of “niet van toepassing”.") % what)
    if state == ValueState.NUMBER and value == 0:
        raise ValidationError(_("%(what)s: kies “nul” wanneer het getal 0 is.") % what)
    if state == ValueState.ZERO and value != 0:
        raise ValidationError(_("%(what)s: bij “nul” hoort het getal 0.") % what)
    if state in {ValueState.MISSING, ValueState.NOT_APPLICABLE} and value is not None:
        raise ValidationError(
            _("%(what)s: bij deze keuze hoort geen getal. Maak het vak leeg of kies “getal”.") % what
        )


def check_complete(report: ProgressReport) -> None:
    """Refuse to hand in progress that leaves something unsaid.

    A milestone that begins after the year needs no state. What is late or dropped, and what is missing, is explained.

    Raises:
        ValidationError: with a sentence for each thing.
    """
    problems = []
    for row in report.milestones.select_related("milestone"):
        begins = row.milestone.first_day
        what = {"what": f"{row.milestone.period}: {row.milestone.text[:80]}"}
        if not row.state and (begins is None or begins.year <= report.year):
            problems.append(_("Zeg hoe deze mijlpaal staat: %(what)s.") % what)
        if row.state in TO_EXPLAIN and not row.explanation:
            problems.append(_("Leg uit waarom deze mijlpaal vertraagd of geschrapt is: %(what)s.") % what)
    problems += [
        _("Leg uit waarom deze waarde ontbreekt: %(what)s.") % {"what": measured.indicator.text[:80]}
        for measured in report.indicators.select_related("indicator")
        if measured.state == ValueState.MISSING and not measured.explanation
    ]
    if problems:
        raise ValidationError(problems)


def check_why(why: str) -> str:
    """The reason to send progress back.

    Raises:
        ValidationError: without one.
    """
    if not why.strip():
        raise ValidationError(_("Schrijf wat er nog aan moet gebeuren."))
    return why.strip()


@dataclass
class Problems:
    """What several checks refuse, together."""

    found: list[str] = field(default_factory=list)

    def run(self, check: Callable[[], None]) -> None:
        """Do a check and keep what it refuses."""
        try:
            check()
        except ValidationError as problem:
            self.found += problem.messages


@contextmanager
def gather() -> Iterator[Problems]:
    """Do several checks and refuse all that is wrong at once.

    Raises:
        ValidationError: at the end, when a check refused something.
    """
    problems = Problems()
    yield problems
    if problems.found:
        raise ValidationError(problems.found)
