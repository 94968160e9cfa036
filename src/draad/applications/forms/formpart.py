"""The part of the form of an application that a script takes over after it saved some fields."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from draad.applications.forms.controls import Control
from draad.applications.forms.form import FormPage
from draad.applications.forms.formrows import LineRow

BOX = "cofinancing_confirmed"
AREA = "remarks"


@dataclass
class FormPart:
    """The fields of a form that were sent, as they stand now, with those that are judged together with them.

    Args:
        page: the form after saving.
        sent: the names of the fields that were sent.
    """

    page: FormPage
    sent: Collection[str]

    @cached_property
    def priorities(self) -> bool:
        """Whether a priority was sent: then each line shows whether its own is still unique."""
        return any(row.priority.name in self.sent for row in self.page.rows)

    @cached_property
    def rows(self) -> list[LineRow]:
        """The lines of which a number or a share was sent."""
        return [row for row in self.page.rows if any(field.name in self.sent for field in _numbers(row))]

    @cached_property
    def lines(self) -> list[Control]:
        """Fields of one line of text."""
        return [field for field in (*self.page.contact, *self.page.account) if field.name in self.sent]

    @cached_property
    def areas(self) -> list[Control]:
        """Fields of several lines of text."""
        explanations = [field for _action, field in self.page.explanations]
        return [field for field in (*explanations, self.page.plain[AREA]) if field.name in self.sent]

    @cached_property
    def boxes(self) -> list[Control]:
        """Boxes to tick."""
        offers = [offer.control for offer in self.page.offers]
        return [field for field in (*offers, self.page.plain[BOX]) if field.name in self.sent]

    @cached_property
    def base(self) -> str:
        """What the writer has before them now in these fields: by name, as JSON."""
        priorities = [row.priority for row in self.page.rows] if self.priorities else []
        numbers = [field for row in self.rows for field in _numbers(row)]
        shown = [*priorities, *numbers, *self.lines, *self.areas, *self.boxes]
        return json.dumps({field.name: field.text for field in shown}, ensure_ascii=False)


def _numbers(row: LineRow) -> list[Control]:
    return [row.existing, row.planned, *row.shares]
