"""Turns an example application into the rows that a real one would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from draad.applications.example import ExampleApplication, ExampleIncentive, ExampleLine, ExampleRound
from draad.applications.models import (
    ActionClaim,
    Advice,
    Application,
    ApplicationLine,
    ApplicationState,
    Assessment,
    Call,
    Decision,
    DecisionList,
    EligibilityDecision,
    GrantIncentive,
    GrantLine,
    Incentive,
    LineAdvice,
    LineShare,
    Member,
    MemberState,
    Outcome,
)
from draad.organisations.models import Organisation
from draad.programmes.models import Action, IndicatorTerms

BRUSSELS = ZoneInfo("Europe/Brussels")
MADE_BEFORE = timedelta(days=3)


def at(on: date, hour: int = 10) -> datetime:
    """The moment at a full hour of a day in Brussels."""
    return datetime.combine(on, time(hour), BRUSSELS)


@dataclass(frozen=True)
class Setting:
    """What the applications of an example call rest on.

    Organisations are found by name, actions by number, indicator lines by number of action and line. Without a
    ``decision_list`` the applications stand at their advice. ``exclusive`` when one partnership is allowed,
    ``threshold`` when only who has enough inhabitants comes into account; ``why`` is the reason for less than asked,
    as decisions keep it, and ``why_in_words`` what explains it; ``last`` when no later round follows, so that the
    balances are still to be paid.
    """

    example: ExampleRound
    call: Call
    decision_list: DecisionList | None
    organisations: Mapping[str, Organisation]
    actions: Mapping[int, Action]
    indicators: Mapping[tuple[int, int], IndicatorTerms]
    exclusive: bool
    threshold: bool
    why: Mapping[str, str]
    why_in_words: str
    last: bool


@dataclass
class Dossier:
    """The rows of one application, in the order in which they can be stored."""

    applications: list[Application] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)
    lines: list[ApplicationLine] = field(default_factory=list)
    shares: list[LineShare] = field(default_factory=list)
    incentives: list[Incentive] = field(default_factory=list)
    claims: list[ActionClaim] = field(default_factory=list)
    eligibility: list[EligibilityDecision] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    advice: list[LineAdvice] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    grants: list[GrantLine] = field(default_factory=list)
    granted_incentives: list[GrantIncentive] = field(default_factory=list)


def dossier(example: ExampleApplication, setting: Setting) -> Dossier:
    """All rows of an application, none of them stored."""
    made = Dossier()
    application = _application(example, setting)
    made.applications = [application]
    made.assessments = [
        Assessment(
            application=application,
            started_at=at(setting.example.closes_on, hour=18),
            summary=_("Voorbeeld van een advies."),
            advised_at=at(setting.example.decided_on - MADE_BEFORE),
        )
    ]
    members = _members(example, application, setting)
    made.members = list(members.values())
    for line in example.lines:
        _add_line(made, line, members, setting)
    made.incentives = [_incentive(one, application, setting) for one in example.incentives]
    made.claims = _claims(example, application, setting)
    if setting.threshold:
        made.eligibility = [_eligible(application, setting)]
    if setting.decision_list is not None:
        _decide(made, example, setting, setting.decision_list)
    return made


def _application(example: ExampleApplication, setting: Setting) -> Application:
    return Application(
        call=setting.call,
        applicant=setting.organisations[example.applicant.name],
        number=example.number,
        state=ApplicationState.DECIDED if setting.decision_list else ApplicationState.ADVISED,
        created_at=min(member.accepted_at for member in example.members),
        saved_at=example.submitted_at,
        submitted_at=example.submitted_at,
        contact_name=example.contact_name,
        contact_email=example.contact_email,
        iban=example.iban,
        account_holder=example.applicant.name[:70],
        cofinancing_confirmed=True,
        requested=example.requested,
    )


def _members(example: ExampleApplication, application: Application, setting: Setting) -> dict[str, Member]:
    together = len(example.members) > 1
    return {
        member.body.name: Member(
            application=application,
            organisation=setting.organisations[member.body.name],
            is_applicant=member.body.name == example.applicant.name,
            state=MemberState.ACCEPTED,
            invited_at=member.accepted_at,
            responded_at=member.accepted_at,
            exclusive_in=setting.call if setting.exclusive and together and not member.carried else None,
            exception=_("samenwerking van ronde 1 loopt door") if setting.exclusive and member.carried else "",
        )
        for member in example.members
    }


def _add_line(made: Dossier, line: ExampleLine, members: Mapping[str, Member], setting: Setting) -> None:
    """The line, its shares and the advice."""
    stored = ApplicationLine(
        application=made.applications[0],
        indicator=setting.indicators[line.action, line.line],
        priority=line.priority,
        existing=line.existing,
        planned=line.planned,
        amount=line.requested,
    )
    made.lines.append(stored)
    made.shares += [
        LineShare(line=stored, member=members[share.member], planned=share.planned, amount=share.amount)
        for share in line.shares
    ]
    full = line.outcome == Outcome.GRANTED
    made.advice.append(
        LineAdvice(
            assessment=made.assessments[0],
            line=stored,
            advice=ADVICE_OF[Outcome(line.outcome)],
            units=line.granted_units if line.outcome == Outcome.PARTLY else None,
            reason="" if full else setting.why_in_words,
        )
    )


ADVICE_OF = {Outcome.GRANTED: Advice.GRANT, Outcome.PARTLY: Advice.PARTLY, Outcome.REFUSED: Advice.REFUSE}


def _incentive(one: ExampleIncentive, application: Application, setting: Setting) -> Incentive:
    return Incentive(
        application=application,
        kind=one.kind,
        organisation=setting.organisations[one.body],
        action=None if one.action is None else setting.actions[one.action],
        amount=one.amount,
    )


def _eligible(application: Application, setting: Setting) -> EligibilityDecision:
    return EligibilityDecision(
        application=application,
        eligible=True,
        reason=_("Voorbeeld: de inwoners van herkomst buiten de EU zijn niet gepubliceerd."),
        at=at(setting.example.closes_on, hour=18),
    )


def _claims(example: ExampleApplication, application: Application, setting: Setting) -> list[ActionClaim]:
    asked = dict.fromkeys((line.action, share.member) for line in example.lines for share in line.shares)
    return [
        ActionClaim(
            application=application,
            call=setting.call,
            organisation=setting.organisations[name],
            action=setting.actions[action],
        )
        for action, name in asked
    ]


def _decide(made: Dossier, example: ExampleApplication, setting: Setting, decision_list: DecisionList) -> None:
    """The decision, and what it grants per line and incentive."""
    decision = _decision(example, made.applications[0], setting, decision_list)
    made.decisions = [decision]
    made.grants = [
        _grant(line, stored, decision, setting) for line, stored in zip(example.lines, made.lines, strict=True)
    ]
    made.granted_incentives = [
        GrantIncentive(
            decision=decision,
            incentive=asked,
            outcome=Outcome.GRANTED,
            requested=asked.amount,
            amount=asked.amount,
        )
        for asked in made.incentives
    ]


def _grant(line: ExampleLine, stored: ApplicationLine, decision: Decision, setting: Setting) -> GrantLine:
    full = line.outcome == Outcome.GRANTED
    return GrantLine(
        decision=decision,
        line=stored,
        outcome=line.outcome,
        requested=line.requested,
        amount=line.granted,
        units=line.granted_units,
        reason="" if full else setting.why_in_words,
        **({} if full else setting.why),
    )


def _decision(
    example: ExampleApplication, application: Application, setting: Setting, decision_list: DecisionList
) -> Decision:
    full = example.granted == example.requested
    return Decision(
        decision_list=decision_list,
        application=application,
        outcome=Outcome.GRANTED if full else Outcome.PARTLY,
        reason="" if full else setting.why_in_words,
        requested=example.requested,
        granted=example.granted,
        iban=example.iban,
        account_holder=application.account_holder,
        standing=True,
        **({} if full else setting.why),
    )
