"""Accepted sheets become part of the plan, and what stands in the plan is what was read."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from draad.accounts.actor import Actor
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.review import accept_certain, accept_sheet, decide, reviewed
from draad.plans.content import measure_content, reading_content
from draad.plans.models import Goal, Measure, MeasureGoal, Plan, ReadSheet, SheetUpload
from draad.plans.queries import measures_of, sheets_of
from draad.plans.review import ACCEPTED
from tests.plans.conftest import BY

pytestmark = pytest.mark.django_db


def accept_all(upload: SheetUpload) -> None:
    """Accept every sheet as read."""
    for sheet in sheets_of(upload).filter(state="open"):
        for field in reviewed(sheet).undecided:
            sheet = decide(sheet, field.name, ACCEPTED, revision=sheet.revision, by=BY)
        accept_sheet(sheet, revision=sheet.revision, by=BY)


def without_goals(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "sequence"}


def test_what_is_in_the_plan_is_what_was_read(annex: SheetUpload) -> None:
    accept_all(annex)
    done = incorporate(annex, by=BY)
    assert (done.added, done.changed, done.same) == (46, 0, 0)
    measures = list(measures_of(annex.plan))
    readings = [reading_content(sheet.values) for sheet in sheets_of(annex)]
    assert [measure_content(measure) for measure in measures] == readings
