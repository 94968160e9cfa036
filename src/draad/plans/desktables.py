"""The lists of plans, documents, sheets and unknown names on the coordinator's desk, as tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.documents.tables import Column, Kind, NotApplicable, Table
from draad.plans.models import Plan, ReadSheet, SheetState, SheetUpload
from draad.plans.queries import UnknownName


def plan_table(plans: Iterable[Plan]) -> Table[Any]:
    """Plans with the number of measures, and the documents that wait."""
    return Table(
        key="plannen",
        title=gettext_lazy("Plannen"),
        columns=[
            Column("title", gettext_lazy("Plan"), lambda plan: plan.title, link=_upload_address),
            Column("years", gettext_lazy("Jaren"), lambda plan: plan.years),
            Column("owner", gettext_lazy("Coördinatie"), lambda plan: plan.owner.name),
            Column("measures", gettext_lazy("Maatregelen"), lambda plan: plan.measure_count, Kind.COUNT),
            Column("reviewing", gettext_lazy("Documenten na te lezen"), lambda plan: plan.reviewing, Kind.COUNT),
        ],
        rows=plans,
    )


def _upload_address(plan: Plan) -> str:
    return reverse("plans:upload", args=[plan.slug])


def upload_table(plan: Plan, uploads: Iterable[SheetUpload]) -> Table[Any]:
    """The documents that were read for a plan."""
    return Table(
        key="documenten",
        title=gettext_lazy("Ingelezen documenten"),
        columns=[
            Column("name", gettext_lazy("Bestand"), lambda upload: upload.file_name,
                   link=lambda upload: reverse("plans:desk", args=[upload.pk])),
            Column("state", gettext_lazy("Toestand"), lambda upload: str(upload.get_state_display())),
            Column("sheets", gettext_lazy("Fiches"), lambda upload: upload.sheet_count, Kind.COUNT),
            Column("open", gettext_lazy("Na te lezen"), lambda upload: upload.open_count, Kind.COUNT),
            Column("at", gettext_lazy("Ingelezen op"), lambda upload: localtime(upload.uploaded_at).date(), Kind.DATE),
            Column("by", gettext_lazy("Door"), lambda upload: str(upload.uploaded_by or "")),
        ],
        rows=uploads,
        example=plan.example,
    )  # fmt: skip


def sheet_table(upload: SheetUpload, sheets: Iterable[tuple[int, ReadSheet]]) -> Table[Any]:
    """The sheets of a document with their number in it."""
    return Table(
        key="fiches",
        title=gettext_lazy("Fiches"),
        columns=[
            Column("number", gettext_lazy("Fiche"), lambda row: row[0], Kind.YEAR, link=_sheet_address),
            Column("title", gettext_lazy("Maatregel"), lambda row: row[1].title, wide=True, link=_sheet_address),
            Column("state", gettext_lazy("Toestand"), lambda row: str(row[1].get_state_display()), choices=True),
            Column("waiting", gettext_lazy("Te beslissen"), _waiting, Kind.COUNT),
            Column("measure", gettext_lazy("In het plan"), _measure),
        ],
        rows=sheets,
        search=lambda row: row[1].title,
        example=upload.plan.example,
    )  # fmt: skip


def _sheet_address(row: tuple[int, ReadSheet]) -> str:
    return reverse("plans:sheet", args=[row[1].pk])


def _waiting(row: tuple[int, ReadSheet]) -> int | NotApplicable:
    return row[1].waiting if row[1].state == SheetState.OPEN else NotApplicable()


def _measure(row: tuple[int, ReadSheet]) -> str:
    measure = row[1].measure
    return _("maatregel %(n)s") % {"n": measure.number} if measure else _("nieuw")


def name_table(names: Iterable[UnknownName]) -> Table[UnknownName]:
    """Names in plans that mean no known organisation yet."""
    return Table(
        key="namen",
        title=gettext_lazy("Onbekende namen"),
        columns=[
            Column("name", gettext_lazy("Naam"), lambda row: row.name, link=lambda row: row.address),
            Column("group", gettext_lazy("Vak"), lambda row: row.group_label, choices=True),
            Column("count", gettext_lazy("Aantal keer"), lambda row: row.count, Kind.COUNT),
            Column("plans", gettext_lazy("Voorbeeld"), lambda row: row.example, wide=True),
        ],
        rows=names,
        search=lambda row: row.name,
    )
