"""What differs between two editions of a plan, as a table and as a PDF."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from draad.documents.pdf import Cell, Grid, Heading, Paragraph, Report, make_pdf
from draad.documents.tables import Column, Gap, Kind, Table
from draad.plans.differences import Change, FieldChange, PlanChange, SheetChange
from draad.plans.models import Plan
from draad.web.formatting import day

Labels = tuple[str, str]
Blocks = list[Heading | Paragraph | Grid]


@dataclass(frozen=True)
class ChangeRow:
    """A changed field with the measure that it is of; a goal has none."""

    sheet: SheetChange | None
    field: FieldChange


def change_rows(changed: PlanChange) -> list[ChangeRow]:
    """Every changed field; a measure that is new or gone is one row."""
    rows = [ChangeRow(None, field) for field in changed.goals]
    for sheet in changed.sheets:
        rows += [ChangeRow(sheet, field) for field in sheet.fields or [_whole(sheet)]]
    return rows


def _whole(sheet: SheetChange) -> FieldChange:
    """A measure that is new or gone, as if it were one field."""
    absent = _("niet in het plan")
    before, after = (sheet.title, absent) if sheet.change is Change.REMOVED else (absent, sheet.title)
    return FieldChange(_("de hele maatregel"), before, after, sheet.change)


def difference_table(plan: Plan, changed: PlanChange, labels: Labels) -> Table[ChangeRow]:
    """The changed fields for a page and for Excel."""
    return Table(
        key="verschillen",
        title=_("Verschillen tussen %(old)s en %(new)s") % {"old": labels[0], "new": labels[1]},
        columns=[
            Column("number", _("Nr."), lambda r: r.sheet.number if r.sheet else None, Kind.COUNT),
            Column("measure", _("Maatregel"), lambda r: r.sheet.title if r.sheet else _goals(), wide=True),
            Column("field", _("Veld"), lambda r: r.field.field, choices=True),
            Column("change", _("Wat er gebeurde"), lambda r: r.field.change.label, choices=True),
            Column("before", labels[0].capitalize(), lambda r: r.field.before or Gap(_("leeg")), wide=True),
            Column("after", labels[1].capitalize(), lambda r: r.field.after or Gap(_("leeg")), wide=True),
        ],
        rows=change_rows(changed),
        example=plan.example,
        search=lambda r: f"{r.sheet.title if r.sheet else ''} {r.field.before} {r.field.after}",
    )


def difference_pdf(plan: Plan, changed: PlanChange, labels: Labels) -> bytes:
    """The same as PDF/UA-1, in the language of the reader."""
    made_at = timezone.localtime()
    mark = _("Voorbeeldgegevens. ") if plan.example else ""
    report = Report(
        title=_("Verschillen tussen %(old)s en %(new)s") % {"old": labels[0], "new": labels[1]},
        caption=plan.title,
        language=get_language() or "nl",
        made_at=made_at,
        footer=mark + _("Gemaakt met Draad op %(day)s") % {"day": day(made_at.date())},
        page=_("bladzijde {n} van {total}"),
        blocks=_blocks(changed, labels),
    )
    return make_pdf(report)


def in_words(changed: PlanChange) -> str:
    """How many measures are new, gone and changed."""
    if changed.nothing:
        return _("Er is geen verschil.")
    counts = {change: changed.count(change) for change in Change}
    return _("%(added)s nieuw, %(removed)s verdwenen, %(changed)s gewijzigd.") % {
        "added": _measures(counts[Change.ADDED]),
        "removed": counts[Change.REMOVED],
        "changed": counts[Change.CHANGED],
    }


def _measures(n: int) -> str:
    return ngettext("%(n)s maatregel", "%(n)s maatregelen", n) % {"n": n}


def _goals() -> str:
    return pgettext("plan", "Doelstellingen")


def _blocks(changed: PlanChange, labels: Labels) -> Blocks:
    blocks: Blocks = [Paragraph(in_words(changed))]
    headings = [_("Veld"), labels[0].capitalize(), labels[1].capitalize()]
    if changed.goals:
        blocks += [Heading(_goals()), Grid(headings, (3, 7, 7), [_cells(f) for f in changed.goals])]
    for sheet in changed.sheets:
        blocks.append(Heading(f"{sheet.number}. {sheet.title}"))
        if sheet.fields:
            blocks.append(Grid(headings, (3, 7, 7), [_cells(field) for field in sheet.fields]))
        else:
            blocks.append(Paragraph(sheet.change.label.capitalize()))
    return blocks


def _cells(field: FieldChange) -> list[Cell]:
    return [field.field, field.before or Gap(_("leeg")), field.after or Gap(_("leeg"))]
