"""Gives an unknown name in plans to an organisation; from then on the name is known."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import slugify

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.organisations.models import NameKind, Organisation, OrganisationKind, OrganisationName
from draad.organisations.names import fold
from draad.plans.actions.measures import match_parties
from draad.plans.models import Measure, MeasureParty, PartyAlias, PartyGroup
from draad.plans.names import directories, directory
from draad.plans.policies import check_kind, check_new_name, check_one
from draad.plans.states import COORDINATING

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
        How many names in the plans wait no longer.

    Raises:
        PermissionDenied: for who coordinates no plans.
        ValidationError: when a cabinet would become an administration or the other way.
    """
    by.require(*COORDINATING)
    check_kind(group, organisation)
    with audit.recording(by=by) as log:
        return _give(log, group, name, organisation)


def give_name_to_new(group: PartyGroup, name: str, body: NewBody, *, by: Actor) -> int:
    """Make an organisation and give it the name.

    Returns:
        How many names in the plans wait no longer.

    Raises:
        PermissionDenied: for who coordinates no plans.
        ValidationError: when there is an organisation with that name already, or the kind does not fit.
    """
    by.require(*COORDINATING)
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
    alias = PartyAlias.objects.select_for_update().filter(group=group, folded=folded).first()
    if alias:
        log.change(alias, verb="plans.alias.change", organisation=organisation)
    else:
        log.create(
            PartyAlias(group=group, folded=folded, name=name[:150], organisation=organisation), verb="plans.alias.add"
        )
    before = _waiting(group).count()
    touched = {party.measure_id for party in _waiting(group) if party.folded in folded}
    touched |= set(MeasureParty.objects.filter(group=group, folded=folded).values_list("measure_id", flat=True))
    known = directories()
    for measure in Measure.objects.filter(pk__in=touched):
        match_parties(log, measure, known)
    return before - _waiting(group).count()


def _waiting(group: PartyGroup) -> QuerySet[MeasureParty]:
    found: QuerySet[MeasureParty] = MeasureParty.objects.filter(group=group, organisation__isnull=True)
    return found
