"""An edition of a plan, or a year of progress, as Word and PDF in the layout of the sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from draad.plans.content import Content
from draad.plans.editions import Edition, Sheet
from draad.plans.models import Plan, ProgressReport
from draad.plans.reading.goals import Goal
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.sheetshown import amount_alone
from draad.plans.sums import period_words
from draad.plans.writing.pdf import pdf_of
from draad.plans.writing.printed import BudgetRow, PrintedMilestone, PrintedPlan, PrintedSheet, Progress, ProgressRow
from draad.plans.writing.word import word_of
from draad.plans.writing.words import DUTCH, ENGLISH
from draad.web.formatting import day, number

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
MAKERS = {"docx": (word_of, DOCX), "pdf": (pdf_of, PDF)}


def document_of(
    plan: Plan,
    found: Edition,
    sheets: Sequence[Sheet],
    form: str,
    *,
    progress: Mapping[int, Progress] | None = None,
    subtitle: str = "",
) -> bytes:
    """Sheets of an edition as a document; the whole plan has a title page and a table of contents.

    Args:
        plan: the plan.
        found: the edition.
        sheets: which measures of it.
        form: ``docx`` or ``pdf``.
        progress: what to print below a sheet, by the key of its measure.
        subtitle: what the title page says below the title; the edition when empty.
    """
    made_at = found.published_at or timezone.now()
    reported = progress or {}
    printed = [_sheet(sheet, reported.get(sheet.measure)) for sheet in sheets]
    goals = [Goal(goal["code"], goal["title"]) for goal in found.goals]
    about = PrintedPlan(
        title=plan.title,
        subtitle=subtitle or f"{plan.years} · {found.label}",
        made_at=_local(made_at),
        footer=_("Gemaakt met Draad op %(day)s") % {"day": day(_local(timezone.now()).date())},
        goals=goals,
        example=plan.example,
        cover=len(sheets) > 1,
    )
    make, _kind = MAKERS[form]
    return make(printed, about, ENGLISH if get_language() == "en" else DUTCH)


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _sheet(sheet: Sheet, progress: Progress | None) -> PrintedSheet:
    content = sheet.content
    values = {name: content[name] for name in TEXT_FIELDS}
    for box, prefix in (("strategic_goals", "SD"), ("operational_goals", "OD")):
        cited = [goal for goal in content["goals"] if goal["code"].startswith(prefix)]
        worded = {goal["code"]: goal["text"] for goal in cited}
        values[box] = "\n".join(f"{code}: {worded[code]}" if worded.get(code) else code for code in content[box])
    rows = [PrintedMilestone(row["period"], row["text"], row["fte"]) for row in content["milestones"]]
    serves = [goal["plan_code"] for goal in content["goals"] if goal["plan_code"]]
    return PrintedSheet(values, serves, rows, _budget(content), progress=progress)


def _budget(content: Content) -> list[BudgetRow]:
    """The amounts per year and source, where a person added what the text of the budget does not say."""
    if not any(amount.get("funding") or not amount["printed"] for amount in content["amounts"]):
        return []
    return [
        BudgetRow(period_words((a["year_from"], a["year_to"])), a.get("funding", ""), amount_alone(a))
        for a in content["amounts"]
    ]


def progress_printed(report: ProgressReport) -> Progress:
    """The progress of a measure in a year, for printing below its sheet."""
    rows = [
        ProgressRow(
            f"{row.milestone.period}: {row.milestone.text}".strip(": "),
            str(row.get_state_display()) if row.state else _("nog niets gezegd"),
            "",
            _joined(row.explanation, row.evidence),
        )
        for row in report.milestones.all()
    ]
    rows += [
        ProgressRow(
            measured.indicator.text,
            str(measured.get_state_display()),
            number(measured.value) if measured.value is not None else "",
            _joined(measured.explanation, measured.evidence),
        )
        for measured in report.indicators.all()
    ]
    if report.explanation:
        rows.append(ProgressRow(_("De maatregel als geheel"), "", "", report.explanation))
    return Progress(report.year, rows)


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
