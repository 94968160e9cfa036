"""Addresses of many rows at once."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

MARK = 918_273_645
"""A number that stands in no route: where it comes back in an address is the place of the number that is asked."""


def numbered(route: str) -> Callable[[int], str]:
    """Makes the addresses of a route that takes one number, in the language of now; the route is looked up once."""
    before, _mark, after = reverse(route, args=[MARK]).partition(str(MARK))
    return lambda number: f"{before}{number}{after}"
