"""What the state of a finding allows."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts.transitions import Transition
from draad.findings.models import Finding
from draad.findings.states import CLOSE, REOPEN


def can_pass(finding: Finding, transition: Transition) -> bool:
    """Whether the finding is in a state from which it may pass."""
    return transition.fits(finding.state)


def can_close(finding: Finding) -> bool:
    """Whether it is open."""
    return can_pass(finding, CLOSE)


def can_reopen(finding: Finding) -> bool:
    """Whether it was closed by a person."""
    return can_pass(finding, REOPEN)


def check_text(text: str) -> str:
    """The text without spaces around it.

    Raises:
        ValidationError: when nothing is left.
    """
    if not text.strip():
        raise ValidationError(_("Schrijf in een zin waarom."))
    return text.strip()
