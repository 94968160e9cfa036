"""Cells, margins, levels and linked tables."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.disclosure import Hierarchy, InnerCell, Link, plan_publication
from draad.methods.disclosure.hierarchy import columns_that_determine
from draad.methods.disclosure.linkage import cyclic_core, joint_tables
from draad.methods.disclosure.published import published_tables
from draad.methods.errors import MethodError

from .helpers import cube, grid, number_of

TOWNS = {"p": "N", "q": "N", "r": "S", "s": "S"}
PROVINCE = Link("town", "province", TOWNS)
REGION = Link("province", "country", {"N": "X", "S": "X"})


def towns() -> list[InnerCell]:
    """Return four towns by sex."""
    return [
        InnerCell({"town": town, "sex": sex}, value, value)
        for value, (town, sex) in enumerate([(t, s) for t in TOWNS for s in "mf"], start=1)
    ]


def test_two_dimensions_have_every_margin() -> None:
    publication = plan_publication(grid("AB", "mf", [[1, 2], [3, 4]]), [("region", "sex")])
    ((dimensions, places),) = publication.layout.tables
    values = {tuple(place.at.values()): publication.totals.value[place.cell] for place in places}

    assert dimensions == ("region", "sex")
    assert values == {
        ("A", "m"): 1,
        ("A", "f"): 2,
        ("A", "*"): 3,
        ("B", "m"): 3,
        ("B", "f"): 4,
        ("B", "*"): 7,
        ("*", "m"): 4,
        ("*", "f"): 6,
        ("*", "*"): 10,
    }


@given(st.lists(st.integers(0, 50), min_size=12, max_size=12))
def test_every_relation_holds_for_the_totals(values: list[int]) -> None:
    inner = cube("abc", [2, 3, 2], values)
    for tables in ([("a", "b", "c")], [("a", "b"), ("b", "c")], [("a", "b"), ("b", "c"), ("a", "c")]):
        publication = plan_publication(inner, tables)
        value = publication.totals.value
        for total, parts in publication.layout.relations:
            assert value[total] == sum(value[part] for part in parts)


def test_absent_combinations_count_zero() -> None:
    inner = [InnerCell({"region": "A", "sex": "m"}, 3, 3), InnerCell({"region": "B", "sex": "f"}, 4, 4)]
    publication = plan_publication(inner, [("region", "sex")])

    assert publication.totals.value[number_of(publication, region="A", sex="f")] == 0
    assert len(publication.layout.tables[0][1]) == 9


def test_finer_rows_are_summed() -> None:
    publication = plan_publication(cube("abc", [2, 2, 3], range(12)), [("a",)])

    assert publication.totals.value[number_of(publication, a="a0")] == sum(range(6))


def test_shared_margins_are_one_cell() -> None:
    layout = plan_publication(cube("abc", [2, 2, 2], range(8)), [("a", "b"), ("a", "c")]).layout

    assert len(layout.keys) == 9 + 9 - 3
    assert not any(layout.hidden)


def test_subtotals_of_a_hierarchy_are_published() -> None:
    publication = plan_publication(towns(), [("town", "sex")], Hierarchy((PROVINCE,)))
    places = publication.layout.tables[0][1]
    by_at = {tuple(sorted(place.at.items())): publication.totals.value[place.cell] for place in places}

    assert by_at[("province", "N"), ("sex", "m")] == 1 + 3
    assert by_at[("province", "S"), ("sex", "*")] == 5 + 6 + 7 + 8
    assert by_at[("sex", "*"), ("town", "*")] == 36
    assert len(places) == 7 * 3


def test_levels_may_stand_on_one_another() -> None:
    hierarchy = Hierarchy((PROVINCE, REGION))
    publication = plan_publication(towns(), [("town", "sex")], hierarchy)

    assert hierarchy.above("town") == ("province", "country")
    assert publication.totals.value[number_of(publication, country="X", sex="f")] == 2 + 4 + 6 + 8


def test_table_of_a_higher_level_shares_the_subtotals() -> None:
    layout = plan_publication(towns(), [("town", "sex"), ("province",)], Hierarchy((PROVINCE,))).layout
    shared = {place.cell for place in layout.tables[1][1]}

    assert shared <= {place.cell for place in layout.tables[0][1]}
    assert [place.at for place in layout.tables[1][1]] == [{"province": "N"}, {"province": "S"}, {"province": "*"}]


def test_crossing_levels_are_tied_by_the_level_below() -> None:
    kind = Link("town", "kind", {"p": "city", "q": "rural", "r": "city", "s": "rural"})
    hierarchy = Hierarchy((PROVINCE, kind))
    layout = plan_publication(towns(), [("province", "sex"), ("kind",)], hierarchy).layout

    assert joint_tables([("province", "sex"), ("kind",)], hierarchy) == [("town", "sex"), ("town",)]
    assert layout.hidden[layout.numbers[frozenset({("town", "p"), ("sex", "m")})]]
    assert not layout.hidden[layout.numbers[frozenset({("province", "N"), ("sex", "m")})]]


def test_known_levels_without_published_subtotals_are_hidden() -> None:
    inner = [InnerCell({**cell.codes, "province": TOWNS[cell.codes["town"]]}, cell.value, 1) for cell in towns()]
    publication = plan_publication(inner, [("town", "sex"), ("province",)])
    layout = publication.layout

    assert layout.hidden[layout.numbers[frozenset({("province", "N"), ("sex", "m")})]]
    assert not layout.hidden[layout.numbers[frozenset({("province", "N")})]]
    assert publication.findings == ["Every town lies in one province, so its sums by province count as known."]


@pytest.mark.parametrize(
    ("sets", "core"),
    [
        (["ab"], ""),
        (["ab", "bc"], ""),
        (["ab", "bc", "cd"], ""),
        (["ab", "bc", "ac"], "abc"),
        (["ab", "bc", "ac", "abc"], ""),
        (["ab", "bc", "cd", "ad"], "abcd"),
        (["abx", "bcy", "acz"], "abc"),
        (["ab", "cd"], ""),
        (["ab", "ab"], ""),
        ([], ""),
    ],
)
def test_cyclic_core(sets: list[str], core: str) -> None:
    assert cyclic_core([set(names) for names in sets]) == set(core)


def test_pairs_of_four_are_joined_in_one_table() -> None:
    assert joint_tables(list(combinations("abcd", 2)), Hierarchy()) == [("a", "b", "c", "d")]


def test_tables_in_a_chain_need_no_joint_table() -> None:
    assert joint_tables([("a", "b"), ("b", "c")], Hierarchy()) == []


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ([], "no table to publish"),
        ([("region", "age")], "no dimension 'age'; the dimensions are region, sex"),
        ([("region", "region")], "Table region,region: each dimension is named once"),
        ([()], "each dimension is named once"),
        ([("region", "sex"), ("sex", "region")], "this table is given twice"),
    ],
)
def test_wrong_tables_are_named(tables: list[tuple[str, ...]], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        plan_publication(grid("AB", "mf", [[1, 2], [3, 4]]), tables)


def test_no_inner_cells_is_an_error() -> None:
    with pytest.raises(MethodError, match="no inner cells"):
        plan_publication([], [("region",)])


def test_a_level_beside_its_own_dimension_is_refused() -> None:
    with pytest.raises(MethodError, match="province is a level of town"):
        plan_publication(towns(), [("town", "province")], Hierarchy((PROVINCE,)))


def test_crossing_levels_in_one_table_are_refused() -> None:
    kind = Link("town", "kind", {"p": "city", "q": "rural", "r": "city", "s": "rural"})
    with pytest.raises(MethodError, match="kind and province both follow from town"):
        plan_publication(towns(), [("province", "kind")], Hierarchy((PROVINCE, kind)))


def test_code_without_a_parent_is_named() -> None:
    short = Link("town", "province", {"p": "N"})
    with pytest.raises(MethodError, match="Hierarchy town:province: town 'q' has no province; add it to the map"):
        plan_publication(towns(), [("town",)], Hierarchy((short,)))


def test_cell_that_contradicts_the_map_is_named() -> None:
    inner = [InnerCell({"town": "p", "province": "S"}, 1, 1)]
    with pytest.raises(MethodError, match="Inner cell 1: town 'p' belongs to province 'N', but the cell has 'S'"):
        plan_publication(inner, [("town",)], Hierarchy((PROVINCE,)))


@pytest.mark.parametrize(
    ("links", "message"),
    [
        ((PROVINCE, PROVINCE), "given twice"),
        ((Link("a", "a", {}),), "a cannot stand above itself"),
        ((Link("a", "b", {}), Link("b", "a", {})), "cannot stand above itself"),
    ],
)
def test_wrong_hierarchies_are_refused(links: tuple[Link, ...], message: str) -> None:
    with pytest.raises(MethodError, match=message):
        Hierarchy(links)


def test_two_ways_up_must_agree() -> None:
    links = (PROVINCE, REGION, Link("town", "country", dict.fromkeys(TOWNS, "Y")))
    with pytest.raises(MethodError, match="town 'p' lies in country"):
        Hierarchy(links).codes_of("town", "p")


def test_too_many_cells_are_refused() -> None:
    inner = [InnerCell({"a": str(number), "b": str(number), "c": str(number % 7)}, 1, 1) for number in range(600)]
    with pytest.raises(MethodError, match="more than 250000 cells"):
        plan_publication(inner, [("a", "b")])


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=1, max_size=12))
def test_columns_that_determine(pairs: list[tuple[str, str]]) -> None:
    rows = [{"lower": lower, "higher": higher} for lower, higher in pairs]
    found = columns_that_determine(rows, "lower", "higher")
    is_function = len(set(pairs)) == len({lower for lower, _ in pairs})

    assert (found is not None) == (is_function and len({higher for _, higher in pairs}) > 1)
    assert found is None or found == dict(pairs)


def test_published_tables_are_the_largest_sets() -> None:
    keys = [frozenset(zip(names, "1" * len(names), strict=True)) for names in ("", "a", "b", "ab", "bc", "c", "ba")]

    assert published_tables(keys, Hierarchy()) == [("a", "b"), ("b", "c")]


def test_published_subtotals_belong_to_the_table_of_their_towns() -> None:
    keys = [frozenset({("province", "N"), ("sex", "m")}), frozenset({("town", "p"), ("sex", "m")})]

    assert published_tables(keys, Hierarchy((PROVINCE,))) == [("sex", "town")]
