"""What was read is remembered exactly as long as the tables it comes from are not written."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import translation

from draad.accounts import audit, freshness
from draad.accounts.actor import Actor, system
from draad.accounts.chain import verify
from draad.accounts.freshness import MOST_RESULTS, one_glance, while_unchanged
from draad.accounts.models import AuditHead, User
from draad.accounts.statements import not_collected
from draad.organisations.models import NameKind, Organisation, OrganisationName

Limit = Callable[..., Any]
MakeActor = Callable[..., Actor]


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


def test_a_write_of_what_was_read_makes_it_read_again(counter: Counter) -> None:
    before = counter.names("cabinet")
    write("nieuw")
    assert counter.names("cabinet") == [*before, "nieuw"]


def test_a_write_of_something_else_leaves_it(counter: Counter) -> None:
    before = counter.names("cabinet")
    visitor = User.objects.create(email="iemand@example.org", name="Iemand")
    with audit.recording(by=Actor(user=visitor)) as log:
        log.note(visitor, verb="account.sign_in", before=None, after=None)
    assert counter.names("cabinet") is before


def test_a_sign_in_leaves_all_that_the_site_remembers(
    client: Client, person_with: MakeActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Any] = []
    memory = freshness._Memory()
    keep = memory.keep
    monkeypatch.setattr(memory, "keep", lambda key, result: (kept.append(key), keep(key, result)))
    monkeypatch.setattr(freshness, "_memory", memory)
    someone = person_with(None).user
    assert someone is not None
    client.get("/besturen/gent/")
    first = {key[0].__qualname__ for key in kept}
    assert {"timeline", "granted_to"} <= first
    kept.clear()
    signed_in = client.post("/account/login/", {"login": someone.email, "password": "rode-draad-test"})
    assert signed_in.status_code == HTTPStatus.FOUND
    client.logout()
    client.get("/besturen/gent/")
    assert first.isdisjoint(key[0].__qualname__ for key in kept)


def test_rows_that_go_with_a_removed_row_count_as_written(db: None) -> None:
    @while_unchanged
    def names() -> set[str]:
        return set(OrganisationName.objects.values_list("name", flat=True))

    with audit.recording(by=system("test")) as log:
        owner = log.create(Organisation(slug="weg", kind="cabinet", name="weg", source="test"), verb="test.add")
        values = {"kind": NameKind.ALIAS, "name": "Kabinet dat verdwijnt", "folded": "x", "source": "test"}
        log.create(OrganisationName(organisation=owner, valid_from=date(2020, 1, 1), **values), verb="test.add")
    assert "Kabinet dat verdwijnt" in names()
    with audit.recording(by=system("test")) as log:
        log.remove(owner, verb="test.remove")
    assert "Kabinet dat verdwijnt" not in names()


def test_a_write_without_event_counts_too(counter: Counter) -> None:
    write("oud")
    assert "oud" in counter.names("cabinet")
    with audit.recording(by=system("test")):
        Organisation.objects.filter(slug="oud").update(name="anders")
    assert "anders" in counter.names("cabinet")


def test_what_is_read_through_another_remembered_function_counts(counter: Counter) -> None:
    @while_unchanged
    def shouted() -> list[str]:
        return [name.upper() for name in counter.names("cabinet")]

    counter.names("cabinet")  # so that the outer function reads no SQL of its own
    before = shouted()
    write("luid")
    assert shouted() == [*before, "LUID"]


def test_what_is_handed_in_counts_with_all_that_hangs_on_it(db: None) -> None:
    @while_unchanged
    def owner_of(name: OrganisationName) -> str:
        return name.organisation.name

    row = OrganisationName.objects.select_related("organisation").order_by("pk")[0]
    assert owner_of(row) == row.organisation.name
    with audit.recording(by=system("test")) as log:
        log.change(Organisation.objects.get(pk=row.organisation_id), verb="test.change", name="Herdoopt")
    again = OrganisationName.objects.select_related("organisation").get(pk=row.pk)
    assert owner_of(again) == "Herdoopt"


def test_what_was_read_with_what_is_handed_in_counts(db: None) -> None:
    @while_unchanged
    def names_of(organisation: Organisation) -> set[str]:
        return {name.name for name in organisation.names.all()}

    def gent() -> Organisation:
        return Organisation.objects.prefetch_related("names").get(slug="gent")

    before = names_of(gent())
    with audit.recording(by=system("test")) as log:
        values = {"kind": NameKind.ALIAS, "name": "Artevelde", "folded": "artevelde", "source": "test"}
        log.create(OrganisationName(organisation=gent(), valid_from=date(2020, 1, 1), **values), verb="test.add")
    assert names_of(gent()) == {*before, "Artevelde"}


def test_objects_that_hold_each_other_are_no_endless_way(db: None) -> None:
    @while_unchanged
    def name_of(name: OrganisationName) -> str:
        return name.name

    row = OrganisationName.objects.select_related("organisation").order_by("pk")[0]
    row.organisation._state.fields_cache["newest"] = row
    assert name_of(row) == row.name


def test_what_anybody_may_write_is_not_remembered(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    @while_unchanged
    def people() -> list[str]:
        return list(User.objects.values_list("name", flat=True))

    with pytest.raises(pytest.fail.Exception, match=r"people.*accounts_user"):
        people()
    monkeypatch.undo()
    with caplog.at_level(logging.WARNING):
        before = people()
    assert "accounts_user" in caplog.text
    User.objects.create(email="nieuw@example.org", name="Nieuw")
    assert people() == [*before, "Nieuw"]


def test_a_recording_uses_what_was_kept_of_what_it_leaves_alone(counter: Counter) -> None:
    kept = counter.names("cabinet")
    user = User(email="een@example.org", name="Een")
    with audit.recording(by=system("test")) as log:
        user.save()
        log.note(user, verb="test.note", before=None, after=None)
        assert counter.names("cabinet") is kept
        log.create(Organisation(slug="half", kind="cabinet", name="half", source="test"), verb="test.add")
        assert counter.names("cabinet") == [*kept, "half"]
        with audit.recording(by=system("test")) as inner:
            inner.note(user, verb="test.note", before=None, after=None)
            assert counter.names("cabinet") == [*kept, "half"]
        assert counter.names("cabinet") == [*kept, "half"]
    assert counter.times == 4


def test_what_a_recording_reads_first_is_not_kept(counter: Counter) -> None:
    with audit.recording(by=system("test")):
        counter.names("cabinet")
    counter.names("cabinet")
    assert counter.times == 2


def test_a_recording_does_not_trust_the_marks_that_the_request_saw_before(counter: Counter) -> None:
    with one_glance():
        kept = counter.names("cabinet")
        AuditHead.objects.filter(id=1).update(marks={Organisation._meta.db_table: "of another process"})
        assert counter.names("cabinet") is kept
        with audit.recording(by=system("test")):
            assert counter.names("cabinet") is not kept


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


def test_a_mark_that_was_undone_never_comes_back(counter: Counter) -> None:
    def names_after(name: str) -> list[str]:
        with transaction.atomic():
            write(name)
            found = counter.names("cabinet")
            transaction.set_rollback(True)
        return found

    assert "eerste" in names_after("eerste")
    write("tweede")
    assert "eerste" not in counter.names("cabinet")
    assert "tweede" in counter.names("cabinet")


def test_a_request_forgets_what_its_own_undone_transaction_showed(counter: Counter) -> None:
    before = list(counter.names("cabinet"))
    with one_glance():
        with transaction.atomic():
            write("weg")
            assert "weg" in counter.names("cabinet")
            transaction.set_rollback(True)
        assert counter.names("cabinet") == before


def test_a_write_while_it_is_read_makes_it_read_again(db: None) -> None:
    """Somebody else writes between the glance and the reading: the result is newer than its marks, never older."""
    times = []

    @while_unchanged
    def names() -> list[str]:
        if not times:
            with not_collected():  # another process would do it
                write("tussendoor")
        times.append(1)
        return list(Organisation.objects.filter(kind="cabinet").values_list("name", flat=True))

    first = names()
    write("later")
    assert "tussendoor" in first
    assert sorted(names()) == ["later", *first]


def test_many_threads_share_one_memory(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "MOST_RESULTS", 3)
    together = threading.Barrier(8)
    memory = freshness._Memory()

    def use(worker: int) -> bool:
        together.wait()
        for number in range(2000):
            memory.keep(number % 5, freshness._Result((number % 5, worker), {}))
            found = memory.find(number % 5, {})
            if found is not None and found.value[0] != number % 5:
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use, range(8)))
    assert len(memory._results) <= 3


def test_the_verified_chain_does_not_rest_on_the_marks(counter: Counter) -> None:
    write("een")
    head = AuditHead.objects.get()
    assert set(head.marks) <= set(connection.introspection.table_names())
    AuditHead.objects.update(marks={})
    assert verify().broken is None


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
    times = []

    @while_unchanged
    def double(number: int) -> int:
        times.append(number)
        return number * 2

    assert [double(number) for number in range(MOST_RESULTS + 10)] == [
        number * 2 for number in range(MOST_RESULTS + 10)
    ]
    assert len(freshness._memory._results) <= MOST_RESULTS
    times.clear()
    double(MOST_RESULTS + 9)
    assert times == [], "the newest stays"
    double(0)
    assert times == [0], "what was used longest ago went"
