import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.iban import grouped_iban, valid_iban

BELGIAN = "BE68539007547034"


@st.composite
def belgian_numbers(draw: st.DrawFn) -> str:
    """Any account number that a Belgian bank could give."""
    root = draw(st.integers(0, 10**10 - 1))
    national = f"{root:010}{root % 97 or 97:02}"
    check = 98 - int(national + "111400") % 97
    return f"BE{check:02}{national}"


@given(belgian_numbers())
def test_every_belgian_number_with_both_checks_is_valid(number: str) -> None:
    assert valid_iban(number)


@given(belgian_numbers(), st.integers(2, 15), st.integers(1, 9))
def test_one_wrong_digit_is_found(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert not valid_iban(wrong)


@given(belgian_numbers(), st.integers(4, 14))
def test_two_neighbours_exchanged_are_found(number: str, place: int) -> None:
    wrong = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert valid_iban(wrong) == (wrong == number)


@pytest.mark.parametrize(
    "number", [BELGIAN, "NL91ABNA0417164300", "DE89370400440532013000", "FR1420041010050500013M02606"]
)
def test_known_numbers_are_valid(number: str) -> None:
    assert valid_iban(number)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "BE68 5390 0754 7034",
        "be68539007547034",
        "BE6853900754703",
        "BE685390075470345",
        "XX68539007547034",
        "BE69539007547034",
        "NL91ABNA0417164301",
        "BE٦٨539007547034",
    ],
)
def test_what_is_no_number_without_spaces_is_not_valid(number: str) -> None:
    assert not valid_iban(number)


def test_the_former_national_check_digits_count_too() -> None:
    national = "539007547035"
    check = 98 - int(national + "111400") % 97
    assert not valid_iban(f"BE{check:02}{national}")


@pytest.mark.parametrize(
    ("number", "shown"),
    [(BELGIAN, "BE68 5390 0754 7034"), ("DE89370400440532013000", "DE89 3704 0044 0532 0130 00"), ("", "")],
)
def test_numbers_are_shown_in_groups_of_four(number: str, shown: str) -> None:
    assert grouped_iban(number) == shown
