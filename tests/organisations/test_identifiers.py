"""Official numbers: form and check digits, with sentences that help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.organisations.identifiers import IdentifierError, check_digits, kbo, nis, ovo, written_kbo
from draad.organisations.models import Organisation

EIGHT = st.integers(0, 19_999_999).map(lambda number: f"{number:08d}")


@pytest.mark.parametrize("number", ["0207500123", "0216772234", "1010784540", "0697609548"])
def test_real_numbers_are_right(number: str) -> None:
    assert kbo(number) == number


@pytest.mark.parametrize("text", ["0207.500.123", "BE 0207.500.123", " 0207 500 123 "])
def test_numbers_as_people_write_them(text: str) -> None:
    assert kbo(text) == "0207500123"
    assert written_kbo(kbo(text)) == "0207.500.123"


@given(EIGHT)
def test_exactly_one_pair_of_check_digits_fits(first: str) -> None:
    right = check_digits(first)
    assert kbo(first + right) == first + right
    for last in range(100):
        if f"{last:02d}" != right:
            with pytest.raises(IdentifierError, match=f"na {first} volgt {right}"):
                kbo(f"{first}{last:02d}")


@given(EIGHT, st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(first: str, place: int, shift: int) -> None:
    number = first + check_digits(first)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(IdentifierError):
        kbo(wrong)


@given(EIGHT, st.integers(0, 8))
def test_two_swapped_digits_are_always_found(first: str, place: int) -> None:
    number = first + check_digits(first)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(IdentifierError):
            kbo(swapped)


@pytest.mark.parametrize("text", ["", "12345", "2207500123", "020750012x", "02075001233"])
def test_what_is_no_enterprise_number(text: str) -> None:
    with pytest.raises(IdentifierError, match="tien cijfers"):
        kbo(text)


def test_ovo_codes() -> None:
    assert ovo(" ovo001999 ") == "OVO001999"
    for wrong in ("OVO12345", "OVO1234567", "001999", "OVO00199x"):
        with pytest.raises(IdentifierError, match="OVO met zes cijfers"):
            ovo(wrong)


def test_nis_codes() -> None:
    assert nis(" 11002 ") == "11002"
    for wrong in ("1100", "01002", "110020", "1100a", ""):
        with pytest.raises(IdentifierError, match="vijf cijfers"):
            nis(wrong)


@pytest.mark.django_db
def test_every_loaded_number_is_right() -> None:
    numbers = list(Organisation.objects.filter(kind="local_government").values_list("kbo", "ovo"))
    assert len(numbers) == 304
    assert all(kbo(number) == number and ovo(code) == code for number, code in numbers)
