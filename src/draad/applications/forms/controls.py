"""A field of the form of an application as it stands on the page: its text, what is wrong, what another stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from draad.applications.models import ApplicationLine
from draad.applications.policies.fields import (
    NUMBER_LABELS,
    NUMBERS,
    PLAIN,
    anchor,
    explanation_field,
    line_field,
    read_field,
    share_field,
)
from draad.applications.queries.form import Filled
from draad.web.formatting import number

READONLY = SafeString(" readonly")
TYPES = {"contact_email": "email", "contact_phone": "tel"}
AUTOCOMPLETE = {"contact_name": "name", "contact_email": "email", "contact_phone": "tel"}


def written(template: str, *values: object) -> SafeString:
    """Text with values in it, each escaped unless it is safe: ``format_html`` for a page with hundreds of boxes."""
    escaped = [v if isinstance(v, SafeString) else escape(str(v)) for v in values]
    return SafeString(template.format(*escaped))  # nosec B703


@dataclass(frozen=True)
class Control:
    """A field on the page.

    Args:
        name: the name of the field.
        label: what it is called, in full.
        text: what stands in it.
        fault: what is wrong with that, empty when nothing is.
        stored: what is stored meanwhile, when ``choice``.
        choice: whether what is stored (another value, or nothing yet) differs, and one of the two must be chosen.
        editable: whether it can be changed now.
        heading: what its column is called.
    """

    name: str
    label: str
    text: str
    fault: str = ""
    stored: str = ""
    choice: bool = False
    editable: bool = True
    heading: str = ""

    @property
    def id(self) -> str:
        """Its id on the page."""
        return anchor(self.name)

    @property
    def ticked(self) -> bool:
        """Whether a box is ticked."""
        return bool(self.text)

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look at it."""
        return bool(self.fault) or self.choice

    @property
    def number(self) -> SafeString | str:
        """A box for a number, or the number itself when it cannot be changed."""
        if not self.editable:
            return number(int(self.text)) if self.text.isdecimal() else self.text or "–"
        return written(
            '<input class="govuk-input{}" id="{}" name="{}" value="{}" inputmode="numeric" autocomplete="off" '
            'aria-label="{}"{}>',
            self._look, self.id, self.name, self.text, self.label, self._state,
        )  # fmt: skip

    @property
    def cell(self) -> SafeString:
        """The box as a cell of a table, led by ``heading`` on a narrow screen."""
        return written(
            '<td class="draad-num{}" data-label="{}" data-field="{}">{}{}</td>',
            " draad-cell--error" if self.wrong else "", self.heading, self.name, self.number, self.notes,
        )  # fmt: skip

    @property
    def line(self) -> SafeString:
        """A box for a line of text."""
        return written(
            '<input class="govuk-input{}" id="{}" name="{}" value="{}" type="{}" autocomplete="{}"{}>',
            self._look, self.id, self.name, self.text, TYPES.get(self.name, "text"),
            AUTOCOMPLETE.get(self.name, "off"), self._state,
        )  # fmt: skip

    @property
    def area(self) -> SafeString:
        """A box for several lines of text."""
        return written(
            '<textarea class="govuk-textarea{}" id="{}" name="{}" rows="4"{}>\n{}</textarea>',
            self._look, self.id, self.name, self._state, self.text,
        )  # fmt: skip

    @property
    def notes(self) -> SafeString | str:
        """What is wrong, or the choice between two values."""
        if self.fault:
            return written(
                '<p class="govuk-error-message" id="{}-fout" data-note>'
                '<span class="govuk-visually-hidden">{} </span>{}</p>',
                self.id, _("Fout:"), self.fault,
            )  # fmt: skip
        if not self.choice:
            return ""
        why, take = _("Hier is niets bewaard. Klopt dit nog?"), _("Laat leeg")
        if self.stored:
            why = _("Iemand anders bewaarde %(stored)s.") % {"stored": self.stored}
            take = _("Neem %(stored)s") % {"stored": self.stored[:40]}
        return written(
            '<div class="draad-choice" id="{}-fout" data-note><p>{}</p>'
            '<button class="draad-link-button" type="submit" name="keep" value="{}">{}</button> '
            '<button class="draad-link-button" type="submit" name="take" value="{}">{}</button></div>',
            self.id, why, self.name, _("Houd %(text)s") % {"text": self.text[:40] or _("leeg")}, self.name, take,
        )  # fmt: skip

    @property
    def _look(self) -> str:
        return " govuk-input--error" if self.wrong else ""

    @property
    def _state(self) -> SafeString | str:
        """Attributes that tell what is wrong, or that the box is closed."""
        if self.wrong:
            return written(' aria-invalid="true" aria-describedby="{}-fout"', self.id)
        return "" if self.editable else READONLY


@dataclass(frozen=True)
class Texts:
    """What every field holds, and which of them can be changed: ``named`` are those of an open question, or None."""

    shown: Mapping[str, str]
    stored: Mapping[str, str]
    unsaved: Mapping[str, str]
    editable: bool
    named: frozenset[str] | None = None

    def control(self, name: str, label: str, heading: str = "") -> Control:
        """A field as it stands on the page."""
        text = self.shown.get(name, "")
        editable = self.editable and (self.named is None or name in self.named)
        if name not in self.unsaved and text == self.stored.get(name, ""):
            return Control(name, label, text, editable=editable, heading=heading)
        try:
            read_field(name, text)
        except ValidationError as problem:
            return Control(name, label, text, fault=problem.messages[0], editable=editable, heading=heading)
        choice = name in self.unsaved
        stored = self.stored.get(name, "") if choice else ""
        return Control(name, label, text, "", stored, choice, editable, heading)

    def plain(self) -> dict[str, Control]:
        """Contact, account, statement and remarks."""
        return {name: self.control(name, str(label)) for name, label in PLAIN.items()}

    def numbers(self, line: ApplicationLine) -> list[Control]:
        """Priority, existing reach and planned units of a line."""
        return [
            self.control(line_field(line.pk, column), f"{label}: {line.indicator.label}", label)
            for column, label in self.headings.items()
        ]

    @cached_property
    def headings(self) -> dict[str, str]:
        """What the columns with numbers are called."""
        return {column: str(NUMBER_LABELS[column]) for column in NUMBERS}

    def shares(self, line: ApplicationLine, names: Mapping[int, str]) -> list[Control]:
        """What each partner takes of a line; ``names`` are theirs by primary key."""
        what = line.indicator.label
        return [self.control(share_field(line.pk, pk), f"{name}: {what}", name) for pk, name in names.items()]

    def explanations(self, form: Filled) -> list[tuple[str, Control]]:
        """The explanation of every action that has a line."""
        label = _("Toelichting bij actie %(action)s")
        return [
            (str(action), self.control(explanation_field(action.pk), label % {"action": action.number}))
            for action in form.actions
        ]
