"""Forms for a question back to an applicant and for its answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draad.applications.queries.questions import Group

DAYS_TO_ANSWER = 14


class QuestionForm(forms.Form):
    """A question, the fields that it opens, and the last day to answer."""

    text = forms.CharField(
        label=_("Uw vraag"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf uw vraag.")},
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("Antwoord tegen"), localize=True,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input"}, format="%Y-%m-%d"),
        error_messages={"required": _("Geef de laatste dag om te antwoorden."),
                        "invalid": _("Geef een dag, zoals 2026-12-31.")},
    )  # fmt: skip

    def __init__(self, groups: Sequence[Group], data: Mapping[str, Any] | None = None) -> None:
        """A form that can open any field of ``groups``."""
        later = timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)
        super().__init__(data, initial={"due_on": later}, prefix="question")
        self.groups = groups
        choices = [(choice.name, choice.label) for group in groups for choice in group.choices]
        self.fields["fields"] = forms.MultipleChoiceField(
            label=_("Welke velden mag het bestuur aanpassen?"), choices=choices, required=False
        )

    @property
    def chosen(self) -> set[str]:
        """The names that are ticked."""
        return set(self["fields"].value() or [])


class AnswerForm(forms.Form):
    """The words of an answer."""

    text = forms.CharField(
        label=_("Uw antwoord"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Schrijf een antwoord; één zin volstaat.")},
    )  # fmt: skip
