"""Who may use the routes of the public site."""

from draad.accounts.guards import EVERYONE, SIGNED_IN, Guard

ACCESS: dict[str, Guard] = {
    "health": EVERYONE,
    "robots": EVERYONE,
    "favicon": EVERYONE,
    "publication:home": EVERYONE,
    "publication:search": EVERYONE,
    "publication:work": SIGNED_IN,
    "publication:gallery": EVERYONE,
    "publication:counting": EVERYONE,
    "publication:accessibility": EVERYONE,
    "publication:privacy": EVERYONE,
}
