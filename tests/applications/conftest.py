"""Rounds with and without a printed list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine

from draad.accounts.actor import system
from draad.applications.actions.listed import PrintedPartnership, record_partnerships
from draad.applications.counting import PrintedList
from draad.applications.models import Call
from draad.applications.queries.listed import printed_list
from draad.programmes.models import Round
from tests.applications.making import DURING, make_call

BY = system("test")
MakeList = Callable[..., PrintedList]


@pytest.fixture
def during() -> Iterator[None]:
    """The test happens while the call is open."""
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def call(db: None) -> Call:
    """The open call of round 1."""
    return make_call()


@pytest.fixture
def first(db: None) -> Round:
    """Round 1, whose list is in the facts."""
    found: Round = Round.objects.select_related("programme").get(number=1)
    return found


@pytest.fixture
def second(db: None) -> Round:
    """Round 2, for lists of the test's own."""
    found: Round = Round.objects.select_related("programme").get(number=2)
    return found


@pytest.fixture
def listed(first: Round) -> PrintedList:
    """The list of round 1."""
    return printed_list(first)


def entry(lead: str, *partners: str, under: str = "Antwerpen") -> PrintedPartnership:
    """A printed entry."""
    return PrintedPartnership(under, lead, partners, "proeflijst")


@pytest.fixture
def prints(second: Round) -> MakeList:
    """Gives round 2 a list with these entries."""

    def make(*entries: PrintedPartnership, **spellings: str) -> PrintedList:
        record_partnerships(second, entries, by=BY, spellings=spellings)
        return printed_list(second)

    return make
