"""Pages of a plan of 5,000 measures beside the same pages of 50: time of the first view, of the next ones, and SQL.

Run: ``make bench``. The database is made anew in a temporary folder. A first view comes after a write, when nothing is
remembered; the reading is that of a Word document with 100 sheets.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
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
TIMES = 7
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


def forget() -> None:
    """Write something, so that nothing that was remembered holds."""
    with audit.recording(by=BY) as log:
        owner = Organisation.objects.get(slug="agentschap-binnenlands-bestuur")
        log.change(owner, verb="bench.touch", source=f"{owner.source}.")


def seconds(do: Callable[[], object]) -> float:
    """How long it takes, in seconds of the processor: the database is in the process."""
    start = time.process_time()
    do()
    return time.process_time() - start


def measured(client: Client, path: str) -> tuple[float, float, int, int]:
    """Seconds of a first view and of the next ones (median), and the SQL of both."""
    forget()
    reset_queries()  # the log of queries is full after filling
    with CaptureQueriesContext(connection) as first_queries:
        first = seconds(lambda: client.get(path))
    again = statistics.median(seconds(lambda: client.get(path)) for _time in range(TIMES))
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    if status != 200:
        raise RuntimeError(f"{path}: {status}")
    return first, again, len(first_queries), len(queries)


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
    heads = ("first ms", "× small", "again ms", "× small", "SQL small", "SQL large")
    print(f"{'page':<20}" + "".join(f"{head:>10}" for head in heads))
    for name, part in PAGES.items():
        small, large = (measured(client, f"/plannen/{plan.slug}/{part}") for plan in plans)
        print(
            f"{name:<20}{large[0] * 1000:>10.0f}{large[0] / small[0]:>10.1f}{large[1] * 1000:>10.0f}"
            f"{large[1] / small[1]:>10.1f}{f'{small[2]}/{small[3]}':>10}{f'{large[2]}/{large[3]}':>10}"
        )


if __name__ == "__main__":
    main()
