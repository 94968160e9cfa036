"""What no text holds does not come through."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import RequestFactory

from draad.web.middleware import NullCharacterMiddleware

clean = NullCharacterMiddleware(lambda _request: HttpResponse()).process_view


def test_the_null_character_is_left_out_of_what_is_asked_and_sent() -> None:
    request = RequestFactory().post("/?q=a%00b&q=c", {"naam": ["x\0", "y"], "leeg": ""})
    clean(request, None, (), {})
    assert request.GET.getlist("q") == ["ab", "c"]
    assert request.POST.getlist("naam") == ["x", "y"]
    assert request.POST["leeg"] == ""


def test_what_holds_none_stays_the_same_object() -> None:
    request = RequestFactory().post("/?q=a", {"naam": "x"})
    asked, sent = request.GET, request.POST
    clean(request, None, (), {})
    assert request.GET is asked
    assert request.POST is sent
