"""The home page: of which programme, with which values, notes and map; and a site without a programme."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from draad.accounts.actor import system
from draad.applications.roles import ListedRole
from draad.figures.models import PublishedFigure
from draad.programmes.models import Programme, Round
from draad.publication import home as made
from draad.publication.home import Home, current_programme
from tests.trying import put

pytestmark = pytest.mark.django_db
BY = system("test")


@pytest.fixture
def home() -> Home:
    programme = current_programme()
    assert programme is not None
    return Home(programme)


def rounds_last(programme: Programme) -> Round:
    found = programme.rounds.order_by("-starts_on").first()
    assert found is not None
    return found


class TestWhichProgramme:
    def test_it_is_the_one_of_the_facts(self) -> None:
        found = current_programme()
        assert found is not None
        assert found.slug == "plan-samenleven"

    def test_an_invented_one_only_when_there_is_no_other(self) -> None:
        programme = Programme.objects.get(slug="plan-samenleven")
        put(programme, example=True)
        assert current_programme() == programme

    def test_a_newer_invented_one_does_not_take_its_place(self) -> None:
        real = Programme.objects.get(slug="plan-samenleven")
        newest = rounds_last(real)
        invented = Programme(slug="proef", name="Proef", owner="Proef", source="test", example=True)
        put_new(invented)
        later = newest.ends_on.replace(year=newest.ends_on.year + 3)
        put_new(Round(programme=invented, number=1, starts_on=later, ends_on=later))
        assert current_programme() == real


def put_new(thing: Any) -> Any:
    from draad.accounts import audit

    with audit.recording(by=BY) as log:
        return log.create(thing, verb="test.add")


class TestValues:
    def test_there_is_a_column_for_every_round(self, home: Home) -> None:
        assert [column.round.number for column in home.rounds] == [1, 2, 3]

    def test_every_value_has_a_note_that_is_there(self, home: Home) -> None:
        names = ("granted", "envelope", "participants", "reached", "reached_of", "plans", "plans_of")
        noted = [getattr(column, name) for column in home.rounds for name in names if getattr(column, name)]
        assert len(noted) > 5
        sources = list(home.notes.sources)
        for value in noted:
            assert sources[value.note - 1] == value.figure.source
            for other, note in value.others:
                assert sources[note - 1] == other.source
                assert other.value != value.figure.value
        assert len(set(sources)) == len(sources)

    def test_notes_stand_below_the_table_in_their_order(self, home: Home, client: Client) -> None:
        page = client.get("/").content.decode()
        assert home.rounds
        for number in range(1, len(home.notes.sources) + 1):
            assert f'id="bron{number}"' in page

    def test_the_share_is_granted_over_envelope(self, home: Home) -> None:
        shares = 0
        for column in home.rounds:
            if column.granted and column.envelope and column.share is not None:
                shares += 1
                exact = 100 * column.granted.figure.value / column.envelope.figure.value
                assert abs(column.share - exact) <= 1
        assert shares >= 1

    @pytest.mark.parametrize(
        ("value", "dutch", "english"),
        [("999999", "€ 999.999", "€999,999"), ("1000000", "€ 1,0 mln", "€1.0 m"),
         ("14136359", "€ 14,1 mln", "€14.1 m")],
    )  # fmt: skip
    def test_an_amount_on_the_thread_is_short(self, value: str, dutch: str, english: str) -> None:
        figure = next(f for f in PublishedFigure.objects.all() if f.measure == "granted amount")
        figure.value = type(figure.value)(value)
        assert made._short(figure).replace("\xa0", " ") == dutch
        with translation.override("en"):
            assert made._short(figure).replace("\xa0", " ").replace("€ ", "€") == english

    def test_the_thread_has_eight_stations(self, home: Home) -> None:
        assert len(home.stations) == 8
        assert str(home.number_of_actions) == "24"


class TestMap:
    def test_every_municipality_is_once_in_the_table(self, home: Home) -> None:
        rows = list(home.role_table().rows)
        total = sum(row.leads + row.members + row.not_listed for row in rows)
        assert total == len(home.roles)
        assert sum(row.leads + row.members for row in rows) == home.municipalities_together
        assert [row.province for row in rows] == sorted(row.province for row in rows)

    def test_the_words_of_a_tile_name_the_role(self, home: Home) -> None:
        for role in list(home.roles.values())[:40]:
            if role.role is ListedRole.NOT_LISTED:
                continue
            words = made._role_in_words(role)
            assert words.startswith("indiener" if role.role is ListedRole.LEAD else "lid")
            for name in role.named:
                assert name in words

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_the_table_behind_it_is_a_file_too(self, home: Home, client: Client, language: str) -> None:
        answer = client.get(f"{language}/", {"format": "xlsx"})
        assert answer["Content-Disposition"] == 'attachment; filename="per-province.xlsx"'
        cells = [
            cell for row in load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True) for cell in row
        ]
        totals = [cell for cell in cells if isinstance(cell, int)][-3:]
        assert sum(totals) == len(home.roles)
        assert totals[0] + totals[1] == home.municipalities_together
        assert ("Provincie" in cells) is not bool(language)

    def test_a_programme_without_a_list_has_no_map_and_no_file(
        self, monkeypatch: pytest.MonkeyPatch, client: Client
    ) -> None:
        monkeypatch.setattr(made, "printed_lists", list)
        page = client.get("/")
        assert page.status_code == 200
        assert 'aria-labelledby="samen"' not in page.content.decode()
        assert "Excel-overzicht" not in page.content.decode()
        asked = client.get("/", {"format": "xlsx"})
        assert asked.status_code == 200
        assert asked["Content-Type"].startswith("text/html")


def test_what_people_write_is_escaped(client: Client) -> None:
    put(Programme.objects.get(slug="plan-samenleven"), introduction="<b>vet</b>", introduction_en="")
    for address in ("/", "/en/"):
        page = client.get(address).content.decode()
        assert "<b>vet</b>" not in page
        assert '<span lang="nl">&lt;b&gt;vet&lt;/b&gt;</span>' in page
