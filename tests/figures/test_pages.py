"""Pages of figures, what they add to the page of an action, search, and their queries."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from draad.documents.tables import Gap, NotApplicable
from draad.figures.models import PublishedFigure
from draad.figures.queries import ActionRound, Values, action_rounds
from draad.figures.search import search
from draad.figures.sections import changes_of, headline, published_section
from draad.figures.tables import action_rounds_table
from draad.programmes.models import Action, Round
from tests.figures.conftest import Publish, value

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def action(number: int) -> Action:
    found: Action = Action.objects.select_related("programme").get(number=number)
    return found


def test_the_list_shows_values_with_their_source(client: Client) -> None:
    text = text_of(client, "/cijfers/")
    assert "€\u00a014.136.359" in text
    assert "cijferpagina van het programma" in text
    assert "<c-" not in text


def test_filter_on_an_action(client: Client) -> None:
    text = text_of(client, "/cijfers/?action=5 Oefenkansen Nederlands organiseren")
    assert "118.178" in text
    assert "14.136.359" not in text


def test_filter_on_a_round_that_is_not_stated(client: Client) -> None:
    text = text_of(client, "/cijfers/?round=niet vermeld")
    assert ">138<" in text
    assert "118.178" not in text


def test_the_download_keeps_counts_and_amounts_as_numbers(client: Client) -> None:
    sheet: Any = load_workbook(BytesIO(client.get("/cijfers/?format=xlsx").content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "Wat telt")
    data = rows[rows.index(head) + 1 :]
    assert len(data) == PublishedFigure.objects.count()
    counts, amounts = head.index("Aantal"), head.index("Bedrag in euro")
    for row in data:
        assert (row[counts] is None) != (row[amounts] is None)
        assert all(cell is None or isinstance(cell, int | float) for cell in (row[counts], row[amounts]))
    stored = PublishedFigure.objects.filter(unit="EUR").values_list("value", flat=True)
    assert sum(row[amounts] or 0 for row in data) == sum(stored)


def test_a_figure_says_what_is_counted_and_what_else_is_said(client: Client) -> None:
    figure = PublishedFigure.objects.get(value=151539)
    text = text_of(client, figure.get_absolute_url())
    for words in ("151.539", "170.951", "oefenkansen Nederlands", "actie 5, ronde 2", "1 ander record voor dit cijfer",
                  "Meer dan één waarde", "de tabel op dezelfde pagina zegt 170 951"):  # fmt: skip
        assert words in text


def test_a_figure_without_a_round_says_so(client: Client) -> None:
    figure = PublishedFigure.objects.get(action__number=15)
    text = text_of(client, figure.get_absolute_url())
    assert "niet vermeld" in text
    assert "ander record" not in text


def test_a_rounded_figure_says_so(client: Client) -> None:
    assert "afgerond in de bron" in text_of(client, PublishedFigure.objects.get(value=16830000).get_absolute_url())
    assert "afgerond in de bron" not in text_of(client, PublishedFigure.objects.get(value=151539).get_absolute_url())


def test_the_english_page_is_english(client: Client) -> None:
    figure = PublishedFigure.objects.get(value=151539)
    text = text_of(client, f"/en{figure.get_absolute_url()}")
    for words in ("Units reached", "151,539", "the table of the same page says 170 951", "programme figures page"):
        assert words in text


def test_an_unknown_figure_is_not_found(client: Client) -> None:
    assert client.get("/cijfers/999999/").status_code == 404


def test_the_page_of_action_5(client: Client) -> None:
    text = text_of(client, "/programmas/plan-samenleven/acties/5/")
    for words in ("Elke gemeten ronde haalde het toegekende doel", "118.178", "ook in de bron: 151.539", "173\u00a0%",
                  "206\u00a0%", "Ronde 2, andere waarde in de bron", "niet gepubliceerd", "€\u00a04.030.860",
                  "vanaf ronde 2 telt: oefenkansen Nederlands"):  # fmt: skip
        assert words in text
    assert text.count("Meer dan één waarde: bereikte eenheden, actie 5, ronde 2</h3>") == 1


def test_the_page_of_an_action_of_which_nothing_is_published(client: Client) -> None:
    text = text_of(client, "/programmas/plan-samenleven/acties/6/")
    assert "Resultaten: niet gepubliceerd" in text


def test_the_page_of_an_action_with_a_figure_without_round(client: Client) -> None:
    text = text_of(client, "/programmas/plan-samenleven/acties/15/")
    assert '<h2 id="resultaat-kop">Gepubliceerde cijfers</h2>' in text
    assert ">138<" in text


def test_the_stations_of_the_thread() -> None:
    stops = published_section(action(5)).stops
    assert {name: stop.note for name, stop in stops.items()} == {
        "application": "135 besturen, ronde 3",
        "grant": "€\u00a04.027.260, ronde 3",
        "result": "170.951, ronde 2",
    }
    assert published_section(action(1)).stops == {}


def test_what_counts_changes_in_round_2_for_action_5() -> None:
    assert changes_of(action(5)) == {2: "oefenkansen Nederlands"}
    assert changes_of(action(2)) == {}


def results(publish: Publish, *pairs: tuple[int | None, int | None]) -> list[ActionRound]:
    rows = []
    for number, (reached, target) in enumerate(pairs, start=1):
        place: dict[str, Any] = {"round_number": number, "action": 5, "unit": "units"}
        rows += [value("units achieved", reached, **place)] if reached is not None else []
        rows += [value("units granted", target, **place)] if target is not None else []
    publish(*rows)
    return action_rounds(action(5))


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([(10, 5), (9, 9)], "Elke gemeten ronde haalde het toegekende doel"),
        ([(4, 5), (9, 9)], "1 van de 2 gemeten rondes haalde het toegekende doel"),
        ([(6, 5), (9, 9), (1, 9)], "2 van de 3 gemeten rondes haalden het toegekende doel"),
        ([(4, 5), (8, 9)], "Geen gemeten ronde haalde het toegekende doel"),
        ([(None, 5), (8, None)], "Resultaten per ronde"),
        ([(0, 5)], "Geen gemeten ronde haalde het toegekende doel"),
        ([], "Resultaten per ronde"),
    ],
)
def test_the_headline_says_what_the_results_say(
    publish: Publish, pairs: list[tuple[int | None, int | None]], sentence: str
) -> None:
    assert headline(results(publish, *pairs)) == sentence


def cells(rounds: list[ActionRound], key: str) -> list[Any]:
    table = action_rounds_table(rounds)
    column = table.column(key)
    assert column is not None
    return [column.value(row) for row in table.rows]


def test_the_table_per_round() -> None:
    rounds = action_rounds(action(5))
    assert cells(rounds, "round") == ["Ronde 1", "Ronde 2", "Ronde 2, andere waarde in de bron", "Ronde 3"]
    assert cells(rounds, "reached") == [118178, 170951, 151539, Gap("niet gepubliceerd")]
    assert cells(rounds, "target") == [68429, 83110, None, 83050]
    share = cells(rounds, "share")
    assert [round(part, 1) for part in share[:3]] == [Decimal("172.7"), Decimal("205.7"), Decimal("182.3")]
    assert share[3] == NotApplicable()


def test_zero_reached_is_zero_percent_and_no_gap(publish: Publish) -> None:
    rounds = results(publish, (0, 5))
    assert cells(rounds, "reached")[0] == 0
    assert cells(rounds, "share")[0] == 0


def test_a_target_of_zero_gives_no_share(publish: Publish) -> None:
    assert cells(results(publish, (3, 0)), "share")[0] == NotApplicable()


def test_an_empty_round_is_a_row_of_gaps() -> None:
    empty = ActionRound(Round.objects.get(number=1), Values(), Values(), Values(), Values())
    gap = Gap("niet gepubliceerd")
    assert [cells([empty], key) for key in ("target", "reached", "granted", "governments")] == [[gap]] * 4


@pytest.mark.parametrize(
    ("text", "number"),
    [("151.539", 1), ("151539", 1), ("bereikte eenheden", 3), ("toegekend bedrag ronde 3", 3), ("zebra", 0), ("", 0)],
)
def test_search(text: str, number: int) -> None:
    assert len(search(text)) == number


@pytest.mark.parametrize(
    "address",
    ["/cijfers/", "/en/cijfers/", "/programmas/plan-samenleven/acties/5/", "/programmas/plan-samenleven/acties/21/"],
)
def test_pages_take_few_queries(client: Client, django_assert_max_num_queries: Any, address: str) -> None:
    with django_assert_max_num_queries(15):
        client.get(address)


def test_a_figure_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    figure = PublishedFigure.objects.get(value=151539)
    with django_assert_max_num_queries(6):
        client.get(figure.get_absolute_url())
