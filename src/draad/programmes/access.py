"""Who may use the routes of this room."""

from draad.accounts.guards import EVERYONE, MANAGERS, Guard, held_by
from draad.programmes.actions.measurelinks import LINKING

ACCESS: dict[str, Guard] = {
    "programmes:programme": EVERYONE,
    "programmes:action": EVERYONE,
    "programmes:versions": EVERYONE,
    "programmes:round": EVERYONE,
    "programmes:compare": EVERYONE,
    "programmes:setups": MANAGERS,
    "programmes:setup_new": MANAGERS,
    "programmes:setup": MANAGERS,
    "programmes:setup_change": MANAGERS,
    "programmes:setup_remove": MANAGERS,
    "programmes:objective_add": MANAGERS,
    "programmes:objective_change": MANAGERS,
    "programmes:objective_remove": MANAGERS,
    "programmes:action_add": MANAGERS,
    "programmes:action_change": MANAGERS,
    "programmes:action_remove": MANAGERS,
    "programmes:round_add": MANAGERS,
    "programmes:round_change": MANAGERS,
    "programmes:round_remove": MANAGERS,
    "programmes:round_setup": MANAGERS,
    "programmes:rules_copy": MANAGERS,
    "programmes:terms_copy": MANAGERS,
    "programmes:rule": MANAGERS,
    "programmes:rule_remove": MANAGERS,
    "programmes:measure_links": held_by(*LINKING),
    "programmes:manage": MANAGERS,
    "programmes:terms_history": MANAGERS,
    "programmes:terms_start": MANAGERS,
    "programmes:terms_edit": MANAGERS,
    "programmes:terms_preview": MANAGERS,
    "programmes:terms_publish": MANAGERS,
    "programmes:terms_discard": MANAGERS,
}
