"""Drafts: copied, changed, published once, discarded; two editors never lose each other's work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.chain import verify
from draad.accounts.models import AuditEvent
from draad.accounts.revisions import ChangedMeanwhileError
from draad.accounts.roles import Role
from draad.programmes.actions.drafts import (
    DraftContent,
    change_draft,
    discard_draft,
    draft_terms,
    latest_version,
    publish_first_terms,
    publish_terms,
)
from draad.programmes.actions.programme import ProgrammeFacts, RoundFacts, set_up_programme
from draad.programmes.models import Action, ActionTerms, IndicatorTerms, Round
from draad.programmes.policies import can_change
from draad.programmes.values import stated, values_of
from tests.programmes.conftest import BY, line, publish_correction, save, with_ceiling

pytestmark = pytest.mark.django_db
Find = Callable[[int], Action]
FindRound = Callable[[int], Round]
DAY = date(2023, 1, 1)


class TestDraft:
    def test_is_a_copy_of_the_newest_version(self, draft: ActionTerms, terms_of: Callable[..., ActionTerms]) -> None:
        assert values_of(draft) == values_of(terms_of(9, 1))
        assert (draft.state, draft.version, draft.published_at) == ("draft", None, None)
        assert can_change(draft)

    def test_there_is_one_at_a_time(self, draft: ActionTerms) -> None:
        with pytest.raises(ValidationError, match="al een ontwerp voor actie 9 in ronde 1"):
            draft_terms(draft.action, draft.round, by=BY)

    def test_another_round_has_its_own(self, draft: ActionTerms, round_of: FindRound) -> None:
        assert draft_terms(draft.action, round_of(2), by=BY).pk != draft.pk

    def test_of_a_new_round_is_empty(self, action_of: Find, round_of: FindRound) -> None:
        last = round_of(3)
        with audit.recording(by=BY) as log:
            new = log.create(
                Round(
                    programme=last.programme,
                    number=4,
                    starts_on=date(2025, 10, 1),
                    ends_on=date(2026, 9, 30),
                    source="x",
                ),
                verb="test.add",
            )
        draft = draft_terms(action_of(5), new, by=BY)
        assert not values_of(draft).subsidised.known
        published = save(draft, replace(values_of(draft), subsidised=stated(True, "x")), on=date(2025, 10, 1))
        first = publish_terms(published, revision=published.revision, corrects=None, by=BY)
        assert (first.version, first.change_reason) == (1, "")

    def test_of_a_round_of_another_programme_is_refused(self, action_of: Find) -> None:
        rounds = [RoundFacts(1, date(2030, 1, 1), date(2030, 12, 31), None, None, None, None, None, "x")]
        set_up_programme(ProgrammeFacts("ander", "Ander", "x", "x", "", "", [], [], rounds, []), by=BY)
        with pytest.raises(ValidationError, match="niet bij hetzelfde programma"):
            draft_terms(action_of(5), Round.objects.get(programme__slug="ander"), by=BY)


class TestChange:
    def test_stores_the_values_and_counts_the_revision(self, draft: ActionTerms) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "170950.00"), reason="rekenfout", on=DAY)
        stored = ActionTerms.objects.get(pk=draft.pk)
        assert values_of(stored).term("ceiling") == stated(Decimal("170950.00"), "besluit")
        assert (stored.change_reason, stored.effective_on, stored.revision) == ("rekenfout", DAY, 1)
        assert saved.revision == 1

    def test_the_same_again_writes_nothing(self, draft: ActionTerms) -> None:
        save(draft, with_ceiling(values_of(draft), "1.00"))
        before = AuditEvent.objects.count()
        save(draft, with_ceiling(values_of(draft), "1.00"))
        assert AuditEvent.objects.count() == before
        assert ActionTerms.objects.get(pk=draft.pk).revision == 1

    def test_of_lines_only_counts_as_a_revision_too(self, draft: ActionTerms) -> None:
        values = values_of(draft)
        save(draft, replace(values, lines={**values.lines, 4: line("nieuwe")}))
        stored = ActionTerms.objects.get(pk=draft.pk)
        assert stored.revision == 1
        assert list(stored.lines.values_list("line", flat=True)) == [1, 2, 3, 4]

    def test_removes_changes_and_adds_lines_with_an_event_each(self, draft: ActionTerms) -> None:
        values = values_of(draft)
        changed = {**values.lines[2], "max_units": stated(40, "besluit")}
        save(draft, replace(values, lines={2: changed, 3: values.lines[3], 4: line("nieuwe")}))
        verbs = AuditEvent.objects.filter(object_type="programmes.indicatorterms").order_by("-number")[:3]
        assert {event.verb for event in verbs} == {
            "programmes.line.remove", "programmes.line.change", "programmes.line.add",
        }  # fmt: skip
        assert verify().broken is None

    def test_a_second_editor_is_told_and_nothing_is_lost(self, draft: ActionTerms) -> None:
        first, second = ActionTerms.objects.get(pk=draft.pk), ActionTerms.objects.get(pk=draft.pk)
        content = DraftContent(with_ceiling(values_of(first), "1.00"), "", None)
        change_draft(first, content, revision=first.revision, by=BY)
        other = DraftContent(with_ceiling(values_of(second), "2.00"), "", None)
        with pytest.raises(ChangedMeanwhileError, match="Iemand anders"):
            change_draft(second, other, revision=second.revision, by=BY)
        assert ActionTerms.objects.get(pk=draft.pk).ceiling == 1
        change_draft(second, other, revision=1, by=BY)
        assert ActionTerms.objects.get(pk=draft.pk).ceiling == 2

    def test_of_published_terms_is_refused(self, terms_of: Callable[..., ActionTerms]) -> None:
        published = terms_of(9, 1)
        content = DraftContent(with_ceiling(values_of(published), "1.00"), "", None)
        with pytest.raises(ValidationError, match="Gepubliceerde voorwaarden veranderen niet"):
            change_draft(published, content, revision=published.revision, by=BY)
        assert not can_change(published)


class TestPublish:
    def test_gives_the_next_version_and_leaves_the_one_before(
        self, draft: ActionTerms, terms_of: Callable[..., ActionTerms]
    ) -> None:
        before = terms_of(9, 1)
        saved = save(draft, with_ceiling(values_of(draft), "170950.00"), reason="rekenfout", on=DAY)
        published = publish_terms(saved, revision=1, corrects=1, by=BY)
        assert (published.version, published.state, published.from_facts) == (2, "published", False)
        assert published.published_at is not None
        assert latest_version(draft.action, draft.round) == published
        assert ActionTerms.objects.get(pk=before.pk).ceiling == Decimal("170625.00")

    def test_tells_the_reason_in_the_audit(self, draft: ActionTerms) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "1.00"), reason="rekenfout", on=DAY)
        publish_terms(saved, revision=1, corrects=1, by=BY)
        event = AuditEvent.objects.get(verb="programmes.terms.publish", object_key=str(draft.pk))
        assert event.reason == "rekenfout"
        assert event.after is not None
        assert event.after["version"] == 2

    @pytest.mark.parametrize(
        ("reason", "day", "problem"),
        [("", DAY, "Schrijf waarom"), ("  ", DAY, "Schrijf waarom"), ("rekenfout", None, "Geef de dag")],
    )
    def test_needs_a_reason_and_a_day(self, draft: ActionTerms, reason: str, day: date | None, problem: str) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "1.00"), reason=reason, on=day)
        with pytest.raises(ValidationError, match=problem):
            publish_terms(saved, revision=saved.revision, corrects=1, by=BY)

    def test_tells_all_that_is_missing_at_once(self, draft: ActionTerms) -> None:
        with pytest.raises(ValidationError) as problem:
            publish_terms(draft, revision=0, corrects=1, by=BY)
        assert len(problem.value.messages) == 3

    def test_of_a_draft_without_change_is_refused(self, draft: ActionTerms) -> None:
        saved = save(draft, values_of(draft), reason="zomaar", on=DAY)
        with pytest.raises(ValidationError, match="niets te publiceren"):
            publish_terms(saved, revision=saved.revision, corrects=1, by=BY)

    def test_after_somebody_saved_meanwhile_is_refused(self, draft: ActionTerms) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "1.00"), reason="a", on=DAY)
        save(draft, with_ceiling(values_of(draft), "2.00"), reason="a", on=DAY)
        with pytest.raises(ChangedMeanwhileError):
            publish_terms(saved, revision=1, corrects=1, by=BY)

    def test_against_a_version_that_is_no_longer_the_newest_is_refused(self, draft: ActionTerms) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "1.00"), reason="a", on=DAY)
        for reviewed in (None, 2):
            with pytest.raises(ChangedMeanwhileError):
                publish_terms(saved, revision=saved.revision, corrects=reviewed, by=BY)

    def test_twice_is_refused(self, draft: ActionTerms) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "1.00"), reason="a", on=DAY)
        published = publish_terms(saved, revision=1, corrects=1, by=BY)
        with pytest.raises(ValidationError, match="veranderen niet"):
            publish_terms(published, revision=1, corrects=2, by=BY)

    def test_corrections_count_on(self, action_of: Find, round_of: FindRound) -> None:
        versions = [publish_correction(action_of(9), round_of(1), f"{n}.00").version for n in (1, 2, 3)]
        assert versions == [2, 3, 4]


class TestPublishFirst:
    def test_leaves_a_correction_and_what_was_not_shown_alone(
        self, draft: ActionTerms, action_of: Find, round_of: FindRound
    ) -> None:
        saved = save(draft, with_ceiling(values_of(draft), "1.00"), reason="rekenfout", on=DAY)
        other = draft_terms(action_of(5), round_of(1), by=BY)
        done = publish_first_terms(draft.round, seen={saved.pk: saved.revision}, by=BY)
        assert (done.published, list(done.refused)) == (0, [9])
        assert ActionTerms.objects.get(pk=saved.pk).state == ActionTerms.objects.get(pk=other.pk).state == "draft"

    def test_a_draft_of_another_round_is_left_alone(self, draft: ActionTerms, round_of: FindRound) -> None:
        done = publish_first_terms(round_of(2), seen={draft.pk: draft.revision}, by=BY)
        assert (done.published, done.refused) == (0, {})

    @pytest.mark.parametrize("role", [None, *Role])
    def test_who_may(self, draft: ActionTerms, person_with: Callable[..., Actor], role: Role | None) -> None:
        by = person_with(role)
        if role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}:
            assert publish_first_terms(draft.round, seen={}, by=by).published == 0
        else:
            with pytest.raises(PermissionDenied):
                publish_first_terms(draft.round, seen={}, by=by)


class TestDiscard:
    def test_leaves_nothing_but_the_audit(self, draft: ActionTerms) -> None:
        discard_draft(draft, by=BY)
        assert not ActionTerms.objects.filter(pk=draft.pk).exists()
        assert not IndicatorTerms.objects.filter(terms_id=draft.pk).exists()
        event = AuditEvent.objects.get(verb="programmes.terms.discard")
        assert event.before is not None
        assert event.before["ceiling"] == "170625.00"

    def test_of_published_terms_is_refused(self, terms_of: Callable[..., ActionTerms]) -> None:
        with pytest.raises(ValidationError, match="veranderen niet"):
            discard_draft(terms_of(9, 1), by=BY)


@pytest.mark.parametrize("role", [None, *Role])
def test_who_may(draft: ActionTerms, person_with: Callable[..., Actor], role: Role | None) -> None:
    by = person_with(role)
    content = DraftContent(with_ceiling(values_of(draft), "1.00"), "rekenfout", DAY)
    if role in {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER}:
        change_draft(draft, content, revision=0, by=by)
        publish_terms(draft, revision=1, corrects=1, by=by)
        return
    for attempt in (
        lambda: draft_terms(draft.action, draft.round, by=by),
        lambda: change_draft(draft, content, revision=0, by=by),
        lambda: publish_terms(draft, revision=0, corrects=1, by=by),
        lambda: discard_draft(draft, by=by),
    ):
        with pytest.raises(PermissionDenied, match="programmabeheerder"):
            attempt()
