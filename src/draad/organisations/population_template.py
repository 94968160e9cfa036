"""The template for inhabitants, as Excel with checks and an explanation, or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from io import BytesIO, StringIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from draad.documents.csvfile import BYTE_ORDER_MARK
from draad.organisations.models import Territory
from draad.organisations.population_file import MOST_PERSONS
from draad.web.formatting import day


def headings() -> tuple[str, str, str]:
    """The headings of the template in the language of the reader; each is understood when the file comes back."""
    return _("NIS-code"), _("Gemeente"), _("Aantal")


def template_csv(territories: Sequence[Territory]) -> bytes:
    """The template as CSV, as Excel in Dutch expects it."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings())
    writer.writerows((place.nis, place.name, "") for place in territories)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def template_xlsx(territories: Sequence[Territory], on: date) -> bytes:
    """The template as Excel: codes and names filled in, a check on the number, and a sheet that explains."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F4F6F8"})
        text = book.add_format({"num_format": "@"})
        count = book.add_format({"num_format": "#,##0", "border": 1, "border_color": "#7B8792"})
        sheet = book.add_worksheet(_("Inwoners"))
        sheet.write_row(0, 0, headings(), head)
        for row, place in enumerate(territories, start=1):
            sheet.write_string(row, 0, place.nis, text)
            sheet.write_string(row, 1, place.name)
            sheet.write_blank(row, 2, None, count)
        _check_numbers(sheet, len(territories))
        sheet.set_column(0, 0, 10)
        sheet.set_column(1, 1, 34)
        sheet.set_column(2, 2, 14)
        sheet.freeze_panes(1, 2)
        explanation = book.add_worksheet(_("Uitleg"))
        explanation.set_column(0, 0, 100, book.add_format({"text_wrap": True}))
        for row, sentence in enumerate(explanations(on)):
            explanation.write_string(row, 0, sentence)
    return buffer.getvalue()


def explanations(on: date) -> list[str]:
    """What somebody who fills in the template needs to know."""
    return [
        _("Inwoners per gemeente op %(day)s") % {"day": day(on)},
        _("Vul in de kolom Aantal het aantal personen in: een geheel getal, 0 of meer."),
        _("Laat leeg wat niet bekend is. Leeg is niet nul: een lege rij wordt overgeslagen."),
        _("Wijzig de NIS-codes niet. Het zijn de gemeenten die op deze dag bestaan."),
        _("Datum, groep en bron kiest u bij het opladen."),
    ]


def _check_numbers(sheet: Worksheet, rows: int) -> None:
    sheet.data_validation(1, 2, max(rows, 1), 2, {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": MOST_PERSONS, "ignore_blank": True,
        "error_title": _("Geen aantal"), "error_message": _("Een geheel getal, 0 of meer, of leeg."),
    })  # fmt: skip
