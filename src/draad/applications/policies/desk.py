"""What the distribution desk allows: when, with which rule, and who puts forward and who approves."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.actor import Actor
from draad.accounts.transitions import Transition
from draad.applications.models import Call, DecisionListState, Scenario, ScenarioState
from draad.applications.queries.calls import latest
from draad.applications.queries.desk_claims import Desk
from draad.applications.queries.desk_division import Plan
from draad.methods.allocation import Rule
from draad.web.formatting import euro, moment

PUT_FORWARD = (ScenarioState.PROPOSED, ScenarioState.CHOSEN)


def divides_from(call: Call) -> datetime | None:
    """The moment from which nobody can submit any more, extensions included; None while no closing is set."""
    return latest(call.closes_at, call.extensions.all())


def check_divisible(call: Call, desk: Desk, now: datetime | None = None) -> None:
    """Refuse to divide before the call is closed for everybody, or while nothing is claimed.

    Raises:
        ValidationError: saying from when, or what is missing.
    """
    closes = divides_from(call)
    if closes is None or (now or timezone.now()) < closes:
        raise ValidationError(
            _("De oproep is nog niet voor iedereen gesloten. Verdelen kan vanaf %(when)s.")
            % {"when": moment(closes) or _("het sluiten van de oproep")}
        )
    if not desk.claims:
        raise ValidationError(_("Er is nog geen aanvraag die in aanmerking komt. Er is dus niets te verdelen."))


def check_plan(desk: Desk, plan: Plan) -> None:
    """Refuse a plan that asks what the claims do not have.

    Raises:
        ValidationError: with the field as key and a sentence that names how many lines are in the way.
    """
    if plan.reserved > plan.envelope:
        raise ValidationError(
            {"reserved": _("Dit is meer dan het budget van %(envelope)s.") % {"envelope": euro(plan.envelope)}}
        )
    if plan.rule is Rule.PRIORITY and (missing := sum(line.priority is None for line in desk.claims)):
        told = ngettext(
            "Op prioriteit kan niet: %(n)s lijn heeft geen prioriteit.",
            "Op prioriteit kan niet: %(n)s lijnen hebben geen prioriteit.",
            missing,
        )
        raise ValidationError({"rule": told % {"n": missing}})
    if plan.whole_units and (missing := sum(line.unit_amount is None for line in desk.claims)):
        told = ngettext(
            "Hele eenheden kan niet: %(n)s lijn heeft geen bedrag per eenheid.",
            "Hele eenheden kan niet: %(n)s lijnen hebben geen bedrag per eenheid.",
            missing,
        )
        raise ValidationError({"whole_units": told % {"n": missing}})


def check_pass(scenario: Scenario, transition: Transition) -> None:
    """Refuse a change that the state of a scenario does not allow.

    Raises:
        ValidationError: naming the state.
    """
    transition.check(scenario.state, scenario.get_state_display())


def check_there(scenario: Scenario | None, name: str) -> Scenario:
    """The scenario, unless somebody else threw it away meanwhile.

    Raises:
        ValidationError: saying so.
    """
    if scenario is None:
        raise ValidationError(_("“%(name)s” is intussen verwijderd.") % {"name": name})
    return scenario


def is_outdated(scenario: Scenario, desk: Desk) -> bool:
    """Whether the claims changed since the scenario was computed."""
    return scenario.claims_sha256 != desk.sha256


def check_current(scenario: Scenario, desk: Desk) -> None:
    """Refuse a scenario that was computed on other claims than today's.

    Raises:
        ValidationError: saying what to do.
    """
    if is_outdated(scenario, desk):
        raise ValidationError(
            _("De aanvragen zijn gewijzigd sinds “%(name)s” is berekend. Maak de verdeling opnieuw.")
            % {"name": scenario.name}
        )


def check_ready(desk: Desk) -> None:
    """Refuse to put forward while an advice, or the word on who comes into account, is missing.

    Raises:
        ValidationError: with how many are waiting.
    """
    problems = []
    if waiting := len(desk.without_advice):
        told = ngettext(
            "Het advies over %(n)s aanvraag is nog niet klaar. Leg voor als elk advies er is.",
            "Het advies over %(n)s aanvragen is nog niet klaar. Leg voor als elk advies er is.",
            waiting,
        )
        problems.append(told % {"n": waiting})
    if waiting := len(desk.undecided):
        told = ngettext(
            "Van %(n)s aanvraag is nog niet beslist of ze in aanmerking komt.",
            "Van %(n)s aanvragen is nog niet beslist of ze in aanmerking komen.",
            waiting,
        )
        problems.append(told % {"n": waiting})
    if problems:
        raise ValidationError(problems)


def check_reason(reason: str) -> None:
    """Refuse an empty reason.

    Raises:
        ValidationError: under the key ``reason``.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf waarom.")})


def check_alone(scenario: Scenario) -> None:
    """Refuse to put forward a second scenario of a call.

    Raises:
        ValidationError: naming the one that is put forward.
    """
    other = Scenario.objects.filter(call=scenario.call_id, state__in=PUT_FORWARD).exclude(pk=scenario.pk).first()
    if other:
        raise ValidationError(
            _("“%(name)s” is al %(state)s. Neem die eerst terug.")
            % {"name": other.name, "state": other.get_state_display()}
        )


def may_choose(scenario: Scenario, by: Actor) -> bool:
    """Whether somebody else put the scenario forward than who would approve it."""
    return by.user is None or scenario.proposed_by_id != by.user.pk


def check_second(scenario: Scenario, by: Actor) -> None:
    """Refuse that who put a scenario forward also approves it.

    Raises:
        PermissionDenied: asking for a second person.
    """
    if not may_choose(scenario, by):
        raise PermissionDenied(_("U legde deze verdeling voor. Iemand anders keurt ze goed."))


def check_before_decisions(call: Call) -> None:
    """Refuse to put forward once the decisions of the call are published.

    Raises:
        ValidationError: always then.
    """
    if call.decision_lists.filter(state=DecisionListState.PUBLISHED).exists():
        raise ValidationError(_("De beslissingen van deze ronde zijn al bekendgemaakt."))


def check_undecided(scenario: Scenario) -> None:
    """Refuse to take back what decisions are prepared from.

    Raises:
        ValidationError: saying to let the list lapse first.
    """
    if scenario.decision_lists.exclude(state=DecisionListState.DISCARDED).exists():
        raise ValidationError(
            _("Op deze verdeling is al een lijst van beslissingen gemaakt. Laat die eerst vervallen.")
        )


def check_never_used(scenario: Scenario) -> None:
    """Refuse to throw away what a list of decisions, lapsed or not, came from.

    Raises:
        ValidationError: saying that it stays.
    """
    if scenario.decision_lists.exists():
        raise ValidationError(_("Van deze verdeling is ooit een lijst van beslissingen gemaakt. Ze blijft bewaard."))
