"""Divides whole numbers under bounds: what the calibration on published totals is made of."""

from __future__ import annotations

from collections.abc import Sequence

from draad.methods.rounding import split_whole


def bounded_split(total: int, weights: Sequence[int], floors: Sequence[int], caps: Sequence[int]) -> list[int]:
    """Split ``total`` in proportion to ``weights`` so that every part stays within its floor and its cap.

    The floors are handed out first. What remains is divided by largest remainder; a part that would pass its cap
    gets its cap, and the others divide what is left, until no part passes its cap.

    Raises:
        ValueError: when the total lies outside the sum of the floors and the sum of the caps.
    """
    if not sum(floors) <= total <= sum(caps):
        raise ValueError(f"{total} cannot be divided: the parts hold {sum(floors)} to {sum(caps)}")
    room = [cap - floor for cap, floor in zip(caps, floors, strict=True)]
    parts, rest = [0] * len(room), total - sum(floors)
    free = [i for i, space in enumerate(room) if space]
    while rest:
        proposed = split_whole(rest, [max(weights[i], 1) for i in free])
        full = [i for i, part in zip(free, proposed, strict=True) if part >= room[i]]
        if not full:
            for i, part in zip(free, proposed, strict=True):
                parts[i] = part
            break
        for i in full:
            parts[i] = room[i]
            rest -= room[i]
        free = [i for i in free if i not in set(full)]
    return [part + floor for part, floor in zip(parts, floors, strict=True)]
