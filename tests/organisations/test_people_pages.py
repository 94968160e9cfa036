"""The pages of people administration, the invitation by mail and the command for the first administrator."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from draad.accounts.actor import Actor, actor_of
from draad.accounts.models import AuditEvent, User
from draad.accounts.roles import Role
from draad.organisations.models import Membership, Organisation

SignIn = Callable[[Role | None], Client]
MakeActor = Callable[..., Actor]
BASE = "/beheer/gebruikers/"
INVITATION = {
    "email": "nieuw@example.org", "name": "Nele Nieuw", "organisation": "Gent", "role": "government_editor",
    "valid_from": "2026-01-01", "valid_to": "", "language": "nl", "reason": "vult in voor Gent",
}  # fmt: skip


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # a response of the test client


@pytest.fixture
def manager(sign_in: SignIn) -> Client:
    return sign_in(Role.PROGRAMME_MANAGER)


@pytest.fixture
def reader(person_with: MakeActor) -> User:
    user = person_with(Role.READER).user
    assert user
    return user


def test_the_list_shows_everyone(manager: Client, reader: User) -> None:
    page = text(manager.get(BASE))
    for part in ("reader@example.org", "programmabeheerder", "Testbestuur", "nog niet", f"{BASE}{reader.pk}/"):
        assert part in page


def test_the_list_asks_the_same_of_the_database_however_many_there_are(
    manager: Client, person_with: MakeActor, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(40):
        person_with(Role.READER, email=f"p{number}@example.org")
    with django_assert_max_num_queries(10):
        manager.get(BASE)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=reader", True),
        ("q=testbestuur lezer", True),
        ("q=nergens", False),
        ("role=lezer", True),
        ("role=beheerder", False),
        ("access=open", True),
    ],
)
def test_the_list_is_searched_and_filtered(manager: Client, reader: User, query: str, found: bool) -> None:
    assert ("reader@example.org" in text(manager.get(f"{BASE}?{query}"))) is found


def test_the_list_downloads_with_human_headings(manager: Client, reader: User) -> None:
    content = manager.get(f"{BASE}?format=csv").content.decode("utf-8-sig")
    assert "Naam;E-mailadres;Rol;Organisatie;Toegang;Tweede factor;Laatst aangemeld" in content
    assert "reader@example.org" in content


# Inviting ---------------------------------------------------------------------------------------------------------------


def test_an_invitation_goes_out_and_leads_to_a_password(manager: Client, settings: Settings) -> None:
    response = manager.post(f"{BASE}uitnodigen/", INVITATION, follow=True)
    assert "De uitnodiging is verstuurd naar nieuw@example.org." in text(response)
    made = User.objects.get(email="nieuw@example.org")
    gent = Organisation.objects.get(slug="gent")
    assert actor_of(made).acts_for(gent.pk, Role.GOVERNMENT_EDITOR)
    [sent] = mail.outbox
    assert (sent.subject, sent.to) == ("Uw toegang tot Draad", ["nieuw@example.org"])
    assert "3 dagen" in sent.body
    link = re.search(rf"{re.escape(settings.BASE_URL)}(/account/\S+)", sent.body)
    assert link
    fresh = Client()
    here = fresh.get(link.group(1), follow=True).redirect_chain[-1][0]
    fresh.post(here, {"password1": "nele-kiest-zelf", "password2": "nele-kiest-zelf"})
    assert (
        fresh.post("/account/login/", {"login": "nieuw@example.org", "password": "nele-kiest-zelf"}).status_code == 302
    )


def test_the_invitation_is_in_the_language_of_the_invited(manager: Client) -> None:
    manager.post(f"{BASE}uitnodigen/", {**INVITATION, "language": "en"})
    [sent] = mail.outbox
    assert sent.subject == "Your access to Draad"
    assert "Choose your password" in sent.body
    assert "/en/account/password/reset/key/" in sent.body


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("gent", "gent"),
        ("0207.451.227", "gent"),
        ("BE 0207 451 227", "gent"),
        ("ABB", "agentschap-binnenlands-bestuur"),
        ("sint niklaas", "sint-niklaas"),
    ],
)
def test_an_organisation_is_typed_by_name_alias_or_number(manager: Client, typed: str, slug: str) -> None:
    manager.post(f"{BASE}uitnodigen/", {**INVITATION, "organisation": typed})
    assert Membership.objects.get(user__email="nieuw@example.org").organisation.slug == slug


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("organisation", "Gentt", "Bedoelt u Gent"),
        ("organisation", "", 'href="#id_organisation">Vul in voor welke organisatie.'),
        ("organisation", "0207451228", "fout controlegetal"),
        ("organisation", "0400000086", "Geen organisatie heeft KBO-nummer 0400000086"),
        ("organisation", "12", "is geen ondernemingsnummer"),
        ("email", "geen-adres", 'href="#id_email">Dit is geen e-mailadres. Schrijf het als naam@bestuur.be.'),
        ("role", "", 'href="#id_role">Kies een rol.'),
        ("role", "administrator", 'href="#id_role"'),
        ("valid_from", "gisteren", "Dit is geen datum. Schrijf ze als 2026-01-31."),
        ("valid_to", "2025-01-01", "De laatste dag ligt voor de eerste."),
        ("reason", " ", 'href="#id_reason">Schrijf in een zin waarom.'),
        ("email", "reader@example.org", "Er is al iemand met dit e-mailadres"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    manager: Client, reader: User, field: str, typed: str, sentence: str
) -> None:
    page = text(manager.post(f"{BASE}uitnodigen/", {**INVITATION, field: typed}))
    assert sentence in page
    assert 'id="fouten"' in page
    assert "Nele Nieuw" in page
    assert not User.objects.filter(email="nieuw@example.org").exists()
    assert mail.outbox == []


def test_dates_may_be_typed_in_dutch_order(manager: Client) -> None:
    manager.post(f"{BASE}uitnodigen/", {**INVITATION, "valid_from": "01-02-2026"})
    assert str(Membership.objects.get(user__email="nieuw@example.org").valid_from) == "2026-02-01"


def test_the_form_offers_names_without_scripts(manager: Client) -> None:
    page = text(manager.get(f"{BASE}uitnodigen/"))
    assert 'list="organisaties"' in page
    assert '<option value="Gent">' in page
    assert '<option value="administrator">' not in page


def test_an_administrator_may_invite_an_administrator(sign_in: SignIn) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    assert '<option value="administrator">' in text(client.get(f"{BASE}uitnodigen/"))
    client.post(f"{BASE}uitnodigen/", {**INVITATION, "role": "administrator"})
    assert Role.ADMINISTRATOR in actor_of(User.objects.get(email="nieuw@example.org")).roles


# One person ---------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_person_shows_roles_and_steps(manager: Client, reader: User) -> None:
    page = text(manager.get(f"{BASE}{reader.pk}/"))
    for part in (
        "Test READER".lower(),
        "Testbestuur",
        "1 januari 2020",
        "Sluit de toegang af",
        "beëindig",
        "test.grant",
    ):
        assert part.lower() in page.lower()
    assert "Open de toegang weer" not in page
    assert "Wis de tweede factor" not in page


def test_a_manager_sees_no_steps_for_an_administrator(manager: Client, person_with: MakeActor) -> None:
    user = person_with(Role.ADMINISTRATOR).user
    assert user
    page = text(manager.get(f"{BASE}{user.pk}/"))
    assert "Sluit de toegang af" not in page
    assert ">beëindig<" not in page


def test_a_role_is_given(manager: Client, reader: User) -> None:
    data = {
        "organisation": "Gent",
        "role": "evaluator",
        "valid_from": "2026-01-01",
        "valid_to": "2026-12-31",
        "reason": "evaluatie",
    }
    page = text(manager.post(f"{BASE}{reader.pk}/rol/", data, follow=True))
    assert "De rol is gegeven." in page
    assert "Gent" in page
    again = text(manager.post(f"{BASE}{reader.pk}/rol/", data))
    assert "heeft die rol daar al" in again


def test_a_role_is_ended(manager: Client, reader: User) -> None:
    membership = Membership.objects.get(user=reader)
    address = f"{BASE}{reader.pk}/rol/{membership.pk}/"
    assert "Testbestuur" in text(manager.get(address))
    response = manager.post(address, {"valid_to": str(timezone.localdate()), "reason": "ander werk"}, follow=True)
    assert "De rol eindigt op de gekozen dag." in text(response)
    assert "De laatste dag ligt voor" in text(manager.post(address, {"valid_to": "2001-01-01", "reason": "x"}))


def test_the_role_of_somebody_else_is_not_found(manager: Client, reader: User) -> None:
    membership = Membership.objects.exclude(user=reader).get(user__email="programme_manager@example.org")
    assert manager.get(f"{BASE}{reader.pk}/rol/{membership.pk}/").status_code == 404


def test_access_is_closed_with_a_reason(manager: Client, reader: User) -> None:
    address = f"{BASE}{reader.pk}/afsluiten/"
    assert "meteen overal afgemeld" in text(manager.get(address))
    assert 'href="#id_reason"' in text(manager.post(address, {"reason": ""}))
    page = text(manager.post(address, {"reason": "uit dienst"}, follow=True))
    assert "De toegang is afgesloten." in page
    assert "Reden: uit dienst" in page
    assert "De toegang staat weer open." in text(
        manager.post(f"{BASE}{reader.pk}/openen/", {"reason": "terug"}, follow=True)
    )


def test_what_the_state_does_not_allow_is_said_on_the_form(manager: Client, reader: User) -> None:
    assert "Deze toegang staat al open." in text(manager.post(f"{BASE}{reader.pk}/openen/", {"reason": "x"}))


def test_a_manager_may_not_close_an_administrator(manager: Client, person_with: MakeActor) -> None:
    user = person_with(Role.ADMINISTRATOR).user
    assert user
    response = manager.post(f"{BASE}{user.pk}/afsluiten/", {"reason": "x"})
    assert response.status_code == 403
    assert "Alleen een beheerder wijzigt de toegang van een beheerder." in text(response)


def test_a_second_factor_is_wiped(manager: Client, reader: User) -> None:
    Authenticator.objects.create(user=reader, type="totp", data={"secret": "x"})
    assert "Wis de tweede factor" in text(manager.get(f"{BASE}{reader.pk}/"))
    page = text(manager.post(f"{BASE}{reader.pk}/tweede-factor-wissen/", {"reason": "telefoon weg"}, follow=True))
    assert "De tweede factor is gewist." in page


def test_an_invitation_is_sent_again(manager: Client) -> None:
    manager.post(f"{BASE}uitnodigen/", INVITATION)
    made = User.objects.get(email="nieuw@example.org")
    page = text(manager.post(f"{BASE}{made.pk}/opnieuw-uitnodigen/", {"reason": "mail kwijt"}, follow=True))
    assert "De uitnodiging is opnieuw verstuurd." in page
    assert len(mail.outbox) == 2


def test_nobody_is_found_under_a_wrong_number(manager: Client) -> None:
    for part in ("", "rol/", "afsluiten/"):
        assert manager.get(f"{BASE}999999/{part}").status_code == 404


@pytest.mark.parametrize("address", ["", "uitnodigen/", "{pk}/", "{pk}/rol/", "{pk}/afsluiten/"])
def test_every_page_is_complete_in_english(sign_in: SignIn, reader: User, address: str) -> None:
    page = text(sign_in(Role.ADMINISTRATOR).get(f"/en{BASE}{address.format(pk=reader.pk)}"))
    body = re.sub(r"<[^>]+>", " ", page.split("<main")[1].split("</main>")[0])
    assert re.search(r"\b(de|het|een|niet|rol|wie|deze|toegang|gebruikers)\b", body) is None


# The command ----------------------------------------------------------------------------------------------------------------


def create(*arguments: str) -> str:
    out = StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_is_made_on_the_command_line(db: None, client: Client, settings: Settings) -> None:
    printed = create("Chef@example.org", "--name", "De Chef")
    made = User.objects.get(email="chef@example.org")
    assert actor_of(made).roles == {Role.ADMINISTRATOR}
    link = printed.splitlines()[-1]
    assert link.startswith(f"{settings.BASE_URL}/account/password/reset/key/")
    assert "Kies een wachtwoord" in text(client.get(link.removeprefix(settings.BASE_URL), follow=True))
    event = AuditEvent.objects.filter(verb="organisations.user.invite").get()
    assert (event.actor, event.user_id) == ("draad create-administrator", None)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["geen-adres", "--name", "X"], "valid email"),
        (["reader@example.org", "--name", "X"], "already"),
        (["x@example.org", "--name", "X", "--organisation", "Nergenshuizen"], "Nergenshuizen"),
        (["x@example.org"], "--name"),
    ],
)
def test_the_command_says_what_is_wrong(reader: User, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        create(*arguments)
    assert not User.objects.filter(email="x@example.org").exists()
