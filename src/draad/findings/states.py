"""How the state of a finding changes: from which states, to which, the audit verb, and what readers are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from draad.findings.models import FindingState


@dataclass(frozen=True)
class Transition:
    """An allowed change of state. Only a computation makes a finding go or come back."""

    before: frozenset[str]
    after: str
    verb: str
    notice: Any


OPEN, CLOSED, GONE = FindingState.OPEN.value, FindingState.CLOSED.value, FindingState.GONE.value

CLOSE = Transition(frozenset({OPEN}), CLOSED, "findings.finding.close", _("De bevinding is afgesloten."))
REOPEN = Transition(frozenset({CLOSED}), OPEN, "findings.finding.reopen", _("De bevinding is opnieuw open."))
GO = Transition(frozenset({OPEN, CLOSED}), GONE, "findings.finding.go", _("De bevinding is niet meer gevonden."))
RETURN = Transition(frozenset({GONE}), OPEN, "findings.finding.return", _("De bevinding is opnieuw gevonden."))

TRANSITIONS = (CLOSE, REOPEN, GO, RETURN)

EVENTS = {
    "findings.finding.add": _("De bevinding is gevonden."),
    "findings.finding.change": _("De waarden of de records zijn gewijzigd."),
} | {transition.verb: transition.notice for transition in TRANSITIONS}
