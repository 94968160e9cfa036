"""What can be changed after the decision, how it stands now, and the requests to change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.applications.models import Amendment, Application, Decision, GrantLine
from draad.applications.policies.fields import PLAIN, line_field
from draad.applications.queries.agreed import Agreement, agreement_of
from draad.applications.queries.members import GOVERNING, partners_on
from draad.documents.iban import grouped_iban
from draad.organisations.models import Organisation
from draad.organisations.queries import valid_on
from draad.web.formatting import number

KEPT = ("contact_name", "contact_email", "contact_phone", "iban", "account_holder")
"""Columns of the application that an accepted request changes."""
WORDS: Mapping[str, Any] = {"explanation": gettext_lazy("toelichting of iets anders")}
"""What is asked in words and only noted: nothing of what was decided changes by it."""
MEMBER, JOINS = "member", "joins"
STAYS, LEAVES = "", "leaves"
Choices = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Place:
    """Something that can be changed: the name of its field, what it is called, and what holds now.

    ``most`` is the highest number of units that the terms pay, None without a ceiling; ``unit_amount`` the euro for
    one; ``choices`` are the values that can be chosen, when not any text goes.
    """

    field: str
    label: str
    value: str | int
    most: int | None = None
    unit_amount: Decimal | None = None
    choices: Choices = ()

    @property
    def text(self) -> str:
        """What holds now, as it is read and typed."""
        return self.value if self.choices and isinstance(self.value, str) else shown(self.field, self.value)

    @property
    def counts(self) -> bool:
        """Whether it is a number of units."""
        return isinstance(self.value, int)


def shown(field: str, value: str | int) -> str:
    """A value of a request as people read it."""
    if isinstance(value, int):
        return number(value)
    if field.startswith(f"{MEMBER}:"):
        return _("stapt uit") if value == LEAVES else _("doet mee")
    return grouped_iban(value) if field == "iban" else value


def member_field(member: int) -> str:
    """The name of whether a member (primary key) goes on."""
    return f"{MEMBER}:{member}"


def places_of(application: Application, agreement: Agreement | None = None) -> list[Place]:
    """All that can be asked to change, as it stands now: contact, account, units of granted lines, members, words.

    Args:
        application: what was granted.
        agreement: what is agreed, when it was read already.
    """
    plain = [Place(name, capfirst(str(PLAIN[name])), getattr(application, name)) for name in KEPT]
    agreement = agreement or agreement_of(application)
    units = [
        Place(line_field(part.line_id, "planned"), _line(part), agreement.units[part.line_id],
              agreement.most_units(part), part.line.indicator.unit_amount)
        for part in agreement.parts
        if part.line_id in agreement.units
    ]  # fmt: skip
    words = [Place(name, capfirst(str(label)), "") for name, label in WORDS.items()]
    return [*plain, *units, *_members(application), *words]


def _members(application: Application) -> list[Place]:
    there = [one for one in partners_on(application) if not one.is_applicant]
    taking = {application.applicant_id, *(one.organisation_id for one in there)}
    choices = [(STAYS, _("blijft lid")), (LEAVES, _("stapt uit"))]
    found = [Place(member_field(one.pk), str(one.organisation), STAYS, choices=choices) for one in there]
    governments = Organisation.objects.filter(valid_on(timezone.localdate()), kind__in=GOVERNING)
    others = [(str(one.pk), one.name) for one in governments.exclude(pk__in=taking).order_by("name")]
    return [*found, Place(JOINS, _("Nieuw lid"), "", choices=[("", "–"), *others])]


def _line(part: GrantLine) -> str:
    indicator = part.line.indicator
    return _("Actie %(action)s, %(line)s") % {
        "action": indicator.terms.action.number,
        "line": indicator.label,
    }


def standing_grant(application: Application) -> Decision | None:
    """The published decision that gives something; None when nothing was granted, or nothing decided."""
    found: Decision | None = Decision.objects.filter(application=application, standing=True, granted__gt=0).first()
    return found


def amendments() -> QuerySet[Amendment]:
    """Requests with what their pages need, the newest first."""
    found: QuerySet[Amendment] = Amendment.objects.select_related(
        "application__applicant", "application__call__round__programme", "requested_by", "checked_by", "answered_by"
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
        Changed(one["label"], shown(one["field"], one["before"]), one.get("says") or shown(one["field"], one["after"]))
        for one in amendment.changes
    ]
