"""Inequalities never cut off a safe pattern, and always cut off the unsafe one they were made for."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from draad.methods.disclosure import Rules, Settings, build_problem, plan_publication
from draad.methods.disclosure.cuts import Cut, Separator, largest_unsafe
from draad.methods.disclosure.guard import Guard
from draad.methods.disclosure.linear import Model, Outcome, Sums
from draad.methods.disclosure.master import Master
from draad.methods.disclosure.outsider import Moves, Outsider, met
from draad.methods.disclosure.problem import Need, Problem
from draad.methods.disclosure.start import Repairer

from .helpers import Enumeration, cube, grid


def small(values: list[int], width: int = 1, zeros: bool = False) -> Problem:
    """Return the problem of a table of three by two."""
    publication = plan_publication(cube("ab", [3, 2], values), [("a", "b")])
    return build_problem(publication, Settings(Rules(threshold=3), width=width, hide_zeros=zeros))


def all_tables(values: list[int]) -> Enumeration:
    """Return every table of three by two that is not much larger than this one."""
    inner = cube("ab", [3, 2], values)
    return Enumeration(plan_publication(inner, [("a", "b")]), inner)


few = st.lists(st.integers(0, 3), min_size=6, max_size=6).filter(lambda values: 0 < sum(values) <= 7)


@settings(max_examples=25, deadline=None)
@given(few, st.integers(1, 3), st.lists(st.floats(0, 1), min_size=12, max_size=12))
def test_every_safe_pattern_obeys_every_inequality(values: list[int], width: int, point: list[float]) -> None:
    problem, every = small(values, width), all_tables(values)
    choice = np.flatnonzero(problem.choice).tolist()
    if len(choice) > 8:
        return
    guard = Guard(problem)
    separator = Separator(problem, guard.outsider)
    hidden = np.where(problem.always, 1.0, np.where(problem.choice, np.array(point), 0.0))
    cuts = [separator.cut(item.need, item.known, hidden) for item in guard.unmet(problem.always)]
    for size in range(len(choice) + 1):
        for chosen in combinations(choice, size):
            if every.is_safe(problem, chosen):
                pattern = problem.always.astype(float)
                pattern[list(chosen)] = 1.0
                assert all(cut.missing(pattern) <= 1e-6 for cut in cuts if cut is not None)


@settings(max_examples=30, deadline=None)
@given(few, st.booleans())
def test_guard_agrees_with_enumeration(values: list[int], zeros: bool) -> None:
    problem, every = small(values, zeros=zeros), all_tables(values)
    guard = Guard(problem)
    choice = np.flatnonzero(problem.choice).tolist()
    for size in (0, 1, 2, 3):
        for chosen in list(combinations(choice, size))[:12]:
            pattern = problem.always.copy()
            pattern[list(chosen)] = True
            assert guard.is_safe(pattern) == every.is_safe(problem, chosen)


@settings(max_examples=30, deadline=None)
@given(few)
def test_repaired_patterns_are_safe_and_lean_ones_too(values: list[int]) -> None:
    problem, every = small(values), all_tables(values)
    guard = Guard(problem)
    repairer = Repairer(problem, guard)
    repaired = repairer.repair(problem.always, lambda: False)
    assert repaired is not None
    lean = repairer.lean(repaired, lambda: False)

    assert every.is_safe(problem, np.flatnonzero(repaired).tolist())
    assert every.is_safe(problem, np.flatnonzero(lean).tolist())
    assert not (lean & ~repaired).any()


def test_repair_stops_when_time_is_up() -> None:
    problem = small([2, 9, 9, 9, 9, 9])
    repairer = Repairer(problem, Guard(problem))

    assert repairer.repair(problem.always, lambda: True) is None
    everything = repairer.everything()
    assert (repairer.lean(everything, lambda: True) == everything).all()


def test_separated_pattern_violates_its_inequality() -> None:
    problem = small([2, 9, 9, 9, 9, 9])
    guard = Guard(problem)
    (item,) = guard.unmet(problem.always)
    hidden = problem.always.astype(float)
    cut = Separator(problem, guard.outsider).cut(item.need, item.known, hidden)

    assert cut is not None
    assert cut.missing(hidden) == 1.0
    assert cut.missing(np.ones(len(hidden))) < 0


def test_grown_sets_are_unsafe_and_cannot_grow() -> None:
    problem = small([2, 3, 3, 3, 3, 3])
    guard = Guard(problem)
    (item,) = guard.unmet(problem.always)
    grown = largest_unsafe(problem.always, problem.choice, lambda mask: guard.fails(item, mask), 100)

    assert guard.fails(item, grown)
    for cell in np.flatnonzero(problem.choice & ~grown):
        more = grown.copy()
        more[cell] = True
        assert not guard.fails(item, more)


def test_growth_stops_after_the_checks_allowed() -> None:
    problem = small([2, 3, 3, 3, 3, 3])
    asked = []
    largest_unsafe(problem.always, problem.choice, lambda mask: bool(asked.append(1)), 3)

    assert len(asked) == 3


def test_master_adds_an_inequality_once_and_obeys_it() -> None:
    problem = small([2, 3, 4, 5, 6, 7])
    master = Master(problem)
    cells = np.flatnonzero(problem.choice)[:3]
    cut = Cut(cells, np.ones(3))

    assert master.add([cut]) == 1
    assert master.add([cut]) == 0
    hidden, bound = master.solve_fractional()
    assert bound == int(problem.cost[cells].min())
    assert cut.missing(hidden) < 1e-9
    everything = problem.always | problem.choice
    found, whole = master.solve_whole(everything, 10.0)
    assert found is not None
    assert whole == bound


def test_moves_are_found_within_what_is_hidden_and_not_known() -> None:
    moves = Moves(4)
    moves.add(np.array([1, -1, 0, 0]))
    moves.add(np.array([0, 2, -2, 0]))
    cells = np.array([0, 1, 2, 3])
    nobody = np.array([], dtype=np.int64)

    down, up = moves.reach(nobody, cells)
    assert (down.tolist(), up.tolist()) == ([0, 1, 2, 0], [1, 2, 0, 0])
    down, up = moves.reach(np.array([0]), cells)
    assert (down.tolist(), up.tolist()) == ([0, 0, 2, 0], [0, 2, 0, 0])
    inside = moves.keep_within(np.array([True, True, False, True]))
    assert inside.reach(nobody, cells)[1].tolist() == [1, 0, 0, 0]


def test_moves_grow_beyond_their_first_size() -> None:
    moves = Moves(1)
    for size in range(200):
        moves.add(np.array([size]))

    assert moves.reach(np.array([], dtype=np.int64), np.array([0]))[1].tolist() == [199]


@pytest.mark.parametrize(
    ("down", "up", "answer"), [(0, 0, False), (1, 0, False), (1, 2, True), (0, 3, False), (2, 1, False)]
)
def test_needs_are_met_on_both_sides(down: int, up: int, answer: bool) -> None:
    assert met(Need(0, 1, 2, 3), down, up) is answer


def test_outsider_accepts_exact_moves_only() -> None:
    publication = plan_publication(grid("AB", "mf", [[1, 2], [3, 4]]), [("region", "sex")])
    outsider = Outsider(build_problem(publication, Settings(Rules(threshold=2))))
    numbers = publication.layout.numbers
    move = np.zeros(9)
    for region, sex, change in (("A", "m", 1), ("A", "f", -1), ("B", "m", -1), ("B", "f", 1)):
        move[numbers[frozenset({("region", region), ("sex", sex)})]] = change

    assert outsider.whole(move) is not None
    assert outsider.whole(-move) is not None
    assert outsider.whole(-2 * move) is None
    assert outsider.whole(move / 2) is None
    move[0] += 1
    assert outsider.whole(move) is None


def test_model_tells_how_it_ended() -> None:
    assert Model([1.0], [2.0], [3.0]).run() is Outcome.OPTIMAL
    assert Model([-1.0], [0.0], [np.inf]).run() is Outcome.UNBOUNDED
    impossible = Model([0.0], [0.0], [1.0])
    impossible.add_row(2.0, [0], [1.0])
    assert impossible.run() is Outcome.INFEASIBLE


def test_sums_are_exact() -> None:
    sums = Sums([(2, (0, 1))], 3)

    assert sums.hold(np.array([2**60, 1, 2**60 + 1]))
    assert not sums.hold(np.array([2**60, 1, 2**60]))
    assert sums.combine_whole(np.array([7])).tolist() == [7, 7, -7]
    assert sums.combine(np.array([0.5])).tolist() == [0.5, 0.5, -0.5]
