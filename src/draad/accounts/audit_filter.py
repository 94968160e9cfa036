"""The filter of the audit page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draad.accounts.models import AuditEvent
from draad.accounts.words import table_in_words, verb_in_words

DATE = forms.DateInput(attrs={"type": "date", "class": "govuk-input"}, format="%Y-%m-%d")
NO_DATE = {"invalid": _("Dit is geen datum. Schrijf ze als 2026-01-31.")}


class AuditFilter(forms.Form):
    """Who, what, which table, which object, from when until when; empty asks everything."""

    wie = forms.CharField(label=_("Wie"), required=False, help_text=_("Een deel van de naam."))
    wat = forms.ChoiceField(label=_("Wat"), required=False)
    soort = forms.ChoiceField(label=_("Soort"), required=False)
    sleutel = forms.CharField(required=False, widget=forms.HiddenInput)
    van = forms.DateField(label=_("Van"), required=False, widget=DATE, error_messages=NO_DATE)
    tot = forms.DateField(label=_("Tot en met"), required=False, widget=DATE, error_messages=NO_DATE)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        verbs = AuditEvent.objects.order_by("verb").values_list("verb", flat=True).distinct()
        types = AuditEvent.objects.order_by("object_type").values_list("object_type", flat=True).distinct()
        self.fields["wie"].widget.attrs["class"] = "govuk-input"
        self.fields["wat"] = _choice(_("Wat"), [(verb, f"{verb_in_words(verb)} ({verb})") for verb in verbs])
        self.fields["soort"] = _choice(_("Soort"), [(kind, table_in_words(kind)) for kind in types])

    def clean(self) -> None:
        """Refuse a period that ends before it starts."""
        start, end = self.cleaned_data.get("van"), self.cleaned_data.get("tot")
        if start and end and end < start:
            self.add_error("tot", _("De laatste dag ligt voor de eerste."))

    def events(self) -> QuerySet[AuditEvent]:
        """The events that pass; a part of the filter that is wrong does not count."""
        found = AuditEvent.objects.order_by("-number")
        if not self.is_bound:
            return found
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("wie"):
            found = found.filter(actor__icontains=asked["wie"])
        if asked.get("wat"):
            found = found.filter(verb=asked["wat"])
        if asked.get("soort"):
            found = found.filter(object_type=asked["soort"])
        if asked.get("sleutel"):
            found = found.filter(object_key=asked["sleutel"])
        if asked.get("van"):
            found = found.filter(at__gte=_midnight(asked["van"]))
        if asked.get("tot"):
            found = found.filter(at__lt=_midnight(asked["tot"] + timedelta(days=1)))
        return found


def _choice(label: object, options: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=str(label),
        required=False,
        choices=[("", _("alles")), *options],
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
