"""What lines and shares bring in euro: planned units up to the ceiling times the unit amount, exact to the cent.

Rules: ``amount`` and ``ceiling per action`` in the facts; a ceiling counts per government when the round says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from draad.methods.rounding import euro, split_whole

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Asked:
    """What is asked on a line, and what its terms allow.

    Args:
        action: the action (primary key); its lines share ``action_most``.
        planned: additional units, None while not filled in.
        unit_amount: euro for one unit, None while the terms do not say.
        most_units: the most units that are paid, None without a ceiling.
        action_most: the most euro for all lines of the action together, None without.
    """

    action: int
    planned: int | None
    unit_amount: Decimal | None
    most_units: int | None = None
    action_most: Decimal | None = None


def line_amounts(lines: Iterable[Asked]) -> list[Decimal | None]:
    """The euro of each line, None while a number is missing.

    Args:
        lines: in the order of their priority: the first ones use up the ceiling of an action.
    """
    left: dict[int, Decimal] = {}
    return [_amount(line, left) for line in lines]


def _amount(line: Asked, left: dict[int, Decimal]) -> Decimal | None:
    if line.planned is None or line.unit_amount is None:
        return None
    units = line.planned if line.most_units is None else min(line.planned, line.most_units)
    amount = (units * line.unit_amount).quantize(CENT)
    if line.action_most is not None:
        room = left.get(line.action, line.action_most)
        amount = min(amount, room)
        left[line.action] = room - amount
    return amount


def above_ceiling(line: Asked) -> int:
    """How many planned units lie above the ceiling of the line; these are not paid."""
    if line.planned is None or line.most_units is None:
        return 0
    return max(0, line.planned - line.most_units)


def share_amounts(amount: Decimal | None, planned: int | None, parts: Mapping[int, int | None]) -> dict[int, Decimal]:
    """Split the euro of a line over its members in proportion to their units; the parts add up to the cent.

    Returns nothing while the units do not add up to the planned units of the line: then there is nothing to split.

    Args:
        amount: euro of the line.
        planned: units of the line.
        parts: units by member.
    """
    units = {member: part for member, part in parts.items() if part is not None}
    if amount is None or not planned or len(units) < len(parts) or sum(units.values()) != planned:
        return {}
    cents = split_whole(int(amount * 100), list(units.values()))
    return {member: euro(part) for member, part in zip(units, cents, strict=True)}


def divided(units: int, weights: Sequence[int]) -> list[int]:
    """Whole units in proportion to weights, largest remainder; equally when all weights are zero."""
    return split_whole(units, weights if any(weights) else [1] * len(weights))


def own_contribution(amount: Decimal, share: int) -> Decimal:
    """What the governments pay themselves when ``amount`` is ``share`` per cent of the cost."""
    return (amount * (100 - share) / share).quantize(CENT, rounding=ROUND_HALF_UP)


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts that are known; None when none is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal("0.00")) if known else None
