"""Who may use the routes of this room."""

from draad.accounts.guards import Guard

ACCESS: dict[str, Guard] = {}
