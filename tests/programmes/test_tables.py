"""The lists of this room: rows, totals of nothing, gaps, and the comparison as tables and as a report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.utils import translation

from draad.documents.tables import Gap, Table
from draad.programmes.comparison import Kind
from draad.programmes.differences import Comparison, compare_all, difference_rows
from draad.programmes.differencetables import all_fields, comparison_tables, side_by_side_table
from draad.programmes.models import Action, ActionTerms, Programme, Round
from draad.programmes.queries import (
    as_of_version,
    current_terms,
    drafts_and_versions,
    published_terms,
    rules_of,
    steps,
    terms_history,
    touching,
)
from draad.programmes.report import changes_in_words, comparison_pdf
from draad.programmes.tables import (
    action_table,
    administration_table,
    line_rows,
    line_table,
    round_table,
    rule_rows,
    rule_table,
    version_table,
)
from tests.programmes.conftest import publish_correction

pytestmark = pytest.mark.django_db
LABELS = ("Ronde 1", "Ronde 2")


def cells(table: Table[Any], key: str) -> list[Any]:
    """The values of one column."""
    column = table.column(key)
    assert column is not None
    return [column.value(row) for row in table.rows]


def links(table: Table[Any], key: str) -> list[str | None]:
    column = table.column(key)
    assert column is not None
    assert column.link is not None
    return [column.link(row) for row in table.rows]


@pytest.fixture
def between(programme: Programme) -> Callable[..., Comparison]:
    """Compares two rounds."""

    def compare(first: int, second: int) -> Comparison:
        versions = published_terms(programme)
        rules = rules_of(programme.rounds.all())
        return compare_all(
            list(programme.actions.all()),
            as_of_version(versions, first, None),
            as_of_version(versions, second, None),
            rules[first],
            rules[second],
        )

    return compare


class TestActions:
    def test_columns_for_each_round(self, programme: Programme) -> None:
        rounds = list(programme.rounds.all())
        table = action_table(programme, list(programme.actions.all()), rounds, current_terms(programme))
        assert [sum(value is True for value in cells(table, f"subsidised-{r.number}")) for r in rounds] == [19, 20, 20]
        assert links(table, "title")[4] == "/programmas/plan-samenleven/acties/5/"
        assert table.search is not None
        assert "Nederlands" in table.search(Action.objects.get(number=4))

    def test_without_terms_it_is_a_gap(self, programme: Programme) -> None:
        rounds = list(programme.rounds.all())
        table = action_table(programme, list(programme.actions.all()), rounds, {})
        assert set(cells(table, "subsidised-1")) == {Gap("niet gepubliceerd")}

    def test_rounds_with_gaps(self, programme: Programme) -> None:
        table = round_table(programme, list(programme.rounds.all()))
        assert [isinstance(value, Gap) for value in cells(table, "midterm")] == [False, True, True]
        assert links(table, "number")[2] == "/programmas/plan-samenleven/rondes/3/"


class TestRules:
    def test_one_row_for_each_different_sentence(self, programme: Programme) -> None:
        rows = rule_rows(rules_of(programme.rounds.all()))
        sentences = [row.sentence for row in rows]
        assert len(set(sentences)) == len(sentences) == 24
        threshold = [row for row in rows if "EU-1" in row.sentence]
        assert [row.in_rounds for row in threshold] == ["1", "2, 3"]

    def test_every_rule_of_every_round_is_in_a_row(self, programme: Programme) -> None:
        rules = rules_of(programme.rounds.all())
        rows = rule_rows(rules)
        assert sum(len(row.rounds) for row in rows) == sum(len(many) for many in rules.values()) == 58

    def test_rounds_are_left_out_where_there_is_one(self, programme: Programme) -> None:
        rows = rule_rows(rules_of([programme.rounds.get(number=1)]))
        assert rule_table(rows, rounds=False).column("rounds") is None
        assert rule_table(rows).column("rounds") is not None

    def test_in_english(self, programme: Programme) -> None:
        with translation.override("en"):
            rows = rule_rows(rules_of(programme.rounds.all()))
            carried = [row.in_rounds for row in rows if "carried over" in row.in_rounds]
        assert carried == ["1, 2 (carried over), 3 (carried over)"] * 4

    def test_touching_an_action(self, programme: Programme) -> None:
        rules = rules_of(programme.rounds.all())[2]
        keys = {rule.key for rule in touching(rules, 23)}
        assert keys == {
            "existing_reach", "half_of_cost", "ceiling_per_action", "counts_twice", "change_subsidised",
            "change_target_groups",
        }  # fmt: skip


class TestLines:
    def rows(self, programme: Programme, number: int) -> Table[Any]:
        terms = as_of_version(published_terms(programme), number, None)
        return line_table(programme, line_rows(list(programme.actions.all()), terms))

    def test_round_1(self, programme: Programme) -> None:
        table = self.rows(programme, 1)
        assert len(cells(table, "label")) == 27
        assert cells(table, "maximum")[:2] == [25000, 135000]
        assert set(cells(table, "known")) == {"vermeld"}

    def test_round_2_has_a_row_for_each_action_with_unknown_lines(self, programme: Programme) -> None:
        table = self.rows(programme, 2)
        actions, labels = cells(table, "action"), cells(table, "label")
        assert {a for a, label in zip(actions, labels, strict=True) if isinstance(label, Gap)} == {9, 13, 24}
        assert set(actions).isdisjoint({1, 3, 4, 12})
        assert 23 in actions

    def test_how_a_line_is_known_is_the_least_of_its_fields(self, programme: Programme) -> None:
        table = self.rows(programme, 2)
        known = dict(zip(cells(table, "action"), cells(table, "known"), strict=True))
        assert known[5] == "deels: niet gepubliceerd"
        assert known[7] == "overgenomen"
        assert known[9] == "niet gepubliceerd"
        assert known[23] == "vermeld"


class TestComparison:
    def test_from_round_1_to_2(self, between: Callable[..., Comparison]) -> None:
        found = between(1, 2)
        assert len(found.changes) == 19
        assert {row.action.number for row in found.changes} == {5, 6, 9, 13, 15, 23, 24}
        assert len(found.changes) + len(found.knowledge) + len(found.carried) == len(found.rows)
        assert {action.number for action in found.alike} == set(range(1, 25)) - {5, 6, 9, 13, 15, 23, 24}
        assert changes_in_words(found) == "Gewijzigd: 19 voorwaarden van 7 acties."

    def test_the_other_way_round(self, between: Callable[..., Comparison]) -> None:
        forth, back = between(1, 2), between(2, 1)
        assert [row.difference.mirrored for row in forth.rows] == [row.difference for row in back.rows]
        assert {row.kind for row in back.changes} == {Kind.CHANGED, Kind.REMOVED_LINE}

    def test_with_itself(self, between: Callable[..., Comparison]) -> None:
        found = between(2, 2)
        assert (found.rows, found.rules) == ([], [])
        assert changes_in_words(found) == "Geen bron noemt een wijziging van de voorwaarden."

    def test_rounds_2_and_3_differ_in_nothing_but_how_they_are_known(self, between: Callable[..., Comparison]) -> None:
        found = between(2, 3)
        assert {row.kind for row in found.rows} == {Kind.CARRIED}
        assert not found.rules

    def test_rules_that_differ(self, between: Callable[..., Comparison]) -> None:
        rules = {rule.difference.key: rule.difference for rule in between(1, 2).rules}
        assert set(rules) == {"eligibility_threshold", "one_partnership"}
        assert rules["one_partnership"].old is None
        assert "EU-15" in (rules["eligibility_threshold"].old or "")

    def test_an_action_without_terms_on_one_side_is_named(self, programme: Programme) -> None:
        actions = list(programme.actions.all())
        terms = as_of_version(published_terms(programme), 1, None)
        found = compare_all(actions, terms, {})
        assert len(found.missing) == 24
        assert not found.rows

    def test_tables_hold_every_difference_once(self, programme: Programme, between: Callable[..., Comparison]) -> None:
        found = between(1, 2)
        tables = {table.key: table for table in comparison_tables(programme, found, LABELS)}
        of_terms = [tables[key] for key in ("wijzigingen", "bekend", "overgenomen")]
        assert sum(len(cells(table, "field")) for table in of_terms) == len(found.rows)
        assert "Bedrag per eenheid, KPI-lijn 1" in cells(tables["bekend"], "field")
        assert [str(column.label) for column in tables["regels"].columns[1:3]] == list(LABELS)

    def test_everything_side_by_side_marks_the_same_differences(self, programme: Programme) -> None:
        actions = list(programme.actions.all())
        versions = published_terms(programme)
        old, new = (as_of_version(versions, number, None) for number in (1, 2))
        rows = all_fields(actions, old, new)
        found = compare_all(actions, old, new)
        marked = [(row.action.number, row.difference) for row in rows if row.difference]
        assert marked == [(row.action.number, row.difference) for row in found.rows]
        places = [(row.action.number, row.line, row.field) for row in rows]
        assert len(set(places)) == len(places)
        table = side_by_side_table(rows, LABELS)
        assert cells(table, "kind").count("") == len(rows) - len(marked)

    def test_source_is_that_of_the_new_value_or_else_the_old(self, between: Callable[..., Comparison]) -> None:
        rows = {(row.action.number, *row.difference.place): row for row in between(1, 2).rows}
        assert rows[5, 1, "label"].source.startswith("written question 492")
        assert rows[24, 1, "label"].source.startswith("ABB application form")
        assert rows[10, 0, "target_group"].source.endswith("(does not say whether it covers this action)")

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_report(self, programme: Programme, between: Callable[..., Comparison], language: str) -> None:
        with translation.override(language):
            made = comparison_pdf(programme, between(1, 2), LABELS)
        document = pypdfium2.PdfDocument(made)
        text = " ".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        words = {"nl": ("Wat veranderde er?", "Gewijzigde regels"), "en": ("What changed?", "Changed rules")}
        assert all(word in text for word in words[language])
        for number in (5, 6, 9, 13, 15, 23, 24):
            assert str(programme.actions.get(number=number)) in text


class TestAdministration:
    def test_every_place_with_its_version_and_draft(self, draft: ActionTerms) -> None:
        table = administration_table(drafts_and_versions())
        assert len(cells(table, "action")) == 72
        assert set(cells(table, "version")) == {1}
        assert cells(table, "draft").count(True) == 1
        assert [link for link in links(table, "draft") if link] == [f"/beheer/voorwaarden/ontwerp/{draft.pk}/"]

    def test_three_queries(self, django_assert_num_queries: Callable[[int], Any]) -> None:
        with django_assert_num_queries(3):
            drafts_and_versions()

    def test_versions_count_their_changes(
        self, action_of: Callable[[int], Action], round_of: Callable[[int], Round]
    ) -> None:
        publish_correction(action_of(9), round_of(1), "1.00", reason="eerste")
        publish_correction(action_of(9), round_of(1), "2.00", reason="tweede")
        table = version_table(terms_history(action_of(9), round_of(1)))
        assert cells(table, "version") == [1, 2, 3]
        assert cells(table, "changes") == [0, 1, 1]
        assert cells(table, "reason") == ["", "eerste", "tweede"]
        assert cells(table, "from_facts") == [True, False, False]

    def test_steps_compare_each_with_the_one_before(
        self, action_of: Callable[[int], Action], round_of: Callable[[int], Round]
    ) -> None:
        publish_correction(action_of(9), round_of(1), "1.00")
        first, second = steps(terms_history(action_of(9), round_of(1)))
        assert first[1] == []
        (row,) = difference_rows(action_of(9), second[1])
        assert (row.field, str(row.old), str(row.new)) == ("Hoogste bedrag per bestuur", "170625.00", "1.00")
