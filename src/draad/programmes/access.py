"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, Guard

ACCESS: dict[str, Guard] = {
    "programmes:programme": EVERYONE,
    "programmes:action": EVERYONE,
    "programmes:round": EVERYONE,
    "programmes:compare": EVERYONE,
    "programmes:versions": EVERYONE,
}
