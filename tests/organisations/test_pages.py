"""The public pages of governments and areas."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from draad.organisations.models import BoundarySet, Organisation
from draad.organisations.sections import sections
from draad.web.sections import Section
from draad.web.thread import Stop

pytestmark = pytest.mark.django_db


class Links(HTMLParser):
    """Collects the links with an accessible name inside the map."""

    def __init__(self) -> None:
        super().__init__()
        self.named: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and "aria-label" in dict(attrs):
            self.named.append(dict(attrs))


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/besturen/?op=2023-01-01", "Op 1 januari 2023 telt Vlaanderen 300 lokale besturen."),
        ("/besturen/?op=2025-01-01", "Op 1 januari 2025 telt Vlaanderen 285 lokale besturen."),
        ("/besturen/?op=31-12-2024", "Op 31 december 2024 telt Vlaanderen 300 lokale besturen."),
        ("/besturen/?op=2018-12-31", "De lijst van besturen gaat terug tot 1 januari 2019."),
        ("/besturen/?op=gisteren", "Dit is geen datum."),
        ("/en/besturen/?op=2023-01-01", "300 local governments"),
    ],
)
def test_list_of_a_day(client: Client, address: str, sentence: str) -> None:
    assert sentence in page(client, address)


def test_list_with_map_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(13):
        page(client, "/besturen/?op=2025-01-01")


def test_pages_take_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(10):
        page(client, "/gebieden/")
    with django_assert_max_num_queries(15):
        page(client, "/besturen/ham/")


@pytest.mark.parametrize(
    ("query", "names"),
    [("kruibeke", ["Beveren-Kruibeke-Zwijndrecht"]), ("st.-niklaas", []), ("sint niklaas", ["Sint-Niklaas"]),
     ("Meulebeke", ["Tielt"]), ("hoeselt", ["Bilzen-Hoeselt"])],
)  # fmt: skip
def test_former_names_find_the_government_of_today(client: Client, query: str, names: list[str]) -> None:
    response = client.get("/besturen/", {"op": "2025-06-01", "q": query})
    assert [row[0].value for row in response.context["tables"]["besturen"].rows] == names


def test_the_filter_keeps_the_day(client: Client) -> None:
    html = page(client, "/besturen/?op=2023-01-01")
    assert '<input type="hidden" name="op" value="2023-01-01">' in html


def test_the_map_has_a_link_for_each_municipality(client: Client) -> None:
    links = Links()
    links.feed(page(client, "/besturen/?op=2025-01-01"))
    tiles = [link for link in links.named if (link["href"] or "").startswith("/besturen/")]
    assert len(tiles) == 285
    says = {link["aria-label"]: link["href"] for link in tiles}
    assert says["Gent: 263.927"] == "/besturen/gent/"
    assert sum("tabindex" not in link for link in tiles) == 1


def test_download_holds_real_numbers(client: Client) -> None:
    content = client.get("/besturen/?op=2025-01-01&format=xlsx").content
    sheet = CalamineWorkbook.from_filelike(__import__("io").BytesIO(content)).get_sheet_by_index(0)
    lines = sheet.to_python()
    gent = next(line for line in lines if line[0] == "Gent")
    assert gent[4] == 263_927
    assert gent[5:] == ["44021", "0207451227"]


@pytest.mark.parametrize(
    ("slug", "sentences"),
    [
        (
            "ham",
            ["<h1>Tessenderlo-Ham</h1>", "0216.772.234", "Hierin gingen op:", "31 december 2024", "niet openbaar"],
        ),
        ("zwijndrecht", ["Bestond tot en met 31 december 2024 en ging op in", "Beveren-Kruibeke-Zwijndrecht"]),
        ("vlaamse-gemeenschapscommissie", ["Ook genoemd", "VGC", "niet bekend"]),
        ("gent", ["Centrumstad", "Stadstitel (niet nagekeken)", "Oost-Vlaanderen"]),
    ],
)
def test_page_of_an_organisation(client: Client, slug: str, sentences: list[str]) -> None:
    html = page(client, f"/besturen/{slug}/")
    for sentence in sentences:
        assert sentence in html


def test_unknown_organisation_is_not_found(client: Client) -> None:
    assert client.get("/besturen/nergens/").status_code == 404


def test_every_organisation_has_a_page_in_both_languages(client: Client) -> None:
    some = list(Organisation.objects.order_by("pk").values_list("slug", flat=True))[::40]
    for slug in some:
        page(client, f"/besturen/{slug}/")
        page(client, f"/en/besturen/{slug}/")


def test_rooms_above_add_sections_and_stations(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def maker(organisation: Organisation) -> Section | None:
        if organisation.slug != "gent":
            return None
        return Section("cotton/missing.html", {"slot": "Proefdeel"}, {"grant": Stop("proefnoot", "#proef")})

    monkeypatch.setattr(sections, "_makers", [(1, maker)])
    assert "Proefdeel" in page(client, "/besturen/gent/")
    assert "proefnoot" in page(client, "/besturen/gent/")
    assert "draad-thread" not in page(client, "/besturen/ham/").split("<main")[0].split("</header>")[1]


def test_areas_say_what_is_missing(client: Client) -> None:
    html = page(client, "/gebieden/?op=2023-01-01")
    assert "Herkomst van inwoners per gemeente: niet openbaar" in html
    assert html.count("niet openbaar") > 5
    assert "?op=2023-01-01&amp;province=Limburg" in html


def test_an_area_leads_to_its_governments(client: Client) -> None:
    response = client.get("/besturen/?op=2023-01-01&province=Limburg")
    assert response.context["tables"]["besturen"].page.paginator.count == 42


def test_no_switch_between_tiles_and_boundaries_without_boundaries(client: Client) -> None:
    assert not BoundarySet.objects.exists()
    assert "kaart=grenzen" not in page(client, "/besturen/")
    assert page(client, "/besturen/?kaart=grenzen")
