"""The form for a draft of terms: the terms themselves and their indicator lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.programmes.actions.drafts import DraftContent
from draad.programmes.models import ActionTerms, Counting, Knowledge, Unit
from draad.programmes.values import (
    FIELD_LABELS,
    LINE_FIELDS,
    SUBSIDISED,
    TERMS_FIELDS,
    Line,
    Term,
    TermsValues,
    TermValue,
    stated,
    values_of,
)
from draad.web.numbers import EuroField, WholeField

UNKNOWN = ("", _("niet gekend"))
YES_NO = {"yes": True, "no": False, "": None}
MOST_LINES = 30
MOST_EURO, MOST_EURO_PER_UNIT = Decimal("999999999999.99"), Decimal("99999999.99")


def _amount(field: str, highest: Decimal, help_text: Any = "") -> EuroField:
    return EuroField(label=FIELD_LABELS[field], required=False, highest=highest, help_text=help_text)


class TermsForm(forms.Form):
    """The terms themselves, with source, reason and day of the version."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    subsidised = forms.ChoiceField(
        label=FIELD_LABELS[SUBSIDISED], required=False, choices=[UNKNOWN, ("yes", _("ja")), ("no", _("nee"))]
    )
    target_group = forms.CharField(
        label=FIELD_LABELS["target_group"], required=False, max_length=1000, help_text=_("Leeg: niet gekend.")
    )
    ceiling = _amount("ceiling", MOST_EURO, _("In euro. Leeg: niet gekend."))
    source = forms.CharField(
        label=_("Bron van wat u wijzigt"), required=False, max_length=300,
        help_text=_("Het document waarin de nieuwe waarden staan. Nodig zodra u een waarde wijzigt."),
    )  # fmt: skip
    confirms = forms.BooleanField(
        label=_("Deze bron vermeldt ook de waarden die ik niet wijzig"), required=False,
        help_text=_("Zo zijn ze niet langer overgenomen van de vorige ronde, maar vermeld."),
    )  # fmt: skip
    effective_on = forms.DateField(
        label=_("Geldt vanaf"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    change_reason = forms.CharField(
        label=_("Reden van deze versie"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Iedereen kan die lezen bij de versies van deze voorwaarden."),
    )  # fmt: skip


class LineForm(forms.Form):
    """One indicator line."""

    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    label = forms.CharField(label=FIELD_LABELS["label"], required=False, max_length=200)
    unit = forms.ChoiceField(label=FIELD_LABELS["unit"], required=False, choices=[UNKNOWN, *Unit.choices])
    counting = forms.ChoiceField(label=FIELD_LABELS["counting"], required=False, choices=[UNKNOWN, *Counting.choices])
    unit_amount = _amount("unit_amount", MOST_EURO_PER_UNIT)
    max_units = WholeField(label=FIELD_LABELS["max_units"], required=False, highest=2_000_000_000)

    def clean(self) -> dict[str, Any]:
        """A line needs at least what it counts."""
        cleaned = super().clean() or {}
        filled = any(cleaned.get(name) not in (None, "") for name in LINE_FIELDS)
        if not cleaned.get("DELETE") and filled and not cleaned.get("label") and "label" not in self.errors:
            self.add_error("label", gettext("Schrijf wat deze lijn telt, of verwijder de lijn."))
        return cleaned


LineForms = forms.formset_factory(
    LineForm, extra=0, can_delete=True, max_num=MOST_LINES, validate_max=True, absolute_max=MOST_LINES
)
PREFIX = "lines"


class DraftForm:
    """The terms and their lines as one form."""

    def __init__(self, draft: ActionTerms, base: TermsValues | None, data: Mapping[str, Any] | None = None) -> None:
        """A form for ``draft``; ``base`` is the version that it corrects."""
        self.draft, self.base = draft, base
        values = values_of(draft)
        self.terms = TermsForm(data, initial=_initial(draft, values))
        self.lines = LineForms(data, prefix=PREFIX, initial=[
            {"number": number, **{name: line[name].value for name in LINE_FIELDS}}
            for number, line in values.lines.items()
        ])  # fmt: skip
        for form in self.lines.forms:
            form.fields["DELETE"].label = _("Verwijder deze lijn")

    def is_valid(self) -> bool:
        """Whether all of it can be saved; also checks what the parts say of each other."""
        parts = [self.terms.is_valid(), self.lines.is_valid()]
        if not all(parts):
            return False
        if YES_NO[self.terms.cleaned_data["subsidised"]] is False and (self._given_lines() or self._given_terms()):
            self.terms.add_error("subsidised", gettext(
                "Zonder subsidie zijn er geen doelgroep, plafond of KPI-lijnen. Maak die leeg, of kies ja."
            ))  # fmt: skip
        elif not self.terms.cleaned_data["source"] and (self.terms.cleaned_data["confirms"] or self._unsourced()):
            self.terms.add_error("source", gettext("Noem het document waarin de nieuwe waarden staan."))
        return self.terms.is_valid()

    @property
    def errors(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.terms.errors or any(form.errors for form in self.lines.forms))

    @property
    def revision(self) -> int:
        """The revision that the writer had before them."""
        return int(self.terms.cleaned_data["revision"])

    def content(self) -> DraftContent:
        """What was written; a field that is as it was keeps its source, another gets the source given here."""
        cleaned = self.terms.cleaned_data
        return DraftContent(self._values(cleaned["source"]), cleaned["change_reason"], cleaned["effective_on"])

    def _values(self, source: str) -> TermsValues:
        cleaned, known = self.terms.cleaned_data, self._known()
        restated = partial(_restated, source=source, confirms=cleaned["confirms"])
        fields = {name: restated(cleaned[name], [k.term(name) for k in known]) for name in TERMS_FIELDS}
        subsidised = restated(YES_NO[cleaned["subsidised"]], [k.subsidised for k in known])
        return TermsValues(subsidised, fields, self._lines(known, restated))

    def _lines(self, known: list[TermsValues], restated: Callable[[TermValue, list[Term]], Term]) -> dict[int, Line]:
        """The lines by number: a known line keeps its number, a new one gets the next that was never used."""
        highest = max((number for values in known for number in values.lines), default=0)
        found: dict[int, Line] = {}
        for cleaned in self._given_lines():
            number = cleaned["number"]
            if number in found or not any(number in values.lines for values in known):
                highest += 1
                number = highest
            before = [values.lines[number] for values in known if number in values.lines]
            found[number] = {name: restated(cleaned[name], [line[name] for line in before]) for name in LINE_FIELDS}
        return dict(sorted(found.items()))

    def _known(self) -> list[TermsValues]:
        """Where a value that did not change may have its source from: the draft, then the version before it."""
        return [values_of(self.draft), *([self.base] if self.base else [])]

    def _given_lines(self) -> list[dict[str, Any]]:
        kept = [form.cleaned_data for form in self.lines.forms if not form.cleaned_data.get("DELETE")]
        return [cleaned for cleaned in kept if cleaned.get("label")]

    def _given_terms(self) -> bool:
        return any(self.terms.cleaned_data[name] not in (None, "") for name in TERMS_FIELDS)

    def _unsourced(self) -> bool:
        """Whether a value is new and has no source."""
        values = self._values("")
        terms = [values.subsidised, *values.fields.values(), *(t for line in values.lines.values()
                                                              for t in line.values())]  # fmt: skip
        return any(term.known and not term.source for term in terms)


def _initial(draft: ActionTerms, values: TermsValues) -> dict[str, Any]:
    words = {value: word for word, value in YES_NO.items()}
    return {
        "revision": draft.revision,
        "subsidised": words[draft.subsidised],
        **{name: values.term(name).value for name in TERMS_FIELDS},
        "effective_on": draft.effective_on,
        "change_reason": draft.change_reason,
    }


def _restated(value: TermValue, before: list[Term], source: str, *, confirms: bool = False) -> Term:
    """The term that already had this value, or a new one with the source given."""
    given = None if value == "" else value
    same = next((term for term in before if term.value == given), None)
    if same is None or (confirms and same.knowledge is Knowledge.CARRIED):
        return stated(given, source)
    return same


def with_another_line(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was posted, with an empty line more."""
    posted = dict(data.items())
    total = f"{PREFIX}-TOTAL_FORMS"
    posted[total] = str(min(int(posted.get(total) or 0) + 1, MOST_LINES))
    return posted
