"""Reads of questions back: which fields can be named, what they hold, and what an answer changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from draad.applications.models import Application, ApplicationLine, Question
from draad.applications.policies import fields as names
from draad.web.formatting import number

EMPTY = ""


@dataclass(frozen=True)
class Choice:
    """A field that a question can name: its name, what it is called, and what it holds."""

    name: str
    label: str
    value: str


@dataclass
class Group:
    """Fields that belong together: the application as a whole, or one line."""

    label: str
    choices: list[Choice] = field(default_factory=list)


def choices_of(application: Application) -> list[Group]:
    """Every field of the application that a question can name, by line and as a whole.

    Reads lines, shares, members, explanations and attachments, best prefetched.
    """
    whole = Group(_("De aanvraag als geheel"))
    whole.choices = [
        Choice(name, _capital(label), _plain(getattr(application, name))) for name, label in names.PLAIN.items()
    ]
    whole.choices.append(Choice(names.LINES, _("Welke KPI-lijnen er zijn"), _count(application)))
    files = ", ".join(str(one) for one in application.attachments.all())
    whole.choices.append(Choice(names.ATTACHMENTS, _("Bijlagen"), files))
    return [whole, *(_group(application, line) for line in application.lines.all())]


def _count(application: Application) -> str:
    return number(len(application.lines.all()))


def _group(application: Application, line: ApplicationLine) -> Group:
    action = line.indicator.terms.action
    group = Group(f"{action.number} {action.title}: {line.indicator.label}")
    for column, label in names.NUMBER_LABELS.items():
        group.choices.append(Choice(names.line_field(line.pk, column), _capital(label), _plain(getattr(line, column))))
    for share in line.shares.all():
        label = _("Aandeel van %(member)s") % {"member": share.member.organisation}
        group.choices.append(Choice(names.share_field(line.pk, share.member_id), label, _plain(share.planned)))
    said = next((text.text for text in application.explanations.all() if text.action_id == action.pk), EMPTY)
    group.choices.append(Choice(names.explanation_field(action.pk), _("Toelichting bij de actie"), said))
    return group


def _capital(label: Any) -> str:
    text = str(label)
    return text[:1].upper() + text[1:]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if value is None:
        return EMPTY
    return number(value) if isinstance(value, int) else str(value)


def labelled(groups: Iterable[Group]) -> dict[str, tuple[str, Choice]]:
    """Each field that can be named: the label of its group, and the field."""
    return {choice.name: (group.label, choice) for group in groups for choice in group.choices}


@dataclass(frozen=True)
class Changed:
    """A field that a question names: where it stands, what it held when it was asked, and what it holds now."""

    group: str
    label: str
    name: str
    before: str
    now: str

    @property
    def differs(self) -> bool:
        """Whether the answer changed it."""
        return self.before != self.now

    @property
    def anchor(self) -> str:
        """The id of the field in the form."""
        return names.anchor(self.name)


def changes_of(question: Question, known: Mapping[str, tuple[str, Choice]]) -> list[Changed]:
    """The fields that a question names with their values then and now; once it is answered, as they were answered."""
    after: Mapping[str, str] = question.after
    found = []
    for name in question.fields:
        group, choice = known.get(name, (_("Verwijderde KPI-lijn"), Choice(name, name, EMPTY)))
        now = after.get(name, choice.value) if question.answered_at else choice.value
        found.append(Changed(group, choice.label, name, question.before.get(name, EMPTY), now))
    return found


def open_question(application: Application) -> Question | None:
    """The question that waits for an answer, if there is one."""
    found: Question | None = application.questions.filter(answered_at=None, withdrawn_at=None).first()
    return found
