"""A table on a page: sorting, filtering, pages, totals and downloads of what is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db.models.functions import Left
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from draad.accounts import audit
from draad.accounts.actor import system
from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.organisations.models import Organisation, PopulationFigure, TerritoryArea
from draad.web.tables import PAGE_SIZE, BoundTable, table_page

Row = tuple[str, str, Value]
ROWS: list[Row] = [
    ("Gent", "stad", 5),
    ("aalst", "stad", Gap("onbekend")),
    ("Mol", "gemeente", 12),
    ("Zwalm", "gemeente", 1),
]


def sample(rows: list[Row] | None = None, kind: Kind = Kind.COUNT) -> Table[Row]:
    return Table(
        key="towns",
        title="Steden",
        columns=[
            Column("name", "Naam", lambda row: row[0], link=lambda row: f"/{row[0]}/"),
            Column("kind", "Soort", lambda row: row[1], choices=True),
            Column("n", "Aantal", lambda row: row[2], kind, total=True),
        ],
        rows=ROWS if rows is None else rows,
        search=lambda row: f"{row[0]} {row[1]}",
    )


def bound(parameters: Mapping[str, str], prefix: str = "") -> BoundTable:
    return BoundTable(sample(), prefix, parameters)


def names(table: BoundTable) -> list[Value]:
    return [row[0].value for row in table.rows]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["Gent", "aalst", "Mol", "Zwalm"]),
        ("name", ["aalst", "Gent", "Mol", "Zwalm"]),
        ("-name", ["Zwalm", "Mol", "Gent", "aalst"]),
        ("n", ["Zwalm", "Gent", "Mol", "aalst"]),
        ("-n", ["Mol", "Gent", "Zwalm", "aalst"]),
        ("nonsense", ["Gent", "aalst", "Mol", "Zwalm"]),
    ],
)
def test_sorting_keeps_gaps_last(sort: str, expected: list[str]) -> None:
    assert names(bound({"sort": sort})) == expected


def test_a_heading_turns_the_order_round() -> None:
    heading = {h.column.key: h for h in bound({"sort": "n"}).headings}
    assert (heading["n"].sort, heading["n"].direction) == ("-n", "ascending")
    assert (heading["name"].sort, heading["name"].direction) == ("name", "")


def test_filtering_on_a_value_and_on_words() -> None:
    assert names(bound({"kind": "stad"})) == ["Gent", "aalst"]
    assert names(bound({"q": "gemeente zw"})) == ["Zwalm"]
    assert names(bound({"kind": "stad", "q": "mol"})) == []


def test_choices_are_the_values_that_occur() -> None:
    assert bound({}).choosers[0].options == ["gemeente", "stad"]


def test_totals_are_over_what_passes_the_filter_and_say_at_least() -> None:
    with translation.override("nl"):
        total = bound({}).totals
        assert total is not None
        assert (total[2].value, total[2].at_least) == (18, True)
        assert "≥" in total[2].shown
        filtered = bound({"kind": "gemeente"}).totals
        assert filtered is not None
        assert (filtered[2].value, filtered[2].at_least) == (13, False)


def test_amounts_of_a_column_all_show_cents_when_one_does() -> None:
    rows: list[Row] = [("a", "x", Decimal("1.00")), ("b", "x", Decimal("2.50"))]
    with translation.override("nl"):
        shown = [row[2].shown for row in BoundTable(sample(rows, Kind.EURO), "", {}).rows]
    assert shown == ["€\u00a01,00", "€\u00a02,50"]


def test_long_tables_come_in_pages_and_totals_stay_whole() -> None:
    rows: list[Row] = [(f"n{i}", "x", 1) for i in range(PAGE_SIZE + 5)]
    table = BoundTable(sample(rows), "", {"page": "2"})
    assert len(table.rows) == 5
    assert table.totals is not None
    assert table.totals[2].value == PAGE_SIZE + 5
    assert len(list(table.whole.rows)) == PAGE_SIZE + 5


@pytest.mark.parametrize(
    ("pages", "here", "expected"),
    [
        (3, 2, [1, 2, 3]),
        (40, 1, [1, 2, 3, 4, None, 40]),
        (40, 20, [1, None, 17, 18, 19, 20, 21, 22, 23, None, 40]),
        (40, 40, [1, None, 37, 38, 39, 40]),
    ],
)
def test_a_very_long_table_links_to_some_of_its_pages(pages: int, here: int, expected: list[int | None]) -> None:
    rows: list[Row] = [(f"n{number}", "stad", number) for number in range(PAGE_SIZE * pages)]
    assert BoundTable(sample(rows), "", {"page": str(here)}).page_numbers == expected


def test_a_wrong_page_number_gives_the_last_or_first() -> None:
    rows: list[Row] = [(f"n{i}", "x", 1) for i in range(PAGE_SIZE + 5)]
    assert BoundTable(sample(rows), "", {"page": "99"}).page.number == 2
    assert BoundTable(sample(rows), "", {"page": "zz"}).page.number == 1


def test_two_tables_on_a_page_do_not_hear_each_other() -> None:
    assert names(bound({"q": "mol"}, prefix="towns.")) == ["Gent", "aalst", "Mol", "Zwalm"]
    assert names(bound({"towns.q": "mol"}, prefix="towns.")) == ["Mol"]


@pytest.mark.parametrize(("form", "content_type"), [("csv", "text/csv"), ("xlsx", "spreadsheetml")])
def test_a_download_holds_what_the_page_shows(rf: RequestFactory, form: str, content_type: str) -> None:
    response = table_page(rf.get("/", {"format": form, "kind": "stad", "sort": "-name"}), "unused.html", [sample()])
    assert content_type in response.headers["Content-Type"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="towns.{form}"'
    if form == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        assert [line.split(";")[0] for line in lines] == ["Naam", "Gent", "aalst"]


def test_a_download_chooses_its_table_among_several(rf: RequestFactory) -> None:
    other = Table("other", "Ander", [Column("x", "X", lambda row: row)], ["1"])
    response = table_page(rf.get("/", {"format": "csv", "table": "other"}), "unused.html", [sample(), other])
    assert response.content.decode("utf-8-sig").splitlines() == ["X", "1"]


def test_rows_from_the_database_are_sorted_and_filtered_there(db: None) -> None:
    with audit.recording(by=system("test")) as log:
        for name, kind in [("Zeta", "agency"), ("Alfa", "agency"), ("beta", "cabinet")]:
            log.create(Organisation(slug=f"t-{name}", name=name, kind=kind, source="test"), verb="test.add")
    table: Table[Organisation] = Table(
        key="o",
        title="O",
        columns=[
            Column("name", "Naam", lambda row: row.name, order_by="name"),
            Column("kind", "Soort", lambda row: row.kind, choices=True, filter_by="kind"),
        ],
        rows=Organisation.objects.filter(slug__startswith="t-").order_by("pk"),
        search_by=["name"],
    )
    assert names(BoundTable(table, "", {"sort": "name", "kind": "agency"})) == ["Alfa", "Zeta"]
    assert names(BoundTable(table, "", {"sort": "-name"})) == ["Zeta", "beta", "Alfa"]
    assert names(BoundTable(table, "", {"q": "bet"})) == ["beta"]
    assert names(BoundTable(table, "", {"q": " TA  be "})) == ["beta"]
    assert names(BoundTable(table, "", {"q": "ta alf"})) == []
    assert BoundTable(table, "", {}).choosers[0].options == ["agency", "cabinet"]


@pytest.fixture
def of_areas(db: None) -> Table[TerritoryArea]:
    """Which territory lies in which area, with choices in its own table, in another, and in an annotation."""
    rows = TerritoryArea.objects.select_related("area", "territory").annotate(first=Left("territory__name", 1))
    return Table(
        key="a",
        title="A",
        columns=[
            Column("territory", "Gemeente", lambda row: row.territory.name, order_by="territory__name"),
            Column("kind", "Soort", lambda row: row.kind, choices=True, filter_by="kind"),
            Column("area", "Gebied", lambda row: row.area.name, choices=True, filter_by="area__name"),
            Column("first", "Letter", lambda row: row.first, choices=True, filter_by="first"),
        ],
        rows=rows.order_by("pk"),
        search_by=["territory__name"],
    )


def test_choices_of_a_short_list_cost_no_query(
    of_areas: Table[TerritoryArea], django_assert_num_queries: Callable[..., Any]
) -> None:
    some = list(TerritoryArea.objects.order_by("pk").values_list("pk", flat=True)[:60])
    short = replace(of_areas, rows=of_areas.rows.filter(pk__in=some))
    with django_assert_num_queries(2):
        on_one_page = BoundTable(short, "", {})
        assert len(on_one_page.rows) == 60
        assert on_one_page.page_numbers == [1]
    assert [chooser.options for chooser in on_one_page.choosers] == [
        sorted({getter(row) for row in short.rows})
        for getter in (lambda row: row.kind, lambda row: row.area.name, lambda row: row.first)
    ]


@pytest.mark.parametrize("asked", [{"q": "gent"}, {"first": "G"}, {"page": "2"}])
def test_choices_are_those_of_the_whole_list(of_areas: Table[TerritoryArea], asked: dict[str, str]) -> None:
    whole, part = BoundTable(of_areas, "", {}), BoundTable(of_areas, "", asked)
    assert whole.page.has_other_pages()
    assert [chooser.options for chooser in part.choosers] == [chooser.options for chooser in whole.choosers]
    assert set(whole.choosers[2].options) == {row.territory.name[0] for row in of_areas.rows}


def test_choices_of_a_long_list_cost_one_query(
    of_areas: Table[TerritoryArea], django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(2):  # how many rows there are, and the choices of all three columns
        found = BoundTable(of_areas, "", {})
    assert [len(chooser.options) > 1 for chooser in found.choosers] == [True, True, True]


def test_numbers_to_choose_stand_in_their_order(db: None) -> None:
    rows = PopulationFigure.objects.filter(territory__nis__startswith="1").order_by("pk")
    persons = Column[PopulationFigure]("p", "P", lambda row: row.persons, choices=True, filter_by="persons")
    for parameters in ({}, {"q": ""}):
        options = (
            BoundTable(Table(key="t", title="T", columns=[persons], rows=rows), "", parameters).choosers[0].options
        )
        assert options == [str(number) for number in sorted(set(rows.values_list("persons", flat=True)))]


def test_what_stands_in_a_table_is_escaped_once() -> None:
    rows: list[Row] = [("<b>&'\"", "a&b", Gap("<i>")), ("Mol", "a&b", 1)]
    text = BoundTable(sample(rows), "", {}).body
    assert '<a href="/&lt;b&gt;&amp;&#x27;&quot;/">&lt;b&gt;&amp;&#x27;&quot;</a>' in text
    assert text.count(">a&amp;b<") == 2
    assert "&lt;i&gt;" in text
    assert "&amp;lt;" not in text


def test_rows_from_the_database_are_added_up_there(db: None, django_assert_num_queries: Callable[..., Any]) -> None:
    def table(**column: Any) -> Table[PopulationFigure]:
        persons = Column[PopulationFigure]("p", "Personen", lambda row: row.persons, Kind.COUNT, total=True, **column)
        name = Column[PopulationFigure]("id", "Nr.", lambda row: row.pk, order_by="pk")
        return Table(key="p", title="P", columns=[name, persons], rows=PopulationFigure.objects.order_by("pk"))

    in_python, in_database = BoundTable(table(), "", {}), BoundTable(table(total_by="persons"), "", {})
    expected = in_python.totals
    with django_assert_num_queries(2):
        assert len(in_database.rows) == 100
        found = in_database.totals
    assert expected
    assert found
    assert [cell.value for cell in found] == [cell.value for cell in expected] == [None, 6_629_143]


def test_nothing_from_the_database_has_no_foot(db: None) -> None:
    column = Column[PopulationFigure]("p", "P", lambda row: row.persons, Kind.COUNT, total=True, total_by="persons")
    table = Table(key="p", title="P", columns=[column], rows=PopulationFigure.objects.none())
    assert BoundTable(table, "", {}).totals is None


def test_the_gallery_shows_a_table_with_all_its_parts(db: None, client: Client) -> None:
    html = client.get("/bouwstenen/", {"sample.sort": "-persons"}).content.decode()
    assert 'aria-sort="descending"' in html
    assert "?sample.sort=name" in html
    assert "format=xlsx" in html
    assert "draad-value--missing" in html


@pytest.mark.parametrize(
    ("rows", "parameters", "narrowed"),
    [([], {}, False), ([], {"q": "  "}, False), (ROWS, {"q": "zzz"}, True), (ROWS, {"kind": "stad"}, True)],
)
def test_an_empty_list_is_not_called_a_narrow_filter(
    rows: list[Row], parameters: dict[str, str], narrowed: bool
) -> None:
    table = BoundTable(sample(rows), "", parameters)
    assert table.narrowed is narrowed
    if not names(table):
        page = render_to_string("cotton/table.html", {"table": table, "request": RequestFactory().get("/")})
        assert ("Maak de filter ruimer" in page) is narrowed
        assert ("Er is nog niets in deze lijst." in page) is not narrowed


@pytest.mark.parametrize(("language", "marked"), [("nl", False), ("en", True)])
def test_texts_that_are_kept_in_one_language_are_marked_on_a_page_in_another(language: str, marked: bool) -> None:
    column: Column[str] = Column("a", "A", lambda row: row, language="nl")
    gap: Column[str] = Column("b", "B", lambda _row: Gap("missing"), language="nl")
    free: Column[str] = Column("c", "C", lambda row: row)
    with translation.override(language):
        table = Table(key="t", title="T", columns=[column, gap, free], rows=["Buren <b>"])
        body = str(BoundTable(table, "", {}).body)
    assert ('<span lang="nl">Buren &lt;b&gt;</span>' in body) is marked
    assert body.count('lang="nl"') == int(marked), "a word of the page itself, such as a gap, is in its language"
