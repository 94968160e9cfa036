"""The page that draws how a call, an application and what follows from it change."""

from __future__ import annotations

import pytest
from django.test import Client

from draad.accounts.statepages import diagrams
from draad.applications.states import TABLES

pytestmark = pytest.mark.django_db


def test_the_page_draws_every_table_with_its_words(client: Client) -> None:
    page = client.get("/aanvragen/toestanden/").content.decode()
    assert page.count("<svg") >= len(TABLES)
    for diagram in diagrams(TABLES):
        assert f'id="s-{diagram.key}"' in page
        for node in diagram.nodes:
            if not node.dot:
                assert f">{node.label}</text>" in page


def test_the_page_is_in_english_too(client: Client) -> None:
    page = client.get("/en/aanvragen/toestanden/").content.decode()
    assert "(nog niets)" not in page
    assert ">submitted</text>" in page
