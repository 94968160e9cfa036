"""Drawings of states: every step is drawn once for each state it leaves, and no line runs over another."""

from __future__ import annotations

import re
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from draad.accounts.statediagram import BEGIN, BOX_HEIGHT, END, GAP, TOP, Diagram, as_mermaid, draw
from draad.accounts.transitions import NOTHING, Transition, of

STATES = [("a", "Aa"), ("b", "Bee"), ("c", "Cee"), ("d", "Dee")]
NAMES = [key for key, _label in STATES]


def step(before: str | list[str], after: str, name: str = "step") -> Transition:
    return Transition(name, name.title(), of(before), after, f"test.{name}", frozenset(), "")


def drawn(*transitions: Transition) -> Diagram:
    return draw("test", "Test", STATES, transitions)


def test_states_stand_in_order_between_a_beginning_and_an_end() -> None:
    diagram = drawn(step(NOTHING, "a"), step("a", NOTHING))
    assert [node.key for node in diagram.nodes] == [BEGIN, *NAMES, END]
    assert [node.dot for node in diagram.nodes] == [True, False, False, False, False, True]
    assert [node.y for node in diagram.nodes] == [TOP + n * (BOX_HEIGHT + GAP) for n in range(6)]


def test_without_a_step_to_nothing_there_is_no_end() -> None:
    assert [node.key for node in drawn(step(NOTHING, "a")).nodes][-1] == "d"


def test_forward_is_right_and_back_is_left() -> None:
    forward, back = drawn(step("a", "c"), step("c", "a")).edges
    assert forward.x > back.x
    assert back.x < drawn(step("c", "a")).left


def test_a_step_that_stays_is_a_number_in_the_box() -> None:
    diagram = drawn(step(NOTHING, "a"), step("a", "a"), step(["a", "b"], "b"))
    assert {node.key: list(node.loops) for node in diagram.nodes if node.loops} == {"a": [2], "b": [3]}
    assert [edge.number for edge in diagram.edges] == [1, 3]


def test_a_step_from_two_states_is_two_lines_with_one_number() -> None:
    assert [edge.number for edge in drawn(step(["a", "b"], "d")).edges] == [1, 1]


def test_words_of_states() -> None:
    diagram = drawn(step(NOTHING, "a"))
    assert (diagram.label_of("a"), diagram.label_of(NOTHING), diagram.label_of("z")) == ("Aa", "(nog niets)", "")


TABLES = st.lists(
    st.builds(
        lambda before, after: step(sorted(before), after),
        st.sets(st.sampled_from([NOTHING, *NAMES]), min_size=1),
        st.sampled_from([NOTHING, *NAMES]),
    ),
    min_size=1,
    max_size=9,
)


@given(TABLES)
def test_every_change_is_drawn_once(transitions: list[Transition]) -> None:
    changes = sum((before or BEGIN) != (one.after or END) for one in transitions for before in one.before)
    assert len(drawn(*transitions).edges) == changes


@given(TABLES)
def test_no_vertical_line_runs_over_another(transitions: list[Transition]) -> None:
    diagram = drawn(*transitions)
    lines = []
    for edge in diagram.edges:
        numbers = [int(n) for n in re.findall(r"-?\d+", edge.path)]
        lines.append((edge.x, *sorted((numbers[1], numbers[-2]))))
    for one, other in combinations(lines, 2):
        if one[0] == other[0]:
            assert one[2] <= other[1] or other[2] <= one[1]


@given(TABLES)
def test_the_drawing_fits_its_frame(transitions: list[Transition]) -> None:
    diagram = drawn(*transitions)
    for edge in diagram.edges:
        assert 10 <= edge.x <= diagram.width - 10
        assert 0 <= edge.y <= diagram.height


def test_as_mermaid() -> None:
    text = as_mermaid(drawn(step(NOTHING, "a", "make"), step(["a", "b"], NOTHING, "drop")))
    assert text.splitlines()[0] == "stateDiagram-v2"
    assert '    state "Bee" as b' in text
    assert "    [*] --> a: Make" in text
    assert "    b --> [*]: Drop" in text
