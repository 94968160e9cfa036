"""The chain: whatever is removed, changed or slipped in is found; two who write at once keep it whole."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.chain import START, Anchor, hash_of, verify
from draad.accounts.models import AuditEvent, AuditHead, User

LENGTH = 7


@pytest.fixture
def chain(db: None) -> list[AuditEvent]:
    """A short chain of its own: the events of the facts are set aside for the test."""
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    user = User(email="a@example.org", name="A")
    user.save()
    for number in range(LENGTH):
        with audit.recording(by=system("test"), reason=f"reden {number}") as log:
            log.note(user, verb="test.note", before={"n": number}, after={"n": number + 1, "naam": "Zoë"})
    return list(AuditEvent.objects.order_by("number"))


def test_an_untouched_chain_is_whole(chain: list[AuditEvent]) -> None:
    verdict = verify()
    assert (verdict.events, verdict.broken, verdict.last_hash) == (LENGTH, None, chain[-1].hash)
    assert chain[0].previous_hash == START


def test_the_chain_of_the_facts_is_whole(db: None) -> None:
    verdict = verify()
    assert verdict.broken is None
    assert verdict.events == AuditEvent.objects.count() > 1000


def test_an_empty_chain_is_whole(db: None) -> None:
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    assert (verify().events, verify().broken) == (0, None)


def test_each_event_carries_the_hash_of_the_one_before(chain: list[AuditEvent]) -> None:
    assert [event.previous_hash for event in chain[1:]] == [event.hash for event in chain[:-1]]
    assert all(hash_of(event) == event.hash for event in chain)


@pytest.mark.parametrize("number", range(1, LENGTH + 1))
def test_a_removed_event_shows(chain: list[AuditEvent], number: int) -> None:
    AuditEvent.objects.filter(number=number).delete()
    broken = verify().broken
    assert broken
    assert broken.number == number
    assert "missing" in broken.problem


def test_all_events_removed_shows(chain: list[AuditEvent]) -> None:
    AuditEvent.objects.all().delete()
    assert verify().broken is not None


def test_events_and_head_removed_show_against_an_anchor(chain: list[AuditEvent]) -> None:
    AuditEvent.objects.all().delete()
    AuditHead.objects.all().delete()
    assert verify().broken is None
    assert verify(Anchor(LENGTH, chain[-1].hash)).broken is not None


def test_a_removed_head_shows(chain: list[AuditEvent]) -> None:
    AuditHead.objects.all().delete()
    broken = verify().broken
    assert broken
    assert broken.problem == "event was added outside the chain"


def test_a_head_set_back_with_its_events_left_shows(chain: list[AuditEvent]) -> None:
    AuditHead.objects.update(number=LENGTH - 2, hash=chain[LENGTH - 3].hash)
    assert verify().broken is not None


def test_a_head_with_another_hash_shows(chain: list[AuditEvent]) -> None:
    AuditHead.objects.update(hash="f" * 64)
    broken = verify().broken
    assert broken
    assert broken.problem == "the end of the chain was changed"


def test_an_event_slipped_in_shows(chain: list[AuditEvent]) -> None:
    extra = AuditEvent.objects.get(number=LENGTH)
    extra.number, extra.previous_hash = LENGTH + 1, extra.hash
    extra.hash = hash_of(extra)
    extra.save(force_insert=True)
    broken = verify().broken
    assert broken
    assert broken.number == LENGTH + 1


def test_a_whole_chain_forged_anew_shows_against_an_anchor(chain: list[AuditEvent]) -> None:
    anchor = Anchor(LENGTH - 1, chain[-2].hash)
    assert verify(anchor).broken is None
    previous = START
    for event in chain:
        event.reason, event.previous_hash = "vervalst", previous
        event.hash = previous = hash_of(event)
    AuditEvent.objects.bulk_update(chain, ["reason", "previous_hash", "hash"])
    AuditHead.objects.update(hash=previous)
    assert verify().broken is None
    broken = verify(anchor).broken
    assert broken
    assert (broken.number, "noted" in broken.problem) == (LENGTH - 1, True)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "at": st.timedeltas(timedelta(microseconds=1), timedelta(days=400)),
    "actor": TEXT,
    "verb": TEXT,
    "object_type": TEXT,
    "object_key": TEXT,
    "object_label": TEXT,
    "reason": TEXT,
    "before": st.none() | st.dictionaries(TEXT, st.integers(-9, 9) | TEXT | st.booleans(), max_size=3),
    "after": st.none() | st.dictionaries(TEXT, st.integers(-9, 9) | TEXT | st.booleans(), max_size=3),
    "previous_hash": st.text("0123456789abcdef", min_size=64, max_size=64),
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64),
    "user_id": st.none(),
}


@given(data=st.data(), number=st.integers(1, LENGTH), field=st.sampled_from(sorted(CHANGES)))
@examples(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_field_of_any_event_changed_is_found(
    chain: list[AuditEvent], data: st.DataObject, number: int, field: str
) -> None:
    event = AuditEvent.objects.get(number=number)
    change = data.draw(CHANGES[field])
    new = event.at + change if field == "at" else change
    old = getattr(event, field)
    with transaction.atomic():
        AuditEvent.objects.filter(number=number).update(**{field: new})
        broken = verify().broken
        transaction.set_rollback(True)
    if new == old:
        assert broken is None
    else:
        assert broken is not None
        assert broken.number == number
    assert verify().broken is None


def test_the_user_of_an_event_is_part_of_it(chain: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(number=3).update(user=User.objects.get(email="a@example.org"))
    broken = verify().broken
    assert broken
    assert broken.number == 3


def test_two_events_that_changed_places_show(chain: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(number=2).update(number=100)
    AuditEvent.objects.filter(number=3).update(number=2)
    AuditEvent.objects.filter(number=100).update(number=3)
    assert verify().broken is not None


def test_the_walk_needs_few_queries_however_long_the_chain(
    chain: list[AuditEvent], django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(6):
        verify()


# The command ---------------------------------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("verify_audit", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_saw_and_gives_an_anchor(chain: list[AuditEvent]) -> None:
    lines = run().splitlines()
    assert lines == ["7 audit events, each in place and untouched", f"7:{chain[-1].hash}"]
    assert run("--anchor", lines[1]) == run()


def test_the_command_names_the_break(chain: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(number=4).update(reason="anders")
    with pytest.raises(CommandError, match="broken at event 4: event was changed"):
        run()


@pytest.mark.parametrize("wrong", ["7", "x:" + "0" * 64, "7:00", "-1:" + "0" * 64, "²:" + "0" * 64])
def test_the_command_refuses_an_anchor_that_is_none(chain: list[AuditEvent], wrong: str) -> None:
    with pytest.raises(CommandError, match="anchor"):
        run(f"--anchor={wrong}")


# Two at once: separate processes, as in real use -----------------------------------------------------------------------

WRITER = """
import django; django.setup()
from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.models import User
user = User(email=f"{__import__('os').getpid()}@example.org", name="W"); user.save()
for turn in range(25):
    with audit.recording(by=system("writer")) as log:
        log.change(user, verb="test.change", name=f"W {turn}")
        log.note(user, verb="test.note", before=None, after={"turn": turn})
"""


def test_two_who_write_at_once_keep_the_chain_whole(environment: dict[str, str]) -> None:
    draad = [sys.executable, "-m", "draad"]
    Path(environment["DRAAD_DATA_DIR"]).mkdir()
    subprocess.run([*draad, "migrate", "accounts", "--verbosity", "0"], env=environment, check=True)
    writers = [subprocess.Popen([sys.executable, "-c", WRITER], env=environment) for _writer in range(3)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0]
    seen = subprocess.run([*draad, "verify-audit"], env=environment, check=True, capture_output=True, text=True)
    assert seen.stdout.startswith("150 audit events, each in place and untouched")


def test_a_broken_chain_ends_the_command_with_1(environment: dict[str, str]) -> None:
    draad = [sys.executable, "-m", "draad"]
    Path(environment["DRAAD_DATA_DIR"]).mkdir()
    subprocess.run([*draad, "migrate", "accounts", "--verbosity", "0"], env=environment, check=True)
    subprocess.run([sys.executable, "-c", WRITER], env=environment, check=True)
    spoil = "import django; django.setup()\nfrom draad.accounts.models import AuditEvent\nAuditEvent.objects.filter(number=9).delete()"
    subprocess.run([sys.executable, "-c", spoil], env=environment, check=True)
    seen = subprocess.run([*draad, "verify-audit"], env=environment, check=False, capture_output=True, text=True)
    assert seen.returncode == 1
    assert "broken at event 9: event is missing" in seen.stderr


def test_this_suite_runs_on_the_database_it_says() -> None:
    assert connection.vendor == ("postgresql" if os.environ.get("DATABASE_URL") else "sqlite")
