"""Differences as tables: what changed, what is known on one side only, rules, and everything side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Value
from draad.programmes.comparison import ALL_LINES, Difference, compare
from draad.programmes.differences import Comparison, DifferenceRow, RuleRow
from draad.programmes.models import Action, Programme
from draad.programmes.queries import Version
from draad.programmes.shown import kind_of, side_of, value_shown
from draad.programmes.tables import action_address
from draad.programmes.values import FIELD_LABELS, LINE_FIELDS, SUBSIDISED, TermsValues
from draad.web.formatting import plain
from draad.web.sources import source_text

Labels = tuple[str, str]
"""What the two sides are called: Ronde 1, Ronde 2."""


def _as_text(value: Value, field: str) -> Value:
    """A value for a column that holds all kinds of terms."""
    return value if isinstance(value, Gap | NotApplicable) else plain(value, kind_of(field))


def difference_table(
    programme: Programme, key: str, title: Any, rows: Sequence[DifferenceRow], labels: Labels, *, why: bool = True
) -> Table[DifferenceRow]:
    """Differences of terms, one row for each field of each action; with ``why`` also what happened and who says so."""
    reasons: list[Column[DifferenceRow]] = [
        Column("kind", _("Wat er gebeurde"), lambda row: row.kind.label, choices=True),
        Column("source", _("Bron"), lambda row: source_text(row.source), wide=True),
    ]
    return Table(
        key=key,
        title=title,
        columns=[
            Column("action", _("Actie"), lambda row: row.action.number, Kind.YEAR,
                   link=lambda row: action_address(programme, row.action.number)),
            Column("title", _("Naam"), lambda row: row.action.title, wide=True),
            Column("field", _("Voorwaarde"), lambda row: row.field),
            Column("old", labels[0], lambda row: _as_text(row.old, row.difference.field), wide=True),
            Column("new", labels[1], lambda row: _as_text(row.new, row.difference.field), wide=True),
            *(reasons if why else []),
        ],
        rows=rows,
        search=lambda row: f"{row.action.number} {row.action.title} {row.field} {row.old} {row.new}",
    )  # fmt: skip


def rule_difference_table(rows: Sequence[RuleRow], labels: Labels) -> Table[RuleRow]:
    """Rules that differ between two rounds."""

    def side(sentence: str | None) -> Value:
        return Gap(gettext("niet vermeld")) if sentence is None else sentence

    return Table(
        key="regels",
        title=_("Gewijzigde regels"),
        columns=[
            Column("about", _("Regel"), lambda row: row.about),
            Column("old", labels[0], lambda row: side(row.difference.old), wide=True),
            Column("new", labels[1], lambda row: side(row.difference.new), wide=True),
            Column("kind", _("Wat er gebeurde"), lambda row: row.difference.label),
            Column("source", _("Bron"), lambda row: source_text(row.source), wide=True),
        ],
        rows=rows,
    )


def comparison_tables(programme: Programme, found: Comparison, labels: Labels) -> list[Table[Any]]:
    """What changed, which rules, what is known on one side only, and what was carried over."""
    return [
        difference_table(programme, "wijzigingen", _("Gewijzigde voorwaarden"), found.changes, labels),
        rule_difference_table(found.rules, labels),
        difference_table(programme, "bekend", _("Bekend aan één kant"), found.knowledge, labels),
        difference_table(programme, "overgenomen", _("Zelfde waarde, overgenomen"), found.carried, labels, why=False),
    ]


@dataclass(frozen=True)
class FieldRow:
    """A field of an action on both sides, whether it differs or not."""

    action: Action
    line: int | None
    field: str
    old: Value
    new: Value
    difference: Difference | None


def all_fields(actions: Sequence[Action], old: Mapping[int, Version], new: Mapping[int, Version]) -> list[FieldRow]:
    """Every field of every action on both sides."""
    rows: list[FieldRow] = []
    for action in actions:
        if action.number in old and action.number in new:
            rows += _fields(action, old[action.number].values, new[action.number].values)
    return rows


def _fields(action: Action, old: TermsValues, new: TermsValues) -> list[FieldRow]:
    found = {difference.place: difference for difference in compare(old, new)}
    places = [(0, SUBSIDISED), (0, "target_group")]
    places += [(n, name) for n in sorted({*old.lines, *new.lines}) for name in LINE_FIELDS]
    places += [(0, ALL_LINES)] if (0, ALL_LINES) in found else []
    places += [(0, "ceiling")]
    rows = []
    for line, name in places:
        difference = found.get((line, name))
        sides = (
            (difference.old, difference.new) if difference else (side_of(old, name, line), side_of(new, name, line))
        )
        was, now = (_as_text(value_shown(name, side), name) for side in sides)
        rows.append(FieldRow(action, line or None, name, was, now, difference))
    return rows


def side_by_side_table(rows: Sequence[FieldRow], labels: Labels) -> Table[FieldRow]:
    """All terms of both sides beside each other."""
    return Table(
        key="naast-elkaar",
        title=_("Alle voorwaarden naast elkaar"),
        columns=[
            Column("action", _("Actie"), lambda row: row.action.number, Kind.YEAR),
            Column("title", _("Naam"), lambda row: row.action.title, wide=True),
            Column("line", _("KPI-lijn"), lambda row: row.line, Kind.YEAR),
            Column("field", _("Voorwaarde"), lambda row: str(FIELD_LABELS[row.field])),
            Column("old", labels[0], lambda row: row.old, wide=True),
            Column("new", labels[1], lambda row: row.new, wide=True),
            Column("kind", _("Verschil"), lambda row: row.difference.kind.label if row.difference else ""),
        ],
        rows=rows,
    )
