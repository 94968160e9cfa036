"""The lines as an Excel file: out, back in with every mistake explained, a look at the changes, and then stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.applications.actions.formlines import Row, fill_lines
from draad.applications.lineworkbook import NUMBERS, ReadLines, read_workbook, workbook
from draad.applications.policies.fields import NUMBER_LABELS, read_priority, read_units
from draad.applications.policies.form import check_fillable
from draad.applications.queries.form import Filled, filled, offered
from draad.applications.views.form import check_writer, readable
from draad.documents.uploads import MOST_BYTES
from draad.web.formatting import number
from draad.web.tables import file_response

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Change:
    """A cell that the file changes: the line, what the number is called, before and after."""

    line: str
    label: str
    before: str
    after: str


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What to do with the file; a post reads one and shows what it would change. Nothing is stored yet."""
    application = readable(request, pk)
    check_writer(request, application)
    form = filled(application)
    if request.method != "POST":
        return _page(request, form)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        return _page(request, form, problem=_("Kies het bestand dat u invulde."))
    if (uploaded.size or 0) > MOST_BYTES:
        return _page(request, form, problem=_("Dit bestand is te groot. Haal het opnieuw op en vul het in."))
    try:
        check_fillable(form)
        read = read_workbook(uploaded.read(), form, offered(form.round))
    except ValidationError as problem:
        return _page(request, form, problem=problem.messages[0])
    return _page(request, form, read=read)


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file with what is filled in already."""
    application = readable(request, pk)
    check_writer(request, application)
    form = filled(application)
    name = f"{slugify(application.applicant.name)}-{application.number}.xlsx"
    return file_response(workbook(form, offered(form.round)), name, XLSX)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Store what the file said and the person looked at."""
    application = readable(request, pk)
    check_writer(request, application)
    revision = request.POST.get("revision", "")
    rows: dict[int, Row] = {}
    try:
        rows = _rows(request)
        fill_lines(application, rows, revision=int(revision) if revision.isdecimal() else -1, by=actor(request))
    except ChangedMeanwhileError as problem:
        return _page(request, filled(readable(request, pk)), problem=problem.messages[0], read=ReadLines(rows))
    except ValidationError as problem:
        return _page(request, filled(readable(request, pk)), problem=problem.messages[0])
    messages.success(request, _("De cijfers uit het bestand zijn bewaard."))
    return redirect("applications:form", pk)


def _rows(request: HttpRequest) -> dict[int, Row]:
    """The rows that were looked at: ``row:<indicator line>`` holds priority, existing and planned.

    Raises:
        ValidationError: when they are not as the page gave them.
    """
    found: dict[int, Row] = {}
    for name, text in request.POST.items():
        key, parts = name.removeprefix("row:"), str(text).split("|")
        if not name.startswith("row:") or not key.isdecimal() or len(key) > 12 or len(parts) != len(NUMBERS):
            continue
        found[int(key)] = Row(read_priority(parts[0]), read_units(parts[1]), read_units(parts[2]))
    return found


def _page(request: HttpRequest, form: Filled, *, problem: str = "", read: ReadLines | None = None) -> HttpResponse:
    context = {
        "application": form.application,
        "round": form.round,
        "example": form.call.example,
        "problem": problem,
        "read": read,
        "changes": _changes(form, read) if read and not read.problems else [],
        "packed": {key: _packed(row) for key, row in read.rows.items()} if read else {},
    }
    status = 422 if problem or (read and read.problems) else 200
    return render(request, "applications/form/excel.html", context, status=status)


def _packed(row: Row) -> str:
    return "|".join("" if value is None else str(value) for value in (row.priority, row.existing, row.planned))


def _changes(form: Filled, read: ReadLines) -> list[Change]:
    names = {indicator.pk: indicator for indicator in offered(form.round)}
    names |= {line.indicator_id: line.indicator for line in form.lines}
    held = {line.indicator_id: line for line in form.lines}
    return [
        Change(
            f"{names[key].terms.action.number} {names[key].label}",
            str(NUMBER_LABELS[name]),
            _shown(getattr(held.get(key), name, None)),
            _shown(getattr(row, name)),
        )
        for key, row in read.rows.items()
        for name in NUMBERS
        if getattr(held.get(key), name, None) != getattr(row, name)
    ]


def _shown(value: int | None) -> str:
    return _("leeg") if value is None else number(value)
