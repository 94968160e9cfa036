"""Pages of what documents list of a round: partnerships and mentor governments."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from draad.applications.counting import PrintedList
from draad.applications.keys import partnership_key
from draad.applications.queries import listed as queries
from draad.applications.roles import roles_per_province
from draad.applications.tables import (
    members_table,
    mentorships_table,
    partnership_rows,
    partnerships_table,
    provinces_table,
)
from draad.documents.tables import Table
from draad.findings.queries import findings_about
from draad.programmes.models import Round
from draad.web.tables import table_page
from draad.web.thread import Stop, thread

MAP_EDITION = "2025"


def partnerships(request: HttpRequest) -> HttpResponse:
    """Who applied together, as the documents print it, with what can be counted in the list."""
    lists = queries.printed_lists()
    entries = [entry for listed in lists for entry in listed.entries]
    tables: list[Table[Any]] = [partnerships_table(partnership_rows(entries))]
    context: dict[str, object] = {"lists": lists, "unlisted": _rounds_without(lists), "edition": MAP_EDITION}
    if lists:
        tables.append(provinces_table(roles_per_province(lists[-1], MAP_EDITION), lists[-1], MAP_EDITION))
    return table_page(request, "applications/partnerships.html", tables, context)


def _rounds_without(lists: list[PrintedList]) -> list[Round]:
    known = {listed.round.pk for listed in lists}
    programmes = {listed.round.programme_id for listed in lists}
    return [round_ for round_ in Round.objects.filter(programme__in=programmes) if round_.pk not in known]


def partnership(request: HttpRequest, programme: str, round_number: int, position: int) -> HttpResponse:
    """One printed entry: who, where, and what was found about it."""
    entry = get_object_or_404(
        queries.partnerships(), round__programme__slug=programme, round__number=round_number, position=position
    )
    context = {
        "entry": entry,
        "findings": findings_about([partnership_key(entry)]),
        "stations": thread(_stops(entry.round), here="application"),
    }
    return table_page(request, "applications/partnership.html", [members_table(entry)], context)


def _stops(round_: Round) -> dict[str, Stop]:
    """What is known at the stations: the terms of the round, and this application."""
    note = _("ronde %(n)s") % {"n": round_.number}
    terms = reverse("programmes:round", args=[round_.programme.slug, round_.number])
    return {"terms": Stop(note, terms), "application": Stop(note)}


def mentorships(request: HttpRequest) -> HttpResponse:
    """Which governments mentor others, for which action."""
    rows = list(queries.mentorships())
    governments = len({row.organisation_id for row in rows})
    context = {"n_mentorships": len(rows), "n_governments": governments}
    return table_page(request, "applications/mentorships.html", [mentorships_table(rows)], context)
