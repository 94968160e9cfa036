"""Makes, changes and removes programmes, objectives, actions and rounds one by one, as a person sets them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.roles import Role
from draad.programmes.actions.programme import ROOM
from draad.programmes.models import Programme, Round
from draad.programmes.setup_policies import (
    AnyItem,
    Item,
    check_consistent,
    check_identity,
    check_removable,
    check_unchanged,
)

ENTERED = "entered by a person"
"""The source of what somebody typed without naming one; who it was stands in the audit."""


def add_item(item: Item, *, by: Actor) -> Item:
    """Store a new programme, objective, action or round.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ValidationError: under the field that is wrong, such as a number that is taken.
    """
    _require(by)
    item.source = item.source.strip() or ENTERED
    check_consistent(item)
    with audit.recording(by=by) as log, _one_of_each(item):
        return log.create(item, verb=_verb(item, "add"))


def change_item(item: Item, values: Mapping[str, Any], *, seen: str, by: Actor) -> Item:
    """Give an item new values.

    Args:
        item: a programme, objective, action or round.
        values: by field.
        seen: the fingerprint of what the editor had before them.
        by: who changes it.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ChangedMeanwhileError: when somebody else changed it since.
        ValidationError: under the field that is wrong, such as another number for what is in use.
    """
    _require(by)
    given = {**values, "source": values["source"].strip() or ENTERED}
    with audit.recording(by=by) as log:
        found: Item = type(item).objects.select_for_update().get(pk=item.pk)
        check_unchanged(found, seen)
        check_identity(found, given)
        wanted = copy(found)
        for name, value in given.items():
            setattr(wanted, name, value)
        check_consistent(wanted)
        with _one_of_each(wanted):
            log.change(found, verb=_verb(found, "change"), **given)
    return found


def remove_item(item: AnyItem, *, by: Actor) -> None:
    """Remove an item that nothing refers to; a round takes its rules with it.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ValidationError: naming what refers to it.
    """
    _require(by)
    with audit.recording(by=by) as log:
        found = type(item).objects.select_for_update().get(pk=item.pk)
        check_removable(found)
        if isinstance(found, Round):
            for rule in found.rules.all():
                log.remove(rule, verb=f"{ROOM}.roundrule.remove")
        log.remove(found, verb=_verb(found, "remove"))


def tell_call_days(log: Recording, of_round: Round, opens_on: date | None, closes_on: date | None) -> None:
    """Keep the days of a call with its round, within the recording of the call itself.

    Args:
        log: the open recording.
        of_round: the round.
        opens_on: the first day on which governments may apply; None when there is no call any more.
        closes_on: the last one.
    """
    log.change(of_round, verb=_verb(of_round, "change"), call_opens_on=opens_on, call_closes_on=closes_on)


@contextmanager
def _one_of_each(item: AnyItem) -> Iterator[None]:
    """Turn the refusal of the database into a sentence: two people may take the same number at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(item, Programme):
            taken = {"slug": _("Er is al een programma met deze korte naam. Kies een andere.")}
        else:
            taken = {"number": _("Nummer %(n)s is al gebruikt. Kies een ander.") % {"n": item.number}}
        raise ValidationError(taken) from error


def _require(by: Actor) -> None:
    by.require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)


def _verb(item: AnyItem, what: str) -> str:
    return f"{ROOM}.{item._meta.model_name}.{what}"
