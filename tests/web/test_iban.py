import pytest
from django import forms
from django.core.exceptions import ValidationError

from draad.web.iban import IbanField, read_iban

RIGHT = "BE68539007547034"


@pytest.mark.parametrize(
    "typed",
    [
        RIGHT,
        "BE68 5390 0754 7034",
        "be68 5390 0754 7034",
        " BE68-5390-0754-7034 ",
        "BE68.5390.0754.7034",
        "BE68\u00a05390 0754 7034",
    ],
)
def test_spaces_points_dashes_and_small_letters_do_not_matter(typed: str) -> None:
    assert read_iban(typed) == RIGHT


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Geef het rekeningnummer"),
        ("  ", "Geef het rekeningnummer"),
        ("539-0075470-34", "Begin met de twee letters van het land"),
        ("BE68 5390 0754 703", "telt 16 tekens: BE en 14 cijfers. Dit telt er 15."),
        ("BE68 5390 0754 7034 1", "Dit telt er 17."),
        ("BE86 5390 0754 7034", "De controlecijfers van BE86 5390 0754 7034 kloppen niet"),
        ("BE68 5390 0754 7043", "controlecijfers"),
        ("rekening van de gemeente", "Dit is geen IBAN"),
        ("BE6\u0668539007547034", "Dit is geen IBAN"),
        ("BE68" + "1" * 40, "Dit is geen IBAN"),
        ("US68 5390 0754 7034", "Een rekening in US ligt buiten het SEPA-gebied"),
        ("NL91 ABNA 0417 1643 01", "controlecijfers"),
    ],
)
def test_a_sentence_says_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(ValidationError) as problem:
        read_iban(typed)
    assert words in problem.value.messages[0]


class AccountForm(forms.Form):
    account = IbanField()
    other = IbanField(required=False)


def test_the_field_keeps_the_compact_number() -> None:
    form = AccountForm({"account": "BE68 5390 0754 7034", "other": ""})
    assert form.is_valid()
    assert form.cleaned_data == {"account": RIGHT, "other": ""}


def test_the_field_shows_a_stored_number_in_groups() -> None:
    assert 'value="BE68 5390 0754 7034"' in str(AccountForm(initial={"account": RIGHT})["account"])


def test_what_was_typed_wrongly_is_shown_as_it_was_typed() -> None:
    form = AccountForm({"account": "BE86 5390-0754 7034"})
    assert not form.is_valid()
    assert 'value="BE86 5390-0754 7034"' in str(form["account"])
    assert form.errors["account"] == [
        "De controlecijfers van BE86 5390 0754 7034 kloppen niet. Kijk of er een cijfer verkeerd of verwisseld is."
    ]


def test_an_empty_field_asks_for_the_number() -> None:
    assert AccountForm({}).errors["account"] == ["Geef het rekeningnummer, zoals BE68 5390 0754 7034."]
