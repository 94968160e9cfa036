"""What this room adds to the pages of governments and of actions."""

from __future__ import annotations

from draad.applications.keys import organisation_key
from draad.applications.models import CallState
from draad.applications.queries.calls import calls, standing
from draad.applications.queries.listed import mentors_of, mentorships_of, namings_of
from draad.findings.sections import section_about
from draad.organisations.models import Organisation
from draad.programmes.models import Action, Round
from draad.web.sections import Section


def listed_section(organisation: Organisation) -> Section | None:
    """Where the printed lists name an organisation."""
    namings, mentorships = namings_of(organisation), mentorships_of(organisation)
    if not namings and not mentorships:
        return None
    context = {"namings": namings, "mentorships": mentorships}
    return Section("applications/of_government.html", context)


def government_findings(organisation: Organisation) -> Section | None:
    """The findings about an organisation."""
    return section_about([organisation_key(organisation)])


def mentors_section(action: Action) -> Section | None:
    """Who mentors others for an action."""
    mentors = mentors_of(action)
    return Section("applications/of_action.html", {"mentors": mentors}) if mentors else None


def call_section(of_round: Round) -> Section | None:
    """The call of a round, once governments may know of it."""
    call = calls().filter(round=of_round).exclude(state=CallState.DRAFT).first()
    return Section("applications/call/of_round.html", {"standing": standing(call)}) if call else None


def call_setup_section(of_round: Round) -> Section:
    """The way to the call of a round for who sets it up."""
    call = calls().filter(round=of_round).first()
    context = {"of_round": of_round, "standing": standing(call) if call else None}
    return Section("applications/call/of_setup.html", context)
