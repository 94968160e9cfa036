"""Names of today, of once and in use find the organisation of the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.organisations.models import OrganisationName
from draad.organisations.names import fold
from draad.organisations.queries import find
from draad.organisations.search import search

NOW, BEFORE = date(2025, 6, 1), date(2023, 1, 1)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Sint-Niklaas", "sint niklaas"), ("ST NIKLAAS", "sint niklaas"), ("’s-Gravenvoeren", "s gravenvoeren"),
     ("Brée", "bree"), ("  De   Rand (vzw) ", "de rand vzw"), ("Kasteel d'Ursel", "kasteel dursel"), ("", "")],
)  # fmt: skip
def test_accents_capitals_and_hyphens_do_not_count(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.django_db
def test_stored_names_are_folded_as_searches_are() -> None:
    assert all(row.folded == fold(row.name) for row in OrganisationName.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "on", "found"),
    [
        ("Kruibeke", NOW, ["Beveren-Kruibeke-Zwijndrecht"]),
        ("meulebeke", NOW, ["Tielt"]),
        ("Borsbeek", NOW, ["Antwerpen"]),
        ("Pajottegem", BEFORE, ["Galmaarden", "Gooik", "Herne"]),
        ("vgc", NOW, ["Vlaamse Gemeenschapscommissie"]),
        ("De Rand", NOW, ["vzw De Rand"]),
        ("kortessem", BEFORE, ["Kortessem"]),
        ("xyzzy", NOW, []),
        ("", NOW, []),
        ("  ", NOW, []),
    ],
)
def test_find(typed: str, on: date, found: list[str]) -> None:
    assert [hit.organisation.name for hit in find(typed, on)] == found


@pytest.mark.django_db
def test_the_whole_name_comes_before_a_part_of_one() -> None:
    names = [hit.organisation.name for hit in find("ham", NOW)]
    assert names[0] == "Tessenderlo-Ham"
    assert names[1:3] == ["Hamme", "Hamont-Achel"]
    assert len(names) == len(set(names))


@pytest.mark.django_db
def test_a_hit_says_why_it_was_found() -> None:
    assert find("Kortessem", NOW)[0].note == "hierin ging Kortessem op"
    assert find("VGC", NOW)[0].note == "ook: VGC"
    assert find("Gent", NOW)[0].note == ""


@pytest.mark.django_db
def test_find_takes_few_queries_whatever_it_finds(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(find("e", NOW)) == 50


@pytest.mark.django_db
def test_search_of_the_site_leads_to_the_page_of_the_government() -> None:
    hit = search("Zwijndrecht")[0]
    assert (hit.title, str(hit.kind)) == ("Beveren-Kruibeke-Zwijndrecht", "lokaal bestuur")
    assert hit.address == "/besturen/beveren-kruibeke-zwijndrecht/"
