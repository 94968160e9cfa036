"""The forms of decisions: why somebody gets less than asked, and why a list lapses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from draad.applications.models import Decision, DecisionReason, GrantIncentive, GrantLine, Outcome
from draad.applications.policies.decisions import can_choose, check_reason
from draad.applications.queries.decisions import reasons_of

Part = Decision | GrantLine | GrantIncentive


class ReasonForm(forms.Form):
    """Why one part of a decision is less than was asked."""

    key = forms.ChoiceField(
        label=_("Reden"),
        error_messages={"required": _("Kies waarom er minder is toegekend dan gevraagd.")},
    )
    text = forms.CharField(
        label=_("Toelichting"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self, part: Part, reasons: Mapping[str, DecisionReason], data: Mapping[str, Any] | None = None
    ) -> None:
        """The form of a decision, a line or an incentive; ``reasons`` are those of the call."""
        self.part, self.reasons = part, reasons
        super().__init__(data, prefix=f"{type(part).__name__.lower()}-{part.pk}",
                         initial={"key": part.reason_key, "text": part.reason})  # fmt: skip
        known = [reason for reason in reasons.values() if can_choose(reason, part.outcome)]
        choice = self.fields["key"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("kies een reden")), *((reason.key, reason.shown) for reason in known)]

    def clean(self) -> dict[str, Any]:
        """Hold the reason to the rules of reasons."""
        cleaned = super().clean() or {}
        if "key" in cleaned and "text" in cleaned:
            try:
                check_reason(self.part.outcome, self.reasons.get(cleaned["key"]), cleaned["text"])
            except ValidationError as problem:
                self.add_error("text", problem)
        return cleaned

    @property
    def stored(self) -> str:
        """The reason as it stands in the letter now."""
        return self.part.words

    @property
    def given(self) -> tuple[str, str]:
        """The reason and its explanation."""
        return self.cleaned_data["key"], self.cleaned_data["text"]


class DecisionForm:
    """The reasons of a decision and of its parts that got less than was asked, as one form."""

    def __init__(self, decision: Decision, data: Mapping[str, Any] | None = None) -> None:
        """The form of a decision with its parts (``queries.decisions.with_parts``)."""
        reasons = reasons_of(decision.decision_list.call)
        self.whole = ReasonForm(decision, reasons, data)
        self.lines = [ReasonForm(part, reasons, data) for part in decision.lines.all()]
        self.incentives = [ReasonForm(part, reasons, data) for part in decision.incentives.all()]

    @property
    def explained(self) -> list[ReasonForm]:
        """The forms that are shown: what was granted in full needs no reason."""
        every = [self.whole, *self.lines, *self.incentives]
        return [form for form in every if form.part.outcome != Outcome.GRANTED]

    def is_valid(self) -> bool:
        """Whether all of it can be saved; every part is looked at, so that all that is wrong is told at once."""
        valid = [form.is_valid() for form in self.explained]
        return all(valid)

    @property
    def reasons(self) -> dict[Part, tuple[str, str]]:
        """What was written, by part."""
        return {form.part: form.given for form in self.explained}


class WhyForm(forms.Form):
    """A step with a reason."""

    reason = forms.CharField(label=_("Waarom?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
                             error_messages={"required": _("Schrijf waarom.")})  # fmt: skip
