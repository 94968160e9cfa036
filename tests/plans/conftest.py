"""The original document and its reading by hand, where they are at hand (DRAAD_SHARED)."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from draad.accounts.actor import system
from draad.documents.text import split_lines
from draad.organisations.models import Organisation
from draad.plans.actions.plans import PlanAbout, create_plan
from draad.plans.actions.reading import put_on_desk, read_file
from draad.plans.models import Plan, SheetUpload
from draad.plans.reading.assemble import read_lines

Sheet = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
BY = system("test")
SHARED = Path(os.environ.get("DRAAD_SHARED") or ROOT.parent / "shared")


def as_upload(content: bytes, name: str = "plan.txt") -> SimpleUploadedFile:
    """A file as a form hands it over."""
    return SimpleUploadedFile(name, content)


def _shared(part: str) -> Path:
    path = SHARED / part
    if not path.exists():
        pytest.skip(f"the original documents are not at hand: set DRAAD_SHARED to the folder that holds {part}")
    return path


@pytest.fixture(scope="session")
def document() -> Path:
    """The annex with the action sheets of the goals 1 to 4, as text."""
    return _shared("documents/horizontal_integration_plan_action_sheets_goals_1_to_4.txt")


@pytest.fixture(scope="session")
def truth() -> list[Sheet]:
    """What a person read in it."""
    found: list[Sheet] = json.loads(_shared("truth/action_sheets_goals_1_to_4.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def scorer() -> ModuleType:
    """The script that compares both, cell by cell."""
    spec = importlib.util.spec_from_file_location("scorer", _shared("truth/score_action_sheets.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def score(scorer: ModuleType) -> Callable[[list[Sheet], list[Sheet]], tuple[float, list[str]]]:
    """The share of right cells of a reading and the wrong ones."""

    def share(reading: list[Sheet], wanted: list[Sheet]) -> tuple[float, list[str]]:
        rows = list(scorer.score(reading, wanted))
        wrong = [f"{row[0]} {row[1]}: {str(row[3])[:80]}" for row in rows if not row[2]]
        return 1 - len(wrong) / len(rows), wrong

    return share


@pytest.fixture(scope="session")
def full_sheets(document: Path) -> list[Sheet]:
    """The sheets with their full texts, for making other files with the same content."""
    sheets = []
    for reading in read_lines(split_lines(document.read_text(encoding="utf-8")), document.name):
        sheet = reading.as_dict()
        names = ("strategic_goals", "operational_goals")
        sheet["goal_texts"] = {name: reading.values[name].text for name in names}
        sheets.append(sheet)
    return sheets


@pytest.fixture
def plan(organisation: Organisation) -> Plan:
    """A plan without content."""
    about = PlanAbout("testplan", "Testplan", 2016, 2020, organisation)
    return create_plan(about, by=BY)


@pytest.fixture
def other_plan(db: None) -> Plan:
    """A plan of another organisation."""
    owner = Organisation.objects.get(slug="gent")
    return create_plan(PlanAbout("ander-plan", "Ander plan", 2016, 2020, owner), by=BY)


@pytest.fixture
def annex(document: Path, plan: Plan) -> SheetUpload:
    """The annex on the desk of the plan."""
    return put_on_desk(plan, read_file(as_upload(document.read_bytes(), document.name)), by=BY)
