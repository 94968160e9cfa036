"""Differences between terms and between rules as they are shown: on a page, in Excel and in PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from draad.documents.tables import Kind as ValueKind
from draad.documents.tables import Value
from draad.programmes.comparison import Difference, Kind, RuleDifference, compare, compare_rules
from draad.programmes.models import Action
from draad.programmes.queries import ShownRule, Version, rule_texts
from draad.programmes.rules import rule_of
from draad.programmes.shown import kind_of, value_shown
from draad.programmes.values import FIELD_LABELS


@dataclass(frozen=True)
class DifferenceRow:
    """One difference in the words of the reader."""

    action: Action
    difference: Difference

    @property
    def field(self) -> str:
        """What differs: Bedrag per eenheid (KPI-lijn 2)."""
        label = str(FIELD_LABELS[self.difference.field])
        if self.difference.line is None:
            return label
        return _("%(field)s, KPI-lijn %(n)s") % {"field": label, "n": self.difference.line}

    @property
    def old(self) -> Value:
        """What held before."""
        return value_shown(self.difference.field, self.difference.old)

    @property
    def new(self) -> Value:
        """What holds now."""
        return value_shown(self.difference.field, self.difference.new)

    @property
    def shown_as(self) -> ValueKind:
        """How both values are written."""
        return kind_of(self.difference.field)

    @property
    def kind(self) -> Kind:
        """How it differs."""
        return self.difference.kind

    @property
    def source(self) -> str:
        """Who says so: the source of the new value, or of the old one when there is no new one."""
        sides = (self.difference.new, self.difference.old)
        return next((side.source for side in sides if side is not None and side.source), "")


def difference_rows(action: Action, differences: Iterable[Difference]) -> list[DifferenceRow]:
    """The differences of one action as rows."""
    return [DifferenceRow(action, difference) for difference in differences]


@dataclass(frozen=True)
class RuleRow:
    """A rule that differs, with what it is about."""

    about: str
    difference: RuleDifference

    @property
    def source(self) -> str:
        """Who says so."""
        return self.difference.new_source or self.difference.old_source


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two sides of a programme.

    Args:
        rows: the differences of all actions, in their order.
        rules: the rules that differ.
        alike: actions of which no term differs.
    """

    rows: Sequence[DifferenceRow]
    rules: Sequence[RuleRow] = ()
    alike: Sequence[Action] = ()
    missing: Sequence[Action] = field(default_factory=list)

    @property
    def changes(self) -> list[DifferenceRow]:
        """What the sources say to differ."""
        return [row for row in self.rows if row.kind.is_change]

    @property
    def knowledge(self) -> list[DifferenceRow]:
        """What is known on one side only: not known to have changed."""
        return [row for row in self.rows if row.kind in {Kind.BECAME_KNOWN, Kind.BECAME_UNKNOWN}]

    @property
    def carried(self) -> list[DifferenceRow]:
        """What is the same, but not stated on both sides."""
        return [row for row in self.rows if row.kind is Kind.CARRIED]


def compare_all(
    actions: Sequence[Action],
    old: Mapping[int, Version],
    new: Mapping[int, Version],
    old_rules: Iterable[ShownRule] = (),
    new_rules: Iterable[ShownRule] = (),
) -> Comparison:
    """Compare the terms of every action, and the rules, of two sides."""
    rows: list[DifferenceRow] = []
    alike, missing = [], []
    for action in actions:
        was, now = old.get(action.number), new.get(action.number)
        if was is None or now is None:
            missing.append(action)
            continue
        found = difference_rows(action, compare(was.values, now.values))
        rows += found
        if not any(row.kind.is_change for row in found):
            alike.append(action)
    rules = compare_rules(rule_texts(old_rules), rule_texts(new_rules))
    shown = [RuleRow(str(rule_of(difference.key).about), difference) for difference in rules]
    return Comparison(rows, shown, alike, missing)
