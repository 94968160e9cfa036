"""Every page that can be reached takes at most 15 SQL queries, whoever looks and whatever was just written.

A new page above that fails here without being listed.
"""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from draad.plans.models import Plan
from tests.walking import STARTS, Looked, client_of, pages, rooms, touch

MOST = 15
VISITOR = ""
PLAN_PAGES = {"plans:plan": 0, "plans:measure": 1, "plans:missing": 0, "plans:timeline": 0, "plans:money": 0}
"""Pages of a plan, and whether they are of one measure."""
WORKED_ON = "?versie=0"
LEAST_PAGES = {
    VISITOR: 45,
    "programma": 110,
    "beheerder": 120,
    "beoordelaar": 60,
    "plannen": 55,
    "goedkeurder": 55,
    "invuller": 55,
    "lezer": 45,
}
"""Who walks, in this order, and how many pages they reach at least."""


@pytest.fixture(scope="module")
def looked_at() -> set[str]:
    """The addresses at which somebody who is signed in looked: who comes later looks at the others."""
    return set()


@pytest.mark.parametrize("person", LEAST_PAGES)
def test_every_page_takes_few_queries(demonstration: None, db: None, looked_at: set[str], person: str) -> None:
    refused: list[str] = []
    found = list(pages(client_of(person), *STARTS, refused=refused))
    assert refused == [], "links that are shown lead to a refusal"
    assert len(found) >= LEAST_PAGES[person], f"only {len(found)} pages can be reached"
    fresh = [page for page in found if page.path not in looked_at]
    assert [line for page in fresh for line in too_many(page)] == []
    if person:
        looked_at.update(page.path for page in fresh)


@pytest.mark.parametrize("person", ["beheerder", "plannen"])
def test_a_plan_that_is_worked_on_takes_few_queries(demonstration: None, db: None, person: str) -> None:
    client = client_of(person)
    plan = Plan.objects.order_by("pk")[0]
    number = plan.measures.order_by("number")[0].number
    for route, more in PLAN_PAGES.items():
        path = reverse(route, args=[plan.slug, number][: more + 1]) + WORKED_ON
        assert client.get(path).status_code == 200
        page = Looked(route, path, partial(client.get, path))
        assert page.warm() <= MOST
        assert max(page.after_a_write().values()) <= MOST


def too_many(page: Looked) -> list[str]:
    counts = {"the server just began": page.first(), "everything is remembered": page.warm()}
    if page.cold() > MOST:  # else no write can make it read more
        counts |= {f"{room} was written": count for room, count in page.after_a_write().items()}
    return [f"{page.route} {page.path}: {count} queries when {when}" for when, count in counts.items() if count > MOST]


def test_a_write_in_a_room_is_felt_by_its_pages_alone(demonstration: None, db: None) -> None:
    """The measure itself works: it counts more after a write of what a page shows, and no more after another."""
    page = next(page for page in pages(Client(), "/besturen/gent/"))
    warm, written = page.warm(), page.after_a_write()
    assert written["organisations"] > warm
    assert written["applications"] > warm
    assert written["plans"] == warm
    assert page.cold() > max(written.values())


def test_every_room_can_be_touched(db: None) -> None:
    assert {"organisations", "programmes", "plans", "applications", "figures", "findings"} <= set(rooms())
    touch("plans")
