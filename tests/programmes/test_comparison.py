"""The comparison of terms: everything that differs, once, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.programmes.comparison import ALL_LINES, Kind, RuleText, compare, compare_rules
from draad.programmes.models import Knowledge
from draad.programmes.values import (
    LINE_FIELDS,
    TERMS_FIELDS,
    Line,
    Term,
    TermsValues,
    TermValue,
    carried,
    carried_over,
    stated,
    unknown,
)
from tests.programmes.conftest import NO, YES, line

KNOWN = st.sampled_from([Knowledge.STATED, Knowledge.CARRIED])


def terms(values: st.SearchStrategy[TermValue]) -> st.SearchStrategy[Term]:
    known = st.builds(Term, values, KNOWN, st.sampled_from(["a", "b"]))
    return st.one_of(known, st.builds(unknown, st.sampled_from(["", "a"])))


TEXT = terms(st.sampled_from(["x", "y"]))
EURO = terms(st.sampled_from([Decimal("1.00"), Decimal("2.00")]))
LINES: st.SearchStrategy[Line] = st.fixed_dictionaries(
    {
        "label": st.builds(Term, st.sampled_from(["x", "y"]), KNOWN, st.just("a")),
        "unit": terms(st.sampled_from(["person", "plan"])),
        "counting": terms(st.just("unique")),
        "unit_amount": EURO,
        "max_units": terms(st.integers(0, 2)),
    }
)
PAID = st.builds(
    TermsValues,
    terms(st.just(True)),
    st.fixed_dictionaries({"target_group": TEXT, "ceiling": EURO}),
    st.dictionaries(st.integers(1, 4), LINES, max_size=3),
)
REFUSED = st.builds(TermsValues, st.builds(Term, st.just(False), KNOWN, st.just("a")))
VALUES = st.one_of(PAID, PAID, REFUSED)


@given(VALUES)
def test_nothing_differs_from_itself(values: TermsValues) -> None:
    assert compare(values, values) == []


@given(VALUES, VALUES)
def test_the_other_way_round_mirrors(old: TermsValues, new: TermsValues) -> None:
    assert compare(new, old) == [difference.mirrored for difference in compare(old, new)]


@given(VALUES, VALUES)
def test_mirroring_twice_gives_the_same(old: TermsValues, new: TermsValues) -> None:
    for difference in compare(old, new):
        assert difference.mirrored.mirrored == difference


@given(VALUES, VALUES)
def test_every_field_appears_at_most_once(old: TermsValues, new: TermsValues) -> None:
    places = [difference.place for difference in compare(old, new)]
    assert len(places) == len(set(places))


@given(PAID, PAID)
def test_exactly_the_fields_with_another_value_are_changes(old: TermsValues, new: TermsValues) -> None:
    """Counted here in another way: flatten both sides and compare them place by place."""
    found = {d.place for d in compare(old, new) if d.kind is Kind.CHANGED}
    before, after = flat(old), flat(new)
    expected = {
        place
        for place in before.keys() & after.keys()
        if before[place].known and after[place].known and before[place].value != after[place].value
    }
    assert found == expected


@given(PAID, PAID)
def test_unknown_is_never_a_change(old: TermsValues, new: TermsValues) -> None:
    for difference in compare(old, new):
        if difference.kind is Kind.CHANGED:
            assert difference.old is not None
            assert difference.new is not None
            assert difference.old.known
            assert difference.new.known
        if difference.kind is Kind.BECAME_UNKNOWN:
            assert difference.new is not None
            assert not difference.new.known


@given(PAID, PAID)
def test_added_lines_come_whole(old: TermsValues, new: TermsValues) -> None:
    added = [d.place for d in compare(old, new) if d.kind is Kind.ADDED_LINE]
    numbers = sorted(new.lines.keys() - old.lines.keys()) if old.lines and new.lines else []
    assert added == [(number, name) for number in numbers for name in LINE_FIELDS]


@given(VALUES)
def test_carrying_over_changes_nothing_but_how_it_is_known(values: TermsValues) -> None:
    kinds = {difference.kind for difference in compare(values, carried_over(values))}
    assert kinds <= {Kind.CARRIED}


def flat(values: TermsValues) -> dict[tuple[int, str], Term]:
    found = {(0, "subsidised"): values.subsidised}
    found |= {(0, name): values.term(name) for name in TERMS_FIELDS}
    return found | {(n, name): term for n, one in values.lines.items() for name, term in one.items()}


def paid(*lines: Line, target_group: str | None = "x", ceiling: str | None = None) -> TermsValues:
    fields = {
        "target_group": stated(target_group, "bron"),
        "ceiling": stated(Decimal(ceiling), "bron") if ceiling else unknown(),
    }
    return TermsValues(YES, fields, dict(enumerate(lines, 1)))


def kinds(old: TermsValues, new: TermsValues) -> dict[tuple[int, str], Kind]:
    return {difference.place: difference.kind for difference in compare(old, new)}


def test_another_amount_is_a_change() -> None:
    assert kinds(paid(line(amount="60.00")), paid(line(amount="65.00"))) == {(1, "unit_amount"): Kind.CHANGED}


def test_the_same_amount_from_another_source_is_no_difference() -> None:
    assert kinds(paid(line(source="a")), paid(line(source="b"))) == {}


def test_an_amount_that_is_no_longer_published_is_not_a_change() -> None:
    assert kinds(paid(line()), paid(line(amount=None))) == {(1, "unit_amount"): Kind.BECAME_UNKNOWN}
    assert kinds(paid(line(amount=None)), paid(line())) == {(1, "unit_amount"): Kind.BECAME_KNOWN}


def test_unknown_on_both_sides_is_no_difference() -> None:
    assert kinds(paid(line(amount=None, source="a")), paid(line(amount=None, source="b"))) == {}


def test_zero_is_a_value() -> None:
    assert kinds(paid(line(units=0)), paid(line(units=None))) == {(1, "max_units"): Kind.BECAME_UNKNOWN}
    assert kinds(paid(line(units=0)), paid(line(units=1))) == {(1, "max_units"): Kind.CHANGED}


def test_a_new_line_and_one_that_lapses() -> None:
    one, two = paid(line("a")), paid(line("a"), line("b"))
    assert kinds(one, two) == {(2, name): Kind.ADDED_LINE for name in LINE_FIELDS}
    assert kinds(two, one) == {(2, name): Kind.REMOVED_LINE for name in LINE_FIELDS}


def test_a_line_is_compared_with_itself_when_the_one_before_lapses() -> None:
    before = paid(line("a"), line("b"))
    after = replace(before, lines={2: before.lines[2]})
    assert kinds(before, after) == {(1, name): Kind.REMOVED_LINE for name in LINE_FIELDS}


def test_when_nobody_knows_the_lines_they_are_not_said_to_lapse() -> None:
    found = kinds(paid(line("a"), line("b")), paid())
    assert set(found.values()) == {Kind.BECAME_UNKNOWN}
    assert len(found) == 10


def test_from_no_subsidy_to_subsidy() -> None:
    found = kinds(TermsValues(NO), paid(line(), ceiling="600.00"))
    assert found.pop((0, "subsidised")) is Kind.CHANGED
    assert found.pop((0, "target_group")) is Kind.CHANGED
    assert found.pop((0, "ceiling")) is Kind.CHANGED
    assert set(found.values()) == {Kind.ADDED_LINE}


def test_from_no_subsidy_to_a_subsidy_of_unknown_lines() -> None:
    found = kinds(TermsValues(NO), paid(target_group=None))
    assert found == {
        (0, "subsidised"): Kind.CHANGED,
        (0, "target_group"): Kind.BECAME_UNKNOWN,
        (0, ALL_LINES): Kind.BECAME_UNKNOWN,
        (0, "ceiling"): Kind.BECAME_UNKNOWN,
    }


def test_order_is_that_of_the_page() -> None:
    old = paid(line("a", amount="1.00"), target_group="x", ceiling="1.00")
    new = paid(line("b", amount="2.00"), target_group="y", ceiling="2.00")
    assert [d.place for d in compare(old, new)] == [
        (0, "target_group"), (1, "label"), (1, "unit_amount"), (0, "ceiling"),
    ]  # fmt: skip


def test_carried_is_told_apart() -> None:
    old = paid(line())
    new = TermsValues(YES, old.fields, {1: {name: carried(term) for name, term in old.lines[1].items()}})
    assert set(kinds(old, new).values()) == {Kind.CARRIED}
    assert not any(kind.is_change for kind in kinds(old, new).values())


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_words_and_a_mirror(kind: Kind) -> None:
    assert kind.label
    assert kind.mirrored.mirrored is kind


class TestRules:
    OLD = {"a": RuleText("A 1", "s1"), "b": RuleText("B", "s1"), "c": RuleText("C", "s1")}
    NEW = {"a": RuleText("A 2", "s2"), "b": RuleText("B", "s2"), "d": RuleText("D", "s2")}

    def test_each_rule_that_reads_differently_is_there_once(self) -> None:
        found = compare_rules(self.OLD, self.NEW)
        assert [(d.key, d.old, d.new) for d in found] == [("a", "A 1", "A 2"), ("d", None, "D"), ("c", "C", None)]

    def test_words(self) -> None:
        assert [d.label for d in compare_rules(self.OLD, self.NEW)] == ["gewijzigd", "nieuw", "niet langer vermeld"]

    def test_sources_of_both_sides(self) -> None:
        found = compare_rules(self.OLD, self.NEW)[0]
        assert (found.old_source, found.new_source) == ("s1", "s2")

    def test_nothing_differs_from_itself(self) -> None:
        assert compare_rules(self.OLD, self.OLD) == []

    @given(st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy")),
           st.dictionaries(st.sampled_from("abc"), st.sampled_from("xy")))  # fmt: skip
    def test_as_many_as_differ(self, old: dict[str, str], new: dict[str, str]) -> None:
        was = {key: RuleText(text, "") for key, text in old.items()}
        now = {key: RuleText(text, "") for key, text in new.items()}
        expected = {key for key in {*old, *new} if old.get(key) != new.get(key)}
        found = [difference.key for difference in compare_rules(was, now)]
        assert len(found) == len(set(found))
        assert set(found) == expected
