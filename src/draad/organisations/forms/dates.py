"""The day that a page speaks of."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

EARLIEST = date(2019, 1, 1)


class DayForm(forms.Form):
    """Chooses the day; before the mergers of 2019 the lists are not complete."""

    op = forms.DateField(
        label=_("Op datum"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={"invalid": _("Dit is geen datum. Schrijf ze als 2023-01-01.")},
    )

    def clean_op(self) -> date:
        """Refuse a day that the lists do not reach."""
        chosen: date = self.cleaned_data["op"]
        if chosen < EARLIEST:
            raise forms.ValidationError(
                _("De lijst van besturen gaat terug tot 1 januari 2019. Kies een latere datum.")
            )
        return chosen


def chosen_day(request: HttpRequest) -> tuple[date, DayForm]:
    """The day asked for with ``?op=`` (today without it, or when it is wrong) and the form that shows it."""
    today = timezone.localdate()
    if not request.GET.get("op"):
        return today, DayForm(initial={"op": today})
    form = DayForm({"op": request.GET["op"]})
    return (form.cleaned_data["op"] if form.is_valid() else today), form
