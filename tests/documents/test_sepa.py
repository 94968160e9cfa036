from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.documents.sepa import NAMESPACE, OrderError, Party, PaymentFile, Transfer, make_payment_file, sepa_text

DEBTOR = Party("Agentschap Binnenlands Bestuur", "BE68539007547034")
CREDITOR = Party("Gemeente Sint-Niklaas", "BE71096123456769")
FIRST = Transfer("R1-0001-V", CREDITOR, Decimal("1234.50"), "Plan Samenleven ronde 1, voorschot")
ORDER = PaymentFile("DRAAD-2026-1", datetime(2026, 3, 2, 9, 30), date(2026, 3, 4), DEBTOR, (FIRST,))


def texts(content: bytes, name: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(content).iter(f"{{{NAMESPACE}}}{name}")]


def with_transfer(**values: object) -> PaymentFile:
    return replace(ORDER, transfers=(replace(FIRST, **values),))


def problems_of(order: PaymentFile) -> tuple[str, ...]:
    with pytest.raises(OrderError) as refused:
        make_payment_file(order)
    return refused.value.problems


def test_an_order_holds_what_the_bank_needs() -> None:
    content = make_payment_file(ORDER)
    assert texts(content, "MsgId") == ["DRAAD-2026-1"]
    assert texts(content, "CreDtTm") == ["2026-03-02T09:30:00"]
    assert texts(content, "NbOfTxs") == ["1", "1"]
    assert texts(content, "CtrlSum") == ["1234.50", "1234.50"]
    assert texts(content, "Dt") == ["2026-03-04"]
    assert texts(content, "IBAN") == [DEBTOR.iban, CREDITOR.iban]
    assert texts(content, "EndToEndId") == ["R1-0001-V"]
    assert texts(content, "InstdAmt") == ["1234.50"]
    assert texts(content, "Ustrd") == ["Plan Samenleven ronde 1, voorschot"]
    assert texts(content, "Cd") == ["SEPA"]


def test_amounts_are_in_euro() -> None:
    amount = next(ElementTree.fromstring(make_payment_file(ORDER)).iter(f"{{{NAMESPACE}}}InstdAmt"))
    assert amount.attrib == {"Ccy": "EUR"}


def test_the_same_order_gives_the_same_bytes() -> None:
    assert make_payment_file(ORDER) == make_payment_file(replace(ORDER))


amounts = st.decimals(Decimal("0.01"), Decimal("999999.99"), places=2)


@settings(max_examples=25)
@given(st.lists(amounts, min_size=1, max_size=30))
def test_sums_and_counts_are_those_of_the_payments(parts: list[Decimal]) -> None:
    transfers = tuple(replace(FIRST, end_to_end_id=f"P{i}", amount=part) for i, part in enumerate(parts))
    content = make_payment_file(replace(ORDER, transfers=transfers))
    assert texts(content, "NbOfTxs") == [str(len(parts))] * 2
    assert [Decimal(text) for text in texts(content, "CtrlSum")] == [sum(parts)] * 2
    assert [Decimal(text) for text in texts(content, "InstdAmt")] == parts


@settings(max_examples=50)
@given(st.text(max_size=10), st.text(max_size=10))
def test_any_text_gives_a_valid_file_or_a_sentence(name: str, remittance: str) -> None:
    order = with_transfer(creditor=replace(CREDITOR, name=name), remittance=remittance)
    if set(sepa_text(name)) <= set(". ") or set(sepa_text(remittance)) <= set(". "):
        assert all(problem.endswith("is empty.") for problem in problems_of(order))
    else:
        assert texts(make_payment_file(order), "Ustrd") == [sepa_text(remittance)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Liège", "Liege"),
        ("Geraardsbergen & Ninove", "Geraardsbergen + Ninove"),
        ("’s-Gravenvoeren", "'s-Gravenvoeren"),
        ("vzw «De Rand»", "vzw .De Rand."),
        ("twee  spaties\nen een regel", "twee spaties en een regel"),
        ("Größe_1", "Grosse-1"),
        ("<script>", ".script."),
        ("Łódź", "Lodz"),
    ],
)
def test_letters_outside_the_set_are_converted(text: str, written: str) -> None:
    assert sepa_text(text) == written


@given(st.text())
def test_converting_twice_changes_nothing(text: str) -> None:
    assert sepa_text(sepa_text(text)) == sepa_text(text)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"amount": Decimal("0.00")}, "the amount 0.00 is not between 0.01"),
        ({"amount": Decimal("-5.00")}, "the amount -5.00 is not between"),
        ({"amount": Decimal("1000000000.00")}, "is not between"),
        ({"amount": Decimal("NaN")}, "is not between"),
        ({"amount": Decimal("10.005")}, "has more than two decimals"),
        ({"remittance": ""}, "the remittance text is empty"),
        ({"remittance": "«»"}, "the remittance text is empty"),
        ({"remittance": "x" * 141}, "has 141 characters; at most 140"),
        ({"creditor": Party("x" * 71, CREDITOR.iban)}, "the name has 71 characters; at most 70"),
        ({"creditor": Party(" ", CREDITOR.iban)}, "the name is empty"),
        ({"creditor": Party("Gent", "BE71096123456768")}, "is no valid IBAN without spaces"),
        ({"creditor": Party("Gent", "BE71 0961 2345 6769")}, "is no valid IBAN without spaces"),
        ({"creditor": Party("Ankara", "TR330006100519786457841326")}, "outside the SEPA area"),
        ({"end_to_end_id": ""}, "must have 1 to 35 letters"),
        ({"end_to_end_id": "x" * 36}, "must have 1 to 35 letters"),
        ({"end_to_end_id": "/R1"}, "without a slash at either end"),
        ({"end_to_end_id": "R1//2"}, "two in a row"),
        ({"end_to_end_id": "é"}, "must have 1 to 35 letters"),
        ({"end_to_end_id": "R1 "}, "must have 1 to 35 letters"),
    ],
)
def test_a_sentence_names_the_payment_and_what_is_wrong(values: dict[str, object], words: str) -> None:
    (problem,) = problems_of(with_transfer(**values))
    assert problem.startswith("Payment 1: ")
    assert words in problem


def test_names_and_texts_of_exactly_the_longest_length_are_taken() -> None:
    order = with_transfer(creditor=Party("n" * 70, CREDITOR.iban), remittance="r" * 140, end_to_end_id="i" * 35)
    assert texts(make_payment_file(order), "Ustrd") == ["r" * 140]


def test_an_order_needs_payments() -> None:
    assert problems_of(replace(ORDER, transfers=())) == ("The order holds no payments; choose at least one.",)


def test_an_order_is_not_paid_before_it_is_made() -> None:
    (problem,) = problems_of(replace(ORDER, execute_on=date(2026, 3, 1)))
    assert "before it is made on 2026-03-02" in problem


def test_no_two_payments_share_an_id() -> None:
    (problem,) = problems_of(replace(ORDER, transfers=(FIRST, FIRST, replace(FIRST, end_to_end_id="other"))))
    assert problem == "The end-to-end id R1-0001-V stands 2 times in the order; each payment needs its own."


def test_all_problems_are_told_at_once() -> None:
    order = replace(with_transfer(amount=Decimal(0), remittance=""), debtor=Party("", "BE0"), message_id="")
    assert len(problems_of(order)) == 5


def test_markup_in_a_text_stays_text() -> None:
    content = make_payment_file(with_transfer(remittance="a < b & c > d"))
    assert texts(content, "Ustrd") == ["a . b + c . d"]


def test_the_bank_of_the_debtor_is_named_when_it_is_known() -> None:
    assert texts(make_payment_file(replace(ORDER, debtor_bic="GKCCBEBB")), "BICFI") == ["GKCCBEBB"]
    assert texts(make_payment_file(ORDER), "BICFI") == []


@pytest.mark.parametrize("bic", ["GKCC", "GKCCBEBB1", "1KCCBEBB", "bank"])
def test_a_bank_code_of_another_form_is_refused(bic: str) -> None:
    (problem,) = problems_of(replace(ORDER, debtor_bic=bic))
    assert problem == f"The debtor: {bic!r} is no BIC of 8 or 11 letters and digits."
