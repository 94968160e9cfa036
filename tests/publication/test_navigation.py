"""The menus: what each role finds in them leads somewhere it may go, and no further."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from draad.accounts.guards import guard_of
from draad.accounts.roles import Role
from draad.publication.navigation import ABOUT, READING, WORK

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role | None], Client]
WORKING = {Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.ASSESSOR, Role.PLAN_COORDINATOR}
GOVERNMENT = {Role.GOVERNMENT_EDITOR, Role.GOVERNMENT_APPROVER}


def places(page: str) -> set[str]:
    content = page.split("<main")[1].split("</main>")[0]
    return set(re.findall(r'<li><a href="([^"]+)"', content))


def menu(page: str) -> dict[str, str]:
    """The main menu: addresses by label."""
    header = page.split("<main")[0]
    return {label: address for address, label in re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', header)}


@pytest.mark.parametrize("role", list(Role))
def test_each_place_of_work_opens_and_no_other(sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    shown = places(client.get("/beheer/").content.decode())
    for _label, route, _about in WORK:
        address = reverse(route)
        allowed = guard_of(route).roles
        assert (address in shown) == (role in WORKING and (role in allowed or guard_of(route).everyone)), route
        if allowed and role not in allowed:
            assert client.get(address).status_code == 403, route


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_has_work_for_who_works_and_applications_for_governments(sign_in: SignIn, role: Role) -> None:
    shown = menu(sign_in(role).get("/over/privacy/").content.decode())
    assert ("Beheer" in shown) is (role in WORKING)
    assert ("Mijn aanvragen" in shown) is (role in GOVERNMENT)


@pytest.mark.parametrize("role", sorted(set(Role) - WORKING))
def test_who_has_no_work_here_is_told_so(sign_in: SignIn, role: Role) -> None:
    page = sign_in(role).get("/beheer/").content.decode()
    assert "Uw rol heeft hier geen beheertaken." in page
    assert places(page) == set()


def test_a_person_without_a_role_has_no_work(sign_in: SignIn) -> None:
    assert "Uw rol heeft hier geen beheertaken." in sign_in(None).get("/beheer/").content.decode()


def test_a_visitor_sees_no_work_and_is_sent_to_sign_in(client: Client) -> None:
    shown = menu(client.get("/over/privacy/").content.decode())
    assert not {"Beheer", "Mijn aanvragen"} & set(shown)
    assert client.get("/beheer/").headers["Location"].startswith("/account/login/?next=/beheer/")


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/", "Programma"),
        ("/programmas/plan-samenleven/", "Programma"),
        ("/plannen/", "Plannen"),
        ("/besturen/", "Besturen"),
        ("/besturen/gent/", "Besturen"),
        ("/samenwerkingen/", "Samenwerkingen"),
        ("/cijfers/", "Cijfers"),
        ("/overzicht/", "Antwoorden"),
    ],
)
def test_the_menu_marks_where_one_is(client: Client, address: str, label: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode().split("<main")[0]
    assert re.findall(r'aria-current="page">([^<]+)</a>', page) == [label]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("route", [route for _label, route in (*READING, *ABOUT)])
def test_the_footer_leads_to_pages_that_answer(client: Client, language: str, route: str) -> None:
    with translation.override(language):
        address = reverse(route)
    assert client.get(address).status_code == 200
    page = client.get("/en/over/privacy/" if language == "en" else "/over/privacy/").content.decode()
    assert f'href="{address}"' in page.split("</main>")[1]


def test_labels_are_english_on_an_english_page(sign_in: SignIn) -> None:
    page = sign_in(Role.ADMINISTRATOR).get("/en/beheer/").content.decode()
    for label, _route, about in WORK:
        with translation.override("en"):
            assert str(about).replace("’", "&#x27;").replace("'", "&#x27;") in page.replace("’", "&#x27;")
        with translation.override("nl"):
            dutch = str(about)
        assert dutch not in page, label
