"""Storing a printed list: names, positions, what changes and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.sync import SyncCount
from draad.applications.actions.listed import (
    PrintedMentorship,
    PrintedPartnership,
    record_mentorships,
    record_partnerships,
)
from draad.applications.models import ListedMentorship, ListedPartner, ListedPartnership
from draad.applications.printed import PrintedName, read_name
from draad.organisations.queries import UnknownNameError
from draad.programmes.models import Round
from tests.applications.conftest import BY, MakeList, entry


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Kuurne", "Kuurne", ""),
        ("De Rand (io Wemmel)", "De Rand", "Wemmel"),
        ("De Rand  (io  Wemmel )", "De Rand", "Wemmel"),
        ("De Rand (i.o. Wemmel)", "De Rand", "Wemmel"),
        ("De Rand (in opdracht van Wemmel)", "De Rand", "Wemmel"),
        ("  Sint-Gillis-Waas ", "Sint-Gillis-Waas", ""),
        ("Moerbeke (Waas)", "Moerbeke (Waas)", ""),
        ("Riodorp (io)", "Riodorp (io)", ""),
    ],
)
def test_printed_names(text: str, name: str, other: str) -> None:
    assert read_name(text) == PrintedName(name, other)


@pytest.mark.parametrize("text", ["", "  ", "\t"])
def test_an_empty_name_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="printed name is empty"):
        read_name(text)


@given(st.text(alphabet="abc -", min_size=1).filter(lambda text: bool(text.strip())))
def test_a_name_without_brackets_is_that_name(text: str) -> None:
    assert read_name(text) == PrintedName(" ".join(text.split()))


def test_a_list_is_stored_as_printed(prints: MakeList) -> None:
    listed = prints(entry("Geel", "Mol", "Balen"), entry("Boom", under="Limburg"))
    assert [e.lead_as_printed for e in listed.entries] == ["Geel", "Boom"]
    assert [p.as_printed for p in listed.entries[0].partners.all()] == ["Mol", "Balen"]
    assert listed.entries[1].listed_under == "Limburg"


def test_storing_it_again_writes_nothing(prints: MakeList, second: Round) -> None:
    entries = [entry("Geel", "Mol"), entry("Boom")]
    prints(*entries)
    before = AuditEvent.objects.count()
    assert record_partnerships(second, entries, by=BY) == SyncCount(same=3)
    assert AuditEvent.objects.count() == before


def test_a_changed_name_is_a_change_with_an_event(prints: MakeList, second: Round) -> None:
    prints(entry("Geel", "Mol"))
    assert record_partnerships(second, [entry("Geel", "Balen")], by=BY) == SyncCount(changed=1, same=1)
    event = AuditEvent.objects.order_by("-number")[0]
    assert event.verb == "applications.listedpartner.change"
    assert event.before is not None
    assert event.after is not None
    assert (event.before["as_printed"], event.after["as_printed"]) == ("Mol", "Balen")


def test_a_shorter_list_removes_the_rest(prints: MakeList, second: Round) -> None:
    prints(entry("Geel", "Mol", "Balen"), entry("Boom", "Niel"))
    listed = prints(entry("Geel", "Mol"))
    assert len(listed.entries) == 1
    assert ListedPartner.objects.filter(partnership__round=second).count() == 1


def test_another_round_is_left_alone(prints: MakeList) -> None:
    prints(entry("Geel", "Mol"))
    prints()
    assert ListedPartnership.objects.filter(round__number=1).count() == 24


def test_an_unknown_name_is_refused_with_what_comes_near(second: Round) -> None:
    with pytest.raises(UnknownNameError, match=r"“Geell” .* Bedoelt u .*Geel"):
        record_partnerships(second, [entry("Geell")], by=BY)
    assert not ListedPartnership.objects.filter(round=second).exists()


def test_a_spelling_that_is_known_is_understood(prints: MakeList) -> None:
    listed = prints(entry("Geell", "Mol"), Geell="Geel")
    assert (listed.entries[0].lead_as_printed, listed.entries[0].lead.name) == ("Geell", "Geel")


def test_a_name_must_hold_at_the_start_of_the_round(second: Round) -> None:
    with pytest.raises(UnknownNameError, match="1 januari 2025"):
        record_partnerships(second, [entry("Beveren-Kruibeke-Zwijndrecht")], by=BY)


def test_a_list_can_print_the_same_entry_twice(prints: MakeList) -> None:
    listed = prints(entry("Geel", "Mol"), entry("Geel", "Mol"))
    assert (len(listed.entries), len(listed.different)) == (2, 1)


def test_the_order_of_partners_does_not_make_another_partnership(prints: MakeList) -> None:
    listed = prints(entry("Geel", "Mol", "Balen"), entry("Geel", "Balen", "Mol"))
    assert len(listed.different) == 1


def test_other_partners_make_another_partnership(prints: MakeList) -> None:
    listed = prints(entry("Geel", "Mol"), entry("Geel", "Balen"))
    assert (len(listed.different), len(listed.leads)) == (2, 1)


def test_who_may_not(second: Round) -> None:
    with pytest.raises(PermissionDenied):
        record_partnerships(second, [], by=Actor())
    with pytest.raises(PermissionDenied):
        record_mentorships(second, [], by=Actor())


def mentorship(action: int = 5, government: str = "Gent", label: str = "Oefenkansen") -> PrintedMentorship:
    return PrintedMentorship(action, label, government, "Oost-Vlaanderen", "proeflijst")


def test_mentorships_are_stored_and_stay(second: Round) -> None:
    rows = [mentorship(), mentorship(9, "Mol")]
    assert record_mentorships(second, rows, by=BY) == SyncCount(added=2)
    assert record_mentorships(second, rows, by=BY) == SyncCount(same=2)
    assert record_mentorships(second, rows[:1], by=BY) == SyncCount(changed=1, same=1)
    stored = ListedMentorship.objects.get(round=second)
    assert (stored.as_printed, stored.organisation.name, stored.action.number) == ("Gent", "Gent", 5)


def test_an_action_that_the_programme_does_not_have_is_refused(second: Round) -> None:
    with pytest.raises(ValueError, match=r"has no action 25, 31"):
        record_mentorships(second, [mentorship(31), mentorship(25), mentorship(5)], by=BY)


@pytest.mark.parametrize("cell", ["lead", "partner", "mentor"])
def test_an_empty_printed_name_is_refused(second: Round, cell: str) -> None:
    attempts: dict[str, Any] = {
        "lead": lambda: record_partnerships(second, [PrintedPartnership("Antwerpen", "", [], "x")], by=BY),
        "partner": lambda: record_partnerships(second, [entry("Geel", "")], by=BY),
        "mentor": lambda: record_mentorships(second, [mentorship(5, "")], by=BY),
    }
    with pytest.raises((ValueError, LookupError)):
        attempts[cell]()
