"""Response by the definition of SDMX."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.sampling import response


def test_known_answer_of_the_survey_among_applicants() -> None:
    found = response(invited=59, usable=42)
    assert found.rate == Fraction(42, 59)
    assert str(found.percent()) == "71.2"
    assert found.non_response == Fraction(17, 59)


def test_ineligible_units_leave_the_base_and_unusable_answers_the_net_response() -> None:
    found = response(invited=100, ineligible=20, answered=60, usable=40)
    assert (found.rate, found.gross_rate) == (Fraction(1, 2), Fraction(3, 4))


@given(st.integers(1, 500), st.data())
def test_response_and_non_response_are_one(invited: int, data: st.DataObject) -> None:
    usable = data.draw(st.integers(0, invited))
    found = response(invited=invited, usable=usable)
    assert found.rate + found.non_response == 1
    assert 0 <= found.rate <= found.gross_rate <= 1


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"invited": 0, "usable": 0}, "nobody to respond"),
        ({"invited": 5, "usable": 0, "ineligible": 5}, "nobody to respond"),
        ({"invited": 5, "usable": 6}, "must hold"),
        ({"invited": 5, "usable": 3, "answered": 2}, "must hold"),
        ({"invited": 5, "usable": -1}, "negative"),
    ],
)
def test_numbers_that_cannot_be_are_refused(numbers: dict[str, int], sentence: str) -> None:
    with pytest.raises(MethodError, match=sentence):
        response(**numbers)
