"""Budget and staff of a plan per year, administration and source, as far as the sheets give numbers.

An amount for several years together is not divided over them, and an amount that comes back every year counts in each.
What is not a number stays text and is counted as such.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from draad.plans.content import Content
from draad.plans.editions import Sheet
from draad.plans.names import official
from draad.plans.periods import days_of

ZERO = Decimal(0)
Period = tuple[int | None, int | None]
NO_YEAR: Period = (None, None)


def period_words(period: Period) -> str:
    """A period as people read it: 2018, 2016–2020 samen, zonder jaar."""
    first, last = period
    if first is None:
        return _("zonder jaar")
    return str(first) if last in (None, first) else _("%(first)s–%(last)s samen") % {"first": first, "last": last}


@dataclass
class BudgetSum:
    """The amounts of a period, an administration and a source of means, in euro.

    A range counts from its lower to its upper amount. Without amounts it stands for the sheets that give no number:
    what they cost is not known, which is not zero.
    """

    period: Period
    body: str
    funding: str = ""
    least: Decimal = ZERO
    most: Decimal = ZERO
    amounts: int = 0
    sheets: set[int] = field(default_factory=set)

    @property
    def order(self) -> tuple[Any, ...]:
        """Its place: years first, then amounts without a year, then sheets without amounts."""
        first, last = self.period
        return (self.amounts == 0, first is None, first or 0, last or 0, self.body, self.funding)


def budget_sums(sheets: Sequence[Sheet]) -> list[BudgetSum]:
    """Amounts by period, responsible administration and source; a period of None is a text without a year."""
    sums: dict[tuple[Period, str, str, bool], BudgetSum] = {}
    for sheet in sheets:
        body = official(sheet.content["responsible_administrations"])
        if not sheet.content["amounts"]:
            sums.setdefault((NO_YEAR, body, "", True), BudgetSum(NO_YEAR, body)).sheets.add(sheet.number)
        for amount in sheet.content["amounts"]:
            funding = amount.get("funding", "")
            for period in _periods(amount):
                found = sums.setdefault((period, body, funding, False), BudgetSum(period, body, funding))
                least = Decimal(amount["euro"])
                found.least += least
                found.most += Decimal(amount["euro_to"]) if amount["euro_to"] else least
                found.amounts += 1
                found.sheets.add(sheet.number)
    return sorted(sums.values(), key=lambda s: s.order)


def together(sums: Sequence[BudgetSum], *, by: str = "") -> list[BudgetSum]:
    """Budget sums by period, or by period and ``body`` or ``funding``; what is not asked for is added up."""
    found: dict[tuple[Period, str, bool], BudgetSum] = {}
    for one in sums:
        name = getattr(one, by) if by else ""
        new = BudgetSum(one.period, name if by == "body" else "", name if by == "funding" else "")
        whole = found.setdefault((one.period, name, one.amounts == 0), new)
        whole.least += one.least
        whole.most += one.most
        whole.amounts += one.amounts
        whole.sheets |= one.sheets
    return sorted(found.values(), key=lambda s: s.order)


def _periods(amount: Content) -> Iterator[Period]:
    first, last = amount["year_from"], amount["year_to"]
    if first is None or not amount["yearly"]:
        yield first, last
        return
    for year in range(first, (last or first) + 1):
        yield year, year


@dataclass
class StaffSum:
    """The staff that milestones of a year name, in one unit; a range counts from its lower to its upper number.

    ``about`` when one of the numbers is an estimate.
    """

    year: int | None
    body: str
    unit: str
    least: Decimal = ZERO
    most: Decimal = ZERO
    about: bool = False
    milestones: int = 0
    sheets: set[int] = field(default_factory=set)


def staff_sums(sheets: Sequence[Sheet]) -> list[StaffSum]:
    """Staff by year, responsible administration and unit, in which each row of milestones counts in each of its years.

    The same people can stand at two milestones: a sum is what the sheets name together, not a head count.
    """
    sums: dict[tuple[int | None, str, str], StaffSum] = {}
    for sheet in sheets:
        body = official(sheet.content["responsible_administrations"])
        for row in sheet.content["milestones"]:
            for year in _years(row):
                for line in row["staff"]:
                    key = (year, body, line["unit"])
                    found = sums.setdefault(key, StaffSum(*key))
                    least = Decimal(line["number"])
                    found.least += least
                    found.most += Decimal(line["number_to"]) if line.get("number_to") else least
                    found.about |= bool(line["about"])
                    found.milestones += 1
                    found.sheets.add(sheet.number)
    return sorted(sums.values(), key=lambda s: (s.year is None, s.year or 0, s.unit, s.body))


def _years(row: Content) -> Sequence[int | None]:
    first, last = days_of(row["period"])
    return list(range(first.year, last.year + 1)) if first and last else [None]


@dataclass(frozen=True)
class Typed:
    """How many budget boxes and staff cells there are, how many hold words, and how many of those hold a number."""

    filled: int
    numbers: int


def typed_budgets(sheets: Sequence[Sheet]) -> Typed:
    """The budget boxes that are filled in, and those with an amount that is a number."""
    filled = [sheet for sheet in sheets if sheet.content["budget"].strip()]
    return Typed(len(filled), sum(bool(sheet.content["amounts"]) for sheet in filled))


def typed_staff(sheets: Sequence[Sheet]) -> Typed:
    """The staff cells that are filled in, and those with a number."""
    cells = [row for sheet in sheets for row in sheet.content["milestones"] if row["fte"].strip()]
    return Typed(len(cells), sum(bool(row["staff"]) for row in cells))
