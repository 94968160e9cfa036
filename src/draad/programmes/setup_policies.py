"""What may be changed in a programme while it is set up: what is in use keeps its number and stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.accounts.audit import state_of
from draad.accounts.revisions import ChangedMeanwhileError
from draad.programmes.holds import why_held
from draad.programmes.models import (
    Action,
    ActionTerms,
    Objective,
    Programme,
    Round,
    RoundRule,
    TermsState,
)
from draad.programmes.rules import RULES

AnyItem = Programme | Objective | Action | Round
Item = TypeVar("Item", bound=AnyItem)

IDENTITY = {"slug", "number"}
USERS: Mapping[type[models.Model], Any] = {
    Objective: gettext_lazy("doelstellingen"),
    Action: gettext_lazy("acties"),
    Round: gettext_lazy("rondes"),
    ActionTerms: gettext_lazy("voorwaarden"),
}
ELSEWHERE = gettext_lazy("gegevens op andere pagina’s")


def fingerprint(item: models.Model) -> str:
    """What identifies the stored values, so that a second editor is told of the first."""
    return hashlib.sha256(json.dumps(state_of(item), sort_keys=True).encode()).hexdigest()[:20]


def check_unchanged(item: models.Model, seen: str) -> None:
    """Refuse to overwrite what somebody else saved meanwhile.

    Raises:
        ChangedMeanwhileError: when the values are not those that the editor had before them.
    """
    if fingerprint(item) != seen:
        raise ChangedMeanwhileError(
            _("Iemand anders wijzigde dit intussen. Wat nu bewaard is, staat bij de velden die verschillen; bewaar "
              "opnieuw om uw waarden te houden.")
        )  # fmt: skip


def check_consistent(item: AnyItem) -> None:
    """Refuse what contradicts itself: days in the wrong order, an objective of another programme.

    Raises:
        ValidationError: by field.
    """
    problems: dict[str, str] = {}
    if isinstance(item, Action) and item.objective.programme_id != item.programme_id:
        problems["objective"] = _("Deze doelstelling hoort bij een ander programma.")
    if isinstance(item, Round):
        problems = _problems_of(item)
    if problems:
        raise ValidationError(problems)


def _problems_of(of_round: Round) -> dict[str, str]:
    problems: dict[str, str] = {}
    if of_round.ends_on < of_round.starts_on:
        problems["ends_on"] = _("De laatste dag valt vóór de eerste. Kies een latere dag.")
    midterm, final = of_round.midterm_due_on, of_round.final_due_on
    if midterm and midterm < of_round.starts_on:
        problems["midterm_due_on"] = _("Dit rapport valt vóór het begin van het projectjaar.")
    if final and final < (midterm or of_round.starts_on):
        problems["final_due_on"] = _("Het eindrapport komt na het tussentijdse rapport en na het begin.")
    return problems


def uses_of(item: models.Model) -> list[str]:
    """What refers to an item, in words; the rules of a round are part of it and do not count."""
    found: list[str] = []
    for relation in item._meta.related_objects:
        user = relation.related_model
        if user is not RoundRule and user._default_manager.filter(**{relation.field.name: item}).exists():
            found.append(str(USERS.get(user, ELSEWHERE)))
    return list(dict.fromkeys(found))


def check_removable(item: AnyItem) -> None:
    """Refuse to remove what is in use.

    Raises:
        ValidationError: naming what refers to it.
    """
    if isinstance(item, Round):
        check_rules_open(item)
    uses = uses_of(item)
    if uses:
        raise ValidationError(
            _("Dit is in gebruik en kan niet weg: er horen %(uses)s bij.") % {"uses": ", ".join(uses)}
        )


def can_remove(item: AnyItem) -> bool:
    """Whether nothing refers to it."""
    try:
        check_removable(item)
    except ValidationError:
        return False
    return True


def check_identity(item: AnyItem, values: Mapping[str, Any]) -> None:
    """Refuse another number or short name once published terms or other rooms use it.

    Raises:
        ValidationError: under the field.
    """
    changed = [name for name in IDENTITY & set(values) if values[name] != getattr(item, name)]
    if changed and _is_used(item):
        old = getattr(item, changed[0])
        raise ValidationError({changed[0]: _("Dit blijft %(old)s: er zijn al gegevens die ernaar verwijzen.")
                               % {"old": old}})  # fmt: skip


def _is_used(item: AnyItem) -> bool:
    """Whether terms were published under it, or a room above refers to it."""
    path = {Programme: "action__programme", Objective: "action__objective", Action: "action", Round: "round"}
    published = ActionTerms.objects.filter(**{path[type(item)]: item}, state=TermsState.PUBLISHED)
    return published.exists() or str(ELSEWHERE) in uses_of(item)


def check_rules_open(of_round: Round) -> None:
    """Refuse other rules for a round that a room above holds, such as one whose call is published.

    Raises:
        ValidationError: with the sentence of that room.
    """
    held = why_held(of_round)
    if held:
        raise ValidationError(held)


def check_rule(key: str, parameters: Mapping[str, Any]) -> None:
    """Refuse a rule that does not exist, or with values that it does not take.

    Raises:
        ValidationError: naming the rule.
    """
    if key not in RULES:
        raise ValidationError(_("De regel %(key)s bestaat niet.") % {"key": key})
    try:
        RULES[key].check(parameters)
    except ValueError as error:
        raise ValidationError(_("De waarden van deze regel kloppen niet: %(why)s.") % {"why": error}) from error
