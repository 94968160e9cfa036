"""Who speaks for a government that went up in another: the dossier stays, its people are those of the successor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from draad.organisations.models import Organisation
from draad.organisations.queries import Timeline, timeline


def speakers(organisations: Iterable[int], on: date | None = None) -> set[int]:
    """The organisations (primary keys) whose people act for these on a day: themselves, and who succeeded them."""
    theirs, day, history = set(organisations), on or timezone.localdate(), timeline()
    return theirs.union(*(_successors(history, organisation, day) for organisation in theirs))


def spoken_for(organisations: Iterable[int], on: date | None = None) -> set[int]:
    """The organisations (primary keys) for which people of these act on a day: these, and those they succeeded."""
    mine, day, history = set(organisations), on or timezone.localdate(), timeline()
    return mine | {other for other in history.held if mine.intersection(_successors(history, other, day))}


def present_names(organisations: Iterable[Organisation], on: date | None = None) -> dict[int, str]:
    """The name of the successor by organisation (primary key) that went up in another; one query, or none."""
    day = on or timezone.localdate()
    ended = {one.pk for one in organisations if one.valid_to and one.valid_to < day}
    if not ended:
        return {}
    history = timeline()
    heirs = {pk: _successors(history, pk, day) for pk in sorted(ended)}
    wanted = {heir for found in heirs.values() for heir in found}
    names = dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return {pk: ", ".join(names[heir] for heir in found) for pk, found in heirs.items() if found}


def _successors(history: Timeline, organisation: int, on: date) -> list[int]:
    """Who governs the ground of an organisation that governs none itself any more."""
    held = history.held.get(organisation, [])
    gone = bool(held) and all(one.valid_to and one.valid_to < on for one in held)
    return history.governments_on(organisation, on) if gone else []
