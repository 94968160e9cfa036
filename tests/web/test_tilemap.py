"""Maps: classes, ground, fills, legend, marks, and the table behind."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.tables import Gap
from draad.web.tables import BoundTable
from draad.web.tilemap import (
    Place,
    Scale,
    Square,
    TileMap,
    TileValue,
    breaks,
    categories,
    draw,
    grid,
    quantiles,
    table_behind,
)

NUMBERS = st.lists(st.integers(-1000, 1_000_000), max_size=60)


def test_quantiles_give_six_classes_with_equally_many_values() -> None:
    scale = quantiles(range(1, 61))
    counts = [sum(scale.place(n) == known for n in range(1, 61)) for known in scale.classes]
    assert counts == [10] * 6
    assert [known.label for known in scale.classes][:2] == ["1 – 10", "11 – 20"]
    assert [known.fill for known in scale.classes] == [1, 2, 3, 4, 5, 6]


def test_equal_values_stay_in_one_class() -> None:
    scale = quantiles([0] * 50 + [7])
    assert len({scale.place(0).label}) == 1
    assert quantiles([5, 5, 5]).classes[0].label == "5"
    assert len(quantiles([5, 5, 5]).classes) == 1


def test_gaps_take_no_part_in_the_classes() -> None:
    assert quantiles([1, 2, Gap("niet openbaar")]).classes == quantiles([1, 2]).classes
    assert quantiles([Gap("niet openbaar")]).classes == ()


@given(NUMBERS, st.integers(1, 6))
def test_every_value_has_a_class_and_higher_values_no_lower_class(values: list[int], count: int) -> None:
    scale = quantiles(values, count=count)
    assert len(scale.classes) <= count
    fills = [scale.place(value).fill for value in sorted(values)]
    assert fills == sorted(fills)
    assert {known.fill for known in scale.classes} == set(fills)


def test_breaks_put_a_bound_in_the_higher_class() -> None:
    scale = breaks([10_000, 20_000])
    assert [known.label for known in scale.classes] == ["minder dan 10.000", "10.000 tot 20.000", "20.000 of meer"]
    assert [scale.place(value).label for value in (9_999, 10_000, Decimal("19999.5"), 20_000)] == [
        "minder dan 10.000", "10.000 tot 20.000", "10.000 tot 20.000", "20.000 of meer",
    ]  # fmt: skip


@pytest.mark.parametrize("bounds", [[], [2, 1], [1, 1], [1, 2, 3, 4, 5, 6]])
def test_wrong_breaks_are_refused(bounds: list[int]) -> None:
    with pytest.raises(ValueError, match=r"bounds must rise|one to 6 classes"):
        breaks(bounds)


def test_categories_are_words_from_light_to_dark() -> None:
    scale = categories([("member", "lid"), ("lead", "indiener")])
    assert scale.place("member").fill < scale.place("lead").fill
    with pytest.raises(ValueError, match="'guest' is not one of the categories member, lead"):
        scale.place("guest")
    with pytest.raises(ValueError, match="occurs twice"):
        categories([("a", "x"), ("a", "y")])
    with pytest.raises(ValueError, match="one to 6 classes, not 7"):
        categories([(str(n), str(n)) for n in range(7)])


def test_a_number_without_classes_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="made from no values"):
        quantiles([]).place(3)


# ground ---------------------------------------------------------------------------------------------------------

SQUARES = (Square("1", "West", 0, 0), Square("2", "West", 1, 0), Square("3", "Oost", 2, 0), Square("4", "Oost", 2, 1))


def test_a_line_stands_between_neighbours_of_different_groups_only() -> None:
    borders = grid(SQUARES).borders
    assert "M40 0v20" in borders
    assert "M20 0v20" not in borders
    assert "M40 20h20" not in borders


def test_one_group_has_no_lines() -> None:
    assert grid(tuple(Square(s.key, "West", s.column, s.row) for s in SQUARES)).borders == ""


def test_two_squares_in_one_place_are_refused() -> None:
    with pytest.raises(ValueError, match="share a place"):
        grid((Square("1", "a", 0, 0), Square("2", "a", 0, 0)))


@given(st.dictionaries(st.tuples(st.integers(0, 12), st.integers(0, 8)), st.sampled_from(["Limburg", "Antwerpen", ""]),
                       min_size=1, max_size=60))  # fmt: skip
def test_names_of_groups_lie_beside_the_squares_and_inside_the_drawing(cells: dict[tuple[int, int], str]) -> None:
    ground = grid(tuple(Square(str(n), group, c, r) for n, ((c, r), group) in enumerate(cells.items())))
    assert {label.text for label in ground.labels} == set(cells.values()) - {""}
    for label in ground.labels:
        column, row = label.x // 20, (label.y - 15) // 20
        width = len(label.text) * 12
        covered = {(column + step, row) for step in range(-(-width // 20))}
        assert not covered & set(cells)
        assert label.x >= 0
        assert label.x + width <= ground.width
        assert ground.top <= label.y - 15
        assert label.y + 5 <= ground.top + ground.height
    places = {(label.x, label.y) for label in ground.labels}
    assert len(places) == len(ground.labels)


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.sampled_from("ab"), min_size=1))
def test_lines_separate_exactly_the_neighbours_that_differ(cells: dict[tuple[int, int], str]) -> None:
    borders = grid(tuple(Square(str(n), group, c, r) for n, ((c, r), group) in enumerate(cells.items()))).borders
    lines = borders.replace("M", "|M").split("|")
    for (column, row), group in cells.items():
        right, below = cells.get((column + 1, row)), cells.get((column, row + 1))
        if right:
            assert (f"M{(column + 1) * 20} {row * 20}v20" in lines) == (right != group)
        if below:
            assert (f"M{column * 20} {(row + 1) * 20}h20" in lines) == (below != group)


# drawing --------------------------------------------------------------------------------------------------------

PLACES = [Place(key, f"Gemeente {key}", "West", f"/besturen/{key}/") for key in "1234"]


def drawn(values: dict[str, TileValue], scale: Scale | None = None, marked: tuple[str, ...] = ()) -> TileMap:
    return draw(PLACES, grid(SQUARES), values, scale or breaks([100]), key="m", title="Proef", about="Uitleg.",
                outside="niet in de lijst", marked=marked, marker_label="mentorbestuur")  # fmt: skip


def test_a_place_is_filled_hatched_or_outlined() -> None:
    found = drawn({"1": TileValue(5), "2": TileValue(200, "200 plannen"), "3": TileValue(Gap("niet openbaar"))})
    assert [shape.fill for shape in found.shapes] == ["3", "6", "gap", "t0"]
    assert [shape.says for shape in found.shapes] == [
        "Gemeente 1: 5", "Gemeente 2: 200 plannen", "Gemeente 3: niet openbaar", "Gemeente 4: niet in de lijst",
    ]  # fmt: skip


def test_zero_is_a_value_and_not_a_gap() -> None:
    assert drawn({"1": TileValue(0)}).shapes[0].fill == "3"


def test_the_legend_names_what_is_on_the_map_and_no_more() -> None:
    bare = drawn({key: TileValue(1) for key in "1234"})
    assert [item.fill for item in bare.legend] == ["3", "6"]
    full = drawn({"1": TileValue(1), "2": TileValue(Gap("niet openbaar"))}, marked=("1",))
    assert [(item.fill, str(item.label)) for item in full.legend[2:]] == [
        ("gap", "niet openbaar"), ("t0", "niet in de lijst"), ("ring", "mentorbestuur"),
    ]  # fmt: skip


def test_a_mark_is_said_in_words() -> None:
    shape = drawn({"1": TileValue("lead")}, categories([("lead", "indiener")]), marked=("1",)).shapes[0]
    assert shape.marked
    assert shape.says == "Gemeente 1: indiener, mentorbestuur"


def test_values_and_marks_for_unknown_places_are_refused() -> None:
    with pytest.raises(ValueError, match="no such place on the map: 8, 9"):
        drawn({"9": TileValue(1)}, marked=("8",))


def test_a_place_without_ground_is_left_out() -> None:
    extra = [*PLACES, Place("5", "Gemeente 5", "Oost", "/")]
    found = draw(extra, grid(SQUARES), {"5": TileValue(1)}, breaks([1]), key="m", title="", outside="")
    assert [shape.place.key for shape in found.shapes] == list("1234")


def test_the_drawing_is_one_tab_stop_of_links_with_names() -> None:
    html = render_to_string("cotton/tile_map.html", {"map": drawn({"1": TileValue(5), "3": TileValue(Gap("?"))})})
    assert html.count("<a href=") == 4
    assert html.count('tabindex="-1"') == 3
    assert 'aria-label="Gemeente 1: 5"' in html
    assert 'fill="url(#m-hatch)"' in html
    assert 'role="group"' in html
    assert "style=" not in html


def test_numbers_in_the_drawing_have_no_separators_of_the_language() -> None:
    wide = tuple(Square(str(n), "West", n * 60, 0) for n in range(1, 5))
    found = draw(PLACES, grid(wide), {}, breaks([1]), key="m", title="", outside="", marked=("4",), marker_label="x")
    html = render_to_string("cotton/tile_map.html", {"map": found})
    assert 'cx="4810.0"' in html
    assert "M4800 0h20" in html


def test_the_table_behind_has_every_place_with_its_value() -> None:
    found = drawn({"1": TileValue(5), "2": TileValue(Gap("niet openbaar"))})
    table = table_behind(found, value_label="Aantal", place_label="Gemeente", group_label="Provincie", source="proef")
    cells = [[cell.value for cell in row] for row in BoundTable(table, "", {}).rows]
    assert cells[0] == ["Gemeente 1", "West", 5]
    assert cells[1][2] == Gap("niet openbaar")
    assert cells[3][2] == "niet in de lijst"
    assert table.columns[0].link is not None
    assert table.columns[0].link(found.shapes[0]) == "/besturen/1/"


def test_the_table_behind_a_map_of_words_can_be_filtered_on_them() -> None:
    found = drawn({"1": TileValue("lead")}, categories([("lead", "indiener")]))
    table = table_behind(found, value_label="Rol", place_label="Gemeente", group_label="Provincie")
    bound = BoundTable(table, "", {"value": "indiener"})
    assert [row[0].value for row in bound.rows] == ["Gemeente 1"]


def test_names_of_places_are_escaped_and_only_the_first_is_a_tab_stop() -> None:
    places = [Place(str(n), name, "West", f"/?a={n}&b") for n, name in enumerate(["<b>", "D'Hoek & Zoon"], 1)]
    found = draw(places, grid(SQUARES), {"1": TileValue(1), "2": TileValue(Gap("<i>"))}, breaks([5]),
                 key="k", title="Kaart", outside="buiten", marked=["2"], marker_label="gekozen")  # fmt: skip
    first, second = found.tiles.strip().split("\n")
    assert '<a href="/?a=1&amp;b" aria-label="&lt;b&gt;: 1"><path' in first
    assert 'aria-label="D&#x27;Hoek &amp; Zoon: &lt;i&gt;, gekozen" tabindex="-1"' in second
    assert 'fill="url(#k-hatch)"' in second
    assert second.count("<circle") == 1
    assert "<circle" not in first
