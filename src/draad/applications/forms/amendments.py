"""Forms for a request to change something after the decision, and for its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from draad.applications.policies.amendments import LONGEST
from draad.applications.queries.amendments import KEPT, WORDS, Place

WIDE = forms.Textarea(attrs={"rows": 3})


class AmendmentForm(forms.Form):
    """Every place that can be changed with what holds now in it, and the reason. What is wrong is said on saving."""

    reason = forms.CharField(
        label=_("Waarom vraagt u dit?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Geef een reden; één zin volstaat.")},
    )  # fmt: skip

    def __init__(self, places: Sequence[Place], data: Mapping[str, str] | None = None) -> None:
        """A form for these places."""
        super().__init__(data, initial={place.field: place.text for place in places})
        self.places = places
        for place in places:
            widget = WIDE if place.field in WORDS else forms.TextInput(attrs={"class": "govuk-input"})
            self.fields[place.field] = forms.CharField(label=place.label, required=False, widget=widget)

    @property
    def typed(self) -> dict[str, str]:
        """The text by field."""
        return {place.field: self.cleaned_data.get(place.field, "") for place in self.places}

    def _bound(self, wanted: Iterable[Place]) -> list[forms.BoundField]:
        return [self[place.field] for place in wanted]

    @property
    def contact(self) -> list[forms.BoundField]:
        """Contact and account."""
        return self._bound(place for place in self.places if place.field in KEPT)

    @property
    def units(self) -> list[forms.BoundField]:
        """Units of granted lines."""
        return self._bound(place for place in self.places if place.most is not None)

    @property
    def words(self) -> list[forms.BoundField]:
        """What is asked in words."""
        return self._bound(place for place in self.places if place.field in WORDS)


class AnswerForm(forms.Form):
    """The answer of a manager; a refusal needs one."""

    answer = forms.CharField(
        label=_("Antwoord aan het bestuur"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Bij weigeren: de reden."),
    )  # fmt: skip
