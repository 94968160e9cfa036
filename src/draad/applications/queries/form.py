"""All that the form of an application needs, read at once: the same number of queries whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from draad.applications.amounts import Asked
from draad.applications.models import (
    TAKING_PART,
    ActionClaim,
    ActionExplanation,
    Application,
    ApplicationLine,
    ApplicationState,
    Attachment,
    Call,
    Incentive,
    LineShare,
    Member,
    MemberState,
    Question,
)
from draad.applications.queries.calls import EXTENSIONS, closes_at_for
from draad.applications.queries.questions import open_question
from draad.programmes.models import Action, ActionTerms, IndicatorTerms, Round, TermsState
from draad.programmes.queries import rule_values
from draad.programmes.rules import GOVERNMENT, Parameters
from draad.web.prepared import Given, Prepared, attach


@dataclass
class Filled:
    """An application with everything that was filled in; the lists change along while it is written."""

    application: Application
    rules: dict[str, Parameters]
    lines: list[ApplicationLine] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    shares: dict[tuple[int, int], LineShare] = field(default_factory=dict)
    explanations: dict[int, ActionExplanation] = field(default_factory=dict)
    incentives: list[Incentive] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    question: Question | None = None
    taken: list[tuple[int, int]] = field(default_factory=list)
    """What other applications of the call ask for these organisations: organisation and action (primary keys)."""

    @property
    def call(self) -> Call:
        """The call that it answers."""
        found: Call = self.application.call
        return found

    @property
    def round(self) -> Round:
        """The round of that call."""
        found: Round = self.application.call.round
        return found

    @property
    def closes_at(self) -> datetime | None:
        """Until when this applicant can submit."""
        return closes_at_for(self.call, self.application.applicant)

    @property
    def partners(self) -> list[Member]:
        """Who takes part and said yes, the applicant first."""
        return [member for member in self.members if member.state == MemberState.ACCEPTED]

    @property
    def together(self) -> bool:
        """Whether others apply with the applicant: the lines are then shared."""
        return len(self.members) > 1

    @property
    def governments(self) -> int:
        """How often a ceiling counts."""
        return times_ceiling(self.rules, len(self.partners))

    @property
    def actions(self) -> list[Action]:
        """The actions that have a line, by number."""
        found = {line.indicator.terms.action_id: line.indicator.terms.action for line in self.lines}
        return sorted(found.values(), key=lambda action: action.number)

    @property
    def asking(self) -> set[tuple[int, int]]:
        """Which organisation asks for which action (primary keys): who takes units of a line, else the applicant.

        A share that is not filled in yet counts as taken.
        """
        return {
            (member.organisation_id, line.indicator.terms.action_id)
            for line in self.lines
            for member in self.partners
            if (self._takes(line, member) if self.together else member.is_applicant)
        }

    @property
    def claimed(self) -> list[tuple[int, int]]:
        """Organisation and action (primary keys) that are asked here and by another application of the call."""
        asking = self.asking
        return [claim for claim in self.taken if claim in asking]

    def _takes(self, line: ApplicationLine, member: Member) -> bool:
        share = self.shares.get((line.pk, member.pk))
        return share is None or share.planned != 0

    def asked(self, line: ApplicationLine) -> Asked:
        """A line as it is counted."""
        return asked_of(line.indicator, line.planned, self.governments)

    def sort(self) -> None:
        """Put the lines in the order of their priority; a line without one stands last."""
        self.lines.sort(key=in_order)


def times_ceiling(rules: Mapping[str, Parameters], partners: int) -> int:
    """How often a ceiling counts: once, or once for each partner when the round says that it is per government."""
    per_government = rules.get("ceiling_scope", {}).get("scope") == GOVERNMENT
    return max(1, partners) if per_government else 1


def asked_of(indicator: IndicatorTerms, planned: int | None, governments: int = 1) -> Asked:
    """Units of an indicator line as they are counted."""
    most, ceiling = indicator.max_units, indicator.terms.ceiling
    return Asked(
        indicator.terms.action_id,
        planned,
        indicator.unit_amount,
        None if most is None else most * governments,
        None if ceiling is None else ceiling * governments,
    )


def in_order(line: ApplicationLine) -> tuple[Any, ...]:
    """Sorts lines by priority, then by action and line of the terms."""
    indicator = line.indicator
    return (line.priority is None, line.priority or 0, indicator.terms.action.number, indicator.line, line.pk)


def applications() -> QuerySet[Application]:
    """Applications with their call, round and applicant; extensions and members follow in two queries."""
    found: QuerySet[Application] = Application.objects.select_related(
        "call__round__programme", "applicant", "eligibility_decision"
    )
    return found.prefetch_related("call__extensions", Prefetch("members", _members().select_related("organisation")))


def _members() -> QuerySet[Member]:
    """Who takes part, the applicant first."""
    return Member.objects.filter(state__in=TAKING_PART).order_by("-is_applicant", "pk")


def _members_of() -> QuerySet[Member]:
    return _members().filter(application=Given("application"))


def _asked() -> QuerySet[Application]:
    return applications().prefetch_related(None).filter(pk=Given("pk"))


_APPLICATION = Prepared(_asked)
_LOCKED = Prepared(lambda: _asked().select_for_update(of=("self",)))
_MEMBERS = Prepared(lambda: _members_of().select_related("organisation"))
_LINES = Prepared(
    lambda: (
        with_newest(ApplicationLine.objects.filter(application=Given("application")))
        .select_related("indicator__terms__action")
        .defer("indicator__provenance", "indicator__terms__provenance")
    )
)
_SHARES = Prepared(lambda: LineShare.objects.filter(line__application=Given("application")))
_EXPLANATIONS = Prepared(lambda: ActionExplanation.objects.filter(application=Given("application")))
_INCENTIVES = Prepared(
    lambda: (
        Incentive.objects.filter(application=Given("application"))
        .select_related("organisation", "action")
        .order_by("kind", "pk")
    )
)
_ATTACHMENTS = Prepared(
    lambda: (
        Attachment.objects.filter(application=Given("application"), amendment=None)
        .select_related("member__organisation")
        .order_by("kind", "pk")
    )
)
_CLAIMS = Prepared(
    lambda: (
        ActionClaim.objects.filter(call=Given("call"), organisation__in=_members_of().values("organisation"))
        .exclude(application=Given("application"))
        .order_by("organisation_id", "action_id")
        .values_list("organisation_id", "action_id")
    )
)


def application_or_404(pk: int) -> Application:
    """An application as ``filled`` needs it, with its call, extensions and members.

    Raises:
        Http404: when there is none.
    """
    return _with_others(stored_or_404(pk))


def stored_or_404(pk: int) -> Application:
    """An application with its call, round and applicant, for who reads the rest later.

    Raises:
        Http404: when there is none.
    """
    return _APPLICATION.or_404(pk=pk)


def locked_application(application: Application) -> Application:
    """The application as it is now; nobody else writes it until the end of the transaction."""
    return _with_others(_LOCKED.or_404(pk=application.pk))


def _with_others(application: Application) -> Application:
    attach(application.call, "extensions", EXTENSIONS)
    attach(application, "members", _MEMBERS)
    return application


def filled(application: Application) -> Filled:
    """Read the rest of an application that comes from ``application_or_404``."""
    found = Filled(application, rule_values(application.call.round))
    found.members = list(application.members.all())
    found.lines = _LINES.of(application, "application")
    found.sort()
    if found.together:
        found.shares = _shares(found)
    found.explanations = {text.action_id: text for text in _EXPLANATIONS.of(application, "application")}
    found.incentives = _INCENTIVES.of(application, "application")
    found.attachments = _ATTACHMENTS.of(application, "application")
    if application.state == ApplicationState.QUESTIONED:
        found.question = open_question(application)
    found.taken = _CLAIMS.rows(call=found.call.pk, application=application.pk)
    return found


def _shares(found: Filled) -> dict[tuple[int, int], LineShare]:
    """The shares by line and member, tied to the lines and members that were read already."""
    lines, members = {line.pk: line for line in found.lines}, {member.pk: member for member in found.members}
    rows = _SHARES.rows(application=found.application.pk)
    shares = {(share.line_id, share.member_id): share for share in rows if share.member_id in members}
    for (line, member), share in shares.items():
        share.line, share.member = lines[line], members[member]
    return shares


def with_newest(lines: QuerySet[ApplicationLine]) -> QuerySet[ApplicationLine]:
    """The lines, each with ``newest_version``: the number of the newest published version of its terms."""
    published = ActionTerms.objects.filter(
        action=OuterRef("indicator__terms__action"),
        round=OuterRef("indicator__terms__round"),
        state=TermsState.PUBLISHED,
    )
    return lines.annotate(newest_version=Subquery(published.order_by("-version").values("version")[:1]))


def is_behind(line: ApplicationLine) -> bool:
    """Whether a newer version of its terms was published; of a line that was just made never."""
    newest = getattr(line, "newest_version", None)
    return newest is not None and newest != line.indicator.terms.version


def offered(of_round: Round) -> list[IndicatorTerms]:
    """The indicator lines that can be asked in a round: of subsidised actions, as last published, by action.

    Two queries. What the terms do not say about subsidy is not offered.
    """
    terms = ActionTerms.objects.filter(round=of_round, state=TermsState.PUBLISHED)
    newest = {found.action_id: found.pk for found in terms.order_by("version").only("pk", "action_id")}
    lines = IndicatorTerms.objects.filter(terms__in=newest.values(), terms__subsidised=True)
    ordered = lines.select_related("terms__action__objective")
    return list(ordered.order_by("terms__action__objective__number", "terms__action__number", "line"))


def place_of(indicator: IndicatorTerms) -> tuple[int, int]:
    """What names an indicator line in every version of the terms: the action and the number of the line."""
    return indicator.terms.action_id, indicator.line
