"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, Guard

ACCESS: dict[str, Guard] = {
    "organisations:governments": EVERYONE,
    "organisations:government": EVERYONE,
    "organisations:areas": EVERYONE,
}
