"""The forms of this room: a new plan, a document to read, an unknown name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.documents.source import DocumentError
from draad.organisations.models import Organisation, OrganisationKind
from draad.plans.actions.names import NewBody
from draad.plans.actions.plans import PlanAbout
from draad.plans.actions.reading import DamagedSheetsError, Document, read_file
from draad.plans.models import PartyGroup, Plan
from draad.plans.words import fault_sentences

ADMINISTRATIONS = [OrganisationKind.ADMINISTRATION, OrganisationKind.AGENCY]


class PlanForm(forms.Form):
    """A new plan."""

    title = forms.CharField(
        label=gettext_lazy("Titel"), max_length=200,
        help_text=gettext_lazy("Zoals op het document, bijvoorbeeld “Horizontaal integratiebeleidsplan 2016-2020”."),
    )  # fmt: skip
    first_year = forms.IntegerField(label=gettext_lazy("Eerste jaar"), min_value=1950, max_value=2150)
    last_year = forms.IntegerField(label=gettext_lazy("Laatste jaar"), min_value=1950, max_value=2150)
    owner = forms.ModelChoiceField(
        label=gettext_lazy("Wie coördineert het plan"), queryset=Organisation.objects.none(), empty_label=None
    )
    example = forms.BooleanField(
        label=gettext_lazy("Dit is een voorbeeld"), required=False,
        help_text=gettext_lazy("Elke bladzijde en elk bestand van het plan zegt dat dan."),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        """Offer the organisations for which the actor may make a plan."""
        super().__init__(*args, **kwargs)
        found = Organisation.objects.order_by("name")
        if by.has(Role.ADMINISTRATOR):
            found = found.filter(kind__in=ADMINISTRATIONS)
        else:
            found = found.filter(
                pk__in=[grant.organisation_id for grant in by.grants if grant.role == Role.PLAN_COORDINATOR]
            )
        self.fields["owner"].queryset = found  # type: ignore[attr-defined]  # it is a choice of a model

    def clean_title(self) -> str:
        """Refuse a title whose address another plan has."""
        title: str = self.cleaned_data["title"]
        if not slugify(title):
            raise forms.ValidationError(_("Schrijf een titel met letters."))
        if Plan.objects.filter(slug=slugify(title)[:80]).exists():
            raise forms.ValidationError(_("Er is al een plan met deze titel. Zet er de jaren bij."))
        return title

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        values = super().clean() or {}
        first, last = values.get("first_year"), values.get("last_year")
        if first and last and last < first:
            self.add_error("last_year", _("Het laatste jaar ligt voor het eerste jaar. Wissel ze om."))
        return values

    def about(self) -> PlanAbout:
        """What the person said of the plan."""
        values = self.cleaned_data
        return PlanAbout(
            slugify(values["title"])[:80], values["title"], values["first_year"], values["last_year"],
            values["owner"], values["example"],
        )  # fmt: skip


class UploadForm(forms.Form):
    """Reads a document; ``document`` then holds what stands in it.

    ``offers_damaged`` tells that the document can be read when damaged sheets are asked for.
    """

    file = forms.FileField(
        label=gettext_lazy("Document met actiefiches"), allow_empty_file=True,
        help_text=gettext_lazy("Word (.docx), PDF of tekst (.txt), hoogstens 64 MB. Het Word-bestand leest het best."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt"}),
        error_messages={"required": gettext_lazy("Kies een bestand.")},
    )  # fmt: skip
    keep_damaged = forms.BooleanField(
        label=gettext_lazy("Lees ook beschadigde fiches"), required=False,
        help_text=gettext_lazy("Wat niet te lezen is, blijft leeg en vraagt om uw beslissing."),
    )  # fmt: skip

    document: Document
    offers_damaged = False

    def clean(self) -> dict[str, Any]:
        """Read the document, or say why it cannot be read."""
        values = super().clean() or {}
        if not self.errors:
            try:
                self.document = read_file(values["file"], keep_damaged=values["keep_damaged"])
            except DocumentError as error:
                self.offers_damaged = isinstance(error, DamagedSheetsError)
                self.add_error("file", fault_sentences(error))
        return values


class NameForm(forms.Form):
    """What an unknown name means: an organisation that Draad has, or a new one."""

    known = forms.CharField(
        label=gettext_lazy("Organisatie die Draad kent"), required=False, max_length=150,
        help_text=gettext_lazy("Typ haar naam of een naam die in gebruik is."),
    )  # fmt: skip
    new_name = forms.CharField(
        label=gettext_lazy("Of de volledige naam van een nieuwe organisatie"), required=False, max_length=150
    )
    kind = forms.ChoiceField(label=gettext_lazy("Soort van de nieuwe organisatie"), required=False)

    def __init__(self, *args: Any, group: PartyGroup, **kwargs: Any) -> None:
        """Offer the kinds that fit the group."""
        super().__init__(*args, **kwargs)
        cabinet = group == PartyGroup.CABINET
        kinds = [OrganisationKind.CABINET] if cabinet else [*ADMINISTRATIONS, OrganisationKind.ASSOCIATION]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        """Ask for exactly one of both."""
        values = super().clean() or {}
        if bool(values.get("known")) == bool(values.get("new_name")):
            raise forms.ValidationError(_("Vul één van beide in: een organisatie die Draad kent, of een nieuwe naam."))
        return values

    def new_body(self) -> NewBody | None:
        """The organisation to make, or None."""
        values = self.cleaned_data
        return NewBody(values["new_name"], OrganisationKind(values["kind"])) if values["new_name"] else None
