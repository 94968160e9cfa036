"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, Guard

ACCESS: dict[str, Guard] = {
    "figures:list": EVERYONE,
    "figures:figure": EVERYONE,
}
