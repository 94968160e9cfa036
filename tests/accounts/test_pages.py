"""The account page and the audit pages."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone, translation

from draad.accounts import actions, audit
from draad.accounts.actor import Actor, system
from draad.accounts.audit_filter import AuditFilter
from draad.accounts.models import AuditEvent, AuditHead, User
from draad.accounts.queries import changes_of, events_of, history_of
from draad.accounts.roles import Role
from draad.accounts.words import field_in_words, table_in_words, value_in_words, verb_in_words
from draad.documents.tables import Gap
from draad.organisations.models import Organisation

SignIn = Callable[[Role | None], Client]
MakeActor = Callable[..., Actor]
MaxQueries = Callable[[int], Any]


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]  # a response of the test client


def last_number() -> int:
    return AuditHead.objects.get().number


# My account ----------------------------------------------------------------------------------------------------------


def test_the_account_page_says_who_i_am_and_what_i_may(sign_in: SignIn) -> None:
    page = text(sign_in(Role.PROGRAMME_MANAGER).get("/mijn-account/"))
    assert "Test programme_manager" in page
    assert "Programmabeheerder" in page
    assert "Testbestuur" in page
    assert "sinds 1 januari 2020" in page
    assert "Gebruikers beheren" in page
    assert "/beheer/audit/" not in page.split("<footer")[0]


def test_who_has_no_role_is_told_so(sign_in: SignIn) -> None:
    assert "U hebt geen rol" in text(sign_in(None).get("/mijn-account/"))


def test_the_account_page_is_complete_in_english(sign_in: SignIn) -> None:
    page = text(sign_in(Role.ADMINISTRATOR).get("/en/mijn-account/"))
    assert "My account" in page
    assert "Administrator" in page
    assert "Mijn" not in page


def test_a_visitor_is_sent_to_sign_in(db: None, client: Client) -> None:
    assert client.get("/mijn-account/")["Location"] == "/account/login/?next=/mijn-account/"


def test_the_language_is_kept_and_used(sign_in: SignIn) -> None:
    client = sign_in(None)
    response = client.post("/mijn-account/taal/", {"language": "en"}, follow=True)
    assert response.redirect_chain == [("/en/mijn-account/", 302)]
    assert "Your language is saved." in text(response)
    assert User.objects.get(email="nobody@example.org").language == "en"
    assert AuditEvent.objects.get(number=last_number()).after == {"language": "en"}


def test_a_language_that_does_not_exist_is_refused(sign_in: SignIn) -> None:
    response = sign_in(None).post("/mijn-account/taal/", {"language": "tlh"})
    assert response.status_code == 200
    assert 'href="#id_language"' in text(response)


def test_the_language_needs_somebody(db: None) -> None:
    with pytest.raises(PermissionDenied, match="Meld u eerst aan"):
        actions.choose_language(by=Actor(), language="en")


def test_the_account_page_asks_little_of_the_database(
    sign_in: SignIn, django_assert_max_num_queries: MaxQueries
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    with django_assert_max_num_queries(12):
        client.get("/mijn-account/")


# The audit -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def happened(organisation: Organisation) -> AuditEvent:
    """The name of the test organisation changed, with a reason."""
    with audit.recording(by=system("draad test"), reason="nieuwe naam") as log:
        log.change(organisation, verb="organisations.organisation.change", name="Anders")
    return AuditEvent.objects.get(number=last_number())


def test_the_list_shows_the_newest_first(
    sign_in: SignIn, happened: AuditEvent, django_assert_max_num_queries: MaxQueries
) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    with django_assert_max_num_queries(12):
        page = text(client.get("/beheer/audit/"))
    assert "draad test" in page
    assert "nieuwe naam" in page
    assert f"/beheer/audit/{happened.number}/" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("wie=draad test", True),
        ("wie=DRAAD TEST", True),
        ("wie=iemand", False),
        ("wat=organisations.organisation.change", True),
        ("wat=test.add", False),
        ("soort=organisations.organisation", True),
        ("soort=organisations.territory", False),
        ("van={today}&tot={today}", True),
        ("van={tomorrow}", False),
        ("tot={yesterday}", False),
        ("soort=organisations.organisation&sleutel={key}", True),
        ("soort=organisations.organisation&sleutel=0", False),
        ("wat=no.such.verb", True),
    ],
)
def test_the_list_is_filtered(happened: AuditEvent, query: str, shown: bool) -> None:
    today = timezone.localdate()
    asked = query.format(
        today=today, tomorrow=today + timedelta(days=1), yesterday=today - timedelta(days=1), key=happened.object_key
    )
    chosen = dict(part.split("=") for part in asked.split("&"))
    assert (happened in AuditFilter(chosen).events()) is shown


def test_a_filter_that_is_wrong_says_so_and_shows_the_rest(sign_in: SignIn, happened: AuditEvent) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    assert "Dit is geen datum" in text(client.get("/beheer/audit/?van=gisteren"))
    assert "De laatste dag ligt voor de eerste." in text(client.get("/beheer/audit/?van=2026-02-01&tot=2026-01-01"))


def test_the_list_can_be_downloaded_as_filtered(sign_in: SignIn, happened: AuditEvent) -> None:
    response = sign_in(Role.ADMINISTRATOR).get("/beheer/audit/?wie=draad test&format=csv")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row for row in rows if "nieuwe naam" in row]
    assert not [row for row in rows if "draad load plan-samenleven" in row]


def test_an_event_is_shown_field_by_field(sign_in: SignIn, happened: AuditEvent) -> None:
    page = text(sign_in(Role.ADMINISTRATOR).get(f"/beheer/audit/{happened.number}/"))
    assert "Anders: gewijzigd" in page
    for part in ("Testbestuur", "Anders", "nieuwe naam", happened.hash, happened.previous_hash, "Naam"):
        assert part in page
    assert f"/beheer/audit/{happened.number - 1}/" in page


def test_an_event_without_fields_says_so(sign_in: SignIn, person_with: MakeActor) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    user = User.objects.get(email="administrator@example.org")
    with audit.recording(by=Actor(user=user)) as log:
        log.note(user, verb="accounts.user.sign_in", before=None, after=None)
    page = text(client.get(f"/beheer/audit/{last_number()}/"))
    assert "Deze gebeurtenis wijzigde geen velden." in page
    assert "meldde zich aan" in page


def test_an_event_that_does_not_exist_is_not_found(sign_in: SignIn) -> None:
    assert sign_in(Role.ADMINISTRATOR).get("/beheer/audit/999999/").status_code == 404


def test_the_state_of_the_chain_is_a_sentence(sign_in: SignIn, happened: AuditEvent) -> None:
    client = sign_in(Role.ADMINISTRATOR)
    page = text(client.get("/beheer/audit/keten/"))
    assert "De keten is heel" in page
    assert f"{last_number()}:" in page
    AuditEvent.objects.filter(number=happened.number).update(reason="anders")
    broken = text(client.get("/beheer/audit/keten/"))
    assert "De keten is gebroken bij gebeurtenis" in broken
    assert "The chain is broken at event" in text(client.get("/en/beheer/audit/keten/"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_the_audit_is_for_administrators(sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get("/beheer/audit/").status_code == 403


# History of an object --------------------------------------------------------------------------------------------------


def test_a_history_tells_the_newest_first(happened: AuditEvent, organisation: Organisation) -> None:
    newest, oldest = history_of(organisation)
    assert (newest.what, newest.reason, newest.fields) == ("gewijzigd", "nieuwe naam", ["Naam"])
    assert (oldest.what, oldest.fields) == ("toegevoegd", [])
    assert events_of(organisation).count() == 2


def test_names_of_people_are_for_who_signed_in(organisation: Organisation, person_with: MakeActor) -> None:
    writer = person_with(Role.PROGRAMME_MANAGER)
    with audit.recording(by=writer) as log:
        log.change(organisation, verb="organisations.organisation.change", name="X")
    assert history_of(organisation)[0].who == ""
    assert history_of(organisation, Actor())[0].who == ""
    assert history_of(organisation, writer)[0].who == "Test programme_manager"
    assert history_of(organisation)[1].who == "test"


def test_events_are_linked_for_administrators(organisation: Organisation, person_with: MakeActor) -> None:
    reader, administrator = person_with(Role.READER), person_with(Role.ADMINISTRATOR)
    assert history_of(organisation, reader)[0].href is None
    assert str(history_of(organisation, administrator)[0].href).startswith("/beheer/audit/")


def test_long_histories_are_cut(organisation: Organisation) -> None:
    for turn in range(60):
        with audit.recording(by=system("test")) as log:
            log.change(organisation, verb="test.change", name=f"N{turn}")
    assert len(history_of(organisation)) == 50


# Words ---------------------------------------------------------------------------------------------------------------


def test_verbs_tables_and_fields_in_words() -> None:
    assert verb_in_words("organisations.membership.grant") == "rol gegeven"
    assert verb_in_words("whatever.thing.change") == "gewijzigd"
    assert verb_in_words("whatever.thing.juggle") == "whatever.thing.juggle"
    with translation.override("en"):
        assert verb_in_words("accounts.user.lock_out").startswith("locked out")
    assert table_in_words("accounts.user") == "gebruiker"
    assert table_in_words("gone.table") == "gone.table"
    assert field_in_words("organisations.organisation", "name") == "Naam"
    assert field_in_words("organisations.organisation", "gone") == "gone"
    assert field_in_words("gone.table", "x") == "x"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (None, None),
        ({}, Gap("niet vermeld")),
        ({"x": None}, Gap("leeg")),
        ({"x": ""}, Gap("leeg")),
        ({"x": True}, True),
        ({"x": 0}, "0"),
        ({"x": [1]}, "[1]"),
    ],
)
def test_values_in_words(values: dict[str, Any] | None, expected: object) -> None:
    assert value_in_words(values, "x") == expected


def test_changes_keep_the_order_of_the_fields() -> None:
    event = AuditEvent(
        object_type="organisations.organisation",
        before={"name": "A", "kbo": None},
        after={"name": "B", "ovo": "OVO000001"},
    )
    assert [(change.field, change.before, change.after) for change in changes_of(event)] == [
        ("Naam", "A", "B"),
        ("Ondernemingsnummer (KBO)", Gap("leeg"), Gap("niet vermeld")),
        ("OVO-code", Gap("niet vermeld"), "OVO000001"),
    ]


def test_dates_of_the_filter_are_days_in_brussels(happened: AuditEvent) -> None:
    AuditEvent.objects.filter(number=happened.number).update(at="2026-03-01T22:30:00Z")
    assert not AuditFilter({"van": date(2026, 3, 2), "tot": date(2026, 3, 2)}).events().filter(number=happened.number)
    assert AuditFilter({"van": date(2026, 3, 1), "tot": date(2026, 3, 1)}).events().filter(number=happened.number)
    AuditEvent.objects.filter(number=happened.number).update(at="2026-03-01T23:30:00Z")
    assert AuditFilter({"van": date(2026, 3, 2), "tot": date(2026, 3, 2)}).events().filter(number=happened.number)
