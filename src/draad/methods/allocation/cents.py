"""Exact shares to whole cents that add up: largest remainder with a tie-break that no order of rows can change.

Every share goes to the cent below; the cents that are left go one each to the lines with the largest remainder. Of
equal remainders, the larger claim goes first and then the claim whose name sorts first; where losses are shared
(constrained equal losses, the upper half of Talmud) exactly the other way round. So a larger claim never gets less nor
loses less, and equal awards and equal losses stay each other's mirror to the cent.
"""

from collections.abc import Mapping, Sequence

from draad.methods.allocation.shares import Lines, Part, Shares
from draad.methods.rounding import order_keys


def tie_order(claims: Sequence[int], names: Sequence[str], positions: Sequence[int], *, losses: bool) -> list[int]:
    """Return the positions in the order in which equal remainders are served."""
    order = sorted(positions, key=names.__getitem__)
    order.sort(key=claims.__getitem__, reverse=True)
    if losses:
        order.reverse()
    return order


def round_lines(
    shares: Shares, lines: Lines, names: Sequence[str], ceilings: Mapping[str, int], total: int
) -> list[int]:
    """Return whole cents per line with sum ``total``: applicants at their ceiling to that ceiling, then the others."""
    cents = [n // d for n, d in zip(shares.numerators, shares.denominators, strict=True)]
    rest: Sequence[int] = range(len(cents))
    if shares.parts:
        for applicant, part in shares.parts.items():
            _hand_out(cents, shares, lines, names, part, ceilings[applicant], {})
        rest = [i for i in rest if lines.applicants[i] not in shares.parts]
        total -= sum(ceilings[applicant] for applicant in shares.parts)
    _hand_out(cents, shares, lines, names, Part(rest, shares.losses), total, ceilings)
    return cents


def round_together(shares: Shares, between: Shares, lines: Lines, names: Sequence[str], total: int) -> list[int]:
    """Return whole cents per line with sum ``total``: first whole cents per applicant, then per line of each."""
    groups = lines.per_applicant()
    totals = round_lines(between, groups, groups.applicants, {}, total)
    cents = [n // d for n, d in zip(shares.numerators, shares.denominators, strict=True)]
    for applicant, amount in zip(groups.applicants, totals, strict=True):
        _hand_out(cents, shares, lines, names, shares.parts[applicant], amount, {})
    return cents


def _hand_out(
    cents: list[int],
    shares: Shares,
    lines: Lines,
    names: Sequence[str],
    part: Part,
    total: int,
    ceilings: Mapping[str, int],
) -> None:
    """Add one cent to the lines of the part with the largest remainders until they sum to ``total``.

    A line is passed over when its applicant has no room left under its ceiling; enough others always remain, because
    the exact shares themselves fit under the ceilings.
    """
    missing = total - sum([cents[i] for i in part.positions])
    if not missing:
        return
    numerators, denominators = shares.numerators, shares.denominators
    open_lines = [i for i in part.positions if numerators[i] % denominators[i]]
    order = tie_order(lines.claims, names, open_lines, losses=part.losses)
    keys = order_keys([numerators[i] % denominators[i] for i in order], [denominators[i] for i in order])
    room = _room(cents, lines, ceilings)
    for rank in sorted(range(len(order)), key=keys.__getitem__, reverse=True):
        position = order[rank]
        applicant = lines.applicants[position]
        if room.get(applicant, 1) <= 0:
            continue
        cents[position] += 1
        if applicant in room:
            room[applicant] -= 1
        missing -= 1
        if not missing:
            return


def _room(cents: Sequence[int], lines: Lines, ceilings: Mapping[str, int]) -> dict[str, int]:
    room = dict(ceilings)
    if room:
        for applicant, amount in zip(lines.applicants, cents, strict=True):
            if applicant in room:
                room[applicant] -= amount
    return room
