"""Forms for a request to change something after the decision, and for its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from draad.applications.actions.amendments import Asked
from draad.applications.policies.amendments import LONGEST
from draad.applications.queries.amendments import KEPT, WORDS, Place
from draad.web.files import checked

WIDE = forms.Textarea(attrs={"rows": 3})


class AmendmentForm(forms.Form):
    """Every place that can be changed with what holds now in it, and the reason. What is wrong is said on saving."""

    reason = forms.CharField(
        label=_("Waarom vraagt u dit?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Geef een reden; één zin volstaat.")},
    )  # fmt: skip
    effective_on = forms.DateField(
        label=_("Leden wijzigen vanaf"), required=False, localize=True,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Geef een dag, zoals 2026-12-31.")},
    )  # fmt: skip
    proof = forms.FileField(
        label=_("Bewijs"), required=False,
        help_text=_("Nodig bij een nieuwe rekening of een nieuw lid. Pdf, Word, Excel, PNG of JPEG, hoogstens 10 MB."),
    )  # fmt: skip

    def __init__(self, places: Sequence[Place], data: Mapping[str, str] | None = None, files: Any = None) -> None:
        """A form for these places."""
        super().__init__(data, files, initial={place.field: place.text for place in places})
        self.places = places
        for place in places:
            self.fields[place.field] = _field(place)

    def clean_proof(self) -> Any:
        """The file once its content was looked at."""
        uploaded = self.cleaned_data["proof"]
        return checked(uploaded) if uploaded else None

    @property
    def asked(self) -> Asked:
        """What is asked."""
        given = self.cleaned_data
        typed = {place.field: given.get(place.field, "") for place in self.places}
        files = [given["proof"]] if given["proof"] else []
        return Asked(typed, given["reason"], given["effective_on"], files)

    def _bound(self, wanted: Iterable[Place]) -> list[forms.BoundField]:
        return [self[place.field] for place in wanted]

    @property
    def contact(self) -> list[forms.BoundField]:
        """Contact and account."""
        return self._bound(place for place in self.places if place.field in KEPT)

    @property
    def units(self) -> list[tuple[Place, forms.BoundField]]:
        """Units of granted lines, each with what holds now."""
        return [(place, self[place.field]) for place in self.places if place.counts]

    @property
    def members(self) -> list[forms.BoundField]:
        """Who goes and who comes."""
        return self._bound(place for place in self.places if place.choices)

    @property
    def words(self) -> list[forms.BoundField]:
        """What is asked in words."""
        return self._bound(place for place in self.places if place.field in WORDS)


def _field(place: Place) -> forms.Field:
    if place.choices:
        select = forms.Select(attrs={"class": "govuk-select"})
        return forms.ChoiceField(label=place.label, required=False, choices=place.choices, widget=select)
    plain = {"class": "govuk-input"}
    if place.counts:
        plain = {"class": "govuk-input govuk-input--width-5", "inputmode": "numeric", "aria-label": place.label}
    widget = WIDE if place.field in WORDS else forms.TextInput(attrs=plain)
    return forms.CharField(label=place.label, required=False, widget=widget)


class AnswerForm(forms.Form):
    """The answer of a manager; a refusal needs one."""

    answer = forms.CharField(
        label=_("Antwoord aan het bestuur"), max_length=LONGEST, required=False,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Bij weigeren: de reden."),
    )  # fmt: skip
