"""Addresses of pages of lower rooms that this room links to."""

from __future__ import annotations

from django.urls import reverse

from draad.organisations.models import Organisation
from draad.programmes.models import Action


def government_address(organisation: Organisation) -> str:
    """The page of an organisation."""
    return reverse("organisations:government", args=[organisation.slug])


def action_address(action: Action) -> str:
    """The page of an action."""
    return reverse("programmes:action", args=[action.programme.slug, action.number])
