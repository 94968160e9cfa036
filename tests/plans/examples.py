"""A plan with a published version and a document that waits, for tests that try every route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from draad.organisations.models import Organisation
from draad.plans.actions.plans import PlanAbout, create_plan, publish_version
from draad.plans.models import PlanVersion
from draad.plans.queries import sheets_of
from tests.plans.desk import BY, in_plan, put, sheets

SLUG = "testplan"
DESK_ROUTES = ["desk", "accept_certain", "incorporate", "drop"]
SHEET_ROUTES = ["sheet", "sheet_decide", "sheet_accept", "sheet_measure"]
PLAN_ROUTES = ["upload", "plan", "missing", "timeline", "money", "versions", "publish", "difference"]


def plan_routes() -> dict[str, Mapping[str, Any]]:
    """Arguments of the routes of this room; the plan is that of the organisation for which people hold roles."""
    owner = Organisation.objects.get(slug="testbestuur")
    plan = create_plan(PlanAbout(SLUG, "Testplan", 2016, 2020, owner), by=BY)
    in_plan(plan)
    publish_version(plan, note="", revision=PlanVersion.objects.get(plan=plan).revision, by=BY)
    upload = put(plan, sheets({**sheets()[0], "title": "Fietsen mee op de bus"}), name="nieuw.docx")
    sheet = list(sheets_of(upload))[-1].pk
    return {
        **{f"plans:{route}": {"slug": SLUG} for route in PLAN_ROUTES},
        **{f"plans:{route}": {"pk": upload.pk} for route in DESK_ROUTES},
        **{f"plans:{route}": {"pk": sheet} for route in SHEET_ROUTES},
        "plans:sheet_step": {"pk": sheet, "step": "weglaten"},
        "plans:measure": {"slug": SLUG, "number": 1},
        "plans:name": {"group": "body"},
    }
