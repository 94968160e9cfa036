"""Whether a link may be shown: none leads to a refusal."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from draad.accounts.guards import guard_of
from draad.accounts.middleware import actor

register = template.Library()


@register.filter
def may_use(request: HttpRequest, route: str) -> bool:
    """Whether who sends this request may use a route such as ``programmes:measure_links``."""
    return guard_of(route).allows(actor(request))
