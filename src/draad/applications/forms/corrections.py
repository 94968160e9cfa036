"""The form with which a manager moves applications to corrected terms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class MoveForm(forms.Form):
    """Why the applications follow the corrected terms from now on; the applicants read it."""

    reason = forms.CharField(
        label=_("Waarom zet u ze over?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Het bestuur leest dit in de mail."),
        error_messages={"required": _("Geef een reden; één zin volstaat.")},
    )  # fmt: skip
