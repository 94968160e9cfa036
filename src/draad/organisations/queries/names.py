"""Finds organisations by a name of today, of once, or in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.organisations.models import NameKind, Organisation, OrganisationName
from draad.organisations.names import fold
from draad.organisations.queries.periods import holds, valid_on
from draad.organisations.queries.timeline import timeline
from draad.web.formatting import day

MOST_HITS = 50


class UnknownNameError(LookupError):
    """No organisation, or more than one, carries this name on this day; the message names what comes near."""


@dataclass(frozen=True)
class Found:
    """An organisation that a search found, and the name by which it was found.

    ``through`` is the former organisation that carried the name, when this one succeeds it.
    """

    organisation: Organisation
    matched: str
    through: Organisation | None = None

    @property
    def note(self) -> str:
        """Why it was found, when its own name does not show that."""
        if self.through:
            return _("hierin ging %(name)s op") % {"name": self.through.name}
        return _("ook: %(name)s") % {"name": self.matched} if self.matched != self.organisation.name else ""


def name_on(organisation: Organisation, on: date) -> str:
    """The official name on a day; outside its life the newest one."""
    names = organisation.names.all()
    return next(
        (n.name for n in names if n.kind == NameKind.OFFICIAL and holds(n.valid_from, n.valid_to, on)),
        organisation.name,
    )


def government_named(name: str, on: date) -> Organisation:
    """The organisation that a document of that day means by ``name``: an official name then valid, or an alias.

    Capitals, accents and hyphens do not matter; the rest must be exact.

    Raises:
        UnknownNameError: when there is none or more than one; with the names that come near.
    """
    matches = OrganisationName.objects.filter(valid_on(on), folded=fold(name)).select_related("organisation")
    found = {match.organisation_id: match.organisation for match in matches}
    if len(found) == 1:
        organisation: Organisation = found.popitem()[1]
        return organisation
    if found:
        names = ", ".join(sorted(f"{o.name} ({o.kbo})" for o in found.values()))
        raise UnknownNameError(_("“%(name)s” is meer dan één bestuur: %(names)s.") % {"name": name, "names": names})
    raise UnknownNameError(_unknown(name, on))


def _unknown(name: str, on: date) -> str:
    known = {row.folded: row for row in OrganisationName.objects.order_by(F("valid_from").asc(nulls_first=True), "pk")}
    start = _("Geen bestuur heet “%(name)s” op %(day)s.") % {"name": name, "day": day(on)}
    same = known.get(fold(name))
    if same:
        return f"{start} {_when(same, on)}"
    near = get_close_matches(fold(name), list(known), n=3, cutoff=0.6)
    if not near:
        return start
    return f"{start} " + _("Bedoelt u %(names)s?") % {"names": ", ".join(known[key].name for key in near)}


def _when(name: OrganisationName, on: date) -> str:
    if name.valid_from and name.valid_from > on:
        return _("Die naam geldt pas vanaf %(day)s.") % {"day": day(name.valid_from)}
    return _("Die naam gold tot en met %(day)s.") % {"day": day(name.valid_to or on)}


def find(text: str, on: date | None = None) -> list[Found]:
    """Organisations that exist on ``on`` (default today) and carry, or succeed to, a name with ``text`` in it.

    The best first: the whole name, then its start, then a part. A former name gives the organisation of that day.
    """
    wanted, on = fold(text), on or timezone.localdate()
    if not wanted:
        return []
    matches = list(OrganisationName.objects.filter(folded__contains=wanted).select_related("organisation"))
    matches.sort(key=lambda match: (_rank(match.folded, wanted), match.folded, match.valid_to is not None))
    history = timeline() if any(_gone(match.organisation, on) for match in matches) else None
    hits: list[tuple[int, Found | OrganisationName]] = []
    for match in matches:
        if not _gone(match.organisation, on):
            hits.append((match.organisation_id, Found(match.organisation, match.name)))
        elif history:
            hits.extend((pk, match) for pk in history.governments_on(match.organisation_id, on))
    return _once(hits)[:MOST_HITS]


def _once(hits: list[tuple[int, Found | OrganisationName]]) -> list[Found]:
    later = Organisation.objects.in_bulk([pk for pk, hit in hits if isinstance(hit, OrganisationName)])
    found: dict[int, Found] = {}
    for pk, hit in hits:
        if pk not in found:
            found[pk] = hit if isinstance(hit, Found) else Found(later[pk], hit.name, hit.organisation)
    return list(found.values())


def _gone(organisation: Organisation, on: date) -> bool:
    return not holds(organisation.valid_from, organisation.valid_to, on)


def _rank(folded: str, wanted: str) -> int:
    if folded == wanted:
        return 0
    return 1 if folded.startswith(wanted) else 2 if f" {wanted}" in folded else 3
