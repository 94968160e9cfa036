"""Who may use the routes of this room; the views show a person the own jobs only, an administrator all."""

from draad.accounts.guards import SIGNED_IN, Guard

ACCESS: dict[str, Guard] = {
    "jobs:list": SIGNED_IN,
    "jobs:job": SIGNED_IN,
    "jobs:file": SIGNED_IN,
    "jobs:cancel": SIGNED_IN,
    "jobs:begin_again": SIGNED_IN,
}
