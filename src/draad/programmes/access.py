"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, MANAGERS, Guard

ACCESS: dict[str, Guard] = {
    "programmes:programme": EVERYONE,
    "programmes:action": EVERYONE,
    "programmes:versions": EVERYONE,
    "programmes:round": EVERYONE,
    "programmes:compare": EVERYONE,
    "programmes:manage": MANAGERS,
    "programmes:terms_history": MANAGERS,
    "programmes:terms_start": MANAGERS,
    "programmes:terms_edit": MANAGERS,
    "programmes:terms_preview": MANAGERS,
    "programmes:terms_publish": MANAGERS,
    "programmes:terms_discard": MANAGERS,
}
