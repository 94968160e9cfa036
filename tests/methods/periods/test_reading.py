"""Events read from CSV and Excel files, and what is refused with its place."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from draad.methods.errors import MethodError
from draad.methods.periods import read_events


def write(folder: Path, text: str) -> Path:
    path = folder / "events.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_dates_weights_and_names(tmp_path: Path) -> None:
    events = read_events(write(tmp_path, "date;weight;event\n2022-11-05;1,5;Information evening\n2023-03-01;0;\n"))
    assert [(event.day, event.weight, event.where) for event in events] == [
        (date(2022, 11, 5), Fraction(3, 2), "row 2 (Information evening)"),
        (date(2023, 3, 1), Fraction(0), "row 3"),
    ]


def test_without_a_column_of_weights_every_event_weighs_one(tmp_path: Path) -> None:
    events = read_events(write(tmp_path, "date\n2022-11-05\n2022-11-05\n"))
    assert [event.weight for event in events] == [1, 1]


def test_weights_are_read_exactly(tmp_path: Path) -> None:
    (event,) = read_events(write(tmp_path, "date,weight\n2022-11-05,0.1\n"))
    assert event.weight == Fraction(1, 10)


def test_a_workbook_with_real_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["date", "weight"])
    sheet.append([date(2022, 11, 5), 2])
    book.save(tmp_path / "events.xlsx")
    (event,) = read_events(tmp_path / "events.xlsx")
    assert (event.day, event.weight) == (date(2022, 11, 5), 2)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("date,weight\n2022-11-05,\n", "Row 2: there is no weight; give one, or 0 when the event does not count."),
        ("date,weight\n5/11/2022,1\n", "Row 2, column date: '5/11/2022' is not a date"),
        ("date,weight\n2022-11-31,1\n", "Row 2, column date: '2022-11-31' is not a date"),
        ("date,weight\n2022-11-05,-1\n", "Row 2, column weight: '-1' is not a number of zero or more"),
        ("date,weight,event\n,1,Fair\n", r"Row 2, column date (Fair): '' is not a date"),
        ("day,weight\n2022-11-05,1\n", "Events.csv: missing column date; the file has day, weight."),
        ("date,wieght\n2022-11-05,2\n", "Events.csv: unknown column wieght; the columns are date, weight, event."),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, wrong: str) -> None:
    with pytest.raises(MethodError) as caught:
        read_events(write(tmp_path, text))
    assert str(caught.value).startswith(wrong)
