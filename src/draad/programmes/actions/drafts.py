"""Drafts terms, changes and discards drafts, and publishes them as the next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.revisions import ChangedMeanwhileError
from draad.programmes.comparison import compare
from draad.programmes.models import Action, ActionTerms, IndicatorTerms, Round, TermsState
from draad.programmes.policies import (
    check_no_draft,
    check_pass,
    check_publishable,
    check_revision,
    check_same_programme,
)
from draad.programmes.published import tell
from draad.programmes.states import CHANGE, DISCARD, MANAGER, PUBLISH, START
from draad.programmes.values import Line, Term, TermsValues, line_columns, terms_columns, values_of

LINE = "programmes.line"


@dataclass(frozen=True)
class DraftContent:
    """What a person writes in a draft; the reason and the day may wait until it is published."""

    values: TermsValues
    change_reason: str
    effective_on: date | None


def latest_version(action: Action, of_round: Round) -> ActionTerms | None:
    """The newest published terms of an action in a round."""
    published = ActionTerms.objects.filter(action=action, round=of_round, state=TermsState.PUBLISHED)
    return published.prefetch_related("lines").order_by("version").last()


def draft_terms(action: Action, of_round: Round, *, by: Actor) -> ActionTerms:
    """Start a draft as a copy of the newest version; without one it is empty, every field unknown.

    Raises:
        PermissionDenied: for who may not set terms.
        ValidationError: when there is a draft already, or the round is of another programme.
    """
    _require(by)
    check_same_programme(action, of_round)
    with audit.recording(by=by) as log:
        check_no_draft(action, of_round)
        found = latest_version(action, of_round)
        values = values_of(found) if found else TermsValues(Term())
        terms = ActionTerms(action=action, round=of_round, **terms_columns(values))
        log.create(terms, verb=START.verb)
        _write_lines(log, terms, values.lines)
    return terms


def change_draft(draft: ActionTerms, content: DraftContent, *, revision: int, by: Actor) -> ActionTerms:
    """Save a draft; nothing is written when all is as it was.

    Args:
        draft: the draft.
        content: what it must hold.
        revision: the revision that the writer had before them.
        by: who writes.

    Raises:
        PermissionDenied: for who may not set terms.
        ChangedMeanwhileError: when somebody else saved it since ``revision``.
        ValidationError: when it is published already.
    """
    _require(by)
    with audit.recording(by=by) as log:
        terms = _locked(draft)
        check_pass(terms, CHANGE)
        check_revision(terms, revision)
        same = (values_of(terms), terms.change_reason, terms.effective_on)
        if same == (content.values, content.change_reason, content.effective_on):
            return terms
        _write_lines(log, terms, content.values.lines)
        log.change(
            terms,
            verb=CHANGE.verb,
            **terms_columns(content.values),
            change_reason=content.change_reason,
            effective_on=content.effective_on,
            revision=terms.revision + 1,
        )
    return terms


def publish_terms(draft: ActionTerms, *, revision: int, corrects: int | None, by: Actor) -> ActionTerms:
    """Publish a draft as the next version; from then on it never changes.

    Args:
        draft: the draft.
        revision: the revision that the publisher read.
        corrects: the number of the version that the publisher compared it with, or None for the first version.
        by: who publishes.

    Raises:
        PermissionDenied: for who may not set terms.
        ChangedMeanwhileError: when the draft was saved, or another version published, since the publisher read them.
        ValidationError: without a day, for a correction without a reason, or when nothing differs.
    """
    _require(by)
    with audit.recording(by=by, reason=draft.change_reason) as log:
        terms = _locked(draft)
        check_pass(terms, PUBLISH)
        latest = latest_version(terms.action, terms.round)
        number = latest.version if latest else None
        check_revision(terms, revision if number == corrects else -1)
        differs = latest is None or bool(compare(values_of(latest), values_of(terms)))
        check_publishable(
            reason=terms.change_reason, effective_on=terms.effective_on, corrects=latest, differs=differs
        )
        log.change(
            terms,
            verb=PUBLISH.verb,
            state=PUBLISH.after,
            version=(number or 0) + 1,
            published_at=timezone.now(),
        )
        tell(log, terms)
    return terms


@dataclass(frozen=True)
class FirstPublished:
    """What came of publishing the first versions of a round.

    Args:
        published: how many drafts are published now.
        refused: why not, in sentences, by the number of the action.
    """

    published: int
    refused: Mapping[int, Sequence[str]]


def publish_first_terms(of_round: Round, *, seen: Mapping[int, int], by: Actor) -> FirstPublished:
    """Publish drafts of actions without a version in a round yet, each by itself: what is refused holds up no other.

    A correction is refused here: whoever publishes it looks at the differences first, on its own page.

    Args:
        of_round: the round.
        seen: the revision that the publisher read, by key of the draft; any other draft is left alone.
        by: who publishes.

    Raises:
        PermissionDenied: for who may not set terms.
    """
    _require(by)
    drafts = ActionTerms.objects.filter(round=of_round, state=TermsState.DRAFT, pk__in=seen)
    published, refused = 0, dict[int, Sequence[str]]()
    for draft in drafts.select_related("action").order_by("action__number"):
        try:
            publish_terms(draft, revision=seen[draft.pk], corrects=None, by=by)
            published += 1
        except ChangedMeanwhileError:
            refused[draft.action.number] = [_("Intussen is er iets gewijzigd. Kijk dit ontwerp eerst na.")]
        except ValidationError as problem:
            refused[draft.action.number] = problem.messages
    return FirstPublished(published, refused)


def discard_draft(draft: ActionTerms, *, by: Actor) -> None:
    """Throw a draft away; its last content stays in the audit.

    Raises:
        PermissionDenied: for who may not set terms.
        ValidationError: when it is published.
    """
    _require(by)
    with audit.recording(by=by) as log:
        terms = _locked(draft)
        check_pass(terms, DISCARD)
        for line in terms.lines.all():
            log.remove(line, verb=f"{LINE}.remove")
        log.remove(terms, verb=DISCARD.verb)


def _require(by: Actor) -> None:
    by.require(*MANAGER)


def _locked(draft: ActionTerms) -> ActionTerms:
    found: ActionTerms = ActionTerms.objects.select_for_update().get(pk=draft.pk)
    return found


def _write_lines(log: Recording, terms: ActionTerms, lines: Mapping[int, Line]) -> None:
    present = {line.line: line for line in terms.lines.all()}
    for number in present.keys() - lines.keys():
        log.remove(present[number], verb=f"{LINE}.remove")
    for number in present.keys() & lines.keys():
        log.change(present[number], verb=f"{LINE}.change", **line_columns(lines[number]))
    fresh = [
        IndicatorTerms(terms=terms, line=number, **line_columns(line))
        for number, line in lines.items()
        if number not in present
    ]
    log.create_many(fresh, verb=f"{LINE}.add")
