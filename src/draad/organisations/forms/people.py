"""The forms of people administration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.accounts.actor import Actor
from draad.accounts.forms import NO_ADDRESS
from draad.accounts.roles import Role
from draad.organisations.identifiers import IdentifierError, kbo
from draad.organisations.models import Organisation
from draad.organisations.people_policies import grantable_roles
from draad.organisations.queries import UnknownNameError, government_named

FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
DATE_ERRORS = {
    "invalid": gettext_lazy("Dit is geen datum. Schrijf ze als 2026-01-31."),
    "required": gettext_lazy("Kies een dag."),
}


def date_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateField:
    """A date that may be typed in Dutch order too."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=hint,
        input_formats=FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=DATE_ERRORS,
    )


class OrganisationField(forms.CharField):
    """An organisation, typed by name (of today, or an alias) or KBO number; a list of names helps."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Organisatie"),
            help_text=gettext_lazy("De naam of het KBO-nummer, zoals Gent of 0207.451.227."),
            widget=forms.TextInput(attrs={"list": "organisaties", "autocomplete": "off"}),
            error_messages={"required": gettext_lazy("Vul in voor welke organisatie.")},
        )

    def clean(self, value: Any) -> Organisation | None:
        """The organisation that is meant."""
        text = super().clean(value)
        if not text:
            return None
        if any(letter.isdigit() for letter in text):
            return self._by_number(text)
        try:
            return government_named(text, timezone.localdate())
        except UnknownNameError as error:
            raise forms.ValidationError(str(error)) from error

    def _by_number(self, text: str) -> Organisation:
        try:
            number = kbo(text)
        except IdentifierError as error:
            raise forms.ValidationError(str(error)) from error
        found: Organisation | None = Organisation.objects.filter(kbo=number).first()
        if found is None:
            raise forms.ValidationError(_("Geen organisatie heeft KBO-nummer %(number)s.") % {"number": text})
        return found


class ReasonForm(forms.Form):
    """Why; every change of somebody's access says it."""

    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        help_text=gettext_lazy("Eén zin. Ze komt in de audit."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Schrijf in een zin waarom.")},
    )


class RoleForm(ReasonForm):
    """A role for an organisation during a period."""

    field_order = ("email", "name", "organisation", "role", "valid_from", "valid_to", "language", "reason")

    valid_from = date_field(gettext_lazy("Van"))
    valid_to = date_field(
        gettext_lazy("Tot en met"), required=False, hint=gettext_lazy("Leeg: tot iemand de rol beëindigt.")
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = OrganisationField()
        roles = [(role.value, role.label) for role in grantable_roles(by)]
        self.fields["role"] = forms.ChoiceField(
            label=gettext_lazy("Rol"),
            choices=[("", _("kies een rol")), *roles],
            error_messages={"required": gettext_lazy("Kies een rol.")},
        )
        self.fields["valid_from"].initial = timezone.localdate()
        self.order_fields(self.field_order)

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class InviteForm(RoleForm):
    """A new person with a first role."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy("Hierheen gaat de uitnodiging; hiermee meldt de persoon zich aan."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Vul het e-mailadres van de persoon in."), "invalid": NO_ADDRESS},
    )
    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=150,
        error_messages={"required": gettext_lazy("Vul de naam van de persoon in.")},
    )
    language = forms.ChoiceField(label=gettext_lazy("Taal van de mails"), choices=settings.LANGUAGES)


class EndForm(ReasonForm):
    """The last day of a role."""

    field_order = ("valid_to", "reason")
    valid_to = date_field(gettext_lazy("Laatste dag"))
