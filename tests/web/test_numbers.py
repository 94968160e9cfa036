"""Numbers as people type them: both notations on every page, and a sentence for what is no number."""

from __future__ import annotations

import contextlib
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.web.formatting import number
from draad.web.numbers import EuroField, WholeField, read_amount, read_whole

LANGUAGES = ("nl", "en")
CENTS = st.decimals(min_value=0, max_value=999_999_999, places=2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("12.500,50", "12500.50"),
        ("12,500.50", "12500.50"),
        ("12500,50", "12500.50"),
        ("12500.50", "12500.50"),
        ("12 500,5", "12500.5"),
        ("12\u202f500", "12500"),
        ("1.234.567", "1234567"),
        ("€ 12,50", "12.50"),
        ("0.500", "0.500"),
        (",5", "0.5"),
        ("0", "0"),
    ],
)
def test_an_amount_means_the_same_on_every_page(language: str, typed: str, meant: str) -> None:
    with translation.override(language):
        assert read_amount(typed) == Decimal(meant)


def test_nothing_typed_is_no_amount_and_not_zero() -> None:
    assert read_amount("") is None
    assert read_amount("€") is None
    assert read_whole("") is None


@pytest.mark.parametrize(
    "typed", ["abc", "1.2.3", "1,2.3", "1.234.56", "1.234,5.6", "12.500,50.1", "1 234.567,8", "twaalf", "1e3", "٣,5"]
)
def test_what_is_no_amount_is_refused_with_the_notation_of_the_page(typed: str) -> None:
    for language, example in (("nl", "12.500,50"), ("en", "12,500.50")):
        with translation.override(language), pytest.raises(ValidationError) as refused:
            read_amount(typed)
        assert typed in refused.value.message
        assert example in refused.value.message


@pytest.mark.parametrize(
    ("typed", "says"), [("-5", "negatief"), ("−5,00", "negatief"), ("12,3456", "twee decimalen"),
                        ("1.234,567", "twee decimalen"), ("9" * 13, "te groot"), ("9" * 13 + ",5", "te groot")],
)  # fmt: skip
def test_an_amount_that_cannot_be_is_refused_with_its_reason(typed: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        read_amount(typed)


def test_one_sign_before_three_digits_groups_them_unless_it_is_the_decimal_sign_of_the_page() -> None:
    for language, groups, unclear in (("nl", "1.234", "1,234"), ("en", "1,234", "1.234")):
        with translation.override(language):
            assert read_amount(groups) == 1234
            with pytest.raises(ValidationError, match=f"{groups}"):
                read_amount(unclear)


@pytest.mark.parametrize("language", LANGUAGES)
@given(amount=CENTS)
def test_every_amount_is_read_as_any_page_writes_it(language: str, amount: Decimal) -> None:
    with translation.override(language):
        written = number(amount, 2)
    for reader in LANGUAGES:
        with translation.override(reader):
            assert read_amount(written) == amount


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_number_or_a_sentence(text: str) -> None:
    for read in (read_amount, read_whole):
        with contextlib.suppress(ValidationError):
            found = read(text)
            assert found is None or found >= 0


class SampleForm(forms.Form):
    amount = EuroField(label="Budget", highest=Decimal(1000))
    units = WholeField(label="Eenheden", lowest=1, highest=50, required=False)


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"amount": ""}, "amount", "Vul een bedrag in"),
        ({"amount": "veel"}, "amount", "Budget: “veel” is geen bedrag. Schrijf het als 12.500,50."),
        ({"amount": "1000,01"}, "amount", "Budget: 1.000,01 kan niet. Geef een getal van 0 tot 1.000."),
        ({"amount": "5", "units": "1,5"}, "units", "Eenheden: 1,5 is geen geheel getal"),
        ({"amount": "5", "units": "0"}, "units", "Eenheden: 0 kan niet. Geef een getal van 1 tot 50."),
    ],
)
def test_a_field_names_itself_what_was_typed_and_what_would_be_right(
    data: dict[str, str], field: str, says: str
) -> None:
    form = SampleForm(data)
    assert not form.is_valid()
    assert says in form.errors[field][0]
    assert f'value="{data.get(field, "")}"' in str(form[field]) or not data[field], "what was typed stays"


def test_a_stored_amount_is_shown_in_the_notation_of_the_page_and_read_back() -> None:
    for language, shown in (("nl", "999,50"), ("en", "999.50")):
        with translation.override(language):
            assert f'value="{shown}"' in str(SampleForm(initial={"amount": Decimal("999.50")})["amount"])
            assert SampleForm({"amount": shown}).is_valid()


def test_what_is_stored_did_not_change_when_it_is_typed_otherwise() -> None:
    form = SampleForm({"amount": "€ 12.5"}, initial={"amount": Decimal("12.50")})
    assert not form.has_changed()
