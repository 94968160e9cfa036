"""Publishes terms from facts: the first time as version 1, a changed fact as a new version with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.roles import Role
from draad.accounts.sync import SyncCount
from draad.programmes.actions.programme import ROOM
from draad.programmes.models import Action, ActionTerms, IndicatorTerms, Programme, Round, TermsState
from draad.programmes.published import tell
from draad.programmes.states import PUBLISH, START
from draad.programmes.values import TermsValues, line_columns, terms_columns, values_of

REASON = "feit gewijzigd"
Place = tuple[int, int]


def publish_stated_terms(
    programme: Programme, stated: Mapping[Place, TermsValues], *, by: Actor
) -> dict[str, SyncCount]:
    """Publish the terms that the facts give, by number of action and number of round.

    Published terms never change: where a fact changed since the last version from the facts, a new version follows.
    Where a person has published a version after that one, theirs stands and the fact is counted under
    ``terms that people corrected``.
    """
    by.require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
    counts = {"terms": SyncCount(), "terms that people corrected": SyncCount()}
    actions = {action.number: action for action in Action.objects.filter(programme=programme)}
    rounds = {found.number: found for found in Round.objects.filter(programme=programme)}
    versions = _versions(programme)
    with audit.recording(by=by) as log:
        for (action, number), values in stated.items():
            found = versions.get((action, number), [])
            kept = [terms for terms in found if terms.from_facts]
            if kept and values_of(kept[-1]) == values:
                counts["terms"].same += 1
            elif found and not found[-1].from_facts:
                counts["terms that people corrected"].same += 1
            else:
                _publish(log, actions[action], rounds[number], values, version=len(found) + 1)
                counts["terms"] += SyncCount(changed=1) if found else SyncCount(added=1)
    return counts


def _versions(programme: Programme) -> dict[Place, list[ActionTerms]]:
    found: dict[Place, list[ActionTerms]] = {}
    published = ActionTerms.objects.filter(action__programme=programme, state=TermsState.PUBLISHED)
    for terms in published.select_related("action", "round").prefetch_related("lines").order_by("version"):
        found.setdefault((terms.action.number, terms.round.number), []).append(terms)
    return found


def _publish(log: Recording, action: Action, of_round: Round, values: TermsValues, *, version: int) -> None:
    """Store a draft with its lines, then publish it: lines are never added to published terms."""
    reason = REASON if version > 1 else ""
    terms = ActionTerms(action=action, round=of_round, from_facts=True, change_reason=reason, **terms_columns(values))
    log.create(terms, verb=START.verb)
    lines = [IndicatorTerms(terms=terms, line=n, **line_columns(line)) for n, line in values.lines.items()]
    log.create_many(lines, verb=f"{ROOM}.line.add")
    log.change(
        terms,
        verb=PUBLISH.verb,
        reason=reason,
        state=PUBLISH.after,
        version=version,
        effective_on=of_round.starts_on if version == 1 else timezone.localdate(),
        published_at=timezone.now(),
    )
    tell(log, terms)
