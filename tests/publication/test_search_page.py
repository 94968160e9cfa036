"""The search page: what people type, in any shape, gives pages that answer or a sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.publication import search as searching
from draad.publication.search import MOST_OF_A_KIND, MOST_WORDS, search_everything
from draad.web.search import Hit

pytestmark = pytest.mark.django_db


def hits(client: Client, text: str, language: str = "") -> list[str]:
    page = client.get(f"{language}/zoeken/", {"q": text}).content.decode()
    return re.findall(r'<li><a href="([^"]+)"', page.split("<main")[1].split("</main>")[0])


@pytest.mark.parametrize("text", ["gent", "actie 5", "oefenkansen", "Kruibeke", "Antwerpen"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_hit_leads_to_a_page_that_answers(client: Client, text: str, language: str) -> None:
    found = hits(client, text, language)
    assert found
    for address in found[:12]:
        assert client.get(address.split("#")[0]).status_code == 200, address
        assert address.startswith("/en/") is bool(language)


@pytest.mark.parametrize("text", ["9" * 5, "9" * 19, "9" * 40, "5 " * 600, "gent " * 3000, "²", "٣", "a\x00b", "%", "_", "\\",
                                  "'; --", "\u202e\u0301", "-1", "1e9", "\ud7ff"])  # fmt: skip
def test_nothing_typed_breaks_it(client: Client, text: str) -> None:
    assert client.get("/zoeken/", {"q": text}).status_code == 200


@settings(max_examples=15)
@given(st.text(max_size=40))
def test_whatever_is_typed_gives_groups_within_bounds(text: str) -> None:
    for group in search_everything(text):
        assert 1 <= len(group.hits) <= MOST_OF_A_KIND
        assert group.more >= 0


def test_percent_and_underscore_are_letters(client: Client) -> None:
    assert hits(client, "%%") == []
    assert hits(client, "__") == []


def test_case_and_spaces_do_not_matter() -> None:
    def titles(text: str) -> list[str]:
        return [hit.title for group in search_everything(text) for hit in group.hits]

    assert titles("oefenkansen") == titles("  OEFENKANSEN ") == titles("Oefenkansen")
    for text in ("nederlands oefenkansen", "oefenkansen nederlands", "Oef organ"):
        assert any("Oefenkansen Nederlands organiseren" in title for title in titles(text)), text


@pytest.mark.parametrize("typed", ["24", "024", " 24 "])
def test_an_action_is_found_by_its_number(client: Client, typed: str) -> None:
    assert reverse("programmes:action", args=["plan-samenleven", 24]) in hits(client, typed)


def test_words_past_the_twelfth_do_not_count() -> None:
    words = ["gent"] * MOST_WORDS
    assert search_everything(" ".join([*words, "qqqq"])) == search_everything(" ".join(words))


class TestSentences:
    """What the page says of what was found, with finders of the test's own."""

    @staticmethod
    def page(client: Client, number: int, language: str = "") -> str:
        def find(text: str) -> Sequence[Hit]:
            return [Hit(f"{text} {n}", "Proef", "/", "noot") for n in range(number)]

        with patch.object(searching, "finders", lambda: [find]):
            page = client.get(f"{language}/zoeken/", {"q": "woord"}).content.decode()
        return page.split("<main")[1]

    @pytest.mark.parametrize(
        ("number", "words"),
        [(1, "1 resultaat voor “woord”"), (2, "2 resultaten voor “woord”"),
         (MOST_OF_A_KIND + 3, f"{MOST_OF_A_KIND + 3} resultaten voor “woord”")],
    )  # fmt: skip
    def test_how_many(self, client: Client, number: int, words: str) -> None:
        page = self.page(client, number)
        assert words in page
        assert page.count('<span class="draad-quiet">noot</span>') == min(number, MOST_OF_A_KIND)
        assert ("en nog 3: maak de zoekterm langer" in page) is (number > MOST_OF_A_KIND)

    def test_nothing_says_what_to_try(self, client: Client) -> None:
        page = self.page(client, 0)
        assert "Niets gevonden voor “woord”. Probeer een deel van het woord" in page
        assert 'role="status"' not in page

    @pytest.mark.parametrize("number", [0, 1, 2, MOST_OF_A_KIND + 1])
    def test_in_english(self, client: Client, number: int) -> None:
        page = self.page(client, number, "/en")
        assert not {"resultaat", "resultaten", "Niets", "maak"} & set(page.split())
        assert "woord" in page

    def test_what_was_typed_stays_in_the_box(self, client: Client) -> None:
        page = client.get("/zoeken/", {"q": 'oud "gent"'}).content.decode()
        assert 'value="oud &quot;gent&quot;"' in page
        assert "<title>Zoek: oud &quot;gent&quot;" in page.replace("\n", "")
