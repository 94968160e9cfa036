"""What was read is remembered exactly as long as nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.freshness import MOST_RESULTS, one_glance, while_unchanged
from draad.organisations.models import Organisation

Limit = Callable[..., Any]


class Counter:
    """Counts how often the wrapped read was made."""

    def __init__(self) -> None:
        self.times = 0

        @while_unchanged
        def names(kind: str) -> list[str]:
            self.times += 1
            return list(Organisation.objects.filter(kind=kind).values_list("name", flat=True))

        self.names = names


@pytest.fixture
def counter(db: None) -> Counter:
    return Counter()


def write(name: str) -> None:
    with audit.recording(by=system("test")) as log:
        log.create(Organisation(slug=name, kind="cabinet", name=name, source="test"), verb="test.add")


def test_a_second_read_is_remembered(counter: Counter) -> None:
    assert counter.names("cabinet") is counter.names("cabinet")
    assert counter.times == 1


def test_other_arguments_and_other_languages_are_other_results(counter: Counter) -> None:
    counter.names("cabinet")
    counter.names("agency")
    with translation.override("en"):
        counter.names("cabinet")
    assert counter.times == 3


def test_any_write_makes_it_read_again(counter: Counter) -> None:
    before = counter.names("cabinet")
    write("nieuw")
    assert counter.names("cabinet") == [*before, "nieuw"]


def test_inside_a_recording_nothing_is_remembered(counter: Counter) -> None:
    before = list(counter.names("cabinet"))
    with audit.recording(by=system("test")) as log:
        log.create(Organisation(slug="half", kind="cabinet", name="half", source="test"), verb="test.add")
        assert counter.names("cabinet") == [*before, "half"]
    assert counter.names("cabinet") == [*before, "half"]


def test_what_was_rolled_back_is_not_remembered(counter: Counter) -> None:
    before = list(counter.names("cabinet"))

    def undone() -> None:
        with transaction.atomic():
            write("weg")
            assert "weg" in counter.names("cabinet")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        undone()
    assert counter.names("cabinet") == before


def test_one_request_asks_for_the_head_once(counter: Counter, django_assert_num_queries: Limit) -> None:
    counter.names("cabinet")
    with one_glance(), django_assert_num_queries(1):
        for _time in range(5):
            counter.names("cabinet")


def test_a_write_of_the_request_itself_is_seen(counter: Counter) -> None:
    with one_glance():
        before = list(counter.names("cabinet"))
        write("eigen")
        assert counter.names("cabinet") == [*before, "eigen"]


def test_the_memory_does_not_grow_without_end(db: None) -> None:
    @while_unchanged
    def double(number: int) -> int:
        return number * 2

    assert [double(number) for number in range(MOST_RESULTS * 2)] == [number * 2 for number in range(MOST_RESULTS * 2)]
