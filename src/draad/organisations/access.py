"""Who may use the routes of this room."""

from draad.accounts.guards import ADMINISTRATORS, EVERYONE, MANAGERS, Guard
from draad.organisations.people_access import PEOPLE_ACCESS

ACCESS: dict[str, Guard] = {
    "organisations:governments": EVERYONE,
    "organisations:government": EVERYONE,
    "organisations:areas": EVERYONE,
    "organisations:population": MANAGERS,
    "organisations:population_template": MANAGERS,
    "organisations:population_upload": MANAGERS,
    "organisations:boundaries": ADMINISTRATORS,
    "organisations:boundaries_remove": ADMINISTRATORS,
    **PEOPLE_ACCESS,
}
