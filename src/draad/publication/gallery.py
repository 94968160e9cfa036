"""Samples of every component in all its states, for the gallery page. All values are examples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from draad.documents.tables import Column, Gap, Kind, NotApplicable, Table, Value
from draad.web.numbers import EuroField
from draad.web.tables import PAGE_SIZE
from draad.web.thread import Stop, thread
from draad.web.tilemap import Place, Square, TileMap, TileValue, draw, grid, quantiles


@dataclass(frozen=True)
class SampleRow:
    """A row of the sample table."""

    name: str
    kind: str
    persons: Value
    amount: Value
    share: Value
    on: Value


ROWS = [
    SampleRow("Aarlebeek", "stad", 118_178, Decimal("28600.00"), Decimal("98.0"), date(2022, 10, 1)),
    SampleRow("Beukendaal", "gemeente", 0, Decimal("1250.50"), Decimal("33.3"), date(2023, 9, 30)),
    SampleRow("Ceulenhove", "gemeente", Gap(_("niet gepubliceerd")), Decimal("0.00"), NotApplicable(), None),
]


def sample_table() -> Table[SampleRow]:
    """A table with numbers, amounts, percentages, dates, a zero, a gap and a value that cannot exist."""
    return Table(
        key="sample",
        title=_("Tabel met alle soorten waarden"),
        about=_("Verzonnen namen en waarden."),
        columns=[
            Column("name", _("Naam"), lambda row: row.name),
            Column("kind", _("Soort"), lambda row: row.kind, choices=True),
            Column("persons", _("Personen"), lambda row: row.persons, Kind.COUNT, total=True),
            Column("amount", _("Bedrag"), lambda row: row.amount, Kind.EURO, total=True),
            Column("share", _("Aandeel"), lambda row: row.share, Kind.PERCENT),
            Column("on", _("Datum"), lambda row: row.on, Kind.DATE),
        ],
        rows=ROWS,
        source=_("verzonnen voor deze pagina"),
        example=True,
        search=lambda row: row.name,
    )


class SampleForm(forms.Form):
    """A form with a field of every sort."""

    name = forms.CharField(label=_("Naam"), help_text=_("Zoals op de identiteitskaart."))
    amount = EuroField(label=_("Bedrag in euro"))
    choice = forms.ChoiceField(label=_("Keuze"), choices=[("a", _("eerste")), ("b", _("tweede"))])
    remark = forms.CharField(label=_("Opmerking"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


def sample_map() -> TileMap:
    """A map with every class, a gap, a place outside the set, a mark and a border between two groups."""
    names = ["Aarlebeek", "Beukendaal", "Ceulenhove", "Doornzele", "Elsgem", "Fonteinwijk", "Geulbeek", "Heihoek"]
    squares = tuple(Square(name, "Noord" if place < len(names) // 2 else "Zuid", place % 4, place // 4)
                    for place, name in enumerate(names))  # fmt: skip
    values = {name: TileValue(place * 10) for place, name in enumerate(names[:6])}
    values[names[6]] = TileValue(Gap(_("niet gepubliceerd")))
    return draw(
        [Place(square.key, square.key, square.group, "#b-map") for square in squares],
        grid(squares),
        values,
        quantiles([value.value for value in values.values()]),
        key="sample-map",
        title=_("Kaart met verzonnen waarden"),
        outside=_("niet in de lijst"),
        marked=[names[1]],
        marker_label=_("met een ring"),
    )


def pages_table() -> Table[SampleRow]:
    """A table that needs more than one page."""
    rows = [SampleRow(str(n), "gemeente", n, None, None, None) for n in range(1, PAGE_SIZE + 6)]
    return replace(sample_table(), key="pages", title=_("Tabel van meer dan één bladzijde"), rows=rows,
                   columns=sample_table().columns[:3])  # fmt: skip


def samples() -> Mapping[str, Any]:
    """Everything that the gallery shows, besides its table."""
    stops = {
        "terms": Stop(_("drie rondes")),
        "application": Stop(_("104 besturen, ronde 1"), href="#"),
        "grant": Stop(_("€ 4.030.860, ronde 2"), href="#", value="€ 4,0 mln"),
    }
    return {
        "stations": thread(stops, here="terms"),
        "tall_stations": thread(
            {
                "terms": Stop(_("acties"), "#", "24"),
                "application": Stop(_("lokale besturen in ronde 1"), "#", "104"),
                "grant": Stop(_("toegekend in ronde 1"), "#", "€ 14,1 mln"),
            }
        ),
        "map": sample_map(),
        "empty_form": SampleForm(prefix="empty"),
        "wrong_form": SampleForm({"wrong-name": "", "wrong-amount": "-5", "wrong-choice": "c"}, prefix="wrong"),
        "number": 14_136_359,
        "amount": Decimal("14136359.00"),
        "share": Decimal(98),
        "gap": Gap(_("niet gepubliceerd")),
        "not_applicable": NotApplicable(),
    }
