"""Reads of this room."""

from __future__ import annotations

from draad.programmes.models import Round


def rounds_of(programme: str = "") -> list[Round]:
    """The rounds of a programme (its short name), or of the first that is not invented, in their order."""
    rows = Round.objects.select_related("programme").order_by("programme__example", "programme", "number")
    found = list(rows.filter(programme__slug=programme) if programme else rows)
    return [round_ for round_ in found if round_.programme_id == found[0].programme_id]


def round_numbered(number: int, *, programme: str = "") -> Round:
    """The round with that number of a programme, or of the first one.

    Raises:
        LookupError: when there is none, with the numbers that there are.
    """
    rounds = rounds_of(programme)
    for round_ in rounds:
        if round_.number == number:
            return round_
    known = ", ".join(str(round_.number) for round_ in rounds) or "none; run: draad load plan-samenleven"
    raise LookupError(f"there is no round {number}; known are: {known}")
