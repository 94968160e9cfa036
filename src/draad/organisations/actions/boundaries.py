"""Real boundaries that an administrator loads for an edition of the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.documents.boundaries import Feature, read_boundaries
from draad.documents.outlines import Drawing, drawing
from draad.organisations.models import AreaKind, Boundary, BoundarySet, Territory
from draad.organisations.policies import PolicyError
from draad.organisations.queries.areas import area_names
from draad.organisations.queries.periods import valid_on

MOST_NAMES = 10


def load_boundaries(content: bytes, *, edition: str, source: str, by: Actor) -> BoundarySet:
    """Store the boundaries of a GeoJSON or TopoJSON file for an edition, in the place of those it had.

    Raises:
        BoundaryFileError: when the file cannot be read.
        PolicyError: when it has a code that is no municipality of the edition, or lacks one; they are named.
    """
    by.require(Role.ADMINISTRATOR)
    on = date(int(edition), 12, 31)
    places = {place.nis: place for place in Territory.objects.filter(valid_on(on))}
    features = read_boundaries(content)
    _check_codes(features, places, edition)
    provinces = area_names(AreaKind.PROVINCE, on)
    drawn = drawing(features, {nis: provinces.get(place.pk, "") for nis, place in places.items()})
    return _store(drawn, places, edition, source, by)


def remove_boundaries(found: BoundarySet, *, by: Actor) -> None:
    """Go back to tiles for an edition."""
    by.require(Role.ADMINISTRATOR)
    with audit.recording(by=by) as log:
        log.remove(found, verb="organisations.boundaryset.remove")


def _store(drawn: Drawing, places: dict[str, Territory], edition: str, source: str, by: Actor) -> BoundarySet:
    """One event for the set; its outlines follow from the file and leave none of their own."""
    with audit.recording(by=by) as log:
        former = BoundarySet.objects.filter(edition=edition).first()
        if former:
            log.remove(former, verb="organisations.boundaryset.remove")
        found = log.create(
            BoundarySet(edition=edition, source=source, loaded_at=timezone.now(), height=drawn.height,
                        borders=drawn.borders),
            verb="organisations.boundaryset.add",
        )  # fmt: skip
        Boundary.objects.bulk_create([
            Boundary(boundary_set=found, territory=places[place.code], path=place.path, x=place.x, y=place.y)
            for place in drawn.places
        ])  # fmt: skip
    return found


def _check_codes(features: Sequence[Feature], places: dict[str, Territory], edition: str) -> None:
    codes = {feature.code for feature in features}
    unknown = sorted(codes - set(places))
    if unknown:
        raise PolicyError(
            _("Deze NIS-codes zijn geen Vlaamse gemeente van %(edition)s: %(codes)s.")
            % {"edition": edition, "codes": _some(unknown)}
        )
    missing = sorted(f"{places[nis].name} ({nis})" for nis in set(places) - codes)
    if missing:
        raise PolicyError(_("Deze gemeenten ontbreken in het bestand: %(names)s.") % {"names": _some(missing)})


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return _("%(names)s en nog %(more)s") % {"names": shown, "more": more} if more > 0 else shown
