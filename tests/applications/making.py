"""What tests of the life of an application start from: an open call of round 1, people of governments, drafts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.test import Client

from draad.accounts import audit
from draad.accounts.actor import Actor, actor_of, system
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.applications.actions.callreasons import first_reasons
from draad.applications.models import (
    Application,
    ApplicationLine,
    ApplicationState,
    Call,
    CallState,
    Member,
    MemberState,
)
from draad.organisations.models import Membership, Organisation, PopulationFigure, PopulationGroup
from draad.organisations.queries import government_named, timeline
from draad.programmes.models import IndicatorTerms, Round

BY = system("test")
OPENS = datetime(2022, 4, 30, 22, tzinfo=UTC)  # 1 May, midnight in Brussels
DURING = datetime(2022, 6, 15, 10, tzinfo=UTC)
CLOSES = datetime(2022, 7, 1, 22, tzinfo=UTC)  # 2 July, midnight in Brussels: 1 July is the last day
DAY = date(2022, 6, 15)


def enter(who: Actor) -> Client:
    """A browser in which a person is signed in."""
    client = Client()
    client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")  # type: ignore[arg-type]  # a person
    return client


def round_one() -> Round:
    """Round 1 of Plan Samenleven, with the terms and rules of the facts."""
    found: Round = Round.objects.select_related("programme").get(programme__slug="plan-samenleven", number=1)
    return found


def make_call(**values: Any) -> Call:
    """The published call of round 1 (or of another ``round``), open from 1 May to 1 July 2022."""
    given = {
        "round": round_one(),
        "state": CallState.PUBLISHED,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "published_at": OPENS,
        "contact_name": "Team Samenleven",
        "contact_email": "samenleven@example.org",
        "cofinancing_statement": "Het bestuur betaalt de andere helft van de kost.",
        "payer_name": "Agentschap",
        "payer_iban": "BE68539007547034",
        "payer_bic": "GKCCBEBB",
    } | values
    with audit.recording(by=BY) as log:
        made = log.create(Call(**given), verb="test.call")
        log.create_many(first_reasons(made), verb="test.reason")
    return made


def government(name: str) -> Organisation:
    """The government with that name during the call."""
    return government_named(name, DAY)


def person(
    role: Role, organisation: str | Organisation = "Agentschap Binnenlands Bestuur", *, mark: str = ""
) -> Actor:
    """Somebody who holds a role for an organisation since 2020; ``mark`` tells two such people apart."""
    held_for = organisation if isinstance(organisation, Organisation) else government_named(organisation, DAY)
    user, _ = User.objects.get_or_create(
        email=f"{role}.{held_for.slug}{mark}@example.org", defaults={"name": f"{role} {held_for.name}{mark}"}
    )
    if not Membership.objects.filter(user=user, role=role, organisation=held_for).exists():
        with audit.recording(by=BY) as log:
            grant = Membership(user=user, organisation=held_for, role=role, valid_from=date(2020, 1, 1))
            log.create(grant, verb="test.grant")
    return actor_of(user)


def indicator(action: int, line: int = 1) -> IndicatorTerms:
    """An indicator line of the newest published terms of an action in round 1."""
    found: IndicatorTerms = IndicatorTerms.objects.filter(
        terms__round=round_one(), terms__action__number=action, terms__state="published", line=line
    ).latest("terms__version")
    return found


def make_application(
    call: Call,
    applicant: str | Organisation = "Gent",
    lines: Mapping[int, tuple[int, int | None]] | None = None,
    *,
    state: str = ApplicationState.DRAFT,
    members: tuple[str, ...] = (),
    **values: Any,
) -> Application:
    """An application with contact and account filled in.

    Args:
        call: its call.
        applicant: who applies.
        lines: by number of action (first line of its terms): priority and planned units.
        state: the state it is in.
        members: further governments that accepted.
        values: other columns.
    """
    organisation = applicant if isinstance(applicant, Organisation) else government(applicant)
    number = Application.objects.filter(call=call).count() + 1
    given: dict[str, Any] = {
        "contact_name": "Ans Aanvraag",
        "contact_email": "ans@example.org",
        "iban": "BE68539007547034",
        "account_holder": organisation.name,
        "cofinancing_confirmed": True,
        "created_at": DURING,
        "saved_at": DURING,
        "submitted_at": None if state == ApplicationState.DRAFT else DURING,
    } | values
    with audit.recording(by=BY) as log:
        made = Application(call=call, applicant=organisation, number=number, state=state, **given)
        log.create(made, verb="test.application")
        accepted = {"application": made, "state": MemberState.ACCEPTED, "invited_at": DURING, "responded_at": DURING}
        log.create(Member(organisation=organisation, is_applicant=True, **accepted), verb="test.member")
        for name in members:
            log.create(Member(organisation=government(name), **accepted), verb="test.member")
        total = Decimal(0)
        for action, (priority, planned) in (lines or {}).items():
            terms = indicator(action)
            amount = None
            if planned is not None and terms.unit_amount is not None:
                most = planned if terms.max_units is None else min(planned, terms.max_units)
                amount = most * terms.unit_amount
                total += amount
            line = ApplicationLine(
                application=made, indicator=terms, priority=priority, existing=0, planned=planned, amount=amount
            )
            log.create(line, verb="test.line")
        log.change(made, verb="test.total", requested=total if lines else None)
    return made


def inhabitants(name: str, persons: int, *, group: str = PopulationGroup.NON_EU15) -> PopulationFigure:
    """Set how many inhabitants of foreign origin a government had on 1 January 2021."""
    territory = timeline().territory_of(government(name).pk, DAY)
    assert territory is not None
    with audit.recording(by=BY) as log:
        figure = PopulationFigure(
            territory_id=territory.pk, reference_date=date(2021, 1, 1), group=group, persons=persons, source="test"
        )
        return log.create(figure, verb="test.population")
