"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, Guard

ACCESS: dict[str, Guard] = {
    "applications:partnerships": EVERYONE,
    "applications:partnership": EVERYONE,
    "applications:mentorships": EVERYONE,
}
