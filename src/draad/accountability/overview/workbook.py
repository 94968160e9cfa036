"""Puts the sheets of the overview together. The same data give the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draad.accountability.overview import grants, tables
from draad.accountability.overview.facts import RoundFacts
from draad.accountability.overview.questions import contents_table, sheet_names
from draad.accounts.models import AuditEvent
from draad.applications.tables import mentorships_table, partnership_rows, partnerships_table
from draad.documents.tables import Table
from draad.documents.xlsx import Sheets
from draad.figures.tables import figures_table
from draad.programmes.models import Round
from draad.programmes.tables import line_table
from draad.web.tables import words

ROOMS = ("organisations", "programmes", "applications", "figures", "findings")
MEMBERSHIP = "organisations.membership"


@dataclass(frozen=True)
class Sheet:
    """A sheet of the workbook with the sources that it rests on."""

    name: str
    table: Table[Any]
    sources: Iterable[str] = ()


def overview(round_: Round, language: str) -> bytes:
    """The workbook about a round as an Excel file.

    Args:
        round_: the round.
        language: ``nl`` or ``en``.
    """
    with translation.override(language):
        facts = RoundFacts(round_)
        title = _("%(programme)s, ronde %(n)s") % {"programme": round_.programme.name, "n": round_.number}
        book = Sheets(title=title, made_at=data_moment(), words=words())
        for sheet in sheets(facts):
            book.add(sheet.table, name=sheet.name)
        return book.bytes()


def data_moment() -> datetime:
    """When the data of these rooms last changed; stands in the properties of the file, so that it can be made "
    "again."""
    about = Q()
    for room in ROOMS:
        about |= Q(object_type__startswith=f"{room}.")
    last = AuditEvent.objects.filter(about).exclude(object_type=MEMBERSHIP).order_by("-number").first()
    return timezone.localtime(last.at if last else datetime(2020, 1, 1, tzinfo=UTC)).replace(microsecond=0)


def sheets(facts: RoundFacts) -> list[Sheet]:
    """The sheets in their order; what is not known or decided has no sheet, and the first sheet says so."""
    names = sheet_names()
    answers = [*_granted(facts), *_listed(facts), *_mentors(facts)]
    terms = line_table(facts.round.programme, facts.lines)
    answers.append(Sheet(names.terms, terms, _term_sources(facts)))
    published = figures_table(facts.figures, title=_("Gepubliceerde cijfers, ronde %(n)s") % {"n": facts.round.number})
    answers.append(Sheet(names.figures, published, [figure.source for figure in facts.figures]))
    places = "national and Flemish lists of territorial codes; register of local governments"
    answers.append(Sheet(names.municipalities, tables.municipalities_table(facts), [places]))
    sources = tables.sources_table([(sheet.name, sheet.sources) for sheet in answers])
    return [
        Sheet(_("Leeswijzer"), contents_table(facts)),
        *answers,
        Sheet(names.sources, sources),
        Sheet(names.findings, tables.findings_table(facts)),
    ]


def _granted(facts: RoundFacts) -> list[Sheet]:
    if not facts.has_grants:
        return []
    names, source = sheet_names(), grants.grant_source(facts)
    return [
        Sheet(names.granted, grants.granted_table(facts), [source]),
        Sheet(names.granted_provinces, grants.granted_per_province_table(facts), [source]),
    ]


def _listed(facts: RoundFacts) -> list[Sheet]:
    if not facts.listed.entries:
        return []
    names, sources = sheet_names(), [entry.source for entry in facts.listed.entries]
    return [
        Sheet(names.located, tables.located_table(facts), sources),
        Sheet(names.printed, tables.printed_table(facts), sources),
        Sheet(names.partnerships, partnerships_table(partnership_rows(facts.listed.entries)), sources),
        Sheet(names.members, tables.members_table(facts), sources),
    ]


def _mentors(facts: RoundFacts) -> list[Sheet]:
    if not facts.mentorships:
        return []
    names, sources = sheet_names(), [row.source for row in facts.mentorships]
    return [
        Sheet(names.mentors, tables.mentors_per_province_table(facts), sources),
        Sheet(names.mentorships, mentorships_table(facts.mentorships), sources),
    ]


def _term_sources(facts: RoundFacts) -> list[str]:
    return [term.source for row in facts.lines if row.line for term in row.line.values()]
