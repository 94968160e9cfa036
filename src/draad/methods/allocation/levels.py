"""From a problem in cents to awards in cents, level by level.

Without priorities there is one level. With them the levels are served in order, the first with the lowest number;
minima of later levels are set aside first, and at the level where the money ends the inner rule divides what is there.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from draad.methods.allocation.cents import round_lines, round_together
from draad.methods.allocation.claims import Rule
from draad.methods.allocation.problem import Problem
from draad.methods.allocation.shares import Lines, Shares, attainable, share, share_together
from draad.methods.allocation.units import hand_out, queue, whole_units


class Reach(StrEnum):
    """How far the money reaches into a level."""

    WHOLE = "whole"
    PART = "part"
    NONE = "none"


@dataclass(slots=True)
class LevelOutcome:
    """What happened at one level: its number (None without priorities), the rule, the money and how far it reached.

    ``available`` and ``granted`` are cents. ``parameter`` is the rate, equal award or equal loss (in cents) of the
    rule, ``losses`` says that it is a loss, ``together`` that applicants were compared by the sum of their lines.
    """

    number: int | None
    rule: Rule
    reach: Reach
    available: int
    parameter: Fraction
    losses: bool
    together: bool
    capped: set[str]
    granted: int = 0


@dataclass(slots=True)
class _Level:
    """One level while it is worked on: where its lines stand in the problem and how they share."""

    positions: Sequence[int]
    lines: Lines
    ceilings: dict[str, int]
    shares: Shares
    between: Shares | None
    estate: int
    outcome: LevelOutcome


@dataclass(slots=True)
class Awards:
    """Per line the award in cents, what of it came from the remainder, and the outcome of its level."""

    cents: list[int]
    from_remainder: list[int]
    outcomes: list[LevelOutcome]
    levels: list[LevelOutcome]


def divide(
    problem: Problem, names: Sequence[str], numbers: Sequence[int | None], rule: Rule, *, together: bool
) -> Awards:
    """Divide to the cent. ``numbers`` are the priority levels per line; ``rule`` is the rule within a level."""
    awards = _empty(problem)
    for level in _levels(problem, numbers, rule, together=together):
        level_names = [names[i] for i in level.positions]
        if level.between is None:
            cents = round_lines(level.shares, level.lines, level_names, level.ceilings, level.estate)
        else:
            cents = round_together(level.shares, level.between, level.lines, level_names, level.estate)
        _keep(awards, level, cents)
    return awards


def divide_whole_units(
    problem: Problem, names: Sequence[str], numbers: Sequence[int | None], rule: Rule, *, together: bool
) -> Awards:
    """Divide in whole units; what remains is handed out level by level, see ``draad.methods.allocation.units``."""
    awards = _empty(problem)
    units = [unit or 1 for unit in problem.units]
    order: list[int] = []
    for level in _levels(problem, numbers, rule, together=together):
        own = [units[i] for i in level.positions]
        _keep(awards, level, whole_units(level.shares, own))
        line_queue = queue(level.shares, own, level.lines, [names[i] for i in level.positions])
        order += [level.positions[i] for i in line_queue]
    before = list(awards.cents)
    for positions in _by_level(order, numbers):
        hand_out(awards.cents, positions, problem.lines, units, problem.ceilings, problem.envelope - sum(awards.cents))
    awards.from_remainder = [after - start for after, start in zip(awards.cents, before, strict=True)]
    for outcome, added in zip(awards.outcomes, awards.from_remainder, strict=True):
        outcome.granted += added
    return awards


def exact_shares(problem: Problem, numbers: Sequence[int | None], rule: Rule, *, together: bool) -> list[Fraction]:
    """Return the exact shares in cents before any rounding."""
    result = [Fraction(0)] * len(problem.lines.claims)
    for level in _levels(problem, numbers, rule, together=together):
        for i, n, d in zip(level.positions, level.shares.numerators, level.shares.denominators, strict=True):
            result[i] = Fraction(n, d)
    return result


def _by_level(positions: Sequence[int], numbers: Sequence[int | None]) -> Sequence[Sequence[int]]:
    if not any(numbers):
        return [positions] if positions else []
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for position in positions:
        groups[numbers[position] or 0].append(position)
    return [groups[number] for number in sorted(groups)]


def _levels(problem: Problem, numbers: Sequence[int | None], rule: Rule, *, together: bool) -> list[_Level]:
    left, room = problem.envelope - sum(problem.lines.lower), dict(problem.ceilings)
    if room:
        for applicant, low in zip(problem.lines.applicants, problem.lines.lower, strict=True):
            if applicant in room:
                room[applicant] -= low
    levels = []
    for positions in _by_level(range(len(numbers)), numbers):
        lines = problem.lines if len(positions) == len(numbers) else problem.lines.of(positions)
        level = _level(lines, positions, numbers[positions[0]], rule, left, room, together=together)
        left -= level.estate - sum(lines.lower)
        levels.append(level)
    return levels


def _level(
    lines: Lines,
    positions: Sequence[int],
    number: int | None,
    rule: Rule,
    left: int,
    room: dict[str, int],
    *,
    together: bool,
) -> _Level:
    """Solve one level exactly. ``left`` and ``room`` hold what is free above all minima; ``room`` is drawn down."""
    minima = sum(lines.lower)
    ceilings = _ceilings(lines, room)
    most = attainable(lines, ceilings)
    estate = min(left + minima, most)
    between = None
    if together:
        shares, between = share_together(rule, lines, ceilings, estate)
    else:
        shares = share(rule, lines, ceilings, estate)
    reach = Reach.WHOLE if estate == most else Reach.PART if left else Reach.NONE
    outcome = LevelOutcome(
        number, rule, reach, left + minima, shares.parameter, shares.losses, together, shares.capped
    )
    if reach is Reach.WHOLE:
        _draw(lines, ceilings, room)
    return _Level(positions, lines, ceilings, shares, between, estate, outcome)


def _ceilings(lines: Lines, room: Mapping[str, int]) -> dict[str, int]:
    """Return what each applicant may get at this level: its room and the minima of these lines."""
    if not room:
        return {}
    ceilings = {applicant: room[applicant] for applicant in set(lines.applicants) if applicant in room}
    for applicant, low in zip(lines.applicants, lines.lower, strict=True):
        if applicant in ceilings:
            ceilings[applicant] += low
    return ceilings


def _draw(lines: Lines, ceilings: Mapping[str, int], room: dict[str, int]) -> None:
    """Take from the room of each applicant what a level served in whole uses above its minima."""
    if not ceilings:
        return
    for applicant, positions in lines.by_applicant().items():
        if applicant in ceilings:
            most = min(ceilings[applicant], sum(lines.upper[i] for i in positions))
            room[applicant] -= most - sum(lines.lower[i] for i in positions)


def _empty(problem: Problem) -> Awards:
    size = len(problem.lines.claims)
    nothing = LevelOutcome(None, Rule.PROPORTIONAL, Reach.NONE, 0, Fraction(0), False, False, set())
    return Awards([0] * size, [0] * size, [nothing] * size, [])


def _keep(awards: Awards, level: _Level, cents: Sequence[int]) -> None:
    level.outcome.granted = sum(cents)
    awards.levels.append(level.outcome)
    for position, amount in zip(level.positions, cents, strict=True):
        awards.cents[position] = amount
        awards.outcomes[position] = level.outcome
