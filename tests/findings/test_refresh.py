"""Computing findings again: what is new, what changed, what is gone, what people closed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.freshness import one_glance
from draad.accounts.models import AuditEvent
from draad.accounts.sync import SyncCount
from draad.findings.actions import close, refresh
from draad.findings.models import Finding, FindingState
from draad.findings.queries import all_findings, findings_about, findings_of
from draad.findings.states import GO, REOPEN, RETURN
from tests.findings.conftest import World, thing

BY = system("test")


def verbs() -> list[str]:
    return list(AuditEvent.objects.filter(object_type="findings.finding").order_by("number")
                .values_list("verb", flat=True))  # fmt: skip


def count_events() -> int:
    return AuditEvent.objects.count()


def test_what_is_found_becomes_a_finding(world: World) -> None:
    assert world.holds(thing("a"), thing("b")) == SyncCount(added=2)
    found = Finding.objects.get(subject="a")
    assert (found.state, found.title, found.sentence) == ("open", "a te veel", "Van a zijn er 2.")
    assert found.is_open
    assert found.gone_at is None
    assert [about.key for about in found.about.all()] == ["action:x/1"]
    assert [record.source for record in found.rests_on] == ["blad 1"]


def test_computing_again_writes_nothing(world: World) -> None:
    world.holds(thing("a"), thing("b"))
    before = count_events()
    assert world.holds(thing("a"), thing("b")) == SyncCount(same=2)
    assert count_events() == before


def test_the_same_subject_stays_the_same_row(world: World) -> None:
    world.holds(thing("a", 2))
    before = Finding.objects.get()
    assert world.holds(thing("a", 3)) == SyncCount(changed=1)
    after = Finding.objects.get()
    assert (after.pk, after.first_seen, after.sentence) == (before.pk, before.first_seen, "Van a zijn er 3.")
    assert verbs()[-1] == "findings.finding.change"


def test_what_is_no_longer_found_is_gone(world: World) -> None:
    world.holds(thing("a"), thing("b"))
    assert world.holds(thing("b")) == SyncCount(changed=1, same=1)
    gone = Finding.objects.get(subject="a")
    assert gone.state == FindingState.GONE
    assert gone.gone_at is not None
    assert gone.sentence == "Van a zijn er 2."
    assert verbs()[-1] == GO.verb


def test_what_stays_gone_is_left_alone(world: World) -> None:
    world.holds(thing("a"))
    world.holds()
    before = count_events()
    assert world.holds() == SyncCount(same=1)
    assert count_events() == before


def test_what_is_found_again_is_open_again(world: World) -> None:
    world.holds(thing("a"))
    world.holds()
    assert world.holds(thing("a")) == SyncCount(changed=1)
    found = Finding.objects.get()
    assert (found.state, found.gone_at) == ("open", None)
    assert verbs()[-1] == RETURN.verb


def test_what_comes_back_has_the_new_numbers(world: World) -> None:
    world.holds(thing("a", 2))
    world.holds()
    world.holds(thing("a", 9))
    assert Finding.objects.get().sentence == "Van a zijn er 9."


def test_what_was_closed_stays_closed(world: World, finding: Finding) -> None:
    close(finding, "bekend", by=BY)
    assert world.holds(thing("a")) == SyncCount(same=1)
    assert Finding.objects.get().state == FindingState.CLOSED


def test_what_was_closed_opens_when_its_numbers_change(world: World, finding: Finding) -> None:
    close(finding, "bekend", by=BY)
    world.holds(thing("a", 7))
    found = Finding.objects.get()
    assert (found.state, found.state_reason, found.sentence) == ("open", "", "Van a zijn er 7.")
    assert verbs()[-1] == REOPEN.verb


def test_what_was_closed_stays_closed_when_only_its_records_change(world: World, finding: Finding) -> None:
    close(finding, "bekend", by=BY)
    world.holds(thing("a", source="blad 2"))
    found = Finding.objects.get()
    assert (found.state, found.rests_on[0].source) == ("closed", "blad 2")


def test_what_was_closed_can_go(world: World, finding: Finding) -> None:
    close(finding, "bekend", by=BY)
    world.holds()
    assert Finding.objects.get().state == FindingState.GONE


def test_the_objects_it_is_about_follow(world: World) -> None:
    world.holds(thing("a", about=("action:x/1", "round:x/1")))
    world.holds(thing("a", about=("round:x/1", "round:x/2")))
    found = Finding.objects.get()
    assert sorted(about.key for about in found.about.all()) == ["round:x/1", "round:x/2"]


def test_an_object_named_twice_is_kept_once(world: World) -> None:
    world.holds(thing("a", about=("action:x/1", "action:x/1")))
    assert Finding.objects.get().about.count() == 1


def test_a_rule_that_finds_a_subject_twice_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match=r"rule test\.toy finds a twice"):
        world.holds(thing("a"), thing("a", 3))
    assert not Finding.objects.exists()


def test_who_is_no_administrator_may_not_compute(world: World, nobody: Actor) -> None:
    with pytest.raises(PermissionDenied):
        refresh(by=nobody)


def test_a_finding_of_a_rule_that_draad_no_longer_has_goes_and_can_still_be_read(world: World) -> None:
    world.holds(thing("a"))
    with audit.recording(by=BY) as log:
        log.change(Finding.objects.get(), verb="test.change", rule="test.old")
    world.holds()
    found = Finding.objects.get()
    assert found.state == FindingState.GONE
    assert (found.title, found.sentence, found.topic) == ("test.old: a", "", "")


@given(st.lists(st.sets(st.sampled_from("abcd")), max_size=6))
def test_after_any_history_open_is_exactly_what_is_found_now(history: list[set[str]]) -> None:
    """The pure rule behind the life of a finding, checked on the table of transitions alone."""
    states: dict[str, str] = {}
    for now in history:
        for subject in now:
            before = states.get(subject)
            states[subject] = RETURN.after if before in RETURN.before else before or "open"
        for subject in states.keys() - now:
            states[subject] = GO.after if states[subject] in GO.before else states[subject]
    last = history[-1] if history else set()
    assert {subject for subject, state in states.items() if state == "open"} == last


def test_open_ones_come_first(world: World) -> None:
    world.holds(thing("a"), thing("b"), thing("c"))
    close(Finding.objects.get(subject="a"), "bekend", by=BY)
    world.holds(thing("a"), thing("c"))
    assert [(row.subject, row.state) for row in all_findings()] == [("c", "open"), ("a", "closed"), ("b", "gone")]


def test_findings_about_an_object(world: World) -> None:
    world.holds(thing("a", about=("x", "y")), thing("b", about=("y",)), thing("c", about=("z",)))
    assert [row.subject for row in findings_about(["x", "y"])] == ["a", "b"]
    assert findings_about([]) == []


def test_what_is_gone_is_not_shown_with_its_object(world: World) -> None:
    world.holds(thing("a", about=("x",)))
    world.holds()
    assert findings_about(["x"]) == []
    assert findings_of("test.toy") == []


def test_findings_of_a_rule(world: World) -> None:
    world.holds(thing("b"), thing("a"))
    assert [row.subject for row in findings_of("test.toy")] == ["a", "b"]
    assert findings_of("test.other") == []


def test_findings_about_an_object_take_one_query(world: World, django_assert_num_queries: object) -> None:
    world.holds(*[thing(str(n), about=("x",)) for n in range(12)])
    with one_glance():
        with django_assert_num_queries(2):  # type: ignore[operator]  # one, and the marks of what was written
            assert len([row.title for row in findings_about(["x"])]) == 12
        with django_assert_num_queries(0):  # type: ignore[operator]
            findings_about(["x"])
