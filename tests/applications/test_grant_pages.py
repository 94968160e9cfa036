"""What the pages of a government and of an action tell of grants: marked as example, few queries, nothing when nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from draad.accounts import audit
from draad.accounts.actor import system
from draad.applications.granttables import action_grants_table
from draad.applications.models import Call
from draad.applications.queries.granted import granted_for
from draad.documents.tables import Gap
from draad.programmes.models import Action

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("example_rounds")]
ACTION = "/programmas/plan-samenleven/acties/{}/"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_government_sees_its_grants_in_every_round(client: Client) -> None:
    shown = page(client, "/besturen/leuven/")
    assert "Toegekende subsidie" in shown
    assert shown.count("(voorbeeld)") >= 3
    assert "Verzonnen bedragen" in shown
    assert "de aanvrager ontvangt alles" in shown


def test_a_member_of_two_partnerships_sees_both(client: Client) -> None:
    shown = page(client, "/besturen/zwevegem/")
    section = shown.split('id="kop-toekenningen"')[1].split("</section>")[0]
    assert "Harelbeke" in section
    assert "Waregem" in section


def test_who_was_granted_nothing_has_no_such_part(client: Client) -> None:
    for slug in ("baarle-hertog", "herstappe", "mesen"):
        shown = page(client, f"/besturen/{slug}/")
        if "kop-toekenningen" not in shown:
            return
    pytest.fail("every one of the smallest governments was granted something")


def test_an_action_shows_the_published_totals_as_example(client: Client) -> None:
    section = page(client, ACTION.format(5)).split('id="kop-toegekend-per-ronde"')[1].split("</section>")[0]
    for text in ("voorbeeld", "3.389.566", "68.429", "4.030.860", "92", "135"):
        assert text in section


def test_an_action_without_grants_has_no_such_part(client: Client) -> None:
    assert "kop-toegekend-per-ronde" not in page(client, ACTION.format(1))


def test_real_grants_are_not_called_an_example(client: Client) -> None:
    with audit.recording(by=system("test")) as log:
        for call in Call.objects.all():
            log.change(call, verb="test", example=False)
    section = page(client, ACTION.format(5)).split('id="kop-toegekend-per-ronde"')[1].split("</section>")[0]
    assert "voorbeeld" not in section
    assert "ronde 1" in section


def test_units_that_nobody_knows_are_a_gap() -> None:
    grants = granted_for(Action.objects.get(number=5))
    table = action_grants_table([type(grants[0])(**{**vars(grants[0]), "units": None})])
    column = table.column("units")
    assert column is not None
    assert [column.value(row) for row in table.rows] == [Gap("niet bekend")]


@pytest.mark.parametrize("address", ["/besturen/waregem/", "/besturen/boom/", ACTION.format(5), ACTION.format(15)])
def test_the_pages_stay_light(client: Client, address: str, django_assert_max_num_queries: Any) -> None:
    client.get(address)
    with django_assert_max_num_queries(15):
        client.get(address)
