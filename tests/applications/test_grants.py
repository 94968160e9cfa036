from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.applications.actions.callreasons import first_reasons
from draad.applications.grants import instalments, outcome_of, rest_of, units_of
from draad.applications.models import Call, Decision, DecisionReason, Outcome
from draad.applications.policies.decisions import can_choose, check_reason

amounts = st.decimals(Decimal(0), Decimal("9999999.99"), places=2)
unit_amounts = st.decimals(Decimal("0.01"), Decimal("25000.00"), places=2)


@pytest.mark.parametrize(
    ("requested", "granted", "outcome"),
    [("100.00", "100.00", Outcome.GRANTED), ("100.00", "99.99", Outcome.PARTLY), ("100.00", "0.01", Outcome.PARTLY),
     ("100.00", "0.00", Outcome.REFUSED), ("0.00", "0.00", Outcome.GRANTED)],
)  # fmt: skip
def test_the_outcome_follows_from_the_amounts(requested: str, granted: str, outcome: Outcome) -> None:
    assert outcome_of(Decimal(requested), Decimal(granted)) is outcome


@given(amounts, unit_amounts)
def test_whole_units_and_the_rest_are_the_amount(amount: Decimal, unit_amount: Decimal) -> None:
    units = units_of(amount, unit_amount)
    assert units is not None
    assert units * unit_amount + rest_of(amount, unit_amount) == amount
    assert rest_of(amount, unit_amount) < unit_amount


@pytest.mark.parametrize("unit_amount", [None, Decimal("0.00")])
def test_units_are_unknown_without_an_amount_per_unit(unit_amount: Decimal | None) -> None:
    assert units_of(Decimal("100.00"), unit_amount) is None
    assert rest_of(Decimal("100.00"), unit_amount) == 0


def test_a_published_award_that_is_no_whole_number_of_units() -> None:
    assert units_of(Decimal("20000.00"), Decimal("650.00")) == 30
    assert rest_of(Decimal("20000.00"), Decimal("650.00")) == Decimal("500.00")


@given(amounts, st.integers(0, 100))
def test_the_instalments_add_up_to_the_grant(granted: Decimal, share: int) -> None:
    advance, balance = instalments(granted, share)
    assert advance + balance == granted
    assert advance >= 0
    assert balance >= 0
    assert abs(advance - granted * share / 100) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("granted", "advance", "balance"),
    [("0.01", "0.01", "0.00"), ("0.03", "0.02", "0.01"), ("100.03", "80.02", "20.01"), ("0.00", "0.00", "0.00"),
     ("429844.00", "343875.20", "85968.80")],
)  # fmt: skip
def test_the_advance_is_rounded_half_up_and_the_balance_is_the_rest(granted: str, advance: str, balance: str) -> None:
    assert instalments(Decimal(granted), 80) == (Decimal(advance), Decimal(balance))


def test_half_a_cent_goes_to_the_advance() -> None:
    assert instalments(Decimal("0.05"), 50) == (Decimal("0.03"), Decimal("0.02"))


REASONS = {reason.key: reason for reason in first_reasons(Call())}


@pytest.mark.parametrize(
    ("outcome", "key", "text", "words"),
    [("partly", "", "", "Kies waarom"), ("refused", "", "tekst", "Kies waarom"), ("partly", "zomaar", "", "Kies waarom"),
     ("refused", "other", " ", "Leg deze reden uit"), ("partly", "advice", "", "Leg deze reden uit"),
     ("partly", "not_eligible", "", "komt niet in aanmerking.” kan hier niet")],
)  # fmt: skip
def test_less_than_asked_needs_a_reason_that_says_enough(outcome: str, key: str, text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        check_reason(outcome, REASONS.get(key), text)


@pytest.mark.parametrize(
    ("outcome", "key", "text"),
    [("granted", "", ""), ("partly", "budget", ""), ("refused", "other", "Te laat."), ("refused", "not_eligible", "")],
)
def test_reasons_that_say_enough_pass(outcome: str, key: str, text: str) -> None:
    check_reason(outcome, REASONS.get(key), text)


def test_a_reason_that_is_no_longer_in_use_cannot_be_chosen() -> None:
    retired = DecisionReason(key="terms", sentence="Past niet.", sentence_en="Does not fit.", in_use=False)
    assert not can_choose(retired, "partly")
    with pytest.raises(ValidationError, match=r"“Past niet\.” kan hier niet"):
        check_reason("partly", retired, "")


@pytest.mark.parametrize(
    ("sentence", "text", "written"),
    [("", "", ""), ("Het budget volstaat niet.", "", "Het budget volstaat niet."), ("", "Te laat.", "Te laat."),
     ("Andere reden:", "te laat.", "Andere reden: te laat.")],
)  # fmt: skip
def test_the_sentence_of_a_reason_comes_before_the_explanation(sentence: str, text: str, written: str) -> None:
    assert Decision(reason_sentence=sentence, reason=text).words == written


def test_a_reason_is_shown_in_the_language_of_the_reader_and_written_in_dutch() -> None:
    decided = Decision(reason_sentence="Te laat.", reason_sentence_en="Too late.")
    with translation.override("en"):
        assert (decided.shown_reason, decided.words) == ("Too late.", "Te laat.")
        assert REASONS["budget"].shown == "The budget does not cover all requests."
    assert decided.shown_reason == "Te laat."
