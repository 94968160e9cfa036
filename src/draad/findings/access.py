"""Who may use the routes of this room."""

from draad.accounts.guards import ADMINISTRATORS, EVERYONE, MANAGERS, Guard

ACCESS: dict[str, Guard] = {
    "findings:list": EVERYONE,
    "findings:finding": EVERYONE,
    "findings:comment": MANAGERS,
    "findings:close": ADMINISTRATORS,
    "findings:reopen": ADMINISTRATORS,
}
