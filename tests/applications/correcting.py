"""What tests of corrected terms share: publishing the next version of the terms of an action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from draad.programmes.actions.drafts import DraftContent, change_draft, draft_terms, publish_terms
from draad.programmes.models import ActionTerms, Round
from draad.programmes.values import Line, TermsValues, stated, values_of
from tests.applications.making import BY, round_one


def correct(
    action: int,
    change: Callable[[TermsValues], TermsValues],
    reason: str = "rekenfout",
    *,
    of_round: Round | None = None,
) -> ActionTerms:
    """Publish the next version of the terms of an action, in round 1 unless told otherwise."""
    found = of_round or round_one()
    held = ActionTerms.objects.filter(round=found, action__number=action, state="published").latest("version")
    draft = draft_terms(held.action, found, by=BY)
    content = DraftContent(change(values_of(draft)), reason, date(2022, 6, 1))
    draft = change_draft(draft, content, revision=draft.revision, by=BY)
    return publish_terms(draft, revision=draft.revision, corrects=held.version, by=BY)


def with_line(**fields: Any) -> Callable[[TermsValues], TermsValues]:
    """Another value in the first line; a line keeps the rest."""

    def change(values: TermsValues) -> TermsValues:
        first: Line = {**values.lines[1], **{name: stated(value, "besluit") for name, value in fields.items()}}
        return replace(values, lines={**values.lines, 1: first})

    return change
