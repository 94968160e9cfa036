"""The forms of payments: an order for the bank, and what became of a payment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEAVE_OUT = "leave_out"


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Kies een dag."), "invalid": _("Kies een dag, zoals 2026-03-31.")},
    )


class OrderForm(forms.Form):
    """When the bank pays, and which payments were read: how many and how much."""

    execute_on = _day(_("Uit te voeren op"), _("De bank betaalt op deze dag, of de eerste bankwerkdag erna."))
    count = forms.IntegerField(widget=forms.HiddenInput)
    total = forms.DecimalField(widget=forms.HiddenInput, max_digits=14, decimal_places=2)


class PaidForm(forms.Form):
    """The day on which the bank paid."""

    on = _day(_("Betaald op"))

    def __init__(self, *args: Any, **options: Any) -> None:
        """A form with today filled in."""
        super().__init__(*args, **{"initial": {"on": today()}, **options})


class NotPaidForm(PaidForm):
    """The day on which a payment failed or came back, and why."""

    on = _day(_("Op"))
    reason = forms.CharField(
        label=_("Reden"), max_length=1000, help_text=_("Wat de bank meldt, of wat u weet."),
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"required": _("Schrijf waarom.")},
    )  # fmt: skip


def today() -> date:
    """Today in Brussels."""
    return timezone.localdate()
