"""Addresses of many rows: the same as Django gives one by one, in each language."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from draad.web.addresses import MARK, numbered
from draad.web.templatetags.draad import address_in

ROUTES = ["applications:form", "applications:assessment", "applications:payment_again", "applications:order_xml"]


@given(st.sampled_from(ROUTES), st.sampled_from(["nl", "en"]), st.integers(0, 10**12) | st.just(MARK))
def test_an_address_is_that_of_its_route(route: str, language: str, number: int) -> None:
    with translation.override(language):
        assert numbered(route)(number) == reverse(route, args=[number])


def test_a_route_without_a_number_has_no_numbered_addresses() -> None:
    with pytest.raises(NoReverseMatch):
        numbered("applications:payments")


@pytest.mark.parametrize(
    ("path", "query", "there"),
    [
        ("/besturen/", "", "/en/besturen/"),
        ("/beoordeling/aanvraag/7/", "a=1&b=%C3%A9", "/en/beoordeling/aanvraag/7/?a=1&b=%C3%A9"),
        ("/betalingen/7/opnieuw-plannen/", "q=a%26b", "/en/betalingen/7/opnieuw-plannen/?q=a%26b"),
    ],
)
def test_a_page_leads_to_itself_in_the_other_language(rf: RequestFactory, path: str, query: str, there: str) -> None:
    request = rf.get(f"{path}?{query}")
    request.resolver_match = resolve(path)
    assert address_in({"request": request}, "en") == there  # type: ignore[arg-type]  # of a context only this is read
    with translation.override("en"):
        back = rf.get(there)
        back.resolver_match = resolve(there.partition("?")[0])
    assert address_in({"request": back}, "nl") == f"{path}?{query}".rstrip("?")  # type: ignore[arg-type]  # as above


def test_a_page_that_is_not_there_leads_to_itself(rf: RequestFactory) -> None:
    assert address_in({"request": rf.get("/nergens/?a=1")}, "en") == "/nergens/?a=1"  # type: ignore[arg-type]  # as above
