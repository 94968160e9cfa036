"""What this room adds to the pages of governments and of actions."""

from __future__ import annotations

from draad.applications.keys import organisation_key
from draad.applications.queries.listed import mentors_of, mentorships_of, namings_of
from draad.findings.sections import section_about
from draad.organisations.models import Organisation
from draad.programmes.models import Action
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
