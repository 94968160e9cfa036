"""Rules, their texts in two languages, and the records that findings rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.findings import registry
from draad.findings.registry import FoundThing, Record, Rule, euro, joined, rule, rule_of, rules, written


def nothing() -> Iterator[FoundThing]:
    yield from ()


def other() -> Iterator[FoundThing]:
    yield from ()


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_rules", {})


def made(sentence: str, **write: Any) -> Rule:
    return Rule("test.made", "proef", "titel", sentence, nothing, write)


def declare(key: str) -> Any:
    return rule(key, topic="t", title="t", sentence="s")


def test_a_declared_rule_is_known(empty: None) -> None:
    declare("test.one")(nothing)
    assert [known.key for known in rules()] == ["test.one"]
    assert rule_of("test.one") is not None
    assert rule_of("test.two") is None


def test_rules_are_ordered_by_key(empty: None) -> None:
    declare("test.b")(nothing)
    declare("test.a")(other)
    assert [known.key for known in rules()] == ["test.a", "test.b"]


def test_declaring_again_changes_nothing(empty: None) -> None:
    declare("test.one")(nothing)
    declare("test.one")(nothing)
    assert len(rules()) == 1


def test_two_functions_cannot_share_a_key(empty: None) -> None:
    declare("test.one")(nothing)
    with pytest.raises(ValueError, match=r"two rules have the key test\.one"):
        declare("test.one")(other)


def test_every_room_declares_its_rules_when_draad_starts() -> None:
    keys = {known.key for known in rules()}
    assert {key.split(".")[0] for key in keys} == {"applications", "figures", "plans", "programmes"}
    assert keys == {
        "applications.in_several_partnerships",
        "applications.lead_and_partner",
        "applications.lead_under_other_province",
        "applications.lead_without_partners",
        "applications.members_in_several_regions",
        "applications.name_printed_differently",
        "applications.partner_under_other_province",
        "applications.partnership_printed_twice",
        "figures.amount_no_multiple",
        "figures.granted_above_envelope",
        "figures.stated_governments",
        "figures.stated_leads",
        "figures.units_do_not_give_amount",
        "figures.values_differ",
        "plans.goal_cited_otherwise",
        "plans.goal_not_in_plan",
        "programmes.ceiling_differs_from_lines",
        "programmes.printed_action_number",
    }


@pytest.mark.parametrize(
    ("value", "dutch", "english"),
    [
        (118178, "118.178", "118,178"),
        (0, "0", "0"),
        ("Geel", "Geel", "Geel"),
        (["Geel"], "Geel", "Geel"),
        ([], "", ""),
        (["Geel", "Mol"], "Geel en Mol", "Geel and Mol"),
        (["Geel", "Mol", "Balen"], "Geel, Mol en Balen", "Geel, Mol and Balen"),
        ([18, 20], "18 en 20", "18 and 20"),
    ],
)
def test_parameters_are_written_in_the_language_of_the_reader(value: Any, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert written(value) == dutch
    with translation.override("en"):
        assert written(value) == english


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1, max_size=6))
def test_every_name_stands_in_the_joined_text_in_order(names: list[str]) -> None:
    with translation.override("en"):
        assert joined(names).replace(" and ", ", ").split(", ") == names


def test_euro_reads_decimal_text() -> None:
    with translation.override("nl"):
        assert euro("3389566.00") == "€\u00a03.389.566"
        assert euro("0.50") == "€\u00a00,50"


def test_texts_take_their_numbers_from_the_parameters() -> None:
    with translation.override("nl"):
        assert made("Er zijn %(n)s.").sentence_of({"n": 1234}) == "Er zijn 1.234."


def test_a_rule_writes_a_parameter_as_it_says() -> None:
    with translation.override("nl"):
        assert made("Dat is %(n)s.", n=euro).sentence_of({"n": "60.00"}) == "Dat is €\u00a060."


@pytest.mark.parametrize("old", [{}, {"n": None}, {"n": "geen getal"}, {"n": []}, {"n": {"a": 1}}])
def test_parameters_of_an_earlier_form_of_the_rule_do_not_break_a_page(old: dict[str, Any]) -> None:
    with translation.override("nl"):
        text = made("Dat is %(n)s.", n=euro).sentence_of(old)
    assert text == "gevonden met een vroegere vorm van de regel test.made"


@pytest.mark.parametrize(
    ("record", "dutch", "english"),
    [
        (Record("gedrukte samenwerking", "Geel"), "gedrukte samenwerking: Geel", "printed partnership: Geel"),
        (Record("bereikte eenheden", "", "170951.00"), "bereikte eenheden: 170.951", "units reached: 170,951"),
        (
            Record("toegekend bedrag", "actie 5", "3389566.00", "EUR"),
            "toegekend bedrag: €\u00a03.389.566 (actie 5)",
            "granted amount: €3,389,566 (actie 5)",
        ),
        (Record("gedrukte samenwerking"), "gedrukte samenwerking", "printed partnership"),
        (Record("bereikte eenheden", "", "0"), "bereikte eenheden: 0", "units reached: 0"),
    ],
)
def test_a_record_is_written_in_the_language_of_the_reader(record: Record, dutch: str, english: str) -> None:
    with translation.override("nl"):
        assert record.text == dutch
    with translation.override("en"):
        assert record.text == english


def test_a_record_leads_to_its_page_in_the_language_of_the_reader() -> None:
    record = Record("x", route="applications:partnership", arguments=["plan-samenleven", 1, 18])
    with translation.override("nl"):
        assert record.address == "/samenwerkingen/plan-samenleven/ronde-1/18/"
    with translation.override("en"):
        assert record.address == "/en/samenwerkingen/plan-samenleven/ronde-1/18/"


def test_a_record_without_a_page_has_no_address() -> None:
    assert Record("x").address == ""


def test_a_record_survives_storage() -> None:
    record = Record("soort", "naam", "1.00", "EUR", "findings:list", [], "bron")
    found = FoundThing("a", {}, [record])
    assert [Record.read(stored) for stored in found.stored_records] == [record]
