"""Forms for handing in and for ending an application."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SubmitForm(forms.Form):
    """Which state of the application was read before it is handed in."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why an application ends."""

    reason = forms.CharField(
        label=_("Waarom trekt u de aanvraag in?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De programmabeheerder leest dit. Een ingetrokken aanvraag wordt niet verder beoordeeld."),
        error_messages={"required": _("Geef een reden; één zin volstaat.")},
    )  # fmt: skip
