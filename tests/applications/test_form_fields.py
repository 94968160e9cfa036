"""How what is typed in a field is read, and how fields are named."""

from __future__ import annotations

import contextlib

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.applications.policies.fields import (
    LONGEST_TEXT,
    MOST_UNITS,
    anchor,
    explanation_field,
    incentive_field,
    is_field,
    line_field,
    part,
    read_field,
    share_field,
)
from draad.web.formatting import number

PLANNED = line_field(7, "planned")
PRIORITY = line_field(7, "priority")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("", None), ("  ", None), ("0", 0), ("120", 120), (" 120 ", 120), ("2.250", 2250), ("2 250", 2250),
     ("2\u00a0250", 2250), ("1.234.567", 1234567), ("007", 7)],
)  # fmt: skip
def test_units_are_whole_numbers_and_empty_is_not_zero(typed: str, stored: int | None) -> None:
    assert read_field(PLANNED, typed) == stored


@pytest.mark.parametrize(
    ("typed", "says"),
    [("abc", "“abc” is geen getal"), ("-5", "negatief"), ("−5", "negatief"), ("1,5", "geen geheel getal"),
     ("12.5", "geen geheel getal"), ("1e3", "geen getal"), ("12 stuks", "geen getal"), ("10000001", "te veel"),
     ("9" * 30, "te groot"), ("٣", "geen getal"), ("1.234,567", "geen getal")],
)  # fmt: skip
def test_what_is_no_number_is_explained(typed: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read_field(PLANNED, typed)


@given(st.integers(min_value=0, max_value=MOST_UNITS))
def test_every_number_is_read_as_it_is_written(value: int) -> None:
    assert read_field(PLANNED, str(value)) == value
    assert read_field(PLANNED, f"{value:,}".replace(",", ".")) == value


@pytest.mark.parametrize("language", ["nl", "en"])
@given(
    value=st.integers(min_value=1000, max_value=MOST_UNITS), sign=st.sampled_from([".", ",", " ", "\u00a0", "\u202f"])
)
def test_units_mean_the_same_in_either_notation_on_every_page(language: str, value: int, sign: str) -> None:
    """1.200 and 1,200 are twelve hundred persons: units are whole, so neither sign can be a decimal one."""
    with translation.override(language):
        assert read_field(PLANNED, f"{value:,}".replace(",", sign)) == value
        assert read_field(PLANNED, number(value)) == value, "as the page itself writes it"


@pytest.mark.parametrize("language", ["nl", "en"])
@given(whole=st.integers(0, 999), sign=st.sampled_from([".", ","]), part=st.sampled_from(["1", "25", "5000"]))
def test_a_part_of_a_unit_is_refused_in_either_notation(language: str, whole: int, sign: str, part: str) -> None:
    typed = f"{whole}{sign}{part}"
    with translation.override(language), pytest.raises(ValidationError) as refused:
        read_field(PLANNED, typed)
    assert typed in refused.value.messages[0]


@given(st.text(max_size=60))
def test_nothing_typed_breaks_the_reading(text: str) -> None:
    for field in (PLANNED, PRIORITY, "iban", "contact_email", "contact_phone", "remarks", "cofinancing_confirmed"):
        with contextlib.suppress(ValidationError):
            read_field(field, text)


@pytest.mark.parametrize("typed", ["0", "1000"])
def test_a_priority_starts_at_one(typed: str) -> None:
    with pytest.raises(ValidationError, match="1 tot 999"):
        read_field(PRIORITY, typed)
    assert read_field(PRIORITY, "1") == 1


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("contact_name", " Ans Aanvraag ", "Ans Aanvraag"),
        ("contact_email", "ans@gent.be", "ans@gent.be"),
        ("contact_email", "", ""),
        ("contact_phone", "03 123 45 67", "03 123 45 67"),
        ("iban", "be68 5390 0754 7034", "BE68539007547034"),
        ("iban", "", ""),
        ("cofinancing_confirmed", "on", True),
        ("cofinancing_confirmed", "", False),
        ("remarks", "een\r\ntwee", "een\ntwee"),
        (explanation_field(3), " uitleg ", "uitleg"),
        (incentive_field("cooperation", 4), "on", True),
        (incentive_field("mentorship", 4, 9), "", False),
    ],
)
def test_other_fields(field: str, typed: str, stored: object) -> None:
    assert read_field(field, typed) == stored


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("contact_email", "ans", "geen e-mailadres"),
        ("contact_phone", "bel mij", "geen telefoonnummer"),
        ("iban", "BE68 5390 0754 7035", "controlecijfers"),
        ("remarks", "x" * (LONGEST_TEXT + 1), "plaats voor 5.000"),
        ("account_holder", "x" * 71, "plaats voor 70"),
    ],
)
def test_other_fields_explain_what_is_wrong(field: str, typed: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read_field(field, typed)


def test_names() -> None:
    names = [PLANNED, PRIORITY, share_field(7, 3), explanation_field(2), incentive_field("mentorship", 4, 9), "iban"]
    assert all(is_field(name) for name in names)
    assert part(share_field(7, 3), 2) == 3
    assert anchor(PLANNED) == "veld-line-7-planned"


@pytest.mark.parametrize(
    "name",
    ["", "revision", "state", "requested", "line:7", "line:7:amount", "line:x:planned", "share:7", "incentive:bonus:4",
     "incentive:mentorship:4", "incentive:cooperation:4:9", "explanation:", "line:7:planned:1"],
)  # fmt: skip
def test_what_is_no_field(name: str) -> None:
    assert not is_field(name)
