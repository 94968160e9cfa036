"""How terms are shown: gaps and n.v.t. told apart, changes marked, sources numbered, and a summary that does not guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.tables import Gap, Kind, NotApplicable
from draad.programmes.models import Action, ActionTerms, Counting, Round, Unit
from draad.programmes.queries import Version, as_of_version, published_terms, terms_history
from draad.programmes.shown import COMPUTED, SideBySide, kind_of, maximum_shown, side_by_side, side_of, value_shown
from draad.programmes.summary import lede_of, summary_of
from draad.programmes.values import LINE_FIELDS, Line, TermsValues, carried_over, stated, unknown
from tests.programmes.conftest import NO, YES, line, publish_correction


def beside(*values: TermsValues) -> Sequence[tuple[Round, Version]]:
    return [
        (
            Round(number=n, starts_on=date(2021 + n, 10, 1), ends_on=date(2022 + n, 9, 30)),
            Version(ActionTerms(version=1), value),
        )
        for n, value in enumerate(values, 1)
    ]


def paid(*lines: Line, target_group: str = "allen", ceiling: str | None = None, source: str = "bron") -> TermsValues:
    fields = {"target_group": stated(target_group, source), "ceiling": unknown()}
    if ceiling:
        fields["ceiling"] = stated(Decimal(ceiling), source)
    return TermsValues(YES, fields, dict(enumerate(lines, 1)))


def shown(found: SideBySide) -> dict[str, list[object]]:
    """The values by field; a second line of the same field would overwrite, so only for one line."""
    return {row.field: [cell.value for cell in row.cells] for row in found.rows}


class TestValue:
    @pytest.mark.parametrize("unit", list(Unit))
    def test_units_are_words(self, unit: Unit) -> None:
        assert value_shown("unit", stated(unit.value, "x")) == str(unit.label)

    @pytest.mark.parametrize("counting", list(Counting))
    def test_counting_rules_are_words(self, counting: Counting) -> None:
        assert value_shown("counting", stated(counting.value, "x")) == str(counting.label)

    def test_unknown_is_a_gap_and_what_does_not_apply_is_not(self) -> None:
        assert value_shown("ceiling", unknown("x")) == Gap("niet gepubliceerd")
        assert value_shown("ceiling", None) == NotApplicable()

    @pytest.mark.parametrize("value", [0, False, Decimal("0.00")])
    def test_zero_and_no_are_values(self, value: int | bool | Decimal) -> None:
        assert value_shown("max_units", stated(value, "x")) == value

    def test_kinds(self) -> None:
        assert [kind_of(name) for name in ("subsidised", "unit_amount", "max_units", "ceiling", "label")] == [
            Kind.YES_NO, Kind.EURO, Kind.COUNT, Kind.EURO, Kind.TEXT,
        ]  # fmt: skip

    def test_in_english(self) -> None:
        with translation.override("en"):
            assert str(value_shown("ceiling", unknown())) == "not published"
            assert value_shown("unit", stated("person", "x")) == "person"


class TestSide:
    def test_of_a_line_that_is_not_there(self) -> None:
        assert side_of(paid(line()), "label", 2) is None
        assert side_of(TermsValues(NO), "label", 1) is None

    def test_of_lines_that_nobody_knows(self) -> None:
        side = side_of(paid(), "label", 1)
        assert side is not None
        assert not side.known

    def test_without_subsidy_only_that_applies(self) -> None:
        assert side_of(TermsValues(NO), "subsidised") == NO
        assert side_of(TermsValues(NO), "ceiling") is None

    def test_maximum(self) -> None:
        assert maximum_shown(TermsValues(NO), None) == NotApplicable()
        assert maximum_shown(paid(), None) == Gap("niet te berekenen")
        assert maximum_shown(paid(), Decimal(0)) == 0


class TestSideBySide:
    def test_rows_follow_the_order_of_the_terms(self) -> None:
        found = side_by_side(beside(paid(line())))
        assert [row.field for row in found.rows] == ["subsidised", "target_group", *LINE_FIELDS, "ceiling", COMPUTED]

    def test_more_lines_get_headings(self) -> None:
        found = side_by_side(beside(paid(line("a"), line("b")), paid(line("a"))))
        headings = [str(row.label) for row in found.rows if not row.field]
        assert headings == ["KPI-lijn 1", "KPI-lijn 2", "De hele actie"]
        labels = [[cell.value for cell in row.cells] for row in found.rows if row.field == "label"]
        assert labels == [["a", "a"], ["b", NotApplicable()]]

    def test_only_what_changed_against_the_round_before_is_marked(self) -> None:
        found = side_by_side(beside(paid(line(amount="1.00")), paid(line(amount="2.00")), paid(line(amount="2.00"))))
        (row,) = [row for row in found.rows if row.field == "unit_amount"]
        assert [cell.changed for cell in row.cells] == [False, True, False]
        assert sum(cell.changed for row in found.rows for cell in row.cells) == 1
        assert {n: len(differences) for n, differences in found.changes.items()} == {2: 1, 3: 0}

    def test_what_became_unknown_is_a_gap_and_no_change(self) -> None:
        found = side_by_side(beside(paid(line()), paid(line(amount=None))))
        assert shown(found)["unit_amount"] == [Decimal("60.00"), Gap("niet gepubliceerd")]
        assert not any(cell.changed for row in found.rows for cell in row.cells)
        assert shown(found)[COMPUTED] == [Decimal("600.00"), Gap("niet te berekenen")]

    def test_carried_values_have_no_note_and_are_marked(self) -> None:
        first = paid(line())
        found = side_by_side(beside(first, carried_over(first)))
        (row,) = [row for row in found.rows if row.field == "label"]
        assert [(cell.carried, cell.note) for cell in row.cells] == [(False, 1), (True, None)]

    def test_sources_are_numbered_as_they_are_met_and_each_once(self) -> None:
        found = side_by_side(beside(paid(line(source="b"), source="a"), paid(line(source="b"), source="c")))
        assert found.sources == ["bron", "a", "c", "b"]
        notes = {cell.note for row in found.rows for cell in row.cells if cell.note}
        assert notes == {1, 2, 3, 4}

    def test_one_round_has_no_changes(self) -> None:
        assert side_by_side(beside(paid(line()))).changes == {}
        assert side_by_side([]).rows[-1].cells == []

    @given(st.lists(st.tuples(st.booleans(), st.integers(1, 3)), min_size=1, max_size=4))
    def test_every_row_has_a_cell_for_each_round(self, rounds: list[tuple[bool, int]]) -> None:
        values = [paid(*[line(str(n)) for n in range(many)]) if yes else TermsValues(NO) for yes, many in rounds]
        found = side_by_side(beside(*values))
        assert all(len(row.cells) == len(rounds) for row in found.rows if row.field)
        assert all(cell.round == n for row in found.rows for n, cell in enumerate(row.cells, 1))


class TestSummary:
    def test_of_what_is_known_last(self) -> None:
        amount, most = summary_of(beside(paid(line()), paid(line(amount=None))))
        assert (amount.value, amount.note) == (Decimal("60.00"), "per persoon, ronde 1")
        assert (most.value, most.note) == (Decimal("600.00"), "ronde 1, berekend uit de KPI-lijnen")

    def test_a_published_ceiling_goes_before_a_computed_one(self) -> None:
        most = summary_of(beside(paid(line(), ceiling="500.00")))[1]
        assert (most.value, most.note) == (Decimal("500.00"), "ronde 1")

    def test_two_amounts_are_not_one(self) -> None:
        amount = summary_of(beside(paid(line(amount="1.00"), line(amount="1.00"))))[0]
        assert amount.value == Decimal("1.00")
        different = summary_of(beside(paid(line(amount="1.00"), line(amount="2.00"))))
        assert [figure.label for figure in different] == ["Hoogste bedrag per bestuur"]

    def test_of_nothing_known(self) -> None:
        amount, most = summary_of(beside(paid()))
        assert amount.value == most.value == Gap("niet gepubliceerd")

    def test_of_no_subsidy(self) -> None:
        assert [figure.value for figure in summary_of(beside(TermsValues(NO)))] == [NotApplicable()] * 2
        assert summary_of([]) == []

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ([paid(line("a"))], "Gesubsidieerd in ronde 1. In ronde 1 telt: a."),
            ([paid(line("a")), paid(line("b"), line("c"))], "Gesubsidieerd in ronde 1 en 2. In ronde 2 telt: b en c."),
            ([TermsValues(NO), paid(line("a"))], "Gesubsidieerd in ronde 2. In ronde 2 telt: a."),
            ([paid(line("a")), TermsValues(NO)], "Gesubsidieerd in ronde 1. In ronde 1 telt: a."),
            ([paid()], "Gesubsidieerd in ronde 1."),
            (
                [TermsValues(NO)],
                "Besturen kunnen deze actie uitvoeren, maar krijgen er in geen enkele ronde geld voor.",
            ),
            ([TermsValues(unknown())], "Of deze actie gesubsidieerd wordt, is niet gepubliceerd."),
        ],
    )
    def test_lede(self, values: list[TermsValues], sentence: str) -> None:
        assert lede_of(beside(*values)) == sentence


@pytest.mark.django_db
class TestVersions:
    def test_as_of_a_version(self, action_of: Callable[[int], Action], round_of: Callable[[int], Round]) -> None:
        action = action_of(9)
        for euro in ("1.00", "2.00"):
            publish_correction(action, round_of(1), euro)
        found = published_terms(action.programme)
        ceilings = {
            version: as_of_version(found, 1, version)[9].values.term("ceiling").value for version in (1, 2, 3, None)
        }
        assert ceilings == {1: Decimal("170625.00"), 2: Decimal("1.00"), 3: Decimal("2.00"), None: Decimal("2.00")}
        assert as_of_version(found, 1, 2)[5].terms.version == 1, "an action with fewer versions stays at its newest"
        assert len(as_of_version(found, 2, None)) == 24

    def test_two_queries_however_many(
        self, action_of: Callable[[int], Action], django_assert_num_queries: Callable[[int], Any]
    ) -> None:
        programme = action_of(9).programme
        with django_assert_num_queries(3):  # two, and the marks of what was written
            assert len(published_terms(programme)) == 72
        action = action_of(9)
        with django_assert_num_queries(3):
            assert len(published_terms(programme, action=action)) == 3

    def test_history_ends_with_the_draft(self, draft: ActionTerms) -> None:
        found = terms_history(draft.action, draft.round)
        assert [(terms.version, terms.state) for terms in found] == [(1, "published"), (None, "draft")]
