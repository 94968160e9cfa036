"""How the state of a finding changes: from which states, to which, who may, and what readers are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.transitions import NOTHING, StateTable, Transition, of
from draad.findings.models import FindingState

OPEN, CLOSED, GONE = FindingState.OPEN.value, FindingState.CLOSED.value, FindingState.GONE.value
CLOSING = frozenset([Role.ADMINISTRATOR])

CLOSE = Transition("close", _("Sluit af"), of(OPEN), CLOSED, "findings.finding.close", CLOSING,
                   _("De bevinding is afgesloten."))  # fmt: skip
REOPEN = Transition("reopen", _("Heropen"), of(CLOSED), OPEN, "findings.finding.reopen", CLOSING,
                    _("De bevinding is opnieuw open."))  # fmt: skip
# Only a computation makes a finding come, go or come back; an administrator asks for it.
ADD = Transition("add", _("Vind"), of(NOTHING), OPEN, "findings.finding.add", CLOSING,
                 _("De bevinding is gevonden."))  # fmt: skip
GO = Transition("go", _("Vind niet meer"), of([OPEN, CLOSED]), GONE, "findings.finding.go", CLOSING,
                _("De bevinding is niet meer gevonden."))  # fmt: skip
RETURN = Transition("return", _("Vind opnieuw"), of(GONE), OPEN, "findings.finding.return", CLOSING,
                    _("De bevinding is opnieuw gevonden."))  # fmt: skip

FINDING = (ADD, CLOSE, REOPEN, GO, RETURN)
TABLES = (StateTable("bevinding", _("Bevinding"), FindingState, FINDING),)

EVENTS = {transition.verb: transition.notice for transition in FINDING} | {
    "findings.finding.change": _("De waarden of de records zijn gewijzigd."),
}
