"""When a percentage may be shown, and how: few answers are given as counts, never as a bare percentage.

Publishers withhold estimates on fewer than 30 answers and flag those on 30 to 59; both limits are settings, because
none is published for Flanders. Percentages are rounded last, half up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from draad.methods.errors import MethodError
from draad.methods.rounding import round_half_up

FEW, ENOUGH = 30, 60


class Presentation(StrEnum):
    """How a share is given."""

    COUNTS = "counts"
    FLAGGED = "flagged"
    PERCENTAGE = "percentage"


@dataclass(frozen=True)
class Shown:
    """A share as it may be shown: always count and base; a percentage unless there are too few answers."""

    count: int
    base: int
    presentation: Presentation
    percent: Decimal | None


def present(count: int, base: int, *, decimals: int = 0, few: int = FEW, enough: int = ENOUGH) -> Shown:
    """A count of answers on a base of respondents, as it may be shown.

    Raises:
        MethodError: when 0 ≤ count ≤ base does not hold, nobody answered, or the limits do not rise.
    """
    if base <= 0:
        raise MethodError("nobody answered; there is nothing to show a share of.")
    if not 0 <= count <= base:
        raise MethodError(f"{count} answers is not between 0 and the base of {base} respondents.")
    if few > enough:
        raise MethodError(f"the limit for counts ({few}) lies above that for plain percentages ({enough}).")
    if base < few:
        return Shown(count, base, Presentation.COUNTS, None)
    kind = Presentation.PERCENTAGE if base >= enough else Presentation.FLAGGED
    return Shown(count, base, kind, round_half_up(Fraction(100 * count, base), decimals))


def multiple_choice(
    ticks: Mapping[str, int], respondents: int, *, decimals: int = 0, few: int = FEW, enough: int = ENOUGH
) -> dict[str, Shown]:
    """Shares of a question with several answers: of respondents, not of ticks, so together they may pass 100.

    Raises:
        MethodError: when an answer has more ticks than there are respondents.
    """
    return {
        answer: present(count, respondents, decimals=decimals, few=few, enough=enough)
        for answer, count in ticks.items()
    }
