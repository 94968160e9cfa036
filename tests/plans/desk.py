"""Small invented documents on the desk of a plan, and what a coordinator does with them."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from draad.accounts.actor import system
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.reading import put_on_desk, read_file
from draad.plans.actions.review import accept_sheet, decide, reviewed
from draad.plans.models import Measure, Plan, ReadSheet, SheetUpload
from draad.plans.queries import measures_of, sheets_of
from draad.plans.review import ACCEPTED
from tests.plans.conftest import as_upload
from tests.plans.making import make_docx

BY = system("test")
Sheet = dict[str, Any]
SD1 = "SD 1: Iedereen geraakt vlot in de stad"
OD11 = "OD 1.1: De bus rijdt vaker en later"
OD12 = "OD 1.2: Haltes zijn voor iedereen bereikbaar"
HEADINGS = "".join(f"<w:p><w:r><w:t>{goal}</w:t></w:r></w:p>" for goal in (SD1, OD11, OD12))

BUS: Sheet = {
    "title": "De nachtbus rijdt tot drie uur",
    "budget": "2017: 200.000 euro",
    "strategic_goals": ["SD 1"],
    "operational_goals": ["OD 1.1"],
    "goal_texts": {"strategic_goals": SD1, "operational_goals": OD11},
    "effect_indicator": "Aantal reizigers na middernacht",
    "output_indicator": "Aantal ritten",
    "target": "150 ritten",
    "responsible_cabinets": "Mobiliteit",
    "responsible_administrations": "Dienst Vervoer, Agentschap Wegen",
    "involved_cabinets": "",
    "involved_administrations": "AII",
    "other_partners": "Reizigersbond",
    "explanation": "Wie laat werkt, geraakt nu niet thuis.",
    "milestones": [
        {"period": "2017", "text": "Proef op twee lijnen", "fte": "0,5 VTE"},
        {"period": "2018", "text": "Alle lijnen in de stad", "fte": "+/- 28 mensdagen"},
    ],
}
STOP: Sheet = {
    **BUS,
    "title": "Hellingen aan elke halte",
    "budget": "",
    "operational_goals": ["OD 2"],
    "goal_texts": {"strategic_goals": SD1, "operational_goals": "OD 2: Haltes zijn voor iedereen bereikbaar"},
    "target": "",
    "milestones": [{"period": "2016-2018", "text": "Werken aan de haltes", "fte": ""}],
}


def sheets(*extra: Sheet) -> list[Sheet]:
    """Copies of the two sheets, and more."""
    return deepcopy([BUS, STOP, *extra])


def word_file(made: list[Sheet], body: str = HEADINGS) -> bytes:
    """A Word document with the sheets, below the goals of the plan."""
    with TemporaryDirectory() as folder:
        return make_docx(Path(folder) / "plan.docx", made, body=body).read_bytes()


def put(plan: Plan, made: list[Sheet], name: str = "plan.docx") -> SheetUpload:
    """Read a document with these sheets."""
    return put_on_desk(plan, read_file(as_upload(word_file(made), name)), by=BY)


def accept_all(upload: SheetUpload) -> None:
    """Accept every sheet as the document has it."""
    for sheet in sheets_of(upload).filter(state="open"):
        for field in reviewed(sheet).undecided:
            sheet = decide(sheet, field.name, ACCEPTED, revision=sheet.revision, by=BY)
        accept_sheet(sheet, revision=sheet.revision, by=BY)


def in_plan(plan: Plan, made: list[Sheet] | None = None) -> list[Measure]:
    """The measures of a plan that has these sheets."""
    upload = put(plan, made or sheets())
    accept_all(upload)
    incorporate(upload, by=BY)
    return list(measures_of(plan))


def first(upload: SheetUpload) -> ReadSheet:
    """The first sheet of a document."""
    return sheets_of(upload)[0]
