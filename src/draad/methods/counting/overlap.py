"""How large a union of groups can be, from the sizes of the groups and what is known of their overlaps.

Without knowledge of overlaps the union lies between the largest group and the sum of all. With the sizes of pairwise
overlaps the inclusion and exclusion principle narrows this: Bonferroni (1936) from below, Hunter (1976) and Worsley
(1982) from above, by the pairs of a heaviest spanning tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from draad.methods.errors import MethodError


@dataclass(frozen=True)
class Overlap:
    """How many persons two members both counted (a fact, from a comparison of their lists)."""

    first: str
    second: str
    persons: Decimal


@dataclass(frozen=True)
class Deduction:
    """A documented correction for persons counted more than once.

    Args:
        persons: how much the sum is too high; a person whom three members counted makes it 2 too high.
        method: how it was found, such as "comparison of pseudonymised lists".
        reason: why it holds here.
        is_estimate: whether it comes from a sample or a share instead of a full comparison.
    """

    persons: Decimal
    method: str
    reason: str
    is_estimate: bool = False

    def __post_init__(self) -> None:
        if self.persons < 0:
            raise MethodError(f"a deduction of {self.persons} would add persons; it is zero or more.")
        if not self.method.strip() or not self.reason.strip():
            raise MethodError(
                "a deduction needs its method and its reason in words; a figure without them is a guess."
            )


Bounds = tuple[Decimal, Decimal]


def union_bounds(sizes: Mapping[str, Decimal], overlaps: Sequence[Overlap] = ()) -> Bounds:
    """The smallest and largest number of different persons in groups of these sizes.

    Pairs that ``overlaps`` does not name have an unknown overlap: then only the upper bound uses what is known.

    Raises:
        MethodError: when an overlap names an unknown or equal member, comes twice, is negative or larger than a group.
    """
    if not sizes:
        return Decimal(0), Decimal(0)
    pairs = _checked(sizes, overlaps)
    total = sum(sizes.values(), start=Decimal(0))
    lower = max(sizes.values())
    upper = total - _heaviest_tree(list(sizes), pairs)
    if len(pairs) == len(sizes) * (len(sizes) - 1) // 2:
        lower = max(lower, total - sum(pairs.values(), start=Decimal(0)))
    return lower, upper


def deduct(sizes: Mapping[str, Decimal], deduction: Deduction) -> Decimal:
    """The number of different persons after a documented deduction.

    Raises:
        MethodError: when the deduction leaves fewer persons than the largest group.
    """
    lower, upper = union_bounds(sizes)
    result = upper - deduction.persons
    if result < lower:
        raise MethodError(
            f"a deduction of {deduction.persons} leaves {result} persons, fewer than the largest member alone "
            f"({lower}); at most {upper - lower} can be deducted.",
            "deduction",
        )
    return result


Pairs = dict[frozenset[str], Decimal]


def _checked(sizes: Mapping[str, Decimal], overlaps: Sequence[Overlap]) -> Pairs:
    pairs: Pairs = {}
    for overlap in overlaps:
        where = f"overlap of {overlap.first} and {overlap.second}"
        unknown = [name for name in (overlap.first, overlap.second) if name not in sizes]
        if unknown:
            raise MethodError(f"there is no value of {', '.join(unknown)}.", where)
        pair = frozenset((overlap.first, overlap.second))
        if len(pair) == 1:
            raise MethodError("a member overlaps with another member, not with itself.", where)
        if pair in pairs:
            raise MethodError("this pair is given twice.", where)
        most = min(sizes[overlap.first], sizes[overlap.second])
        if not 0 <= overlap.persons <= most:
            raise MethodError(f"{overlap.persons} is not between 0 and the smaller of both ({most}).", where)
        pairs[pair] = overlap.persons
    return pairs


def _heaviest_tree(names: Sequence[str], pairs: Pairs) -> Decimal:
    """The weight of a heaviest forest over the members (Kruskal): what may be deducted at least (Hunter 1976)."""
    group = {name: name for name in names}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    weight = Decimal(0)
    for pair, persons in sorted(pairs.items(), key=lambda item: (-item[1], sorted(item[0]))):
        first, second = (root(name) for name in pair)
        if first != second:
            group[first] = second
            weight += persons
    return weight
