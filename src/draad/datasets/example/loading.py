"""``draad load example``: stores the example rounds through the actions of the rooms, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from django.core.management.base import CommandError
from django.db import transaction

from draad.accounts.actor import Actor, system
from draad.accounts.sync import SyncCount
from draad.applications.actions.example import record_example, remove_example
from draad.applications.example import Body, Example
from draad.applications.models import Application, Call
from draad.datasets.example.generating import generate
from draad.datasets.example.writing import digest
from draad.datasets.plan_samenleven.programme import SLUG
from draad.organisations.actions.register import Partner, register_partners
from draad.organisations.models import NameKind, Organisation, OrganisationKind, OrganisationName
from draad.organisations.queries import holds
from draad.programmes.models import Round

LOADER = system("draad load example")
SOURCE = "example: invented by Draad"
Tell = Callable[[str], None]


class OtherExampleError(CommandError):
    """A round has a call that this example would replace."""


def load(
    seed: int = 1, scale: int = 1, *, replace: bool = False, tell: Tell = lambda _text: None
) -> dict[str, SyncCount]:
    """Store the example rounds, unless they are there.

    Args:
        seed: another seed gives another example.
        scale: how many times Flanders; from 2 with invented governments.
        replace: remove another example first; a call that is no example is never removed.
        tell: told how far it is.

    Raises:
        OtherExampleError: when a round has a call that is no example, or one made from another seed or scale.
        ValueError: for a scale below 1.
    """
    example = generate(seed, scale)
    made_from = f"seed {seed}, scale {scale}, sha256 {digest(example)}"
    numbers = [one.number for one in example.rounds]
    calls = Call.objects.filter(round__programme__slug=SLUG, round__number__in=numbers)
    present = list(calls.select_related("round__programme").order_by("round__number"))
    if len(present) == len(example.rounds) and all(call.made_from == made_from for call in present):
        return {"example applications": SyncCount(same=Application.objects.filter(call__in=present).count())}
    _check(present, replace=replace)
    with transaction.atomic():
        for call in present:
            tell(f"removing the example of round {call.round.number}")
            remove_example(call, by=LOADER)
        store(example, made_from, tell)
    return {"example applications": SyncCount(added=sum(len(one.applications) for one in example.rounds))}


def store(example: Example, made_from: str, tell: Tell) -> None:
    """Store the rounds of an example, and the governments that it invents; the rounds have no call yet."""
    rounds = {one.number: one for one in Round.objects.filter(programme__slug=SLUG).select_related("programme")}
    _register_invented(example, LOADER)
    for one in example.rounds:
        of_round = rounds[one.number]
        bodies = [member.body for application in one.applications for member in application.members]
        record_example(
            of_round,
            one,
            by=LOADER,
            made_from=made_from,
            organisations=_organisations(bodies, of_round.starts_on),
            progress=partial(_progress, tell, one.number),
        )


def _progress(tell: Tell, number: int, stored: int) -> None:
    tell(f"round {number}: {stored} applications")


def _check(present: Iterable[Call], *, replace: bool) -> None:
    for call in present:
        number = call.round.number
        if not call.example:
            raise OtherExampleError(f"round {number} has a call that is no example; nothing was loaded")
        if not replace:
            raise OtherExampleError(
                f"round {number} has the example made from {call.made_from}; add --replace to load another"
            )


def _register_invented(example: Example, by: Actor) -> None:
    """Register the invented governments and organisations of further copies."""
    bodies = {
        member.body.name: member.body
        for one in example.rounds
        for application in one.applications
        for member in application.members
        if member.body.invented
    }
    if bodies:
        register_partners([_partner(body) for body in bodies.values()], by=by)


def _partner(body: Body) -> Partner:
    kind = OrganisationKind.LOCAL_GOVERNMENT if body.government else OrganisationKind.ASSOCIATION
    return Partner(body.name, kind, aliases=[], kbo="", ovo="", source=SOURCE)


def _organisations(bodies: Iterable[Body], on: date) -> dict[str, Organisation]:
    """The organisations by the official name that they have on a day; one query."""
    wanted = {body.name for body in bodies}
    names = OrganisationName.objects.filter(kind=NameKind.OFFICIAL).select_related("organisation")
    return {
        name.name: name.organisation
        for name in names
        if name.name in wanted and holds(name.valid_from, name.valid_to, on)
    }
