"""Reading of action sheets: score and time on the original annex as text, PDF and Word; on disturbed copies the score.

The original document is read from DRAAD_SHARED (default: ``shared`` beside the repository); without it only invented
sheets are timed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.plans.disturbing import shuffled, with_other_words, with_other_years, without_trailing_spaces
from tests.plans.flattening import flat_text
from tests.plans.inventing import invent
from tests.plans.making import make_docx, make_pdf

from draad.documents.text import split_lines
from draad.plans.reading.assemble import read_lines
from draad.plans.reading.reading import READERS, read_sheets

SHARED = Path(os.environ.get("DRAAD_SHARED") or ROOT.parent / "shared")
DOCUMENT = SHARED / "documents/horizontal_integration_plan_action_sheets_goals_1_to_4.txt"
TRUTH = SHARED / "truth/action_sheets_goals_1_to_4.json"
SCORER = SHARED / "truth/score_action_sheets.py"
BAR_SECONDS = 2.0
BAR_SHARE = 0.99


def load_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("scorer", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def timed(path: Path) -> tuple[list[dict[str, Any]], float]:
    best, sheets = float("inf"), []
    for _ in range(3):
        begin = time.process_time()
        sheets = [sheet.as_dict() for sheet in read_sheets(path)]
        best = min(best, time.process_time() - begin)
    return sheets, best


def report(name: str, seconds: float | None, share: float | None) -> bool:
    parts = [f"{name:<34}"]
    parts.append(f"{seconds:6.2f} s = {seconds / BAR_SECONDS:5.2f} of the bar" if seconds is not None else " " * 27)
    parts.append(f"{share:8.2%} of cells right" if share is not None else "")
    print("  ".join(parts))
    return (seconds is None or seconds < BAR_SECONDS) and (share is None or share >= BAR_SHARE)


def on_the_original(folder: Path) -> bool:
    scorer, truth = load_scorer(), json.loads(TRUTH.read_text(encoding="utf-8"))
    text = DOCUMENT.read_text(encoding="utf-8")

    def share(reading: list[dict[str, Any]], wanted: list[dict[str, Any]] = truth) -> float:
        rows = [row[2] for row in scorer.score(reading, wanted)]
        return sum(rows) / len(rows)

    def read(changed: str) -> list[dict[str, Any]]:
        return [sheet.as_dict() for sheet in read_lines(split_lines(changed), "annex.txt")]

    sheets = []
    for reading in read_sheets(DOCUMENT):
        goals = {name: reading.values[name].text for name in ("strategic_goals", "operational_goals")}
        sheets.append({**reading.as_dict(), "goal_texts": goals})
    good = True
    for path in (DOCUMENT, make_pdf(folder / "annex.pdf", sheets), make_docx(folder / "annex.docx", sheets)):
        reading, seconds = timed(path)
        good &= report(f"annex as {path.suffix[1:]}", seconds, share(reading))
    for name, (changed, wanted) in {
        "sheets in another order": shuffled(text, truth, 1),
        "years moved by 7": with_other_years(text, truth, 7),
        "other words": with_other_words(text, truth, 1, keep_staff=True),
        "other words, those of staff as well": with_other_words(text, truth, 1, keep_staff=False),
        "spaces at line ends lost": (without_trailing_spaces(text), truth),
    }.items():
        good &= report(name, None, share(read(changed), wanted))
    layouts = [share(read(flat_text(sheets, seed))) for seed in range(101, 121)]
    report("20 other layouts, lowest (no bar)", None, min(layouts))
    return report("20 other layouts, mean", None, sum(layouts) / len(layouts)) and good


def plain_seconds(path: Path) -> float:
    """Processor seconds for the lines of a file without reading sheets in them: what any reader must spend."""
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        READERS[path.suffix](path)
        best = min(best, time.process_time() - begin)
    return best


def beside_plain_text(folder: Path, count: int) -> None:
    """Reading so many invented sheets beside taking out the lines alone."""
    sheets = invent(1, count=count)
    text = folder / f"invented{count}.txt"
    text.write_text(flat_text(sheets, 3), encoding="utf-8")
    files = (
        text,
        make_pdf(folder / f"invented{count}.pdf", sheets),
        make_docx(folder / f"invented{count}.docx", sheets),
    )
    for path in files:
        begin = time.process_time()
        read = len(read_sheets(path))
        seconds, plain = time.process_time() - begin, plain_seconds(path)
        name = f"{count} sheets as {path.suffix[1:]}"
        print(f"{name:<34}  {seconds:6.2f} s = {seconds / plain:6.1f} times the plain lines; {read} sheets read")


def on_invented_sheets(folder: Path) -> bool:
    sheets = invent(1, count=46)
    good = True
    for path in (make_pdf(folder / "invented.pdf", sheets), make_docx(folder / "invented.docx", sheets)):
        good &= report(f"46 invented sheets as {path.suffix[1:]}", timed(path)[1], None)
    return good


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        good = on_invented_sheets(Path(name))
        for count in (46, 1000):
            beside_plain_text(Path(name), count)
        if SCORER.exists():
            good &= on_the_original(Path(name))
        else:
            print(f"no original document: set DRAAD_SHARED to the folder that holds {SCORER.relative_to(SHARED)}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
