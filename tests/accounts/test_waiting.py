"""What waits for a person: one list from every room, in the order in which it must be done."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from draad.accounts import waiting
from draad.accounts.actor import Actor
from draad.accounts.models import User
from draad.accounts.waiting import Waiting, add_finder, waiting_for

PERSON = Actor(user=User(pk=1, email="a@example.org", name="An"))


@pytest.fixture(autouse=True)
def finders(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_finders", [])


def test_a_last_day_comes_before_what_waits_and_no_date_comes_last() -> None:
    late, soon = date(2029, 3, 2), datetime(2029, 3, 1, 12, tzinfo=UTC)
    found = [
        Waiting("zonder", "", ""),
        Waiting("lang", "", "", since=date(2020, 1, 1)),
        Waiting("kort", "", "", since=date(2028, 1, 1)),
        Waiting("laat", "", "", before=late),
        Waiting("gauw", "", "", before=soon),
    ]
    add_finder(lambda _by: found)
    assert [one.sentence for one in waiting_for(PERSON)] == ["gauw", "laat", "lang", "kort", "zonder"]


def test_a_finder_that_is_added_twice_is_asked_once() -> None:
    def finder(_by: Actor) -> list[Waiting]:
        return [Waiting("een", "", "")]

    add_finder(finder)
    add_finder(finder)
    assert len(waiting_for(PERSON)) == 1


def test_nothing_waits_for_a_visitor() -> None:
    add_finder(lambda _by: [Waiting("een", "", "")])
    assert waiting_for(Actor()) == []


@pytest.mark.parametrize(
    ("one", "when"),
    [
        (Waiting("", "", "", before=date(2029, 3, 2)), "tot en met 2 maart 2029"),
        (Waiting("", "", "", since=datetime(2029, 3, 1, 12, tzinfo=UTC)), "sinds 1 maart 2029 om 13.00 uur"),
        (Waiting("", "", "", before=date(2029, 3, 2), since=date(2020, 1, 1)), "tot en met 2 maart 2029"),
        (Waiting("", "", "", before=datetime(2029, 3, 1, 23, tzinfo=UTC)), "tot en met 1 maart 2029"),
        (Waiting("", "", "", since=date(2020, 1, 1)), "sinds 1 januari 2020"),
        (Waiting("", "", ""), ""),
    ],
)
def test_the_day_is_told(one: Waiting, when: str) -> None:
    assert one.when == when
