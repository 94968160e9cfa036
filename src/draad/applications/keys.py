"""Keys of objects in findings: they stay the same when the database is filled anew."""

from __future__ import annotations

from draad.applications.models import ListedPartnership
from draad.organisations.models import Organisation


def organisation_key(organisation: Organisation) -> str:
    """The key of an organisation."""
    return f"organisation:{organisation.slug}"


def partnership_key(entry: ListedPartnership) -> str:
    """The key of a printed entry."""
    return f"partnership:{entry.round.programme.slug}/{entry.round.number}/{entry.position}"
