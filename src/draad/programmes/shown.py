"""Terms as they are shown: each value with its kind, and the terms of an action side by side per round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.documents.tables import Gap, Kind, NotApplicable, Value
from draad.programmes.comparison import Difference, Side, compare
from draad.programmes.models import Counting, Knowledge, Round, Unit
from draad.programmes.queries import Version
from draad.programmes.values import FIELD_LABELS, LINE_FIELDS, SUBSIDISED, Term, TermsValues

COMPUTED = "computed_maximum"
COMPUTED_LABEL = _("Hoogste bedrag, berekend uit de KPI-lijnen")
KINDS = {
    SUBSIDISED: Kind.YES_NO,
    "unit_amount": Kind.EURO,
    "max_units": Kind.COUNT,
    "ceiling": Kind.EURO,
    COMPUTED: Kind.EURO,
}


def unpublished() -> Gap:
    """The gap of a value that no source gives."""
    return Gap(gettext("niet gepubliceerd"))


def kind_of(field: str) -> Kind:
    """How values of a field are written."""
    return KINDS.get(field, Kind.TEXT)


def value_shown(field: str, side: Side) -> Value:
    """A field as a value for a table: a gap when no source gives it, n.v.t. when it does not apply."""
    if side is None:
        return NotApplicable()
    if not side.known:
        return unpublished()
    if field == "unit":
        return str(Unit(str(side.value)).label)
    if field == "counting":
        return str(Counting(str(side.value)).label)
    return side.value


@dataclass(frozen=True)
class Cell:
    """A field in one round, with what a reader should see beside it."""

    value: Value
    kind: Kind
    round: int
    changed: bool = False
    carried: bool = False
    note: int | None = None


@dataclass(frozen=True)
class Row:
    """A field of the terms with its value in each round; ``field`` is empty for the heading of a line."""

    field: str
    label: Any
    cells: Sequence[Cell] = ()
    line: int | None = None


@dataclass(frozen=True)
class SideBySide:
    """The terms of an action in all rounds: rows, sources in the order of their notes, and what changed when."""

    rows: Sequence[Row]
    sources: Sequence[str]
    changes: Mapping[int, Sequence[Difference]]


class _Notes:
    """Numbers sources in the order in which they are met."""

    def __init__(self) -> None:
        self.sources: list[str] = []

    def number(self, source: str) -> int | None:
        """The number of the note for this source, from 1; None for no source."""
        if not source:
            return None
        if source not in self.sources:
            self.sources.append(source)
        return self.sources.index(source) + 1


def side_by_side(terms: Sequence[tuple[Round, Version]]) -> SideBySide:
    """The terms of one action, a column for each round in order."""
    notes = _Notes()
    changes = {later.number: compare(before.values, now.values) for (_round, before), (later, now) in pairwise(terms)}
    marked = {
        (number, *difference.place)
        for number, differences in changes.items()
        for difference in differences
        if difference.kind.is_change
    }
    lines = sorted({number for _round, version in terms for number in version.values.lines})
    places: list[tuple[int, str]] = [(0, SUBSIDISED), (0, "target_group")]
    places += [(line, name) for line in lines for name in LINE_FIELDS]
    rows: list[Row] = []
    for line, name in places:
        if line and name == LINE_FIELDS[0] and len(lines) > 1:
            rows.append(Row("", _("KPI-lijn %(n)s") % {"n": line}, line=line))
        rows.append(_row(name, line, terms, marked, notes))
    if len(lines) > 1:
        rows.append(Row("", _("De hele actie")))
    rows.append(_row("ceiling", 0, terms, marked, notes))
    rows.append(Row(COMPUTED, COMPUTED_LABEL, [_computed(of_round, version.values) for of_round, version in terms]))
    return SideBySide(rows, notes.sources, changes)


def _row(
    name: str, line: int, terms: Sequence[tuple[Round, Version]], marked: set[tuple[int, int, str]], notes: _Notes
) -> Row:
    cells = [_cell(name, line, of_round, version.values, marked, notes) for of_round, version in terms]
    return Row(name, FIELD_LABELS[name], cells, line or None)


def _cell(
    name: str, line: int, of_round: Round, values: TermsValues, marked: set[tuple[int, int, str]], notes: _Notes
) -> Cell:
    side = side_of(values, name, line)
    return Cell(
        value_shown(name, side),
        kind_of(name),
        of_round.number,
        changed=(of_round.number, line, name) in marked,
        carried=side is not None and side.knowledge is Knowledge.CARRIED,
        note=notes.number(side.source) if side is not None and side.knowledge is Knowledge.STATED else None,
    )


def side_of(values: TermsValues, name: str, line: int = 0) -> Side:
    """A field of the terms, or of one of their lines; None where it does not apply."""
    if name == SUBSIDISED:
        return values.subsidised
    if values.refused:
        return None
    if not line:
        return values.term(name)
    if line in values.lines:
        return values.lines[line][name]
    return None if values.lines_known else Term()


def _computed(of_round: Round, values: TermsValues) -> Cell:
    return Cell(maximum_shown(values, values.computed_maximum), Kind.EURO, of_round.number)


def maximum_shown(values: TermsValues, maximum: Decimal | None) -> Value:
    """A computed maximum in euro, or why there is none."""
    if values.refused:
        return NotApplicable()
    return Gap(gettext("niet te berekenen")) if maximum is None else maximum
