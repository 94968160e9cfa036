"""Who may use the routes of this room and of allauth."""

from draad.accounts.guards import EVERYONE, SIGNED_IN, Guard

ACCESS: dict[str, Guard] = {
    "accounts:me": SIGNED_IN,
    "account_login": EVERYONE,
    "account_logout": EVERYONE,
}
