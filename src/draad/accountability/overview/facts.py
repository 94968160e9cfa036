"""Everything that the overview of a round is made of, read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from draad.applications.counting import PrintedList
from draad.applications.models import ListedMentorship
from draad.applications.queries import mentorships, printed_list
from draad.applications.roles import MunicipalityRole, roles_on
from draad.figures.models import PublishedFigure
from draad.figures.queries import figures
from draad.findings.models import Finding
from draad.findings.queries import findings_about
from draad.organisations.queries import provinces_of_governments
from draad.organisations.queries.register import Government, register
from draad.programmes.findings import round_key
from draad.programmes.models import Round
from draad.programmes.queries import Version, as_of_version, published_terms
from draad.programmes.tables import LineRow, line_rows


@dataclass(frozen=True)
class RoundFacts:
    """What is known of a round: the printed lists, terms, published figures, findings, and every municipality then.

    ``provinces`` gives the province of every government (primary key) at the start of the round.
    """

    round: Round
    listed: PrintedList
    provinces: dict[int, str]
    roles: dict[str, MunicipalityRole]
    governments: Sequence[Government]
    mentorships: Sequence[ListedMentorship]
    terms: dict[int, Version]
    lines: Sequence[LineRow]
    figures: Sequence[PublishedFigure]
    findings: Sequence[Finding]


def facts_of(round_: Round) -> RoundFacts:
    """Read all that is known of a round."""
    listed, day = printed_list(round_), round_.starts_on
    terms = as_of_version(published_terms(round_.programme), round_.number, None)
    actions = list(round_.programme.actions.select_related("objective").order_by("number"))
    published = figures().filter(Q(round=round_) | Q(round=None), programme=round_.programme)
    return RoundFacts(
        round=round_,
        listed=listed,
        provinces=provinces_of_governments(day),
        roles=roles_on(listed, day),
        governments=register(day).governments,
        mentorships=list(mentorships().filter(round=round_)),
        terms=terms,
        lines=line_rows(actions, terms),
        figures=list(published),
        findings=findings_about([round_key(round_)]),
    )
