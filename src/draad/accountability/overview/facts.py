"""Everything that the overview of a round is made of, each part read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, prefetch_related_objects

from draad.applications.counting import PrintedList
from draad.applications.models import ListedMentorship
from draad.applications.queries.granted import GrantPart, granted_as_example, granted_in
from draad.applications.queries.listed import mentorships, printed_list
from draad.applications.roles import MunicipalityRole, roles_on
from draad.figures.models import PublishedFigure
from draad.figures.queries import figures
from draad.findings.models import Finding
from draad.findings.queries import findings_about
from draad.organisations.queries import provinces_of_governments
from draad.organisations.queries.register import Government, register
from draad.programmes.findings import round_key
from draad.programmes.models import Round
from draad.programmes.queries import as_of_version, published_terms
from draad.programmes.tables import LineRow, line_rows


@dataclass(frozen=True)
class RoundFacts:
    """What is known of a round; each part is read when it is first asked for."""

    round: Round

    @cached_property
    def listed(self) -> PrintedList:
        """The printed list of partnerships; without entries when none was published."""
        return printed_list(self.round)

    @cached_property
    def mentorships(self) -> list[ListedMentorship]:
        """The printed list of mentor governments."""
        return list(mentorships().filter(round=self.round))

    @cached_property
    def provinces(self) -> dict[int, str]:
        """The province of every government (primary key) at the start of the round."""
        return provinces_of_governments(self.round.starts_on)

    @cached_property
    def roles(self) -> dict[str, MunicipalityRole]:
        """The role of every municipality (NIS code) at the start of the round."""
        return roles_on(self.listed, self.round.starts_on)

    @cached_property
    def governments(self) -> list[Government]:
        """Every local government at the start of the round."""
        return register(self.round.starts_on).governments

    @cached_property
    def lines(self) -> list[LineRow]:
        """The indicator lines of the terms that hold."""
        actions = list(self.round.programme.actions.select_related("objective").order_by("number"))
        return line_rows(actions, as_of_version(published_terms(self.round.programme), self.round.number, None))

    @cached_property
    def figures(self) -> list[PublishedFigure]:
        """What was published of the round, and of no round in particular."""
        published = figures().filter(Q(round=self.round) | Q(round=None), programme=self.round.programme)
        return list(published)

    @cached_property
    def grants(self) -> list[GrantPart]:
        """The parts of what was granted, with the names of who has them; none before decisions are published."""
        parts = granted_in(self.round)
        applicants = [part.decision.application.applicant for part in parts]
        prefetch_related_objects([*(part.organisation for part in parts), *applicants], "names")
        return parts

    @cached_property
    def _granted(self) -> bool | None:
        return granted_as_example(self.round)

    @property
    def has_grants(self) -> bool:
        """Whether anything was granted; asks for no part of it."""
        return self._granted is not None

    @property
    def grants_are_example(self) -> bool:
        """Whether what was granted is example data."""
        return bool(self._granted)

    @cached_property
    def findings(self) -> list[Finding]:
        """What contradicts in the sources about the round."""
        return findings_about([round_key(self.round)])
