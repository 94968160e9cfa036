"""Filters that say technical things of signing in in words."""

from __future__ import annotations

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _

register = template.Library()

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}


@register.filter
def minutes(duration: timedelta) -> int:
    """A duration in whole minutes, rounded up."""
    return -int(-duration.total_seconds() // 60)


@register.filter
def browser(user_agent: str) -> str:
    """The browser and system that a browser calls itself: ``Firefox, Windows``."""
    name = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(part for part in (name, system) if part) or _("onbekende browser")
