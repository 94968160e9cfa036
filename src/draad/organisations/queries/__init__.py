"""Reads of organisations, territories and people; every look-up by date takes ``on``, a day in Brussels."""

from draad.organisations.queries.areas import (
    area_names,
    area_of,
    areas_on,
    members_of,
    province_of,
    provinces_of_governments,
)
from draad.organisations.queries.names import Found, UnknownNameError, find, government_named, name_on
from draad.organisations.queries.people import grants_of
from draad.organisations.queries.periods import holds, valid_on
from draad.organisations.queries.timeline import (
    Timeline,
    governments_on,
    nis_codes_on,
    predecessors_of,
    successor_of,
    territory_on,
    timeline,
)

__all__ = [
    "Found",
    "Timeline",
    "UnknownNameError",
    "area_names",
    "area_of",
    "areas_on",
    "find",
    "government_named",
    "governments_on",
    "grants_of",
    "holds",
    "members_of",
    "name_on",
    "nis_codes_on",
    "predecessors_of",
    "province_of",
    "provinces_of_governments",
    "successor_of",
    "territory_on",
    "timeline",
    "valid_on",
]
