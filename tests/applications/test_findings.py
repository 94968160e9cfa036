"""Every rule about printed lists: on the real list with its numbers, and on small lists where it must be silent."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from draad.accounts.actor import system
from draad.applications import findings as rules
from draad.applications.counting import PrintedList
from draad.findings.actions import refresh
from draad.findings.models import Finding
from draad.findings.registry import FoundThing
from tests.applications.conftest import MakeList, entry


def found(rule: Any, round_number: int = 1) -> list[FoundThing]:
    return [thing for thing in rule() if thing.parameters["round"] == round_number]


def values(rule: Any, *names: str, round_number: int = 1) -> list[tuple[Any, ...]]:
    return [tuple(thing.parameters[name] for name in names) for thing in found(rule, round_number)]


def test_geel_is_printed_twice(listed: PrintedList) -> None:
    assert values(rules.partnership_printed_twice, "lead", "times", "positions", "partners") == [
        ("Geel", 2, [18, 20], ["Herselt", "Laakdal", "Meerhout", "Westerlo"])
    ]


def test_boom_stands_under_limburg(listed: PrintedList) -> None:
    assert values(
        rules.lead_under_other_province, "lead", "listed_under", "province", "partners", "partners_there"
    ) == [("Boom", "Limburg", "Antwerpen", 4, 4)]


def test_partners_under_another_province(listed: PrintedList) -> None:
    assert values(rules.partner_under_other_province, "lead", "listed_under", "partners", "provinces") == [
        ("Kruibeke", "Oost-Vlaanderen", ["Zwijndrecht"], ["Antwerpen"]),
        ("Sint-Gillis-Waas", "Oost-Vlaanderen", ["Zwijndrecht"], ["Antwerpen"]),
        ("Boom", "Limburg", ["Aartselaar", "Hemiksem", "Niel", "Rumst"], ["Antwerpen"]),
    ]


def test_governments_in_several_partnerships(listed: PrintedList) -> None:
    assert sorted(values(rules.in_several_partnerships, "government", "times")) == [
        ("Kruibeke", 3),
        ("Sint-Gillis-Waas", 2),
        ("Temse", 3),
        ("Waregem", 2),
        ("Zwevegem", 2),
        ("Zwijndrecht", 2),
        ("vzw De Rand", 2),
    ]


def test_both_lead_and_partner(listed: PrintedList) -> None:
    assert sorted(values(rules.lead_and_partner, "government")) == [
        ("Kruibeke",),
        ("Sint-Gillis-Waas",),
        ("Temse",),
        ("Waregem",),
        ("vzw De Rand",),
    ]


def test_vgc_has_no_partners(listed: PrintedList) -> None:
    assert values(rules.lead_without_partners, "lead") == [("VGC",)]


def test_two_partnerships_cross_a_reference_region(listed: PrintedList) -> None:
    assert values(rules.members_in_several_regions, "lead", "regions", "smaller", "members") == [
        ("Kruibeke", ["Waasland", "Regio Antwerpen"], ["Regio Antwerpen"], ["Zwijndrecht"]),
        ("Sint-Gillis-Waas", ["Waasland", "Regio Antwerpen"], ["Regio Antwerpen"], ["Zwijndrecht"]),
    ]


def test_one_name_is_misspelt(listed: PrintedList) -> None:
    assert values(rules.name_printed_differently, "printed", "official") == [("Wezenbeek-Oppem", "Wezembeek-Oppem")]


def test_a_finding_rests_on_the_printed_entries(listed: PrintedList) -> None:
    (thing,) = found(rules.partnership_printed_twice)
    assert [record.arguments for record in thing.records] == [["plan-samenleven", 1, 18], ["plan-samenleven", 1, 20]]
    assert {record.source for record in thing.records} == {"written question 492: answer 2"}
    assert thing.about == [
        "round:plan-samenleven/1",
        "partnership:plan-samenleven/1/18",
        "partnership:plan-samenleven/1/20",
        "organisation:geel",
    ]


ALL_RULES = [
    rules.partnership_printed_twice,
    rules.lead_under_other_province,
    rules.partner_under_other_province,
    rules.in_several_partnerships,
    rules.lead_and_partner,
    rules.lead_without_partners,
    rules.members_in_several_regions,
    rules.name_printed_differently,
]


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.__name__)
def test_a_list_without_mistakes_gives_no_finding(prints: MakeList, rule: Any) -> None:
    prints(entry("Geel", "Mol", "Balen"), entry("Kalmthout", "Essen"))
    assert found(rule, 2) == []


@pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.__name__)
def test_subjects_are_unique_and_stable(listed: PrintedList, rule: Any) -> None:
    once, again = [thing.subject for thing in rule()], [thing.subject for thing in rule()]
    assert once == again
    assert len(set(once)) == len(once)
    assert all(subject.startswith("plan-samenleven/1/") for subject in once)


def test_three_times_printed_is_one_finding(prints: MakeList) -> None:
    prints(entry("Geel", "Mol"), entry("Geel", "Mol"), entry("Geel", "Mol"))
    assert values(rules.partnership_printed_twice, "times", "positions", round_number=2) == [(3, [1, 2, 3])]


def test_a_repeated_entry_counts_once_for_its_members(prints: MakeList) -> None:
    prints(entry("Geel", "Mol"), entry("Geel", "Mol"))
    assert found(rules.in_several_partnerships, 2) == []
    assert found(rules.lead_and_partner, 2) == []


def test_two_partnerships_of_one_lead(prints: MakeList) -> None:
    prints(entry("Geel", "Mol"), entry("Geel", "Balen"))
    assert values(rules.in_several_partnerships, "government", "times", "as_lead", "as_partner", round_number=2) == [
        ("Geel", 2, 2, 0)
    ]
    assert found(rules.lead_and_partner, 2) == []


def test_a_lead_that_names_itself_as_partner_is_in_one_partnership(prints: MakeList) -> None:
    prints(entry("Geel", "Geel", "Mol"))
    assert found(rules.in_several_partnerships, 2) == []


def test_a_lead_without_territory_lies_in_no_other_province(prints: MakeList) -> None:
    prints(entry("VGC", "De Rand", under="Brussel"))
    assert found(rules.lead_under_other_province, 2) == []
    assert found(rules.partner_under_other_province, 2) == []
    assert found(rules.members_in_several_regions, 2) == []


def test_a_capital_or_accent_less_is_no_other_name(prints: MakeList) -> None:
    prints(entry("GEEL", "sint gillis waas"))
    assert found(rules.name_printed_differently, 2) == []


def test_what_is_corrected_is_gone_and_the_rest_stays(prints: MakeList) -> None:
    by = system("test")
    prints(entry("Geel", "Mol"), entry("Geel", "Mol"))
    refresh(by=by)
    double = Finding.objects.get(rule="applications.partnership_printed_twice", subject="plan-samenleven/2/geel")
    prints(entry("Geel", "Mol"))
    refresh(by=by)
    double.refresh_from_db()
    assert double.state == "gone"
    assert Finding.objects.get(rule="applications.partnership_printed_twice", state="open").title.startswith(
        "Samenwerking van Geel"
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_stored_finding_reads_well_in_both_languages(db: None, language: str) -> None:
    with translation.override(language):
        for finding in Finding.objects.all():
            for text in (finding.title, finding.sentence):
                assert text
                assert "%(" not in text
                assert "vroegere vorm" not in text
                assert "earlier form" not in text
            assert finding.rests_on
            assert all(record.text for record in finding.rests_on)


def test_english_is_english(db: None) -> None:
    finding = Finding.objects.get(rule="applications.lead_under_other_province")
    with translation.override("en"):
        assert finding.title == "Boom is listed under Limburg but lies in Antwerpen"
        assert finding.topic == "list of partnerships"
