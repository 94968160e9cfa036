"""The form in which a person writes a measure: its texts, goals, milestones, amounts and targets."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.plans.actions.editing import Said
from draad.plans.content import Content, decimal_text
from draad.plans.editing_policies import (
    COORDINATORS_PART,
    check_amount,
    check_milestone,
    check_targets,
    check_years,
)
from draad.plans.models import IndicatorKind, MilestoneState
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.review import label_of

NOT_SAID = ("", _("nog niets gezegd"))
MOST_ROWS = 60
CITED = "geciteerd-"
EMPTY: Content = {
    **dict.fromkeys(TEXT_FIELDS, ""),
    "strategic_goals": [],
    "operational_goals": [],
    "goals": [],
    "milestones": [],
    "amounts": [],
}
"""A measure of which nothing was said yet."""
YEAR = forms.TextInput(attrs={"class": "govuk-input", "inputmode": "numeric"})


def _text(label: Any, most: int, *, rows: int = 0, help_text: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "class": "govuk-textarea"}) if rows else None
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, help_text=help_text)


def _number(label: Any, digits: int, places: int) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, max_digits=digits, decimal_places=places, localize=True,
        widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"}),
        error_messages={"invalid": _("Geef een getal, zoals 1.250 of 12,5.")},
    )  # fmt: skip


def _year(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, widget=YEAR, error_messages={"invalid": _("Geef een jaar, zoals 2018.")}
    )


class Row(forms.Form):
    """A row that may be empty: then it is none."""

    needs: tuple[str, Any] = ("", "")

    @property
    def given(self) -> bool:
        """Whether the person wrote something in it and does not remove it."""
        cleaned = self.cleaned_data
        said = {name: value for name, value in cleaned.items() if name not in ("DELETE", "key", "kind", "yearly")}
        return not cleaned.get("DELETE") and any(value not in (None, "") for value in said.values())

    def clean(self) -> dict[str, Any]:
        """Check a row that is given, and put the sentence at the row."""
        cleaned = super().clean() or {}
        self.cleaned_data = cleaned
        if self.errors or not self.given:
            return cleaned
        name, sentence = self.needs
        if cleaned.get(name) in (None, ""):
            self.add_error(name, sentence)
            return cleaned
        self.check_row(cleaned)
        return cleaned

    def check_row(self, cleaned: dict[str, Any]) -> None:
        """Refuse what the row cannot hold."""


class MilestoneRow(Row):
    """A milestone: period, what is planned, the staff as text, and how it stands."""

    needs = ("period", _("Een mijlpaal heeft een periode nodig, zoals “2018” of “2016-2018”."))
    key = forms.IntegerField(widget=forms.HiddenInput, required=False)
    period = _text(_("Periode"), 200)
    state = forms.ChoiceField(label=_("Stand"), required=False, choices=[NOT_SAID, *MilestoneState.choices])
    text = _text(_("Mijlpaal"), 20_000, rows=2)
    fte = _text(_("Personeelsinzet"), 5_000, rows=2)

    def check_row(self, cleaned: dict[str, Any]) -> None:
        """The period can be kept."""
        _at(self, "period", lambda: check_milestone(cleaned))


class AmountRow(Row):
    """An amount: euro, years, the source of the means, and the words it was read from."""

    needs = ("euro", _("Vul het bedrag in, of maak de rij leeg."))
    euro = _number(_("Bedrag in euro"), 14, 2)
    euro_to = _number(_("Hoogstens"), 14, 2)
    year_from = _year(_("Van jaar"))
    year_to = _year(_("Tot en met"))
    yearly = forms.BooleanField(label=_("Elk jaar opnieuw"), required=False)
    funding = _text(_("Bron van de middelen"), 150)
    printed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def check_row(self, cleaned: dict[str, Any]) -> None:
        """Amounts and years are in order."""
        _at(
            self,
            "euro_to" if cleaned["euro"] >= 0 else "euro",
            lambda: check_amount(cleaned["euro"], cleaned["euro_to"]),
        )
        _at(self, "year_to", lambda: check_years(cleaned["year_from"], cleaned["year_to"]))

    def amount(self) -> dict[str, Any]:
        """The amount in the shape of ``content``."""
        said = self.cleaned_data
        upper, source = said["euro_to"], {"funding": said["funding"]} if said["funding"] else {}
        return {
            "euro": _cents(said["euro"]),
            "euro_to": None if upper is None else _cents(upper),
            "year_from": said["year_from"],
            "year_to": said["year_to"] or said["year_from"],
            "yearly": said["yearly"],
            "printed": said["printed"],
            **source,
        }


class TargetRow(Row):
    """What an indicator must reach in a year."""

    needs = ("value", _("Vul de streefwaarde in, of maak de rij leeg."))
    kind = forms.ChoiceField(label=_("Indicator"), choices=IndicatorKind.choices)
    year = _year(_("Jaar"))
    value = _number(_("Streefwaarde"), 16, 4)
    unit = _text(_("Eenheid"), 60)

    def check_row(self, cleaned: dict[str, Any]) -> None:
        """A target has a year."""
        if cleaned["year"] is None:
            self.add_error("year", gettext("Voor welk jaar geldt deze streefwaarde?"))
        else:
            _at(self, "year", lambda: check_years(cleaned["year"], None))

    def target(self) -> dict[str, Any]:
        """The target in the shape of ``content``."""
        said = self.cleaned_data
        return {**{name: said[name] for name in ("kind", "year", "unit")}, "value": decimal_text(said["value"])}


def _at(form: forms.Form, name: str, check: Callable[[], None]) -> None:
    """Put the sentences of a check at a field."""
    try:
        check()
    except ValidationError as problem:
        form.add_error(name, problem)


def _cents(euro: Decimal) -> str:
    return str(euro.quantize(Decimal("0.01")))


def _rows_of(row: type[Row]) -> Any:
    return forms.formset_factory(
        row, extra=0, can_delete=True, max_num=MOST_ROWS, validate_max=True, absolute_max=MOST_ROWS
    )


ROWS = {"milestones": _rows_of(MilestoneRow), "amounts": _rows_of(AmountRow), "targets": _rows_of(TargetRow)}
"""The tables of the form, by the names of ``content``."""


class TextsForm(forms.Form):
    """The texts of a measure and the goals that it serves."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    goals = forms.MultipleChoiceField(
        label=_("Doelstellingen die de maatregel dient"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, initial: dict[str, Any], goals: list[tuple[str, str]]
    ) -> None:
        """A field for each box of the sheet, with the words of the sheet as label."""
        super().__init__(data, initial=initial)
        self.fields["goals"].choices = goals  # type: ignore[attr-defined]  # it is a choice
        for name in TEXT_FIELDS:
            rows = 6 if name == "explanation" else 2
            self.fields[name] = _text(label_of(name), 40_000, rows=rows)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = gettext("Een maatregel heeft een naam nodig.")


class MeasureForm:
    """A measure as one form."""

    def __init__(
        self,
        content: Content,
        plan_goals: Sequence[tuple[str, str]],
        data: Any = None,
        *,
        revision: int = 0,
        milestones: Sequence[tuple[int, str]] = (),
        coordinator: bool = True,
    ) -> None:
        """A form for a measure.

        Args:
            content: what it holds now.
            plan_goals: the goals of the plan: code and words.
            data: what was posted.
            revision: how often the measure was saved.
            milestones: for each row of milestones its key and how it stands.
            coordinator: whether the writer coordinates the plan; else some fields cannot be changed.
        """
        self._before = content
        self._goals = dict(_goal_choices(content, plan_goals))
        initial = {"revision": revision, **{name: content[name] for name in TEXT_FIELDS}}
        initial["goals"] = [value for value in self._goals if value.startswith(CITED)]
        labels = [(value, f"{goal['code']} {goal['text']}".strip()) for value, goal in self._goals.items()]
        self.texts = TextsForm(data, initial=initial, goals=labels)
        starts = {
            "milestones": [
                {**row, "key": key, "state": state}
                for row, (key, state) in zip(content["milestones"], milestones, strict=False)
            ],
            "amounts": [_initial(amount, "euro", "euro_to") for amount in content["amounts"]],
            "targets": [_initial(target, "value") for target in content.get("targets", [])],
        }
        self.rows = {name: ROWS[name](data, prefix=name, initial=starts[name]) for name in ROWS}
        for form in self._every_row():
            form.fields["DELETE"].label = gettext("Verwijder")
            if not coordinator and "state" in form.fields:
                form.fields["state"].disabled = True
        if not coordinator:
            for name in ("goals", *(name for name in COORDINATORS_PART if name in TEXT_FIELDS)):
                self.texts.fields[name].disabled = True

    def _every_row(self) -> Iterator[Any]:
        return (form for rows in self.rows.values() for form in rows.forms)

    def is_valid(self) -> bool:
        """Whether all of it can be saved."""
        parts = [self.texts.is_valid(), *(rows.is_valid() for rows in self.rows.values())]
        if all(parts):
            given = [row.target() for row in self.rows["targets"].forms if row.given]
            _at(self.texts, "target", lambda: check_targets(given))
        return all(parts) and not self.texts.errors

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Each sentence with the id of its field, for the list above the form."""
        found = []
        for form in (self.texts, *self._every_row()):
            for name, sentences in form.errors.items():
                where = "" if name == "__all__" else form[name].id_for_label or form[name].auto_id
                found += [(where, sentence) for sentence in sentences]
        return found + [("", sentence) for rows in self.rows.values() for sentence in rows.non_form_errors()]

    def said(self) -> Said:
        """What the person wrote."""
        cleaned = self.texts.cleaned_data
        content: Content = {**self._before, **{name: _lines(cleaned[name]) for name in TEXT_FIELDS}}
        content["goals"] = [self._goals[value] for value in self._goals if value in cleaned["goals"]]
        kept = [row for row in self.rows["milestones"].forms if row.given]
        content["milestones"] = [
            {name: _lines(row.cleaned_data[name]) for name in ("period", "text", "fte")} for row in kept
        ]
        content["amounts"] = [row.amount() for row in self.rows["amounts"].forms if row.given]
        content["targets"] = [row.target() for row in self.rows["targets"].forms if row.given]
        return Said(
            content,
            [row.cleaned_data["key"] for row in kept],
            [row.cleaned_data["state"] for row in kept],
            typed_amounts=content["amounts"] != self._before["amounts"] or content["budget"] == self._before["budget"],
        )


def _goal_choices(content: Content, plan_goals: Sequence[tuple[str, str]]) -> Iterator[tuple[str, dict[str, str]]]:
    """The goals that the sheet cites, in its own words, then those of the plan that it does not."""
    for goal in content["goals"]:
        words = hashlib.sha256(goal["text"].encode()).hexdigest()[:8]
        yield f"{CITED}{goal['code']}-{words}", {"code": goal["code"], "text": goal["text"]}
    cited = {goal.get("plan_code") for goal in content["goals"]}
    for code, title in plan_goals:
        if code not in cited:
            yield code, {"code": code, "text": title}


def _initial(row: Mapping[str, Any], *numbers: str) -> dict[str, Any]:
    """A row as it is shown, its numbers without zeros that say nothing."""
    shown = {name: Decimal(decimal_text(Decimal(row[name]))) for name in numbers if row[name] is not None}
    return {**row, **shown}


def _lines(text: str) -> str:
    """A text as it is kept: lines without blanks at their ends."""
    return "\n".join(line.strip() for line in text.strip().splitlines())
