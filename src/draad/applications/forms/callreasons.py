"""The form of a reason of a call: its words in both languages, and when it may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.applications.models import DecisionReason
from draad.web.numbers import WholeField

MOST_PLACES = 999


def _tick(label: Any, hint: Any = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=hint)


class CallReasonForm(forms.Form):
    """A reason; the code is asked of a new one only."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Kleine letters, cijfers en streepjes, zoals dubbel-gevraagd."),
        error_messages={"required": _("Geef de reden een code."),
                        "invalid": _("Gebruik enkel letters, cijfers en streepjes, zoals dubbel-gevraagd.")},
    )  # fmt: skip
    sentence = forms.CharField(
        label=_("Zin in de brief"), max_length=300, help_text=_("In het Nederlands. De toelichting komt erachter."),
        error_messages={"required": _("Schrijf de zin zoals het bestuur ze leest.")},
    )  # fmt: skip
    sentence_en = forms.CharField(
        label=_("Dezelfde zin in het Engels"), max_length=300, help_text=_("Voor de Engelse bladzijden."),
        error_messages={"required": _("Schrijf de zin ook in het Engels.")},
    )  # fmt: skip
    partly = _tick(_("Te kiezen bij een deel"))
    refused = _tick(_("Te kiezen bij een weigering"))
    needs_text = _tick(_("Toelichting nodig"), _("Voor een reden die alleen te weinig zegt."))
    in_use = _tick(_("In gebruik"), _("Uit: niet meer te kiezen. Wat al beslist is, houdt zijn woorden."))
    place = WholeField(label=_("Volgorde"), required=False, lowest=1, highest=MOST_PLACES,
                       help_text=_("1 staat bovenaan in de lijst. Leeg: achteraan, of zoals het stond."))  # fmt: skip

    def __init__(self, reason: DecisionReason | None, data: Mapping[str, Any] | None = None) -> None:
        """The form of a stored reason, or of a new one."""
        names = ("revision", *self.base_fields) if reason else ()
        new = {"partly": True, "refused": True, "in_use": True}
        super().__init__(data, initial={name: getattr(reason, name) for name in names} if reason else new)
        if reason:
            del self.fields["key"]

    @property
    def values(self) -> dict[str, Any]:
        """What was written, by field of a reason."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def show_stored(self, stored: DecisionReason) -> None:
        """After somebody else's change: say at each field that differs what is stored now."""
        for name, typed in self.values.items():
            held = getattr(stored, name)
            if held != typed:
                shown = {True: gettext("aangevinkt"), False: gettext("niet aangevinkt")}.get(held, held)
                self[name].help_text = gettext("Nu bewaard: %(value)s") % {"value": shown}
        self.data = {**dict(self.data.items()), "revision": str(stored.revision)}
