"""The part of a page that shows the findings about its object."""

from __future__ import annotations

from collections.abc import Iterable

from draad.findings.queries import findings_about
from draad.web.sections import Section


def section_about(keys: Iterable[str], *, without: str = "") -> Section | None:
    """The findings about an object that still stand, or None when there are none.

    Args:
        keys: of the object.
        without: a rule whose findings stand elsewhere on the page.
    """
    found = [finding for finding in findings_about(keys) if finding.rule != without]
    return Section("findings/section.html", {"findings": found}) if found else None
