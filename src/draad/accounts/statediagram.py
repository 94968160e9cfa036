"""Draws a table of transitions: the states in a column, forward steps on the right, steps back on the left.

Each step has a number that the table behind the drawing explains. The drawing is made from the table alone, so it
cannot say something else than the program does.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from draad.accounts.transitions import NOTHING, Transition

BOX_WIDTH, BOX_HEIGHT, GAP, LANE, TOP, ROUND = 210, 48, 30, 26, 8, 7
BEGIN, END = "begin", "end"


@dataclass(frozen=True)
class Node:
    """A state: a box, or a dot for what is before the beginning or after the end."""

    key: str
    label: str
    y: int
    dot: bool
    loops: Sequence[int] = ()

    @property
    def middle(self) -> int:
        """Where a line meets the dot."""
        return self.y + BOX_HEIGHT // 2


@dataclass(frozen=True)
class Edge:
    """A step from one state to another as a path, with its number in a circle at (x, y)."""

    number: int
    path: str
    x: int
    y: int


@dataclass(frozen=True)
class Diagram:
    """A drawing with its table: ``steps`` by number."""

    key: str
    title: str
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    left: int
    width: int
    height: int
    steps: Sequence[tuple[int, Transition]]
    states: Mapping[str, str] = field(default_factory=dict)

    @property
    def centre(self) -> int:
        """The middle of the boxes."""
        return self.left + BOX_WIDTH // 2

    def label_of(self, state: str) -> str:
        """How people read a state."""
        return self.states.get(state, "")


@dataclass(frozen=True)
class _Link:
    number: int
    source: int
    target: int

    @property
    def forward(self) -> bool:
        return self.target > self.source

    @property
    def span(self) -> tuple[int, int]:
        return min(self.source, self.target), max(self.source, self.target)


def draw(key: str, title: Any, states: Sequence[tuple[str, Any]], transitions: Sequence[Transition]) -> Diagram:
    """Draw a table of transitions.

    Args:
        key: name in addresses and in the drawing.
        title: what changes state.
        states: the states in the order of the column, each with the word that people read.
        transitions: the table.
    """
    order = _order([state for state, _label in states], transitions)
    place = {state: position for position, state in enumerate(order)}
    numbered = list(enumerate(transitions, start=1))
    links = [
        _Link(number, place[before or BEGIN], place[step.after or END])
        for number, step in numbered
        for before in sorted(step.before, key=lambda state: place[state or BEGIN])
        if (before or BEGIN) != (step.after or END)
    ]
    lanes = _lanes(links)
    right, leftward = (
        max((lanes[one] + 1 for one in links if one.forward is side), default=0) for side in (True, False)
    )
    left = leftward * LANE + 14
    words = {BEGIN: _("(nog niets)"), END: _("(weg)"), **{state: str(label) for state, label in states}}
    nodes = [_node(state, words, place[state], numbered) for state in order]
    dots = {place[state] for state in order if state in (BEGIN, END)}
    edges = [_edge(link, lanes[link], left, _ports(links, link, dots)) for link in links]
    return Diagram(
        key=key,
        title=str(title),
        nodes=nodes,
        edges=edges,
        left=left,
        width=left + BOX_WIDTH + right * LANE + 14,
        height=TOP + len(order) * (BOX_HEIGHT + GAP),
        steps=numbered,
        states=words | {NOTHING: words[BEGIN]},
    )


def _order(states: Sequence[str], transitions: Sequence[Transition]) -> list[str]:
    ends = [END] if any(step.after == NOTHING for step in transitions) else []
    return [BEGIN, *states, *ends]


def _node(state: str, words: Mapping[str, str], position: int, numbered: Sequence[tuple[int, Transition]]) -> Node:
    loops = [number for number, step in numbered if step.after == state and state in step.before]
    return Node(state, words[state], TOP + position * (BOX_HEIGHT + GAP), state in (BEGIN, END), loops)


def _lanes(links: Sequence[_Link]) -> dict[_Link, int]:
    """The lane of each link: as near as may be to the boxes without running over another; the shortest go first."""
    lanes: dict[_Link, int] = {}
    for link in sorted(links, key=lambda one: (one.span[1] - one.span[0], one.span, one.number)):
        taken = {
            lane
            for other, lane in lanes.items()
            if other.forward is link.forward and other.span[0] < link.span[1] and link.span[0] < other.span[1]
        }
        lanes[link] = next(lane for lane in range(len(links) + 1) if lane not in taken)
    return lanes


def _ports(links: Sequence[_Link], link: _Link, dots: Container[int]) -> tuple[int, int]:
    """The heights at which a link leaves its source and reaches its target: links on one side share it evenly."""

    def port(node: int) -> int:
        top = TOP + node * (BOX_HEIGHT + GAP)
        if node in dots:
            return top + BOX_HEIGHT // 2
        same = [one for one in links if one.forward is link.forward and node in (one.source, one.target)]
        ordered = sorted(same, key=lambda one: (one.source + one.target - 2 * node, one.number, one.source))
        step = BOX_HEIGHT / (len(ordered) + 1)
        return round(top + step * (ordered.index(link) + 1))

    return port(link.source), port(link.target)


def _edge(link: _Link, lane: int, left: int, ports: tuple[int, int]) -> Edge:
    """A line with two rounded corners that runs down on the right, or up on the left."""
    side = 1 if link.forward else -1
    start = left + BOX_WIDTH if link.forward else left
    x, (y1, y2) = start + side * (lane + 1) * LANE - side * 4, ports
    turn = ROUND if y2 > y1 else -ROUND
    path = (
        f"M{start} {y1}H{x - side * ROUND}Q{x} {y1} {x} {y1 + turn}V{y2 - turn}"
        f"Q{x} {y2} {x - side * ROUND} {y2}H{start + side * 3}"
    )
    return Edge(link.number, path, x, (y1 + y2) // 2)


def as_mermaid(diagram: Diagram) -> str:
    """The same table as a diagram that Markdown readers draw."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{node.label}" as {node.key}' for node in diagram.nodes if not node.dot]
    for _number, step in diagram.steps:
        for before in sorted(step.before):
            lines.append(f"    {before or '[*]'} --> {step.after or '[*]'}: {step.label}")
    return "\n".join(lines)
