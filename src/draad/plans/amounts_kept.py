"""What people said of amounts and targets stays when the sheet of a measure is read again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from draad.plans.content import Content, measure_content
from draad.plans.models import Measure
from draad.plans.reading.amounts import amounts

Amounts = Sequence[dict[str, Any]]
SAME = ("euro", "euro_to", "year_from", "year_to", "yearly")
AMOUNTS = "amounts"
"""The name under which the provenance of a measure says that a person changed its amounts."""


def kept_by_hand(budget: str, measure: Measure) -> Content:
    """The amounts and targets of a measure that gets this text as its budget.

    Amounts that a person changed stay as long as the text does. No document holds targets per year: they stay.

    Args:
        budget: the text of the budget as it becomes.
        measure: the measure as it was, with everything that hangs on it.
    """
    own = measure_content(measure)
    stays = budget == measure.budget and AMOUNTS in measure.provenance
    targets = {"targets": own["targets"]} if "targets" in own else {}
    return {"amounts": own["amounts"] if stays else read_again(budget, own["amounts"]), **targets}


def read_again(budget: str, before: Amounts) -> list[dict[str, Any]]:
    """The amounts of a budget as read now, with what a person added to those of before.

    An amount that says the same keeps its source of means, and an amount without printed words, which a person added,
    stays.

    Args:
        budget: the text of the budget.
        before: the amounts as they were kept so far.
    """
    funding = {_said(amount): amount["funding"] for amount in before if amount.get("funding")}
    found = []
    for amount in (read.as_dict() for read in amounts(budget)):
        source = funding.get(_said(amount))
        found.append({**amount, "funding": source} if source else amount)
    return [*found, *(dict(amount) for amount in before if not amount["printed"])]


def _said(amount: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(amount[name] for name in SAME)
