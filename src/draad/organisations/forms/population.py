"""The form with which inhabitants are uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draad.documents.uploads import MOST_BYTES, Fault, UnreadableFileError, read_upload
from draad.organisations.actions.population import About
from draad.organisations.forms.files import table_sentence
from draad.organisations.models import PopulationFigure, PopulationGroup
from draad.organisations.population_file import COLUMNS, OPTIONAL, Checked, check_rows
from draad.organisations.queries.timeline import timeline


class PopulationForm(forms.Form):
    """Reads the file and checks its rows; ``checked`` then holds what was found."""

    file = forms.FileField(
        label=_("Bestand"), help_text=_("Excel (.xlsx) of csv, hoogstens 5 MB, met de kolommen van het sjabloon."),
        allow_empty_file=True, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    reference_date = forms.DateField(
        label=_("Referentiedatum"), help_text=_("De dag waarop geteld is, bijvoorbeeld 1 januari."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Wie is geteld"), choices=PopulationGroup.choices)
    source = forms.CharField(
        label=_("Bron"), max_length=300, help_text=_("Wie de cijfers gaf en in welk document of bestand.")
    )

    checked: Checked

    def clean_reference_date(self) -> Any:
        """Refuse a day that has not come."""
        chosen = self.cleaned_data["reference_date"]
        if chosen > timezone.localdate():
            raise forms.ValidationError(_("Deze dag moet nog komen. Kies de dag waarop geteld is."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Read and check the file once the other fields are right."""
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                rows = read_upload(self._content(), COLUMNS, optional=OPTIONAL)
            except UnreadableFileError as error:
                self.add_error("file", table_sentence(error))
            else:
                self.checked = check_rows(rows, timeline(), cleaned["reference_date"], self._most())
        return cleaned

    def about(self) -> About:
        """What the uploader said of the file."""
        values = self.cleaned_data
        return About(values["file"].name, values["reference_date"], PopulationGroup(values["group"]), values["source"])

    def _content(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise UnreadableFileError(Fault.TOO_LARGE)
        content: bytes = file.read()
        return content

    def _most(self) -> dict[str, int]:
        """By NIS code all inhabitants on that day, which a part of them cannot exceed."""
        if self.cleaned_data["group"] == PopulationGroup.TOTAL:
            return {}
        total = PopulationFigure.objects.filter(
            reference_date=self.cleaned_data["reference_date"], group=PopulationGroup.TOTAL
        )
        return dict(total.values_list("territory__nis", "persons"))
