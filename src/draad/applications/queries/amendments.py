"""What can be changed after the decision, how it stands now, and the requests to change it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.applications.models import Amendment, AmendmentState, Application, Decision, GrantLine, Outcome
from draad.applications.policies.fields import PLAIN, line_field
from draad.documents.iban import grouped_iban
from draad.web.formatting import number

KEPT = ("contact_name", "contact_email", "contact_phone", "iban", "account_holder")
"""Columns of the application that an accepted request changes."""
WORDS: Mapping[str, Any] = {
    "members": gettext_lazy("leden van de samenwerking"),
    "explanation": gettext_lazy("toelichting of iets anders"),
}
"""What is asked in words and only noted: nothing of what was decided changes by it."""


@dataclass(frozen=True)
class Place:
    """Something that can be changed: the name of its field, what it is called, and what holds now.

    ``most`` is the highest number that can be asked, for units: what holds now.
    """

    field: str
    label: str
    value: str | int
    most: int | None = None

    @property
    def text(self) -> str:
        """What holds now, as it is read and typed."""
        return shown(self.field, self.value)


def shown(field: str, value: str | int) -> str:
    """A value of a request as people read it."""
    if isinstance(value, int):
        return number(value)
    return grouped_iban(value) if field == "iban" else value


def places_of(application: Application) -> list[Place]:
    """All that can be asked to change, as it stands now: contact, account, units of granted lines, and words."""
    plain = [Place(name, _capital(PLAIN[name]), getattr(application, name)) for name in KEPT]
    agreed = agreed_units(application)
    units = [
        Place(line_field(part.line_id, "planned"), _line(part), agreed[part.line_id], agreed[part.line_id])
        for part in _granted(application)
        if part.line_id in agreed
    ]
    return [*plain, *units, *(Place(name, _capital(label), "") for name, label in WORDS.items())]


def agreed_units(application: Application) -> dict[int, int]:
    """The units that hold by line (primary key): as granted, or as the latest accepted request says.

    A line of which no units are known is not in it.
    """
    found = {part.line_id: part.units for part in _granted(application) if part.units is not None}
    accepted = Amendment.objects.filter(application=application, state=AmendmentState.ACCEPTED).order_by("answered_at")
    fields = {line_field(line, "planned"): line for line in found}
    for amendment in accepted:
        found |= {fields[c["field"]]: c["after"] for c in amendment.changes if c["field"] in fields}
    return found


def _granted(application: Application) -> list[GrantLine]:
    """The lines of the standing decision that were granted, in order of priority."""
    parts = GrantLine.objects.filter(decision__application=application, decision__standing=True)
    rows = parts.exclude(outcome=Outcome.REFUSED).select_related("line__indicator__terms__action")
    return list(rows.order_by("line__priority", "line"))


def _line(part: GrantLine) -> str:
    indicator = part.line.indicator
    return _("Eenheden van actie %(action)s, %(line)s") % {
        "action": indicator.terms.action.number,
        "line": indicator.label,
    }


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def standing_grant(application: Application) -> Decision | None:
    """The published decision that gives something; None when nothing was granted, or nothing decided."""
    found: Decision | None = Decision.objects.filter(application=application, standing=True, granted__gt=0).first()
    return found


def amendments() -> QuerySet[Amendment]:
    """Requests with what their pages need, the newest first."""
    found: QuerySet[Amendment] = Amendment.objects.select_related(
        "application__applicant", "application__call__round__programme", "requested_by", "answered_by"
    )
    return found.order_by("-requested_at", "-pk")


@dataclass(frozen=True)
class Changed:
    """One change of a request, as people read it."""

    label: str
    before: str
    after: str


def changes_of(amendment: Amendment) -> list[Changed]:
    """The changes of a request in its order."""
    return [
        Changed(one["label"], shown(one["field"], one["before"]), shown(one["field"], one["after"]))
        for one in amendment.changes
    ]
