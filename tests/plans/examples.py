"""A plan with a published version and a document that waits, for tests that try every route."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from draad.accounts import audit
from draad.organisations.models import Organisation
from draad.plans.actions.plans import PlanAbout, create_plan, publish_version
from draad.plans.models import Measure, Plan, PlanVersion, ProgressReport, ProgressState
from draad.plans.queries import sheets_of
from tests.plans.desk import BY, in_plan, put, sheets

SLUG = "testplan"
HANDED_IN = datetime(2019, 1, 15, tzinfo=UTC)
DESK_ROUTES = ["desk", "accept_certain", "incorporate", "drop"]
SHEET_ROUTES = ["sheet", "sheet_decide", "sheet_accept", "sheet_measure"]
PLAN_ROUTES = ["upload", "plan", "missing", "timeline", "money", "versions", "publish", "difference", "document",
               "progress_year", "measure_add", "owners"]  # fmt: skip
MEASURE_ROUTES = ["measure", "measure_change", "measure_withdraw"]
PROGRESS_ROUTES = ["progress", "progress_decide"]


def plan_routes() -> dict[str, Mapping[str, Any]]:
    """Arguments of the routes of this room; the plan is that of the organisation for which people hold roles."""
    owner = Organisation.objects.get(slug="testbestuur")
    plan = create_plan(PlanAbout(SLUG, "Testplan", 2016, 2020, owner), by=BY)
    in_plan(plan)
    publish_version(plan, note="", revision=PlanVersion.objects.get(plan=plan).revision, by=BY)
    upload = put(plan, sheets({**sheets()[0], "title": "Fietsen mee op de bus"}), name="nieuw.docx")
    sheet = list(sheets_of(upload))[-1].pk
    _approved_progress(plan)
    return {
        **{f"plans:{route}": {"slug": SLUG} for route in PLAN_ROUTES},
        **{f"plans:{route}": {"pk": upload.pk} for route in DESK_ROUTES},
        **{f"plans:{route}": {"pk": sheet} for route in SHEET_ROUTES},
        "plans:sheet_step": {"pk": sheet, "step": "weglaten"},
        **{f"plans:{route}": {"slug": SLUG, "number": 1} for route in MEASURE_ROUTES},
        "plans:name": {"group": "body"},
        **{f"plans:{route}": {"slug": SLUG, "number": 1, "asked": 2018} for route in PROGRESS_ROUTES},
        "programmes:measure_links": {"slug": SLUG, "number": 1},
    }


def _approved_progress(plan: Plan) -> ProgressReport:
    values = {"year": 2018, "state": ProgressState.APPROVED, "submitted_at": HANDED_IN, "approved_at": HANDED_IN}
    report = ProgressReport(measure=Measure.objects.get(plan=plan, number=1), **values)
    with audit.recording(by=BY) as log:
        return log.create(report, verb="test.progress")
