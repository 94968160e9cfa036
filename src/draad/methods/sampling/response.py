"""Response and non-response by the definition of SDMX.

Unit non-response is the number of units without usable information divided by the number of eligible units (SDMX
Glossary, "Unit nonresponse"); the response rate is what remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from draad.methods.errors import MethodError
from draad.methods.rounding import round_half_up


@dataclass(frozen=True)
class Response:
    """How many units were invited, turned out eligible, answered, and answered usably (whole numbers of units)."""

    invited: int
    eligible: int
    answered: int
    usable: int

    @property
    def rate(self) -> Fraction:
        """Net response: usable answers of eligible units, between 0 and 1."""
        return Fraction(self.usable, self.eligible)

    @property
    def gross_rate(self) -> Fraction:
        """Gross response: answers of any kind of eligible units, between 0 and 1."""
        return Fraction(self.answered, self.eligible)

    @property
    def non_response(self) -> Fraction:
        """Unit non-response by SDMX, between 0 and 1."""
        return 1 - self.rate

    def percent(self, decimals: int = 1) -> Decimal:
        """The net response as a percentage, rounded half up."""
        return round_half_up(self.rate * 100, decimals)


def response(*, invited: int, usable: int, answered: int | None = None, ineligible: int = 0) -> Response:
    """The response of a survey.

    Args:
        invited: units that were invited.
        usable: units with usable information.
        answered: units that sent any answer; by default only the usable ones.
        ineligible: invited units that did not belong to the population after all, such as a merged municipality.

    Raises:
        MethodError: when the numbers cannot hold together.
    """
    sent = usable if answered is None else answered
    eligible = invited - ineligible
    if min(invited, usable, sent, ineligible) < 0:
        raise MethodError("a number of units is negative; numbers of units are zero or more.")
    if eligible <= 0:
        raise MethodError(f"of {invited} invited units {ineligible} are ineligible, so there is nobody to respond.")
    if not usable <= sent <= eligible:
        raise MethodError(f"usable ({usable}) ≤ answered ({sent}) ≤ eligible ({eligible}) must hold.")
    return Response(invited, eligible, sent, usable)
