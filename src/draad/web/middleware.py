"""Takes out of a request what no text holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

NULL = "\0"


class NullCharacterMiddleware:
    """Leaves out the null character (U+0000), which a robot may send and no database of text keeps.

    Forms of Django refuse it by themselves; what is read without one is as safe.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: Any, _kwargs: Any) -> None:
        """Clean what is asked and what is sent; the protection against forged requests has read both before."""
        request.GET = _without(request.GET)  # type: ignore[assignment]  # a QueryDict either way
        request.POST = _without(request.POST)  # type: ignore[assignment]  # the same


def _without(given: QueryDict) -> QueryDict:
    if not any(NULL in value for _name, values in given.lists() for value in values):
        return given
    cleaned = QueryDict(mutable=True)
    for name, values in given.lists():
        cleaned.setlist(name, [value.replace(NULL, "") for value in values])
    cleaned._mutable = False
    return cleaned
