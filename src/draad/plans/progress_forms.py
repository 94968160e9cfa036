"""The form for the progress of a measure in a year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from draad.plans.actions.progress import ProgressContent, SaidOfIndicator, SaidOfMilestone
from draad.plans.content import decimal_text
from draad.plans.models import IndicatorProgress, MilestoneProgress, MilestoneState, ProgressReport, ValueState

NOT_SAID = ("", _("nog niets gezegd"))
TEXTS = {"evidence": _("Bewijs"), "explanation": _("Toelichting")}
EVIDENCE = _("Waar dit te zien is: een adres, een verslag, een bestand.")


class ProgressForm(forms.Form):
    """A state, evidence and explanation for each milestone and indicator, and words for the measure as a whole."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    explanation = forms.CharField(
        label=_("De maatregel als geheel"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Wat dit jaar gebeurde, in enkele zinnen."),
    )  # fmt: skip

    def __init__(self, report: ProgressReport, data: Mapping[str, Any] | None = None) -> None:
        """A form with what was said so far; the rows of the report are best prefetched."""
        self.milestones: list[MilestoneProgress] = list(report.milestones.all())
        self.indicators: list[IndicatorProgress] = list(report.indicators.all())
        initial: dict[str, Any] = {"revision": report.revision, "explanation": report.explanation}
        for row in self.milestones:
            initial |= {f"m{row.milestone_id}-{name}": getattr(row, name) for name in ("state", *TEXTS)}
        for measured in self.indicators:
            initial |= {f"i{measured.indicator_id}-{n}": getattr(measured, n) for n in ("state", *TEXTS)}
            initial[f"i{measured.indicator_id}-value"] = _short(measured.value)
        super().__init__(data, initial=initial)
        for row in self.milestones:
            self._add(f"m{row.milestone_id}", [NOT_SAID, *MilestoneState.choices])
        for measured in self.indicators:
            self._add(f"i{measured.indicator_id}", ValueState.choices)
            self.fields[f"i{measured.indicator_id}-value"] = forms.DecimalField(
                label=_("Waarde"), required=False, max_digits=16, decimal_places=4, localize=True,
                widget=forms.TextInput(attrs={"class": "govuk-input", "inputmode": "decimal"}),
                error_messages={"invalid": _("Geef een getal, zoals 1.250 of 12,5.")},
            )  # fmt: skip

    def _add(self, prefix: str, states: Any) -> None:
        self.fields[f"{prefix}-state"] = forms.ChoiceField(
            label=_("Stand"), required=False, choices=states, widget=forms.Select(attrs={"class": "govuk-select"})
        )
        for name, label in TEXTS.items():
            self.fields[f"{prefix}-{name}"] = forms.CharField(
                label=label, required=False, max_length=4000, help_text=EVIDENCE if name == "evidence" else "",
                widget=forms.Textarea(attrs={"rows": 2, "class": "govuk-textarea"}),
            )  # fmt: skip

    def milestone_rows(self) -> list[tuple[MilestoneProgress, list[BoundField]]]:
        """Each milestone with its fields."""
        return [
            (row, [self[f"m{row.milestone_id}-{name}"] for name in ("state", *reversed(TEXTS))])
            for row in self.milestones
        ]

    def indicator_rows(self) -> list[tuple[IndicatorProgress, list[BoundField]]]:
        """Each indicator with its fields."""
        return [
            (row, [self[f"i{row.indicator_id}-{name}"] for name in ("state", "value", *reversed(TEXTS))])
            for row in self.indicators
        ]

    def content(self) -> ProgressContent:
        """What was said."""
        said = self.cleaned_data
        return ProgressContent(
            explanation=said["explanation"],
            milestones={
                row.milestone_id: SaidOfMilestone(*(said[f"m{row.milestone_id}-{n}"] for n in ("state", *TEXTS)))
                for row in self.milestones
            },
            indicators={
                row.indicator_id: SaidOfIndicator(
                    *(said[f"i{row.indicator_id}-{n}"] for n in ("state", "value", *TEXTS))
                )
                for row in self.indicators
            },
        )


def _short(value: Decimal | None) -> Decimal | None:
    """A value without zeros that say nothing, for the box in which it is typed."""
    return None if value is None else Decimal(decimal_text(value))
