"""Which measures a reader asks for: an organisation whatever name a sheet gives it, what is missing, and together."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from draad.accounts.actor import system
from draad.organisations.models import OrganisationKind
from draad.plans.actions.names import NewBody, give_name, give_name_to_new, organisation_named
from draad.plans.actions.plans import publish_version
from draad.plans.choosing import choice_of
from draad.plans.editions import edition
from draad.plans.models import PartyGroup, Plan, PlanVersion
from draad.plans.parties import PARTS, UNKNOWN, parties
from tests.plans.desk import BUS, Sheet, in_plan, sheets

pytestmark = pytest.mark.django_db
BY = system("test")
TRAM: Sheet = {**BUS, "title": "De tram rijdt door", "responsible_administrations": "Dienst voor Vervoer",
               "involved_administrations": "", "involved_cabinets": "Mobiliteit", "responsible_cabinets": "",
               "other_partners": "", "budget": "", "milestones": []}  # fmt: skip


@pytest.fixture
def read(plan: Plan) -> Plan:
    """A published plan: the bus (1), the stops (2) and the tram (3)."""
    in_plan(plan, sheets(TRAM))
    give_name_to_new(PartyGroup.BODY, "Dienst Vervoer", NewBody("Vervoer", OrganisationKind.ADMINISTRATION), by=BY)
    give_name(PartyGroup.BODY, "Dienst voor Vervoer", organisation_named("Vervoer", PartyGroup.BODY), by=BY)
    publish_version(plan, note="", revision=PlanVersion.objects.get(plan=plan).revision, by=BY)
    return plan


def chosen(plan: Plan, **asked: str) -> list[int]:
    found = choice_of(plan, edition(plan, 1), {name.replace("_", "-"): value for name, value in asked.items()})
    return [sheet.number for sheet in found.sheets()]


def test_two_names_of_an_organisation_are_one(read: Plan) -> None:
    found = parties(edition(read, 1).sheets)
    administrations = {party.key: party for party in found["administratie"]}
    assert administrations["vervoer"].sheets == {1, 2, 3}
    assert administrations["vervoer"].label == "Vervoer"
    assert chosen(read, administratie="vervoer") == [1, 2, 3]


def test_unknown_names_stand_apart_below(read: Plan) -> None:
    found = parties(edition(read, 1).sheets)["administratie"]
    assert [party.known for party in found] == sorted([party.known for party in found], reverse=True)
    unknown = [party for party in found if not party.known]
    assert [party.label for party in unknown] == ["Agentschap Wegen"]
    assert chosen(read, administratie=unknown[0].key) == [1, 2]
    assert unknown[0].key == UNKNOWN + "agentschap wegen"


def test_a_cabinet_is_found_responsible_or_involved(read: Plan) -> None:
    (cabinet,) = parties(edition(read, 1).sheets)["kabinet"]
    assert chosen(read, kabinet=cabinet.key) == [1, 2, 3]
    assert chosen(read, partner=UNKNOWN + "reizigersbond") == [1, 2]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, [1, 2, 3]),
        ({"administratie": "onbekend-adres"}, []),
        ({"partner": UNKNOWN + "reizigersbond", "leemte": "budget"}, [2]),
        ({"doel": "OD 1.2"}, [2]),
        ({"zonder_jaar": "2016"}, [1, 3]),
        ({"zonder_jaar": "2016", "leemte": "mijlpalen"}, [3]),
        ({"zonder_jaar": "zestien"}, [1, 2, 3]),
        ({"zoek": "tram", "doel": "SD 1"}, [3]),
        ({"leemte": "bestaat niet"}, [1, 2, 3]),
    ],
)
def test_what_is_asked_together(read: Plan, asked: dict[str, str], numbers: list[int]) -> None:
    assert chosen(read, **asked) == numbers


def test_the_page_says_what_was_asked_and_keeps_it(client: Client, read: Plan) -> None:
    where = reverse("plans:plan", args=[read.slug])
    page = client.get(where, {"administratie": "vervoer", "leemte": "budget", "zonder-jaar": "2016"}).content.decode()
    assert "1 maatregel: met Vervoer, zonder mijlpaal in 2016, geen budget." in unescape(page)
    assert '<option value="vervoer" selected>' in page
    assert '<input type="hidden" name="leemte" value="budget">' in page
    assert "Namen die Draad niet kent" in page
    assert "met naam-zomaar" in client.get(where, {"partner": "naam-zomaar"}).content.decode()


def test_every_count_of_what_is_missing_leads_to_as_many_measures(client: Client, read: Plan) -> None:
    page = client.get(reverse("plans:missing", args=[read.slug])).content.decode()
    links = re.findall(r'<a href="([^"]*(?:leemte|zonder-jaar|administratie)=[^"]*)"[^>]*>([\d.]+)</a>', page)
    assert len(links) > len(PARTS) + 10
    for address, count in links:
        listed = client.get(unescape(address)).content.decode()
        if "administratie=" in address:
            assert int(count) <= len(chosen(read, administratie=address.split("administratie=")[1].split("#")[0]))
        else:
            assert f"{count} maatregel" in listed, address


def test_what_is_missing_as_excel(client: Client, read: Plan) -> None:
    where = reverse("plans:missing", args=[read.slug])
    for table in ("leemten", "jaren", "administraties", "leemten-per-maatregel", "doelen"):
        content = client.get(where, {"format": "xlsx", "table": table}).content
        rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
        assert rows, table


def test_milestones_without_state_are_counted_and_listed(client: Client, read: Plan) -> None:
    page = unescape(client.get(reverse("plans:missing", args=[read.slug])).content.decode())
    found = re.search(r"Van (\d+) mijlpalen zei nog niemand.*?<a href=\"([^\"]+)\"", page, re.DOTALL)
    assert found
    listed = client.get(found[2]).content.decode()
    assert f"{found[1]} rijen" in listed


def test_the_plan_asks_little(client: Client, read: Plan, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    with django_assert_max_num_queries(15):
        client.get(reverse("plans:plan", args=[read.slug]), {"administratie": "vervoer"})
