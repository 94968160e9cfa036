"""How values become at most six classes on a map, and what the legend says of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from draad.documents.tables import Gap
from draad.web.formatting import number

MOST_CLASSES = 6
FILLS: dict[int, tuple[int, ...]] = {
    0: (),
    1: (5,),
    2: (3, 6),
    3: (2, 4, 6),
    4: (1, 3, 4, 6),
    5: (1, 2, 3, 5, 6),
    6: (1, 2, 3, 4, 5, 6),
}

Number = int | Decimal
MapValue = Number | str | Gap
Writer = Callable[[Number], str]


@dataclass(frozen=True)
class MapClass:
    """A class of values: its fill (1 to 6, light to dark) and its words in the legend."""

    fill: int
    label: str


@dataclass(frozen=True)
class Scale:
    """Puts a value in a class. ``bounds`` are the lowest values of every class but the first; ``keys`` are words."""

    classes: tuple[MapClass, ...]
    bounds: tuple[Number, ...] = ()
    keys: tuple[str, ...] = ()

    def place(self, value: Number | str) -> MapClass:
        """The class of a value.

        Raises:
            ValueError: when a word is not one of the categories, or a number stands on a scale of words.
        """
        if self.keys or isinstance(value, str):
            if value not in self.keys:
                raise ValueError(f"{value!r} is not one of the categories {', '.join(self.keys)}")
            return self.classes[self.keys.index(str(value))]
        if not self.classes:
            raise ValueError(f"{value} has no class: the scale was made from no values")
        return self.classes[bisect_right(self.bounds, value)]


def quantiles(values: Iterable[MapValue], *, count: int = MOST_CLASSES, write: Writer = number) -> Scale:
    """Classes with about equally many values in each; equal values stay together, so there may be fewer.

    The legend gives the lowest and highest value that occur in each class.
    """
    _check_count(count)
    ordered = sorted(value for value in values if isinstance(value, int | Decimal))
    wanted = [ordered[len(ordered) * part // count] for part in range(1, count)] if ordered else []
    bounds = tuple(sorted({bound for bound in wanted if bound > ordered[0]}))
    labels = []
    for part in range(len(bounds) + 1 if ordered else 0):
        inside = [value for value in ordered if bisect_right(bounds, value) == part]
        low, high = write(inside[0]), write(inside[-1])
        labels.append(low if low == high else f"{low} – {high}")
    return Scale(_classes(labels), bounds)


def breaks(bounds: Sequence[Number], *, write: Writer = number) -> Scale:
    """Classes between given bounds; a value equal to a bound belongs to the higher class.

    Raises:
        ValueError: when there are no bounds, more than five, or they do not rise.
    """
    _check_count(len(bounds) + 1)
    if not bounds or any(low >= high for low, high in pairwise(bounds)):
        raise ValueError(f"bounds must rise: {', '.join(str(bound) for bound in bounds)}")
    middle = [_("%(low)s tot %(high)s") % {"low": write(low), "high": write(high)} for low, high in pairwise(bounds)]
    first = _("minder dan %(bound)s") % {"bound": write(bounds[0])}
    last = _("%(bound)s of meer") % {"bound": write(bounds[-1])}
    return Scale(_classes([first, *middle, last]), tuple(bounds))


def categories(labels: Sequence[tuple[str, str]]) -> Scale:
    """Classes by word, from light to dark: pairs of the key that stands as value and its words in the legend.

    Raises:
        ValueError: when there are more than six or a key occurs twice.
    """
    _check_count(len(labels))
    keys = tuple(key for key, _label in labels)
    if len(set(keys)) != len(keys):
        raise ValueError(f"a category occurs twice: {', '.join(keys)}")
    return Scale(_classes([str(label) for _key, label in labels]), keys=keys)


def _classes(labels: Sequence[str]) -> tuple[MapClass, ...]:
    return tuple(MapClass(fill, label) for fill, label in zip(FILLS[len(labels)], labels, strict=True))


def _check_count(count: int) -> None:
    if not 1 <= count <= MOST_CLASSES:
        raise ValueError(f"a map has one to {MOST_CLASSES} classes, not {count}")
