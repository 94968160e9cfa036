"""What to tell somebody whose file cannot be read."""

from __future__ import annotations

from django.utils.translation import gettext as _

from draad.documents.boundaries import BoundaryFault, BoundaryFileError
from draad.documents.uploads import MOST_BYTES, MOST_ROWS, Fault, UnreadableFileError
from draad.web.formatting import number

MEGABYTE = 1024 * 1024


def table_sentence(error: UnreadableFileError) -> str:
    """Why a table cannot be read and what would be right."""
    sentences = {
        Fault.EMPTY: _("Het bestand is leeg. Vul het sjabloon in en kies het opnieuw."),
        Fault.TOO_LARGE: _("Het bestand is groter dan %(size)s MB. Bewaar alleen het blad met de inwoners.")
        % {"size": MOST_BYTES // MEGABYTE},
        Fault.TOO_MANY_ROWS: _("Het bestand telt meer dan %(rows)s rijen. Eén rij per gemeente is genoeg.")
        % {"rows": number(MOST_ROWS)},
        Fault.PROTECTED: _("Het bestand is beveiligd met een wachtwoord, of is een oud .xls-bestand. Bewaar het als "
                           ".xlsx zonder wachtwoord."),
        Fault.NO_TABLE: _("Dit is geen Excel- of csv-bestand. Gebruik het sjabloon."),
        Fault.DAMAGED: _("Het bestand is beschadigd en kan niet worden gelezen. Bewaar het opnieuw als .xlsx of csv."),
        Fault.HEADINGS: _("Deze kolommen ontbreken: %(columns)s. Gebruik de titels van het sjabloon.")
        % {"columns": ", ".join(error.missing)},
    }  # fmt: skip
    return sentences[error.fault]


def boundary_sentence(error: BoundaryFileError) -> str:
    """Why boundaries cannot be read and what would be right."""
    where = {"where": error.where}
    sentences = {
        BoundaryFault.TOO_LARGE: _("Het bestand is groter dan 20 MB. Vereenvoudig de grenzen eerst."),
        BoundaryFault.NO_JSON: _("Dit is geen GeoJSON- of TopoJSON-bestand: het is geen JSON."),
        BoundaryFault.NO_BOUNDARIES: _("In dit bestand staan geen grenzen. Het moet een FeatureCollection (GeoJSON) "
                                       "of een Topology (TopoJSON) zijn."),
        BoundaryFault.NO_CODE: _("Onderdeel %(where)s heeft geen NIS-code. Elk onderdeel moet er een hebben, onder "
                                 "dezelfde naam.") % where,
        BoundaryFault.SHAPE: _("Onderdeel %(where)s is geen vlak (Polygon of MultiPolygon).") % where,
        BoundaryFault.COORDINATES: _("De coördinaten van onderdeel %(where)s zijn geen getallen of vormen geen vlak.")
        % where,
        BoundaryFault.PROJECTION: _("De coördinaten van %(where)s liggen niet in België. Gebruik graden (WGS84), "
                                    "Lambert 72 of Lambert 2008.") % where,
    }  # fmt: skip
    return sentences[error.fault]
