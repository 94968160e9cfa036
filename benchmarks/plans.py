"""Pages of a plan of 5,000 measures beside the same pages of 50: time and SQL of a view.

Run: ``make bench``. The database is made anew in a temporary folder. Each page is looked at in a new process that
remembers nothing (*first*), after somebody changed a measure of the plan (*change*), after somebody saved progress
(*progress*), and once more with nothing written since (*again*; the median and the slowest of 20). The reading is that
of a Word document with 100 sheets.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DRAAD_DATA_DIR"] = tempfile.mkdtemp(prefix="draad-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.plans.inventing import FIELDS, Sheet, invent
from tests.plans.making import make_docx

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.freshness import forget
from draad.organisations.models import Organisation
from draad.plans.actions.incorporate import write_goals
from draad.plans.actions.measures import Written, create_measures
from draad.plans.actions.plans import PlanAbout, create_plan, draft_of, publish_version
from draad.plans.content import Content
from draad.plans.models import Measure, MilestoneProgress, Plan, ProgressReport
from draad.plans.names import directories
from draad.plans.reading.amounts import amounts
from draad.plans.reading.reading import read_sheets
from draad.plans.reading.staff import staff

BY = system("benchmark")
SIZES = (50, 5000)
YEAR = 2023
TIMES = 20
PAGES = {
    "plan": "",
    "search": "?zoek=bruggen+bouwen",
    "measure": "maatregel/25/",
    "missing": "wat-ontbreekt/",
    "timeline": "tijdlijn/",
    "money": "middelen/",
    "versions": "versies/",
    "difference": "verschillen/",
    "progress of a year": f"voortgang/?jaar={YEAR}",
}


def content_of(sheet: Sheet) -> Content:
    """An invented sheet in the shape in which plans keep measures."""
    rows = [{**row, "staff": [line.as_dict() for line in staff(row["fte"])]} for row in sheet["milestones"]]
    goals = [
        {"code": code, "text": sheet["goal_texts"][box].partition(": ")[2]}
        for box in ("strategic_goals", "operational_goals")
        for code in sheet[box]
    ]
    fields = {name: sheet[name] for name in FIELDS}
    typed = [amount.as_dict() for amount in amounts(sheet["budget"])]
    return {**fields, "milestones": rows, "amounts": typed, "goals": goals}


def fill(count: int) -> Plan:
    """A plan with so many measures, two versions and the approved progress of a year."""
    owner = Organisation.objects.get(slug="agentschap-binnenlands-bestuur")
    plan = create_plan(PlanAbout(f"plan-{count}", f"Plan {count}", 2020, 2028, owner, example=True), by=BY)
    contents = [content_of(sheet) for sheet in invent(count, count)]
    goals = sorted({(goal["code"], goal["text"]) for content in contents[:12] for goal in content["goals"]})
    with audit.recording(by=BY) as log:
        kept = write_goals(log, plan, goals, replace=False)
        create_measures(log, plan, [Written(c) for c in contents], goals=kept, directories=directories())
    publish(plan, "")
    with audit.recording(by=BY) as log:
        for measure in Measure.objects.filter(plan=plan, number__lte=20):
            log.change(measure, verb="bench.change", target="Een ander doel.")
    publish(plan, "Andere doelen.")
    report_on(plan)
    return plan


def publish(plan: Plan, note: str) -> None:
    """Publish what the plan holds."""
    with audit.recording(by=BY) as log:
        draft = draft_of(log, plan)
    publish_version(plan, note=note, revision=draft.revision, by=BY)


def report_on(plan: Plan) -> None:
    """Approved progress of every measure."""
    now = timezone.now()
    measures = list(plan.measures.prefetch_related("milestones"))
    with audit.recording(by=BY) as log:
        reports = log.create_many(
            [
                ProgressReport(measure=m, year=YEAR, state="approved", submitted_at=now, approved_at=now)
                for m in measures
            ],
            verb="bench.report",
        )
        rows = [
            MilestoneProgress(report=report, milestone=milestone, state="done")
            for report, measure in zip(reports, measures, strict=True)
            for milestone in measure.milestones.all()
        ]
        log.create_many(rows, verb="bench.report")


def change(plan: Plan) -> None:
    """Another target of a measure of the plan."""
    measure = Measure.objects.filter(plan=plan).order_by("number")[0]
    with audit.recording(by=BY) as log:
        log.change(measure, verb="bench.change", target=f"{measure.target}.")
        draft = draft_of(log, plan)
        log.change(draft, verb="bench.change", revision=draft.revision + 1)


def progress(plan: Plan) -> None:
    """Another word on the progress of a measure of the plan."""
    report = ProgressReport.objects.filter(measure__plan=plan).order_by("pk")[0]
    with audit.recording(by=BY) as log:
        log.change(report, verb="bench.progress", explanation=f"{report.explanation}.")


def seconds(do: Callable[[], object]) -> float:
    """How long it takes, in seconds of the processor: the database is in the process."""
    start = time.process_time()
    do()
    return time.process_time() - start


@dataclass(frozen=True)
class Measured:
    """Milliseconds of a view in each case, and the SQL of the first view and of a later one."""

    first: float
    change: float
    progress: float
    again: float
    slowest: float
    sql: str


def measured(client: Client, plan: Plan, part: str) -> Measured:
    """A page in each case."""
    path = f"/plannen/{plan.slug}/{part}"

    def view() -> float:
        return seconds(lambda: client.get(path)) * 1000

    forget()
    reset_queries()  # the log of queries is full after filling
    with CaptureQueriesContext(connection) as cold:
        first = view()
    change(plan)
    changed = view()
    progress(plan)
    told = view()
    again = sorted(view() for _time in range(TIMES))
    with CaptureQueriesContext(connection) as warm:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return Measured(first, changed, told, statistics.median(again), again[-1], f"{len(cold)}/{len(warm)}")


def time_reading() -> None:
    """How long a Word document with 100 sheets takes to read."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_docx(Path(folder) / "plan.docx", invent(1, 100))
        print(f"reading 100 sheets from Word: {seconds(lambda: read_sheets(path)):.2f} s\n")


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load", "plan-samenleven", stdout=io.StringIO())
    time_reading()
    plans = [fill(size) for size in SIZES]
    client = Client(headers={"host": "127.0.0.1"})
    client.get("/")
    heads = ("first ms", "change ms", "progress ms", "again ms", "slowest ms", "× small", "SQL small", "SQL large")
    print(f"{'page':<20}" + "".join(f"{head:>12}" for head in heads))
    for name, part in PAGES.items():
        small, large = (measured(client, plan, part) for plan in plans)
        times = (large.first, large.change, large.progress, large.again, large.slowest)
        print(
            f"{name:<20}"
            + "".join(f"{time:>12.0f}" for time in times)
            + f"{large.again / small.again:>12.1f}{small.sql:>12}{large.sql:>12}"
        )


if __name__ == "__main__":
    main()
