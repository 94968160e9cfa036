"""Reads of findings that more than one page needs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from draad.accounts.freshness import while_unchanged
from draad.accounts.models import AuditEvent
from draad.findings.models import Finding, FindingState


def all_findings() -> QuerySet[Finding]:
    """Every finding, open ones first, with the number of comments (``n_comments``)."""
    rank = Case(
        When(state=FindingState.OPEN, then=Value(0)),
        When(state=FindingState.CLOSED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    counted: QuerySet[Finding] = Finding.objects.annotate(n_comments=Count("comments"))
    return counted.order_by(rank, "rule", "subject")


def findings_about(keys: Iterable[str]) -> list[Finding]:
    """The findings that still stand (open or closed) about one of these objects, open ones first."""
    return _about(tuple(keys))


@while_unchanged
def _about(keys: tuple[str, ...]) -> list[Finding]:
    """Remembered, because several parts of a page ask for the same."""
    rows = all_findings().filter(about__key__in=keys).exclude(state=FindingState.GONE)
    return list({finding.pk: finding for finding in rows}.values())


@while_unchanged
def findings_of(*rules: str) -> list[Finding]:
    """The findings of these rules that still stand, in the order of the rules; the home page shows some."""
    found = all_findings().filter(rule__in=rules).exclude(state=FindingState.GONE)
    return sorted(found, key=lambda finding: rules.index(finding.rule))


def history(finding: Finding) -> QuerySet[AuditEvent]:
    """What happened to a finding, the newest first."""
    return AuditEvent.objects.filter(object_type="findings.finding", object_key=str(finding.pk)).order_by("-number")
