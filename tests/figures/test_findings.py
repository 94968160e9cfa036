"""Rules about published figures: the real contradictions with their numbers, and small cases at the edge."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from draad.accounts.actor import system
from draad.applications.actions.listed import PrintedPartnership, record_partnerships
from draad.figures import findings as rules
from draad.figures import unit_findings as units
from draad.findings.models import Finding
from draad.programmes.models import Round
from tests.figures.conftest import Publish, value

pytestmark = pytest.mark.django_db
STATED_LEADS, STATED_GOVERNMENTS = "lead applicants in partnerships", "governments in partnerships"


def parameters(rule: Any) -> list[dict[str, Any]]:
    return [dict(thing.parameters) for thing in rule()]


def subjects(rule: Any) -> list[str]:
    return sorted(thing.subject for thing in rule())


def test_the_figures_with_more_than_one_value() -> None:
    found = {thing.subject: [v for v, _unit in thing.parameters["values"]] for thing in rules.values_differ()}
    assert found == {
        "plan-samenleven/2/5/units achieved": ["170951.00", "151539.00"],
        "plan-samenleven/1/-/participating governments": ["104.00", "103.00", "106.00"],
        "plan-samenleven/2/-/envelope": ["16000000.00", "16900000.00"],
    }


def test_the_difference_between_two_values() -> None:
    finding = Finding.objects.get(rule="figures.values_differ", subject="plan-samenleven/2/5/units achieved")
    assert finding.parameters["difference"] == ["19412.00", "units"]
    assert "170.951 en 151.539" in finding.sentence
    assert "19.412" in finding.sentence
    assert finding.title == "Meer dan één waarde: bereikte eenheden, actie 5, ronde 2"
    with translation.override("en"):
        assert finding.title == "More than one value: units reached, action 5, round 2"
        assert "170,951 and 151,539" in finding.sentence


def test_stated_24_leads() -> None:
    assert parameters(rules.stated_leads) == [
        {"round": 1, "stated": 24, "printed": 24, "different": 23, "with_partners": 22, "explained": True}
    ]
    (thing,) = rules.stated_leads()
    assert [record.arguments for record in thing.records[1:]] == [
        ["plan-samenleven", 1, 18],
        ["plan-samenleven", 1, 20],
        ["plan-samenleven", 1, 24],
    ]


def test_stated_80_governments() -> None:
    (found,) = parameters(rules.stated_governments)
    assert (found["stated"], found["municipalities"]) == (80, 76)
    assert found["through"] == {"names": ["Wemmel"], "sum": 77}
    assert found["others"] == {
        "names": ["vzw De Rand", "Vlaamse Gemeenschapscommissie"],
        "sum": 78,
        "with_through": 79,
    }
    sentence = Finding.objects.get(rule="figures.stated_governments").sentence
    for number in ("80", "76", "77", "78", "79"):
        assert number in sentence


def test_the_amount_that_is_no_multiple() -> None:
    assert parameters(units.amount_no_multiple) == [
        {"action": 5, "round": 1, "granted": "3389566.00", "unit": "60.00", "units": 56492, "rest": "46.00"}
    ]


def test_units_that_do_not_give_the_amount() -> None:
    found = {row["action"]: row for row in parameters(units.units_do_not_give_amount)}
    assert found[21] == {
        "action": 21, "round": 1, "units": 37, "unit": "650.00", "computed": "24050.00", "granted": "28600.00",
        "units_in_amount": "44.0",
    }  # fmt: skip
    assert found[5]["computed"] == "4105740.00"
    assert set(found) == {5, 21}


def test_44_units_are_written_as_a_whole_number() -> None:
    finding = Finding.objects.get(rule="figures.units_do_not_give_amount", subject__contains="/21/")
    assert "of 44 eenheden" in finding.sentence


def test_no_round_granted_more_than_its_envelope() -> None:
    assert parameters(rules.granted_above_envelope) == []


def test_every_contradiction_is_about_its_figure_round_and_action() -> None:
    (thing,) = [t for t in rules.values_differ() if "/5/" in t.subject]
    assert thing.about == [
        "figure:plan-samenleven/2/5/units achieved",
        "round:plan-samenleven/2",
        "action:plan-samenleven/5",
    ]


def test_one_value_from_two_sources_is_no_contradiction(publish: Publish) -> None:
    publish(value(amount=5), value(amount=5, source="blad 2"))
    assert subjects(rules.values_differ) == []


def test_values_of_another_round_or_action_are_another_figure(publish: Publish) -> None:
    publish(value(amount=1), value(amount=2, round_number=2), value(amount=3, action=5), value(amount=4, action=6))
    assert subjects(rules.values_differ) == []


def test_three_values_are_one_finding(publish: Publish) -> None:
    publish(value(amount=1), value(amount=9, source="b"), value(amount=4, source="c"))
    (found,) = parameters(rules.values_differ)
    assert [v for v, _unit in found["values"]] == ["1.00", "9.00", "4.00"]
    assert found["difference"] == ["8.00", "EUR"]


def test_a_figure_of_the_whole_programme_has_a_place_too(publish: Publish) -> None:
    publish(value(round_number=None), value(round_number=None, amount=9, source="b"))
    (found,) = parameters(rules.values_differ)
    assert found["place"] == {}
    assert rules.place_text(found["place"]) == "het hele programma"


@pytest.mark.parametrize(
    ("granted", "envelope", "above"),
    [([101], [100], "1.00"), ([100], [100], None), ([99], [100], None), ([101], [], None), ([], [100], None),
     ([101, 90], [100], None), ([101], [100, 102], None), ([105, 103], [100, 102], "1.00")],
)  # fmt: skip
def test_above_the_envelope_only_when_every_source_says_so(
    publish: Publish, granted: list[int], envelope: list[int], above: str | None
) -> None:
    publish(
        *[value(amount=amount, source=str(n)) for n, amount in enumerate(granted)],
        *[value("envelope", amount, source=str(n)) for n, amount in enumerate(envelope)],
    )
    found = [row["difference"] for row in parameters(rules.granted_above_envelope)]
    assert found == ([above] if above else [])


@pytest.mark.parametrize(
    ("amount", "rest"), [(60, None), (120, None), (61, "1.00"), ("60.50", "0.50"), (59, "59.00"), (0, None)]
)
def test_multiples(publish: Publish, amount: int | str, rest: str | None) -> None:
    publish(value(amount=amount, action=5))
    assert [row["rest"] for row in parameters(units.amount_no_multiple)] == ([rest] if rest else [])


def test_no_unit_amount_no_finding(publish: Publish) -> None:
    publish(value(amount=61, action=5, round_number=2), value(amount=61, action=1), value(amount=61))
    assert parameters(units.amount_no_multiple) == []


@pytest.mark.parametrize(("amount", "counted", "found"), [(600, 10, False), (600, 11, True), (660, 11, False)])
def test_units_times_amount(publish: Publish, amount: int, counted: int, *, found: bool) -> None:
    publish(value(amount=amount, action=5), value("units granted", counted, action=5, unit="units"))
    assert bool(parameters(units.units_do_not_give_amount)) is found


def test_units_reached_are_not_units_granted(publish: Publish) -> None:
    publish(value(amount=600, action=5), value("units achieved", 11, action=5, unit="units"))
    assert parameters(units.units_do_not_give_amount) == []


def test_a_stated_number_that_fits_gives_no_finding(publish: Publish) -> None:
    publish(
        value(STATED_LEADS, 22, unit="applicants"),
        value(STATED_GOVERNMENTS, 77, unit="governments"),
    )
    assert parameters(rules.stated_leads) == []
    assert parameters(rules.stated_governments) == []


@pytest.mark.parametrize("number", [76, 77, 78, 79])
def test_every_way_of_counting_explains_the_stated_number(publish: Publish, number: int) -> None:
    publish(value(STATED_GOVERNMENTS, number, unit="governments"))
    assert parameters(rules.stated_governments) == []


@pytest.mark.parametrize("number", [75, 80, 0])
def test_no_way_of_counting_explains_another_number(publish: Publish, number: int) -> None:
    publish(value(STATED_GOVERNMENTS, number, unit="governments"))
    assert [row["stated"] for row in parameters(rules.stated_governments)] == [number]


def test_a_stated_number_without_a_list_is_left_alone(publish: Publish) -> None:
    publish(value(STATED_LEADS, 3, unit="applicants", round_number=3))
    assert parameters(rules.stated_leads) == []


def test_the_sentence_leaves_out_what_a_list_does_not_have(publish: Publish) -> None:
    by = system("test")
    second = Round.objects.get(number=2)
    record_partnerships(second, [PrintedPartnership("Antwerpen", "Geel", ["Mol"], "x")], by=by)
    publish(value(STATED_GOVERNMENTS, 5, unit="governments", round_number=2))
    (found,) = parameters(rules.stated_governments)
    assert rules.through_text(found["through"]) == ""
    assert rules.others_text(found["others"]) == ""


def test_a_number_that_nothing_explains_is_said_so(publish: Publish) -> None:
    publish(value(STATED_LEADS, 30, unit="applicants"))
    (found,) = parameters(rules.stated_leads)
    assert found["explained"] is False
    assert rules.explained_text(found["explained"]) == "Geen van deze tellingen geeft het vermelde aantal."
