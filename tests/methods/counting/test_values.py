"""The five states of a reported value are never blurred."""

from decimal import Decimal

import pytest

from draad.methods.counting import Reported, State, estimated, missing, not_applicable, number
from draad.methods.errors import MethodError


def test_zero_is_a_state_of_its_own() -> None:
    assert number(0) == Reported(State.ZERO, Decimal(0))
    assert number(3) == Reported(State.NUMBER, Decimal(3))
    assert number(0) != missing()


@pytest.mark.parametrize("value", [missing(), not_applicable()])
def test_a_value_that_is_not_there_has_no_number(value: Reported) -> None:
    assert value.value is None
    assert not value.known


def test_an_estimate_of_zero_is_an_estimate() -> None:
    assert estimated(0).state is State.ESTIMATED
    assert estimated(0).known


@pytest.mark.parametrize(
    ("state", "value", "sentence"),
    [
        (State.MISSING, Decimal(0), "has no number"),
        (State.NOT_APPLICABLE, Decimal(1), "has no number"),
        (State.NUMBER, None, "needs a number"),
        (State.ESTIMATED, None, "needs a number"),
        (State.NUMBER, Decimal(-1), "negative"),
        (State.NUMBER, Decimal(0), "0 is always zero"),
        (State.ZERO, Decimal(1), "only 0 is zero"),
    ],
)
def test_a_state_that_contradicts_its_value_is_refused(state: State, value: Decimal | None, sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        Reported(state, value)
