"""The lines of an application as an Excel file: to fill in with checks, and read back cell by cell.

The first sheet has a row for every line that the round offers. Its key and the mark of its terms stand in hidden
columns, so that a file of another call, or of terms that changed, is recognised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

import xlsxwriter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from draad.applications.actions.formlines import Row
from draad.applications.models import ApplicationLine, Call
from draad.applications.policies.fields import MOST_PRIORITY, MOST_UNITS, read_priority, read_units
from draad.applications.queries.form import Filled, place_of
from draad.documents.uploads import Cell, Fault, UnreadableFileError, UploadedRow, read_upload
from draad.programmes.models import IndicatorTerms

HEADINGS_ROW = 3
WIDTHS = (64, 46, 10, 11, 11, 14, 10, 8, 20)
NUMBERS = {"priority": 2, "existing": 3, "planned": 4}


def headings() -> dict[str, str]:
    """The columns by key, in order, in the language of the reader."""
    return {
        "action": _("Actie"),
        "label": _("Indicator"),
        "priority": _("Prioriteit"),
        "existing": _("Bestaand bereik"),
        "planned": _("Gepland bijkomend"),
        "unit": _("Bedrag per eenheid"),
        "most": _("Plafond"),
        "key": _("Sleutel"),
        "mark": _("Merk"),
    }


def mark_of(call: Call, offers: Sequence[IndicatorTerms]) -> str:
    """Names the call and everything its terms say about money: another mark is another file."""
    said = [
        f"{line.pk}|{line.terms.action.number}|{line.line}|{line.label}|{line.unit_amount}|{line.max_units}"
        for line in offers
    ]
    return f"{call.pk}-{hashlib.sha256(chr(10).join(said).encode()).hexdigest()[:12]}"


def workbook(form: Filled, offers: Sequence[IndicatorTerms]) -> bytes:
    """The file for an application, with what is filled in already."""
    held = {place_of(line.indicator): line for line in form.lines}
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Lijnen"))
        text, open_ = book.add_format({"num_format": "#,##0"}), _open_format(book)
        money = book.add_format({"num_format": '"€" #,##0.00'})
        _head(sheet, form, book)
        mark = mark_of(form.call, offers)
        for row, indicator in enumerate(offers, start=HEADINGS_ROW + 1):
            line = held.get(place_of(indicator))
            sheet.write_string(row, 0, str(indicator.terms.action), text)
            sheet.write_string(row, 1, indicator.label, text)
            _write_numbers(sheet, row, line, open_)
            _write_number(sheet, row, 5, indicator.unit_amount, money)
            _write_number(sheet, row, 6, indicator.max_units, text)
            sheet.write_number(row, 7, indicator.pk)
            sheet.write_string(row, 8, mark)
        _check_cells(sheet, HEADINGS_ROW + 1, HEADINGS_ROW + len(offers))
    return buffer.getvalue()


def _open_format(book: xlsxwriter.Workbook) -> Format:
    look = {"num_format": "#,##0", "border": 1, "border_color": "#7B8792", "locked": False}
    found: Format = book.add_format(look)
    return found


def _head(sheet: Worksheet, form: Filled, book: xlsxwriter.Workbook) -> None:
    """Title, explanation and headings; the columns with keys are hidden, the cells to fill in are open."""
    title = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F4F6F8", "text_wrap": True, "valign": "bottom"})
    of_round = _("ronde %(n)s") % {"n": form.round.number}
    sheet.write_string(0, 0, f"{form.application.applicant} · {form.round.programme}, {of_round}", title)
    sheet.write_string(1, 0, _("Vul prioriteit, bestaand en gepland bereik in. Een rij zonder cijfers wordt niet "
                               "aangevraagd. Laad het bestand daarna op in Draad."))  # fmt: skip
    if form.call.example:
        sheet.write_string(2, 0, _("Voorbeeldgegevens, gemaakt door Draad."))
    for place, (heading, width) in enumerate(zip(headings().values(), WIDTHS, strict=True)):
        sheet.write_string(HEADINGS_ROW, place, heading, head)
        sheet.set_column(place, place, width, None, {"hidden": place > 6})
    sheet.freeze_panes(HEADINGS_ROW + 1, 2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "sort": False})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADINGS_ROW)


def _write_numbers(sheet: Worksheet, row: int, line: ApplicationLine | None, style: Format) -> None:
    for name, column in NUMBERS.items():
        _write_number(sheet, row, column, getattr(line, name) if line else None, style)


def _write_number(sheet: Worksheet, row: int, column: int, value: int | Decimal | None, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    else:
        sheet.write_number(row, column, value, style)


def _check_cells(sheet: Worksheet, first: int, last: int) -> None:
    """Let the spreadsheet itself refuse what is no number."""
    if last < first:
        return
    for name, column in NUMBERS.items():
        least, most = (1, MOST_PRIORITY) if name == "priority" else (0, MOST_UNITS)
        sheet.data_validation(first, column, last, column, {
            "validate": "integer", "criteria": "between", "minimum": least, "maximum": most, "ignore_blank": True,
            "error_title": _("Geen juist getal"),
            "error_message": _("Een geheel getal van %(least)s tot %(most)s, of leeg.")
            % {"least": least, "most": most},
        })  # fmt: skip


@dataclass(frozen=True)
class CellProblem:
    """What is wrong in a cell: its address, such as D7, and a sentence."""

    cell: str
    sentence: str


@dataclass
class ReadLines:
    """What a file says: the rows to store by indicator line (primary key), and what is wrong."""

    rows: dict[int, Row] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)


def read_workbook(content: bytes, form: Filled, offers: Sequence[IndicatorTerms]) -> ReadLines:
    """Read a file that was filled in.

    Raises:
        ValidationError: when it is no such file, of another call, or of terms that changed since.
    """
    columns = {key: (heading,) for key, heading in headings().items() if key in ("key", "mark", *NUMBERS)}
    try:
        uploaded = read_upload(content, columns)
    except UnreadableFileError as error:
        raise ValidationError(_unreadable(error)) from error
    _check_mark(uploaded, mark_of(form.call, offers), form.call)
    held = {place_of(line.indicator): line.indicator_id for line in form.lines}
    keys = {indicator.pk: held.get(place_of(indicator), indicator.pk) for indicator in offers}
    return _read_rows(uploaded, keys, frozenset(held.values()))


def _unreadable(error: UnreadableFileError) -> str:
    if error.fault is Fault.HEADINGS:
        missing = {"missing": ", ".join(error.missing)}
        return _("Dit is een ander bestand: de kolommen %(missing)s ontbreken. Haal het bestand opnieuw op.") % missing
    if error.fault in (Fault.TOO_LARGE, Fault.TOO_MANY_ROWS):
        return _("Dit bestand is te groot. Haal het opnieuw op en vul het in.")
    if error.fault is Fault.EMPTY:
        return _("Dit bestand is leeg. Haal het opnieuw op en vul het in.")
    return _("Dit is geen leesbaar Excel-bestand. Bewaar het als .xlsx, zonder wachtwoord.")


def _check_mark(uploaded: Iterable[UploadedRow], mark: str, call: Call) -> None:
    """Refuse a file of another call or of older terms."""
    marks = {str(row.cells["mark"]) for row in uploaded if row.cells["mark"] is not None}
    if marks == {mark}:
        return
    if any(found.partition("-")[0] != str(call.pk) for found in marks):
        raise ValidationError(_("Dit bestand hoort bij een andere oproep. Haal het bestand van deze aanvraag op."))
    raise ValidationError(
        _("De voorwaarden zijn gewijzigd sinds u dit bestand ophaalde. Haal het opnieuw op en neem uw cijfers over.")
    )


def _read_rows(uploaded: Iterable[UploadedRow], keys: Mapping[int, int], held: frozenset[int]) -> ReadLines:
    found = ReadLines()
    seen: set[int] = set()
    for row in uploaded:
        key = row.cells["key"]
        if not isinstance(key, int) or key not in keys or key in seen:
            sentence = _("Deze rij is dubbel of niet van deze aanvraag. Wijzig de verborgen kolommen niet.")
            found.problems.append(CellProblem(xl_rowcol_to_cell(row.number - 1, 7), sentence))
            continue
        seen.add(key)
        numbers = {name: _number(row, name, found.problems) for name in NUMBERS}
        if keys[key] in held or any(value is not None for value in numbers.values()):
            found.rows[keys[key]] = Row(**numbers)
    return found


def _number(row: UploadedRow, name: str, problems: list[CellProblem]) -> int | None:
    try:
        text = _as_typed(row.cells[name])
        return read_priority(text) if name == "priority" else read_units(text)
    except ValidationError as problem:
        problems.append(CellProblem(xl_rowcol_to_cell(row.number - 1, NUMBERS[name]), problem.messages[0]))
        return None


def _as_typed(value: Cell) -> str:
    if value is None:
        return ""
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)
