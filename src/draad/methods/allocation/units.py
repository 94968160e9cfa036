"""Whole units: every award a multiple of its unit amount, and what remains handed out by a stated rule.

Every exact share goes down to whole units. What is left goes out one unit at a time, first within the highest priority
level: round after round in the order of the largest remaining part of a unit (ties as for cents), passing over a claim
that has all it may have or whose unit no longer fits in what is left or under the ceiling of its applicant. It ends
when no further unit of any claim fits.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from draad.methods.allocation.cents import tie_order
from draad.methods.allocation.shares import Lines, Shares
from draad.methods.rounding import order_keys


def whole_units(shares: Shares, units: Sequence[int]) -> list[int]:
    """Return the cents of the whole units in each exact share."""
    columns = zip(shares.numerators, shares.denominators, units, strict=True)
    return [numerator // (denominator * unit) * unit for numerator, denominator, unit in columns]


def queue(shares: Shares, units: Sequence[int], lines: Lines, names: Sequence[str]) -> list[int]:
    """Return the lines in the order in which they are offered a further unit."""
    order = tie_order(lines.claims, names, range(len(names)), losses=shares.losses)
    sizes = [shares.denominators[i] * units[i] for i in order]
    keys = order_keys([shares.numerators[i] % size for i, size in zip(order, sizes, strict=True)], sizes)
    return [order[rank] for rank in sorted(range(len(order)), key=keys.__getitem__, reverse=True)]


def hand_out(
    awards: list[int],
    order: Sequence[int],
    lines: Lines,
    units: Sequence[int],
    ceilings: Mapping[str, int],
    left: int,
) -> int:
    """Add units to ``awards`` round after round in the order of the queue; return the cents that still remain.

    Whole rounds that every claim can take part in are given at once, so the number of passes is at most the number of
    claims and not the number of units.
    """
    room = dict(ceilings)
    for applicant, amount in zip(lines.applicants, awards, strict=True):
        if applicant in room:
            room[applicant] -= amount
    active = list(order)
    while active:
        rounds = _full_rounds(awards, active, lines, units, room, left)
        for i in active:
            applicant, unit = lines.applicants[i], units[i]
            given = rounds * unit
            awards[i] += given
            left -= given
            if applicant in room:
                room[applicant] -= given
        staying = []
        for i in active:
            applicant, unit = lines.applicants[i], units[i]
            if awards[i] + unit > lines.upper[i] or unit > left or unit > room.get(applicant, unit):
                continue
            awards[i] += unit
            left -= unit
            if applicant in room:
                room[applicant] -= unit
            staying.append(i)
        active = staying
    return left


def _full_rounds(
    awards: Sequence[int],
    active: Sequence[int],
    lines: Lines,
    units: Sequence[int],
    room: Mapping[str, int],
    left: int,
) -> int:
    """Return how many times every active claim can get one more unit."""
    needs: defaultdict[str, int] = defaultdict(int)
    for i in active:
        needs[lines.applicants[i]] += units[i]
    rounds = [left // sum(needs.values())]
    rounds += [room[applicant] // need for applicant, need in needs.items() if applicant in room]
    rounds += [(lines.upper[i] - awards[i]) // units[i] for i in active]
    return min(rounds)
