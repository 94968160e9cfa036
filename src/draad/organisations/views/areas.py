"""Provinces, reference regions and arrondissements with their governments and inhabitants."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from draad.organisations.forms.dates import chosen_day
from draad.organisations.models import AreaKind
from draad.organisations.queries.register import register
from draad.organisations.tables import areas_table
from draad.web.tables import table_page


def areas(request: HttpRequest) -> HttpResponse:
    """The ways in which Flanders is divided on a day."""
    on, form = chosen_day(request)
    found = register(on)
    tables = [
        areas_table(found, AreaKind.PROVINCE, _("Provincies")),
        areas_table(found, AreaKind.REFERENCE_REGION, _("Referentieregio’s")),
        areas_table(found, AreaKind.ARRONDISSEMENT, _("Arrondissementen")),
    ]
    return table_page(
        request, "organisations/areas.html", tables, {"form": form, "on": on, "origin_date": found.origin_date}
    )
