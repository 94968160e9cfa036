"""What this room adds to the pages of governments and of actions."""

from __future__ import annotations

from django.utils.translation import gettext as _

from draad.applications.granttables import action_grants_table, government_grants_table
from draad.applications.keys import organisation_key
from draad.applications.models import CallState
from draad.applications.queries.calls import calls, standing
from draad.applications.queries.granted import granted_for, granted_to, grants_by_application
from draad.applications.queries.listed import mentors_of, mentorships_of, namings_of
from draad.findings.sections import section_about
from draad.organisations.models import Organisation
from draad.programmes.models import Action, Round
from draad.web.sections import Section
from draad.web.tables import BoundTable


def listed_section(organisation: Organisation) -> Section | None:
    """Where the printed lists name an organisation."""
    namings, mentorships = namings_of(organisation), mentorships_of(organisation)
    if not namings and not mentorships:
        return None
    context = {"namings": namings, "mentorships": mentorships}
    return Section("applications/of_government.html", context)


def grants_section(organisation: Organisation) -> Section | None:
    """What an organisation was granted, alone and in partnerships."""
    grants = grants_by_application(granted_to(organisation))
    if not grants:
        return None
    note = _(
        "Het aandeel in een samenwerking volgt uit de geplande eenheden van elk lid; de aanvrager ontvangt alles."
    )
    return Section(
        "applications/grants.html", {"table": BoundTable(government_grants_table(grants), "", {}), "note": note}
    )


def action_grants_section(action: Action) -> Section | None:
    """What was granted for an action, by round."""
    grants = granted_for(action)
    if not grants:
        return None
    return Section("applications/grants.html", {"table": BoundTable(action_grants_table(grants), "", {})})


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
