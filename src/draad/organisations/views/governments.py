"""The local governments: the list of a day with its map, and a page for each organisation."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from draad.accounts.middleware import actor
from draad.accounts.queries import history_of
from draad.documents.tables import Gap, Table
from draad.organisations import maps
from draad.organisations.forms.dates import chosen_day
from draad.organisations.identifiers import written_kbo
from draad.organisations.models import Organisation
from draad.organisations.portrait import portrait
from draad.organisations.queries.register import Register, register
from draad.organisations.sections import sections
from draad.organisations.tables import governments_table, names_table, population_table, territories_table
from draad.web.formatting import day
from draad.web.sections import rendered, stops_of
from draad.web.tables import table_page
from draad.web.thread import thread
from draad.web.tilemap import TileMap, TileValue, quantiles


def governments(request: HttpRequest) -> HttpResponse:
    """Every local government of a day, with a map by inhabitants."""
    on, form = chosen_day(request)
    found = register(on)
    edition = maps.edition_on(on)
    real = request.GET.get("kaart") == "grenzen"
    context = {
        "form": form,
        "on": on,
        "count": len(found.governments),
        "map": population_map(found, edition, boundaries=real) if edition else None,
        "has_boundaries": maps.has_boundaries(edition),
        "real": real,
    }
    return table_page(request, "organisations/governments.html", [governments_table(found)], context)


def population_map(found: Register, edition: str, *, boundaries: bool = False) -> TileMap:
    """The map of inhabitants; a municipality that the edition does not have is left out."""
    values = {row.nis: TileValue(row.inhabitants) for row in found.governments}
    words = {"edition": edition, "day": day(found.reference_date) if found.reference_date else "?"}
    return maps.tile_map(
        edition,
        values,
        classes=quantiles([value.value for value in values.values()]),
        key="kaart-inwoners",
        title=_("Inwoners per gemeente, grondgebied van %(edition)s") % words,
        about=_("Inwoners op %(day)s per gemeente van %(edition)s, in zes even grote groepen.") % words,
        boundaries=boundaries,
        places=[maps.place(row.nis, row.name, row.province, row.slug) for row in found.governments],
    )


def government(request: HttpRequest, slug: str) -> HttpResponse:
    """All that Draad knows of one organisation."""
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise Http404(slug)
    parts = sections.of(organisation)
    stops = stops_of(parts)
    found = portrait(organisation)
    tables: list[Table[Any]] = [names_table(found), territories_table(found), population_table(found)]
    context = {
        "portrait": found,
        "sections": rendered(parts, request),
        "events": history_of(organisation, actor(request)),
        "stations": thread(stops) if stops else None,
        "kbo": written_kbo(organisation.kbo) if organisation.kbo else Gap(_("niet bekend")),
        "ovo": organisation.ovo or Gap(_("niet bekend")),
    }
    return table_page(request, "organisations/government.html", tables, context)
