"""What is handed in, as plain data: the same application gives the same text, and the text its hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.utils import timezone

from draad.applications.models import (
    ActionClaim,
    Application,
    ApplicationLine,
    Attachment,
    Incentive,
    Member,
    Submission,
)
from draad.applications.queries.eligibility import Eligibility
from draad.applications.queries.form import Filled
from draad.organisations.queries import timeline
from draad.programmes.models import Action
from draad.programmes.rules import RULES, rule_of
from draad.web.prepared import Given, Prepared

FORMAT = 1
"""Which reading of the content this is; a later format has a higher number."""
CONTACT = (
    "contact_name",
    "contact_email",
    "contact_phone",
    "iban",
    "account_holder",
    "cofinancing_confirmed",
    "remarks",
)
Content = dict[str, Any]


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one text of a content: JSON with sorted names, without spaces, in UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def hash_of(content: Mapping[str, Any]) -> str:
    """The SHA-256 of that text."""
    return sha256(canonical(content)).hexdigest()


def content_of(form: Filled, eligibility: Eligibility, *, number: int, at: datetime, by: str) -> Content:
    """All that is handed in, in plain values: amounts as text with two decimals, days and moments as ISO 8601.

    Args:
        form: the application as it stands.
        eligibility: what is known of the inhabitants of its members.
        number: which submission of the application this is.
        at: the moment.
        by: the name of who hands it in.

    Sentences of rules are in the language that is active: what is kept is made in Dutch.
    """
    return {
        "format": FORMAT,
        "example": form.call.example,
        "programme": form.round.programme.name,
        "round": form.round.number,
        "application": form.application.number,
        "submission": number,
        "submitted_at": timezone.localtime(at).isoformat(),
        "submitted_by": by,
        "rules": [_rule(key, form.rules[key]) for key in RULES if key in form.rules],
        "members": [_member(member, eligibility) for member in form.partners],
        "eligibility": _eligibility(eligibility),
        "lines": [_line(form, line) for line in form.lines],
        "explanations": [_explanation(form, action) for action in form.actions if action.pk in form.explanations],
        "incentives": [_incentive(incentive) for incentive in form.incentives],
        "requested": _amount(form.application.requested),
        **_contact(form.application),
        "cofinancing_statement": form.call.cofinancing_statement,
        "attachments": [_attachment(file) for file in form.attachments],
    }


def _contact(application: Application) -> Content:
    return {name: getattr(application, name) for name in CONTACT}


def _rule(key: str, parameters: Mapping[str, Any]) -> Content:
    return {"key": key, "parameters": dict(parameters), "sentence": rule_of(key).sentence(parameters)}


def _member(member: Member, eligibility: Eligibility) -> Content:
    place = timeline().territory_near(member.organisation_id, timezone.localdate())
    counts = {count.member.pk: count.persons for count in eligibility.counts}
    persons = counts.get(member.pk)
    return {
        "name": member.organisation.name,
        "kbo": member.organisation.kbo,
        "nis": place.nis if place else None,
        "applicant": member.is_applicant,
        "exception": member.exception,
        "accepted_at": timezone.localtime(member.responded_at).isoformat() if member.responded_at else None,
        "inhabitants": persons if isinstance(persons, int) else None,
    }


def _eligibility(found: Eligibility) -> Content:
    return {
        "verdict": str(found.verdict),
        "headline": found.headline,
        "sentences": list(found.sentences),
        "threshold": found.threshold,
        "origin": found.origin,
        "reference_date": found.reference_date.isoformat() if found.reference_date else None,
    }


def _line(form: Filled, line: ApplicationLine) -> Content:
    indicator = line.indicator
    return {
        "priority": line.priority,
        "action": indicator.terms.action.number,
        "title": indicator.terms.action.title,
        "terms_version": indicator.terms.version,
        "line": indicator.line,
        "label": indicator.label,
        "existing": line.existing,
        "planned": line.planned,
        "unit_amount": _amount(indicator.unit_amount),
        "most_units": form.asked(line).most_units,
        "amount": _amount(line.amount),
        "shares": [
            {"name": member.organisation.name, "planned": share.planned, "amount": _amount(share.amount)}
            for member in form.partners
            if (share := form.shares.get((line.pk, member.pk)))
        ],
    }


def _explanation(form: Filled, action: Action) -> Content:
    return {"action": action.number, "title": action.title, "text": form.explanations[action.pk].text}


def _incentive(incentive: Incentive) -> Content:
    return {
        "kind": incentive.kind,
        "organisation": incentive.organisation.name,
        "action": incentive.action.number if incentive.action else None,
        "amount": _amount(incentive.amount),
    }


def _attachment(file: Attachment) -> Content:
    return {
        "kind": file.kind,
        "title": file.title,
        "file_name": file.file_name,
        "member": file.member.organisation.name if file.member else None,
        "size": file.size,
        "sha256": file.sha256,
    }


def _amount(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def claims_of(form: Filled) -> list[ActionClaim]:
    """Which government asks for which action, as it is kept so that nobody asks it twice."""
    organisations = {member.organisation_id: member.organisation for member in form.members}
    actions = {action.pk: action for action in form.actions}
    return [
        ActionClaim(
            application=form.application, call=form.call, organisation=organisations[one], action=actions[action]
        )
        for one, action in sorted(form.asking)
    ]


def claimed_elsewhere(form: Filled) -> list[ActionClaim]:
    """The claims of other applications on the same actions for the same governments."""
    organisations, actions = {one for one, _action in form.claimed}, {action for _one, action in form.claimed}
    stored = ActionClaim.objects.filter(call=form.call, organisation__in=organisations, action__in=actions)
    found = stored.select_related("organisation", "action", "application__applicant").order_by("pk")
    others = found.exclude(application=form.application)
    return [claim for claim in others if (claim.organisation_id, claim.action_id) in form.claimed]


_STANDING = Prepared(lambda: Submission.objects.filter(application=Given("application"), withdrawn_at=None))
_LAST_NUMBER: Prepared[int] = Prepared(
    lambda: (
        Submission.objects.filter(application=Given("application"))
        .order_by("-number")
        .values_list("number", flat=True)[:1]
    )
)


def standing_submission(application: Application) -> Submission | None:
    """What was handed in last and not taken back."""
    return _STANDING.first(application=application.pk)


def next_number(application: Application) -> int:
    """The number of what is handed in next: 1 for the first."""
    return (_LAST_NUMBER.first(application=application.pk) or 0) + 1
