"""Pages about the person who signed in, and the audit."""

from draad.accounts.views.audit import audit_event, audit_list, audit_state
from draad.accounts.views.me import change_language, me

__all__ = ["audit_event", "audit_list", "audit_state", "change_language", "me"]
