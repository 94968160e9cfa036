"""Every transition of terms: for every role, and not from any other state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.programmes import states
from draad.programmes.actions.drafts import DraftContent, change_draft, discard_draft, draft_terms, publish_terms
from draad.programmes.models import Action, ActionTerms, Round, TermsState
from draad.programmes.values import values_of
from tests.programmes.conftest import BY, save, with_ceiling
from tests.trying import MakeActor, Try, check_role, check_state, every_role, every_wrong_state, tried

pytestmark = pytest.mark.django_db
PUBLISHED = {"version": 7, "published_at": datetime(2026, 1, 1, tzinfo=UTC), "effective_on": date(2026, 1, 1)}


def draft_in(state: str) -> ActionTerms:
    """A draft for action 9 in round 1 that differs from the last version, ready to be published."""
    assert state == states.DRAFT
    action, of_round = Action.objects.get(number=9), Round.objects.get(number=1)
    draft = draft_terms(action, of_round, by=BY)
    return save(draft, with_ceiling(values_of(draft), "170000"), reason="rekenfout", on=date(2026, 1, 1))


def corrects(draft: ActionTerms) -> int | None:
    found = ActionTerms.objects.filter(action=draft.action, round=draft.round, state="published")
    return found.order_by("-version").values_list("version", flat=True).exclude(pk=draft.pk).first()


def change(draft: ActionTerms, by: Actor) -> ActionTerms:
    content = DraftContent(with_ceiling(values_of(draft), "160000"), "rekenfout", date(2026, 1, 1))
    return change_draft(draft, content, revision=draft.revision, by=by)


def publish(draft: ActionTerms, by: Actor) -> ActionTerms:
    return publish_terms(draft, revision=draft.revision, corrects=corrects(draft), by=by)


TRIES = [
    Try(states.CHANGE, draft_in, change),
    Try(states.PUBLISH, draft_in, publish),
    Try(states.DISCARD, draft_in, lambda it, by: discard_draft(it, by=by)),
]


@every_role(TRIES)
def test_each_role(one: Try, role: Role, person_with: MakeActor) -> None:
    check_role(one, role, person_with(role), stays=one.transition is not states.DISCARD)


@every_wrong_state(TRIES, TermsState)
def test_published_terms_never_change(one: Try, state: str) -> None:
    check_state(one, state, **PUBLISHED)


@pytest.mark.parametrize("role", list(Role))
def test_who_begins_a_draft(
    role: Role, person_with: MakeActor, action_of: Callable[[int], Action], round_of: Callable[[int], Round]
) -> None:
    by = person_with(role)
    if role in states.START.roles:
        assert draft_terms(action_of(9), round_of(1), by=by).state == states.START.after
    else:
        with pytest.raises(PermissionDenied):
            draft_terms(action_of(9), round_of(1), by=by)
        assert not ActionTerms.objects.filter(state="draft").exists()


def test_every_transition_is_tried() -> None:
    assert tried(TRIES, states.START) == set(states.TERMS)
