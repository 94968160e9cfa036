"""Awkward texts and sheets for the tests of writing: what people type, and what a reader could mistake."""

from __future__ import annotations

import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import strategies as st

from draad.plans.reading.goals import Goal
from draad.plans.reading.labels import STYLES, Label
from draad.plans.reading.reading import read_sheets
from draad.plans.reading.sheet import SheetReading
from draad.plans.writing.printed import PrintedMilestone, PrintedPlan, PrintedSheet
from tests.plans.inventing import Sheet

GOALS = [Goal("SD 1", "De wijken leven."), Goal("OD 1.1", "We openen huizen."), Goal("OD 1.2", "We delen tuinen.")]
PLAN = PrintedPlan(
    title="Plan van de proef",
    subtitle="Versie 2",
    made_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    footer="Gemaakt met Draad op 1 maart 2026",
    goals=GOALS,
)
FIELDS = [label.field for label in Label if label is not Label.MILESTONES]
LETTERS = "abcdefghijklmnoprstuvwz ABDEMSVW0123456789 éëïöüàç .,;:-–/()‘’“”'\"€%&+=<>•"
LABEL_WORDS = [style.words for style in STYLES.values()]
PHRASES = [
    "/", "//", "//// //", "n.v.t.", "-", "…", "• een • twee • drie", "1. een 2. twee", "2018: 200.000 euro", "€ 1.234,56",
    "+/- 32 VTE", "2018", "2016-2018", "Vanaf 2017", "SD 1: een doel", "OD 1.1: een ander doel", "pagina 3 van 10",
    "https://www.voorbeeld.be/een/heel/lang/adres/dat/nergens/een/spatie/heeft?vraag=1&antwoord=2", "kabinet",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "<w:p> & </w:tbl>", "#let x = 1",
    "Voortgang in 2025", "Budget per jaar", "betrokkenen", "coördinatie – én “zo” verder", *LABEL_WORDS,
]  # fmt: skip

words = st.text(LETTERS, max_size=40).map(lambda text: " ".join(text.split()))
texts = st.one_of(st.just(""), words, st.sampled_from(PHRASES), st.lists(st.one_of(words, st.sampled_from(PHRASES)), max_size=5).map(
    lambda parts: " ".join(" ".join(parts).split())
))  # fmt: skip
periods = st.sampled_from(["2018", "2016-2018", "Najaar 2018", "2020 – 2021", "schooljaar 2019-2020", "eind 2022"])
milestones = st.lists(st.builds(PrintedMilestone, periods, texts, texts), max_size=4)
sheets = st.builds(
    PrintedSheet,
    st.fixed_dictionaries(dict.fromkeys(FIELDS, texts)),
    st.sampled_from([(), ("SD 1", "OD 1.1"), ("OD 1.2",), ("SD 9",)]),
    milestones,
)
plans = st.lists(sheets, min_size=1, max_size=4)


def printed(sheet: Sheet) -> PrintedSheet:
    """An invented sheet for printing."""
    values = {name: sheet[name] for name in FIELDS if name not in sheet["goal_texts"]} | sheet["goal_texts"]
    rows = [PrintedMilestone(row["period"], row["text"], row["fte"]) for row in sheet["milestones"]]
    return PrintedSheet(values, (), rows)


def read_back(data: bytes, ending: str) -> list[SheetReading]:
    """The sheets of a file that was written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"sheets{ending}"
        path.write_bytes(data)
        return read_sheets(path)


def content(sheet: PrintedSheet | SheetReading) -> dict[str, str]:
    """Every cell of a sheet by name."""
    if isinstance(sheet, SheetReading):
        cells = {name: value.text for name, value in sheet.values.items()}
        rows = [(row.period.text, row.text.text, row.fte.text) for row in sheet.milestones]
    else:
        cells = dict(sheet.values)
        rows = [(row.period, row.text, row.fte) for row in sheet.milestones]
    for number, row in enumerate(rows):
        cells |= {f"{name} {number}": text for name, text in zip(("period", "text", "fte"), row, strict=True)}
    return cells


def shown(text: str) -> str:
    """White space as a document keeps it."""
    return re.sub(r"\s+", " ", text).strip()
