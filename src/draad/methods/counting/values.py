"""A reported value is in one of five states: a number, zero, not applicable, missing or estimated; never blurred."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from draad.methods.errors import MethodError


class State(StrEnum):
    """What a reported value is."""

    NUMBER = "number"
    ZERO = "zero"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    ESTIMATED = "estimated"


VALUELESS = {State.NOT_APPLICABLE, State.MISSING}


@dataclass(frozen=True)
class Reported:
    """One reported value: its state and, unless that is missing or not applicable, a number of units (0 or more).

    Raises:
        MethodError: when state and value contradict each other.
    """

    state: State
    value: Decimal | None = None

    def __post_init__(self) -> None:
        if self.state in VALUELESS:
            if self.value is not None:
                raise MethodError(f"a value that is {self.state.value} has no number, yet {self.value} is given.")
            return
        if self.value is None:
            raise MethodError(f"a value that is {self.state.value} needs a number; say missing when there is none.")
        if self.value < 0:
            raise MethodError(f"{self.value} is negative; a count is zero or more.")
        if (self.state is State.ZERO) != (self.value == 0) and self.state is not State.ESTIMATED:
            raise MethodError(f"{self.value} is given as {self.state.value}; only 0 is zero, and 0 is always zero.")

    @property
    def known(self) -> bool:
        """Whether there is a number, reported or estimated."""
        return self.value is not None


def number(value: int | Decimal) -> Reported:
    """A reported number of units; 0 becomes the state zero."""
    amount = Decimal(value)
    return Reported(State.ZERO if amount == 0 else State.NUMBER, amount)


def estimated(value: int | Decimal) -> Reported:
    """A number of units that somebody estimated."""
    return Reported(State.ESTIMATED, Decimal(value))


def missing() -> Reported:
    """A value that should be there and is not."""
    return Reported(State.MISSING)


def not_applicable() -> Reported:
    """A value that cannot exist, such as the result of an action that was not chosen."""
    return Reported(State.NOT_APPLICABLE)
