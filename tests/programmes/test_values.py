"""Terms as values: known if and only if there is a value; maxima; storage and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.programmes.models import ActionTerms, IndicatorTerms, Knowledge
from draad.programmes.values import (
    FIELD_LABELS,
    LINE_FIELDS,
    TERMS_FIELDS,
    Term,
    TermsValues,
    carried,
    carried_over,
    line_columns,
    line_maximum,
    stated,
    terms_columns,
    unknown,
    values_of,
)
from tests.programmes.conftest import NO, YES, line


def test_a_value_without_knowledge_is_refused() -> None:
    with pytest.raises(ValueError, match="a known field has a value"):
        Term(5, Knowledge.UNKNOWN, "")
    with pytest.raises(ValueError, match="a known field has a value"):
        Term(None, Knowledge.STATED, "")


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_fact_is_unknown(empty: str | None) -> None:
    assert stated(empty, "bron") == unknown("bron")


@pytest.mark.parametrize("value", [0, False, Decimal("0.00")])
def test_zero_and_no_are_known(value: int | bool | Decimal) -> None:
    assert stated(value, "bron").known


def test_carrying_keeps_value_and_source() -> None:
    term = carried(stated(5, "bron"))
    assert (term.value, term.knowledge, term.source) == (5, Knowledge.CARRIED, "bron")
    assert carried(unknown("bron")) == unknown("bron")
    assert carried(term) == term


@pytest.mark.parametrize(
    ("units", "amount", "maximum"),
    [(10, "60.00", Decimal("600.00")), (0, "60.00", Decimal(0)), (None, "60.00", None), (10, None, None)],
)
def test_maximum_of_a_line(units: int | None, amount: str | None, maximum: Decimal | None) -> None:
    assert line_maximum(line(amount=amount, units=units)) == maximum


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000_000)), min_size=1, max_size=5))
def test_computed_maximum_is_exact_to_the_cent(parts: list[tuple[int, int]]) -> None:
    lines = {
        number: line(amount=str(Decimal(cents).scaleb(-2)), units=units)
        for number, (units, cents) in enumerate(parts, 1)
    }
    cents = sum(units * cents for units, cents in parts)
    assert TermsValues(YES, {}, lines).computed_maximum == Decimal(cents).scaleb(-2)


def test_one_unknown_part_makes_the_maximum_unknown() -> None:
    assert TermsValues(YES, {}, {1: line(), 2: line(amount=None)}).computed_maximum is None
    assert TermsValues(YES, {}, {}).computed_maximum is None


def test_without_subsidy_nothing_else_applies() -> None:
    with pytest.raises(ValueError, match="without subsidy"):
        TermsValues(NO, {}, {1: line()})
    with pytest.raises(ValueError, match="without subsidy"):
        TermsValues(NO, {"target_group": stated("x", "bron")})
    assert TermsValues(NO, {"target_group": unknown("bron")}).refused


def test_fields_that_do_not_exist_are_refused() -> None:
    with pytest.raises(ValueError, match="not the fields of terms: colour"):
        TermsValues(YES, {"colour": unknown()})
    with pytest.raises(ValueError, match="not the fields of terms: label"):
        TermsValues(YES, {}, {1: {name: unknown() for name in LINE_FIELDS if name != "label"}})


def test_fields_that_are_not_given_are_unknown() -> None:
    values = TermsValues(YES)
    assert set(values.fields) == set(TERMS_FIELDS)
    assert values == TermsValues(YES, {name: unknown() for name in TERMS_FIELDS})


def test_whether_the_lines_are_known() -> None:
    assert TermsValues(NO).lines_known
    assert TermsValues(YES, {}, {1: line()}).lines_known
    assert not TermsValues(YES).lines_known


def test_every_field_has_a_label() -> None:
    assert {"subsidised", *TERMS_FIELDS, *LINE_FIELDS, "lines"} == set(FIELD_LABELS)


def test_stored_and_read_again_is_the_same() -> None:
    fields = {"target_group": stated("x", "a"), "ceiling": unknown("b")}
    values = TermsValues(carried(YES), fields, {2: line(amount=None)})
    terms = ActionTerms(**terms_columns(values))
    stored = IndicatorTerms(line=2, **line_columns(values.lines[2]))
    assert values_of(FakeLines(terms, [stored])) == values


class FakeLines:
    """Terms whose lines are at hand without a database."""

    def __init__(self, terms: ActionTerms, lines: list[IndicatorTerms]) -> None:
        self._terms, self._lines = terms, lines
        self.lines = self

    def all(self) -> list[IndicatorTerms]:
        return self._lines

    def __getattr__(self, name: str) -> object:
        return getattr(self._terms, name)


def test_text_columns_are_empty_and_numbers_null_when_unknown() -> None:
    columns = terms_columns(TermsValues(unknown()))
    assert (columns["subsidised"], columns["target_group"], columns["ceiling"]) == (None, "", None)


def test_carrying_over_keeps_the_numbers_of_lines() -> None:
    values = TermsValues(YES, {}, {1: line(), 3: line("andere")})
    assert list(carried_over(values).lines) == [1, 3]
