"""The forms with which a person sets up a programme: itself, its objectives, actions and rounds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.organisations.forms.people import date_field
from draad.programmes.actions.setup import ENTERED
from draad.programmes.models import Objective, Programme
from draad.programmes.setup_policies import AnyItem, fingerprint
from draad.web.formatting import day, number
from draad.web.numbers import EuroField, WholeField

HIGHEST = 999
RESERVED = ("nieuw",)
"""Short names that are an address already."""


def source_field() -> forms.CharField:
    """The document that says so; nobody has to name one."""
    return forms.CharField(
        label=_("Bron"), required=False, max_length=300,
        help_text=_("Het besluit of document waarin dit staat. Leeg: ingevoerd door een medewerker."),
    )  # fmt: skip


def _text(label: Any, longest: int, missing: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, help_text=hint, error_messages={"required": missing})


def _long(label: Any, hint: Any) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, required=False, max_length=1000, help_text=hint, widget=rows)


def _number(hint: Any = "") -> WholeField:
    return WholeField(
        label=_("Nummer"), lowest=1, highest=HIGHEST, help_text=hint,
        error_messages={"required": _("Geef een nummer.")},
    )  # fmt: skip


class ItemForm(forms.Form):
    """What the forms of a programme and its parts share: the source, and what the editor had before them."""

    columns: ClassVar[tuple[str, ...]]
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    source = source_field()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, item: AnyItem | None = None, programme: Programme | None = None
    ) -> None:
        """A form for ``item``, or for a new one of ``programme``."""
        self.item, self.programme = item, programme
        super().__init__(data, initial=self.initial_of(item) if item else self.suggestion())
        self.order_fields([*self.columns, "seen"])

    def initial_of(self, item: AnyItem) -> dict[str, Any]:
        """The stored values."""
        stored = {name: getattr(item, name) for name in self.columns}
        stored["source"] = "" if item.source == ENTERED else item.source
        return {**stored, "seen": fingerprint(item)}

    def suggestion(self) -> dict[str, Any]:
        """What a new item is likely to be."""
        return {}

    @property
    def values(self) -> dict[str, Any]:
        """What was written, by field of the item."""
        return {name: self.cleaned_data[name] for name in self.columns}

    def show_stored(self, item: AnyItem) -> None:
        """After somebody else's change: say under each field that differs what is stored now."""
        stored = self.initial_of(item)
        for name in self.columns:
            if stored[name] != self.cleaned_data[name]:
                self[name].help_text = gettext("Nu bewaard: %(value)s") % {"value": _shown(stored[name])}
        self.data = {**dict(self.data.items()), "seen": stored["seen"]}


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | Decimal):
        return number(value)
    return str(value) if value else gettext("(leeg)")


class ProgrammeForm(ItemForm):
    """A programme."""

    columns = ("name", "owner", "introduction", "introduction_en", "slug", "source")
    name = _text(_("Naam"), 150, _("Geef het programma een naam."))
    owner = _text(_("Eigenaar"), 150, _("Schrijf welke organisatie het programma leidt."),
                  _("De organisatie die het programma leidt."))  # fmt: skip
    introduction = _long(
        _("Inleiding"), _("Waarvoor het programma dient, in een of twee zinnen. Iedereen leest ze op de voorpagina.")
    )
    introduction_en = _long(_("Inleiding in het Engels"), _("Leeg: de Engelse bladzijden tonen de Nederlandse."))
    slug = forms.CharField(
        label=_("Korte naam in het adres"), required=False, max_length=50,
        help_text=_("Kleine letters, cijfers en streepjes, zoals plan-2029. Leeg: gemaakt uit de naam."),
    )  # fmt: skip

    def clean_slug(self) -> str:
        """The short name as typed, or made from the name."""
        typed: str = self.cleaned_data["slug"].strip()
        slug: str = slugify(typed or self.cleaned_data.get("name", ""))[:50].strip("-")
        if typed and slug != typed:
            raise forms.ValidationError(
                gettext("Gebruik alleen kleine letters, cijfers en streepjes, zoals %(example)s.")
                % {"example": slug or "plan-2029"}
            )
        if slug in RESERVED or (not slug and self.cleaned_data.get("name")):
            raise forms.ValidationError(gettext("Geef een andere korte naam, zoals plan-2029."))
        return slug


class ObjectiveForm(ItemForm):
    """An objective."""

    columns = ("number", "title", "source")
    number = _number()
    title = _text(_("Naam"), 150, _("Schrijf de doelstelling."))

    def suggestion(self) -> dict[str, Any]:
        """The next number."""
        return {"number": next_number(self.programme.objectives if self.programme else None)}


class ActionForm(ItemForm):
    """An action under an objective."""

    columns = ("number", "title", "objective", "source")
    number = _number()
    title = _text(_("Naam"), 200, _("Schrijf wat de actie is."))
    objective = forms.ModelChoiceField(
        label=_("Doelstelling"), queryset=Objective.objects.none(), empty_label=_("kies een doelstelling"),
        error_messages={"required": _("Kies de doelstelling waartoe de actie bijdraagt."),
                        "invalid_choice": _("Kies een doelstelling van dit programma.")},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.programme:
            field: Any = self.fields["objective"]
            field.queryset = self.programme.objectives.order_by("number")

    def suggestion(self) -> dict[str, Any]:
        """The next number."""
        return {"number": next_number(self.programme.actions if self.programme else None)}


class RoundForm(ItemForm):
    """A round: a project year with its budget and report days."""

    columns = ("number", "starts_on", "ends_on", "envelope", "midterm_due_on", "final_due_on", "source")
    number = _number()
    starts_on = date_field(_("Eerste dag van het projectjaar"))
    ends_on = date_field(_("Laatste dag van het projectjaar"))
    envelope = EuroField(
        label=_("Budget in euro"), required=False, help_text=_("Voor alle besturen samen. Leeg: nog niet bepaald.")
    )
    midterm_due_on = date_field(_("Tussentijds rapport uiterlijk op"), required=False)
    final_due_on = date_field(_("Eindrapport uiterlijk op"), required=False)

    def suggestion(self) -> dict[str, Any]:
        """The next number and the year after the last round."""
        last = self.programme.rounds.order_by("number").last() if self.programme else None
        if last is None:
            return {"number": 1}
        starts = last.ends_on + timedelta(days=1)
        return {"number": last.number + 1, "starts_on": starts, "ends_on": _year_after(starts) - timedelta(days=1)}


def _year_after(start: date) -> date:
    """The same day a year later; 29 February has none and gives 1 March."""
    try:
        return start.replace(year=start.year + 1)
    except ValueError:
        return date(start.year + 1, 3, 1)


def next_number(items: Any) -> int:
    """One more than the highest number of these items."""
    highest = items.order_by("number").last() if items is not None else None
    return highest.number + 1 if highest else 1
