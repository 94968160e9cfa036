"""Forms for who applies together."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_REASON = 1000


class SearchForm(forms.Form):
    """Whom to look for."""

    zoek = forms.CharField(label=_("Zoek een bestuur"), max_length=100, required=False)


class DeclineForm(forms.Form):
    """Why a government does not take part."""

    reason = forms.CharField(
        label=_("Waarom doet uw bestuur niet mee?"), max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De aanvrager leest dit."),
        error_messages={"required": _("Zeg waarom uw bestuur niet meedoet; één zin volstaat.")},
    )  # fmt: skip
