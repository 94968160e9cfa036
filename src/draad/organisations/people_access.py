"""Who may use the routes of people administration; what they may do there stands in ``people_policies``."""

from draad.accounts.guards import MANAGERS, Guard

PEOPLE_ACCESS: dict[str, Guard] = {
    "organisations:people": MANAGERS,
    "organisations:person": MANAGERS,
    "organisations:invite": MANAGERS,
    "organisations:invite_again": MANAGERS,
    "organisations:grant_role": MANAGERS,
    "organisations:end_role": MANAGERS,
    "organisations:deactivate": MANAGERS,
    "organisations:reactivate": MANAGERS,
    "organisations:reset_second_factor": MANAGERS,
}
