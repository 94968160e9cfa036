"""Forms of the assessment: advice per line, sharing work out, notes and statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import User
from draad.applications.models import Advice, ApplicationLine, Assessment
from draad.applications.policies.assessment import GivenAdvice, check_advice, paid_units
from draad.applications.policies.fields import MOST_UNITS
from draad.web.numbers import WholeField

NONE_YET = ("", _("nog geen advies"))


class AdviceForm(forms.Form):
    """Advice on each line of an application and as a whole."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    summary = forms.CharField(
        label=_("Besluit"), max_length=4000,
        error_messages={"required": _("Schrijf een besluit: twee zinnen volstaan.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat u adviseert en waarom, voor wie beslist. Het bestuur leest dit niet."),
    )  # fmt: skip

    def __init__(
        self, assessment: Assessment, lines: Sequence[ApplicationLine], data: Mapping[str, Any] | None = None
    ) -> None:
        """A form with what is advised so far."""
        self.application_lines = lines
        initial: dict[str, Any] = {"revision": assessment.revision, "summary": assessment.summary}
        for line in lines:
            known = getattr(line, "advice", None)
            if known:
                initial |= {f"{line.pk}-advice": known.advice, f"{line.pk}-units": known.units,
                            f"{line.pk}-reason": known.reason}  # fmt: skip
        super().__init__(data, initial=initial)
        self.fields["summary"].required = data is None or "close" in data  # what is kept meanwhile may lack it
        for line in lines:
            self._add_fields(line)

    def _add_fields(self, line: ApplicationLine) -> None:
        what = f"{line.indicator.terms.action.number} {line.indicator.label}"
        self.fields[f"{line.pk}-advice"] = forms.ChoiceField(
            label=_("Advies: %(line)s") % {"line": what}, required=False, choices=[NONE_YET, *Advice.choices],
            widget=forms.Select(attrs={"class": "govuk-select"}),
        )  # fmt: skip
        self.fields[f"{line.pk}-units"] = WholeField(
            label=_("Eenheden: %(line)s") % {"line": what}, required=False, highest=MOST_UNITS,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input"}),
        )  # fmt: skip
        self.fields[f"{line.pk}-reason"] = forms.CharField(
            label=_("Reden: %(line)s") % {"line": what}, required=False, max_length=1000,
            widget=forms.TextInput(attrs={"class": "govuk-input"}),
        )  # fmt: skip

    def rows(self) -> list[tuple[ApplicationLine, int | None, list[BoundField], list[str]]]:
        """Each line with the units that count, its fields, and what is wrong with them."""
        found = []
        for line in self.application_lines:
            fields = [self[f"{line.pk}-{name}"] for name in ("advice", "units", "reason")]
            errors = [str(error) for bound in fields for error in bound.errors]
            found.append((line, paid_units(line), fields, errors))
        return found

    def clean(self) -> dict[str, Any]:
        """Each advice says what it must."""
        cleaned = super().clean() or {}
        for line in self.application_lines:
            given = self._given(line, cleaned)
            if given is None or f"{line.pk}-units" in self.errors:
                continue
            try:
                check_advice(line, given)
            except ValidationError as problem:
                self.add_error(f"{line.pk}-advice", problem)
        return cleaned

    def given(self) -> dict[int, GivenAdvice]:
        """The advice by primary key of a line, without the lines that have none yet."""
        found = {line.pk: self._given(line, self.cleaned_data) for line in self.application_lines}
        return {pk: given for pk, given in found.items() if given is not None}

    @staticmethod
    def _given(line: ApplicationLine, cleaned: Mapping[str, Any]) -> GivenAdvice | None:
        advice = cleaned.get(f"{line.pk}-advice")
        if not advice:
            return None
        units = cleaned.get(f"{line.pk}-units") if advice == Advice.PARTLY else None
        reason = "" if advice == Advice.GRANT else cleaned.get(f"{line.pk}-reason") or ""
        return GivenAdvice(advice, units, reason)


class TextForm(forms.Form):
    """One text: a note or a statement."""

    text = forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), error_messages={
        "required": _("Schrijf eerst de tekst."),
    })  # fmt: skip

    def __init__(self, label: Any, data: Mapping[str, Any] | None = None, *, prefix: str, help_text: Any = "") -> None:
        """A form for a text that is called ``label``."""
        super().__init__(data, prefix=prefix)
        self.fields["text"].label = label
        self.fields["text"].help_text = help_text


class EligibilityForm(forms.Form):
    """A person's word on an application of which the figures do not tell whether it comes into account."""

    eligible = forms.ChoiceField(
        label=_("Komt deze aanvraag in aanmerking?"), choices=[("yes", _("ja")), ("no", _("nee"))],
        widget=forms.RadioSelect, error_messages={"required": _("Kies ja of nee.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Waarom?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Het bestuur leest deze reden."), error_messages={"required": _("Schrijf waarom.")},
    )  # fmt: skip


class AssignForm(forms.Form):
    """Who assesses this application."""

    def __init__(self, people: Sequence[User], current: User | None, data: Mapping[str, Any] | None = None) -> None:
        """A choice of all who may assess, and nobody."""
        super().__init__(data, initial={"assessor": str(current.pk) if current else ""}, prefix="assign")
        self.people = {str(person.pk): person for person in people}
        choices = [("", _("nog niemand")), *((key, person.name) for key, person in self.people.items())]
        self.fields["assessor"] = forms.ChoiceField(
            label=_("Beoordelaar"), required=False, choices=choices,
            widget=forms.Select(attrs={"class": "govuk-select"}),
        )  # fmt: skip

    def chosen(self) -> User | None:
        """Who was chosen; None for nobody."""
        return self.people.get(self.cleaned_data["assessor"])


class ShareForm(forms.Form):
    """Over whom the work that nobody has yet is shared out."""

    def __init__(self, people: Sequence[User], data: Mapping[str, Any] | None = None) -> None:
        """A choice of all who may assess."""
        super().__init__(data)
        self.people = {str(person.pk): person for person in people}
        self.fields["among"] = forms.MultipleChoiceField(
            label=_("Over wie?"), choices=[(key, person.name) for key, person in self.people.items()],
            widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Kies een of meer beoordelaars.")},
        )  # fmt: skip

    def chosen(self) -> list[User]:
        """Who were chosen."""
        return [self.people[key] for key in self.cleaned_data["among"]]
