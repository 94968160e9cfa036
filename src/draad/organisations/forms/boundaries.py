"""The form with which real boundaries are loaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from draad.documents.boundaries import MOST_BYTES, BoundaryFault, BoundaryFileError
from draad.organisations import maps
from draad.organisations.forms.files import boundary_sentence


class BoundariesForm(forms.Form):
    """The file, the edition it shows and where it comes from."""

    file = forms.FileField(
        label=_("Bestand"), help_text=_("GeoJSON of TopoJSON, hoogstens 20 MB, met de NIS-code bij elke gemeente."),
        widget=forms.FileInput(attrs={"accept": ".json,.geojson,.topojson"}),
    )  # fmt: skip
    edition = forms.ChoiceField(label=_("Gemeenten van het jaar"))
    source = forms.CharField(
        label=_("Bron"), max_length=300, help_text=_("Wie de grenzen gaf, in welk bestand, onder welke licentie.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = [(edition, edition) for edition in maps.editions()]  # type: ignore[attr-defined]  # a ChoiceField has choices

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(boundary_sentence(BoundaryFileError(BoundaryFault.TOO_LARGE)))
        return file
