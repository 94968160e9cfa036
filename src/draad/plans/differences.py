"""What differs between two editions of a plan, measure by measure and field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from draad.accounts.freshness import while_unchanged
from draad.plans.content import GOAL_FIELDS, Content
from draad.plans.editions import Edition, Sheet, edition, sheets_in, version_of
from draad.plans.models import Plan
from draad.plans.reading.goals import likeness
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.review import SAME_ROW, label_of
from draad.plans.sheetshown import amount_words, target_words


class Change(StrEnum):
    """What happened to a measure, a goal or a field."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """In words."""
        return {Change.ADDED: _("nieuw"), Change.REMOVED: _("verdwenen"), Change.CHANGED: _("gewijzigd")}[self]


@dataclass(frozen=True)
class FieldChange:
    """A field with what it held in both editions; "" is empty."""

    field: str
    before: str
    after: str
    change: Change


@dataclass(frozen=True)
class SheetChange:
    """A measure that is new, gone or changed."""

    change: Change
    number: int
    title: str
    fields: Sequence[FieldChange]


@dataclass(frozen=True)
class PlanChange:
    """All that differs: goals first, then measures in the order of their numbers."""

    goals: Sequence[FieldChange]
    sheets: Sequence[SheetChange]

    @property
    def nothing(self) -> bool:
        """Whether the two are alike."""
        return not self.goals and not self.sheets

    def count(self, change: Change) -> int:
        """How many measures are new, gone or changed."""
        return sum(sheet.change is change for sheet in self.sheets)


def difference_of(plan: Plan, old: int, new: int) -> PlanChange:
    """What differs between two editions of a plan by their numbers, remembered as long as they stay as they are."""
    goals = list(_goals(edition(plan, old), edition(plan, new)))
    return PlanChange(goals, _remembered(plan.pk, version_of(plan, old), version_of(plan, new)))


@while_unchanged
def _remembered(plan: int, old: int, new: int) -> list[SheetChange]:
    return _sheets(sheets_in(plan, old), sheets_in(plan, new))


def compare(old: Edition, new: Edition) -> PlanChange:
    """What differs between two editions of the same plan."""
    return PlanChange(list(_goals(old, new)), _sheets(old.sheets, new.sheets))


def _sheets(old: Sequence[Sheet], new: Sequence[Sheet]) -> list[SheetChange]:
    before, after = ({sheet.measure: sheet for sheet in sheets} for sheets in (old, new))
    found = [_sheet(before.get(measure), after.get(measure)) for measure in {**before, **after}]
    return sorted((sheet for sheet in found if sheet is not None), key=lambda sheet: sheet.number)


def _goals(old: Edition, new: Edition) -> Iterator[FieldChange]:
    before = {goal["code"]: goal["title"] for goal in old.goals}
    after = {goal["code"]: goal["title"] for goal in new.goals}
    for code in {**before, **after}:
        yield from _field(code, before.get(code, ""), after.get(code, ""))


def _sheet(old: Sheet | None, new: Sheet | None) -> SheetChange | None:
    shown = new or old
    if shown is None:
        return None
    if old is None or new is None:
        change = Change.ADDED if old is None else Change.REMOVED
        return SheetChange(change, shown.number, shown.content["title"], [])
    fields = field_changes(old.content, new.content) if old.content != new.content else []
    return SheetChange(Change.CHANGED, new.number, new.content["title"], fields) if fields else None


def field_changes(old: Content, new: Content) -> list[FieldChange]:
    """The fields of a measure that differ between two contents."""
    found = [change for name in TEXT_FIELDS for change in _field(label_of(name), old[name], new[name])]
    for name in GOAL_FIELDS:
        found += _field(label_of(name), ", ".join(old[name]), ", ".join(new[name]))
    return found + list(_milestones(old["milestones"], new["milestones"])) + list(_numbers(old, new))


def _field(label: str, before: str, after: str) -> Iterator[FieldChange]:
    if before != after:
        change = Change.ADDED if not before else Change.REMOVED if not after else Change.CHANGED
        yield FieldChange(label, before, after, change)


def _milestones(old: Sequence[Content], new: Sequence[Content]) -> Iterator[FieldChange]:
    """Rows of the milestone table, those that stayed the same left out; a changed row stands beside its successor."""
    same = {_row(row) for row in old} & {_row(row) for row in new}
    before = [row for row in old if _row(row) not in same]
    after = [row for row in new if _row(row) not in same]
    earlier = _continued(before, after)
    for j, row in enumerate(after):
        own = before[earlier[j]] if j in earlier else None
        yield from _field(_milestone_label(row), _row(own), _row(row))
    for i, row in enumerate(before):
        if i not in earlier.values():
            yield from _field(_milestone_label(row), _row(row), "")


def _continued(before: Sequence[Content], after: Sequence[Content]) -> dict[int, int]:
    """For each row of after the place of the row of before that it continues: words alike, or the same period."""
    pairs = []
    for j, row in enumerate(after):
        for i, other in enumerate(before):
            alike, same = likeness(other["text"], row["text"]), other["period"] == row["period"]
            if same or alike >= SAME_ROW:
                pairs.append((alike + same, -abs(i - j), j, i))
    found: dict[int, int] = {}
    for _score, _near, j, i in sorted(pairs, reverse=True):
        if j not in found and i not in found.values():
            found[j] = i
    return found


def _milestone_label(row: Content) -> str:
    return _("Mijlpaal %(period)s") % {"period": row["period"]}


def _row(row: Content | None) -> str:
    return "" if row is None else " · ".join(part for part in (row["period"], row["text"], row["fte"]) if part)


def _numbers(old: Content, new: Content) -> Iterator[FieldChange]:
    """Targets per year, and amounts in so far as they do not follow from a text that changed too."""
    before, after = old.get("targets", []), new.get("targets", [])
    yield from _field(_("Streefwaarden per jaar"), *("; ".join(map(target_words, rows)) for rows in (before, after)))
    both = [*old["amounts"], *new["amounts"]]
    if old["budget"] == new["budget"] or any(amount.get("funding") or not amount["printed"] for amount in both):
        rows = (old["amounts"], new["amounts"])
        yield from _field(_("Bedragen"), *("; ".join(map(amount_words, amounts)) for amounts in rows))
