"""What a search of the whole site finds among the findings."""

from __future__ import annotations

from django.utils.translation import gettext as _

from draad.findings.models import FindingState
from draad.findings.queries import all_findings
from draad.web.search import Hit

MOST_HITS = 20


def search(text: str) -> list[Hit]:
    """The findings that still stand and whose text holds every word."""
    words = text.casefold().split()
    if not words:
        return []
    standing = all_findings().exclude(state=FindingState.GONE)
    hits = [
        Hit(finding.title, _("bevinding"), finding.get_absolute_url(), finding.sentence)
        for finding in standing
        if all(word in f"{finding.title} {finding.sentence}".casefold() for word in words)
    ]
    return hits[:MOST_HITS]
