"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, Guard

ACCESS: dict[str, Guard] = {
    "accountability:overviews": EVERYONE,
    "accountability:overview_file": EVERYONE,
}
