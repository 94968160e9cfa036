"""Gives an unknown name in plans to an organisation; from then on the name is known."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.text import slugify

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.organisations.models import NameKind, Organisation, OrganisationKind, OrganisationName
from draad.organisations.names import fold
from draad.plans.actions.plans import COORDINATORS
from draad.plans.models import MeasureParty, PartyAlias, PartyGroup
from draad.plans.names import directory
from draad.plans.policies import check_kind, check_new_name, check_one

SOURCE = "plan"


@dataclass(frozen=True)
class NewBody:
    """An administration, cabinet or partner that Draad does not have yet."""

    name: str
    kind: OrganisationKind


def organisation_named(name: str, group: PartyGroup) -> Organisation:
    """The organisation of a group that carries a name.

    Raises:
        ValidationError: when there is none, or more than one; with names that come near.
    """
    pk = directory(group).of(name)
    return check_one(name, group, Organisation.objects.filter(pk=pk).first() if pk else None)


def give_name(group: PartyGroup, name: str, organisation: Organisation, *, by: Actor) -> int:
    """Remember that a name means an organisation, and give it every place in every plan where it waits.

    Returns:
        In how many places the name stood.

    Raises:
        PermissionDenied: for who coordinates no plans.
        ValidationError: when a cabinet would become an administration or the other way.
    """
    by.require(*COORDINATORS)
    check_kind(group, organisation)
    with audit.recording(by=by) as log:
        return _give(log, group, name, organisation)


def give_name_to_new(group: PartyGroup, name: str, body: NewBody, *, by: Actor) -> int:
    """Make an organisation and give it the name.

    Returns:
        In how many places the name stood.

    Raises:
        PermissionDenied: for who coordinates no plans.
        ValidationError: when there is an organisation with that name already, or the kind does not fit.
    """
    by.require(*COORDINATORS)
    check_new_name(body.name, slugify(body.name))
    with audit.recording(by=by) as log:
        organisation = log.create(
            Organisation(slug=slugify(body.name)[:80], kind=body.kind, name=body.name, source=SOURCE),
            verb="organisations.organisation.add",
        )
        check_kind(group, organisation)
        log.create(
            OrganisationName(
                organisation=organisation,
                name=body.name,
                folded=fold(body.name),
                kind=NameKind.OFFICIAL,
                source=SOURCE,
            ),
            verb="organisations.name.add",
        )
        return _give(log, group, name, organisation)


def _give(log: Recording, group: PartyGroup, name: str, organisation: Organisation) -> int:
    folded = fold(name)
    known = PartyAlias.objects.select_for_update().filter(group=group, folded=folded).first()
    if known:
        log.change(known, verb="plans.alias.change", organisation=organisation)
    else:
        alias = PartyAlias(group=group, folded=folded, name=name[:150], organisation=organisation)
        log.create(alias, verb="plans.alias.add")
    waiting: models.QuerySet[MeasureParty] = MeasureParty.objects.select_for_update().filter(
        group=group, folded=folded, organisation__isnull=True
    )
    return sum(log.change(party, verb="plans.party.match", organisation=organisation) for party in list(waiting))
