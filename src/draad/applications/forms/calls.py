"""The forms of a call: itself, its documents, its mails, a later closing, a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from draad.applications.mailtexts import MailKind
from draad.applications.models import Call, CallState, MailTemplate
from draad.applications.policies.callsetup import AMENDABLE
from draad.organisations.forms.people import OrganisationField, ReasonForm
from draad.organisations.models import Organisation
from draad.web.files import CheckedFile, CheckedFileField
from draad.web.formatting import moment
from draad.web.iban import IbanField

BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", re.ASCII)


class MomentField(forms.DateTimeField):
    """A moment on the clock of Brussels; an hour that the clock skips or strikes twice is refused with words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": _("Dit is geen moment. Schrijf het als 2029-03-31 17:00."),
                            "required": _("Kies een dag en een uur.")},
            **options,
        )  # fmt: skip

    def to_python(self, value: Any) -> datetime | None:
        """The moment that is meant."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise ValidationError(
                gettext("Die nacht verspringt de klok: dit uur bestaat niet of komt twee keer voor. Kies een ander.")
            ) from error


def _text(label: Any, rows: int, longest: int, hint: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=longest, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
    )


class CallForm(forms.Form):
    """A call; once it is published only appeal, contact and account are asked."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    opens_at = MomentField(label=_("Opent op"), required=False, help_text=_("Op de klok van Brussel."))
    closes_at = MomentField(
        label=_("Sluit op"), required=False,
        help_text=_("Indienen kan tot vlak voor dit moment. Voor een hele laatste dag: kies de dag erna om 0.00 uur."),
    )  # fmt: skip
    introduction = _text(_("Inleiding"), 6, 5000, _("Waarover de oproep gaat. Iedereen leest dit."))
    cofinancing_statement = _text(
        _("Verklaring van eigen inbreng"), 3, 2000, _("Wat het bestuur bevestigt voor het indient.")
    )
    appeal = _text(
        _("Hoe men in beroep gaat"), 4, 2000,
        _("Deze alinea staat in elke brief, in het Nederlands. Laat een jurist ze nakijken. Een lijst die al "
          "voorbereid is, houdt haar tekst."),
    )  # fmt: skip
    contact_name = forms.CharField(label=_("Contact"), required=False, max_length=150)
    contact_email = forms.EmailField(
        label=_("E-mailadres"), required=False,
        error_messages={"invalid": _("Schrijf een e-mailadres, zoals naam@voorbeeld.be.")},
    )  # fmt: skip
    contact_phone = forms.CharField(label=_("Telefoon"), required=False, max_length=30)
    payer_name = forms.CharField(
        label=_("Betaler"), required=False, max_length=70, help_text=_("De naam van de rekening waarvan u betaalt.")
    )
    payer_iban = IbanField(required=False)
    payer_bic = forms.CharField(
        label=_("Bank (BIC)"), required=False, max_length=11, help_text=_("8 of 11 tekens, zoals GKCCBEBB.")
    )

    def __init__(self, call: Call, data: Mapping[str, Any] | None = None) -> None:
        """A form for ``call``."""
        names = [name for name in self.base_fields if name != "revision"]
        super().__init__(data, initial={name: getattr(call, name) for name in [*names, "revision"]})
        self.call = call
        if call.state != CallState.DRAFT:
            for name in set(names) - set(AMENDABLE):
                del self.fields[name]

    def clean_payer_bic(self) -> str:
        """The code of the bank in capitals."""
        code = str(self.cleaned_data["payer_bic"]).replace(" ", "").upper()
        if code and not BIC.fullmatch(code):
            raise ValidationError(gettext("Een BIC telt 8 of 11 tekens, zoals GKCCBEBB."))
        return code

    @property
    def values(self) -> dict[str, Any]:
        """What was written, by field of the call."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def show_stored(self, call: Call) -> None:
        """After somebody else's change: say at each field that differs what is stored now."""
        for name, typed in self.values.items():
            stored = getattr(call, name)
            if stored != typed:
                shown = moment(stored) if isinstance(stored, datetime) else stored
                self[name].help_text = gettext("Nu bewaard: %(value)s") % {"value": shown or gettext("(leeg)")}
        self.data = {**dict(self.data.items()), "revision": str(call.revision)}


class DocumentForm(forms.Form):
    """A document with a call."""

    title = forms.CharField(
        label=_("Titel"), max_length=150, error_messages={"required": _("Geef het document een titel.")}
    )
    file = CheckedFileField(label=_("Bestand"), help_text=_("Pdf, Word, Excel, PNG of JPEG, hoogstens 10 MB."))

    @property
    def checked(self) -> CheckedFile:
        """The file."""
        found: CheckedFile = self.cleaned_data["file"]
        return found


class MailForm(forms.Form):
    """The words of a notice."""

    subject = forms.CharField(
        label=pgettext_lazy("mail", "Onderwerp"), max_length=150,
        error_messages={"required": _("Schrijf een onderwerp.")},
    )  # fmt: skip
    body = forms.CharField(
        label=_("Tekst"), max_length=5000, widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Schrijf wat er in de mail staat.")},
    )  # fmt: skip

    def __init__(self, kind: MailKind, own: MailTemplate | None, data: Mapping[str, Any] | None = None) -> None:
        """A form with the words of the call, or else those that Draad ships, in the language mails are sent in."""
        with translation.override(settings.LANGUAGE_CODE):
            subject, body = (own.subject, own.body) if own else (str(kind.subject), str(kind.body))
        super().__init__(data, initial={"subject": subject, "body": body})


class ExtensionForm(ReasonForm):
    """A later closing for one government, or for all."""

    field_order = ("closes_at", "organisation", "reason")
    closes_at = MomentField(label=_("Sluit op"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = OrganisationField()
        organisation.required = False
        organisation.label = _("Alleen voor dit bestuur")
        organisation.help_text = _("Leeg: voor alle besturen.")
        self.fields["organisation"] = organisation
        self.fields["reason"].help_text = _("Eén zin. Besturen lezen ze.")
        self.order_fields(self.field_order)

    @property
    def organisation(self) -> Organisation | None:
        """For whom."""
        return self.cleaned_data["organisation"] or None
