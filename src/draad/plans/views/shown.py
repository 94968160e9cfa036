"""The fields of a sheet as the review page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from draad.plans.models import ReadSheet
from draad.plans.review import Field, Review
from draad.plans.words import reasons


@dataclass(frozen=True)
class Shown:
    """A field as the page shows it.

    Args:
        field: the field.
        number: its number on the page and in the document.
        here: whether it is the one that the person decides on now.
        reasons: why it waits.
        typed: what the person typed when that was refused, else the value.
        problem: the sentence of the refusal.
    """

    field: Field
    number: int
    here: bool
    reasons: list[str]
    typed: str
    problem: str = ""

    @property
    def percent(self) -> int:
        """How sure the reading is, in percent."""
        return round(self.field.confidence * 100)

    @property
    def rows(self) -> int:
        """Lines that its text takes in a box."""
        return min(12, max(2, len(self.typed) // 60 + self.typed.count("\n") + 1))


@dataclass(frozen=True)
class Refused:
    """A decision that was refused: the field, what was typed, and why."""

    name: str = ""
    typed: str = ""
    problem: str = ""


def chosen_field(review: Review, asked: str) -> str:
    """The field to decide on now: the one that was asked for, else the most doubtful that waits."""
    if review.named(asked):
        return asked
    return review.undecided[0].name if review.undecided else ""


def shown_fields(sheet: ReadSheet, review: Review, chosen: str, refused: Refused) -> list[Shown]:
    """The fields numbered from 1: the chosen one, those that wait, the others in their order."""
    waiting = review.undecided
    order = [*waiting, *(found for found in review.fields if not found.waits)]
    order.sort(key=lambda found: found.name != chosen)
    return [
        Shown(
            found,
            number,
            here=found.name == chosen,
            reasons=reasons(found, sheet),
            typed=refused.typed if found.name == refused.name else found.value,
            problem=refused.problem if found.name == refused.name else "",
        )
        for number, found in enumerate(order, start=1)
    ]
