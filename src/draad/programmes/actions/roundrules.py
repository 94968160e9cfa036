"""Gives a round its rules, one at a time, and takes rules and terms over from the round before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.programmes.actions.drafts import LINE
from draad.programmes.actions.programme import ROOM
from draad.programmes.actions.setup import ENTERED
from draad.programmes.models import Action, ActionTerms, IndicatorTerms, Knowledge, Round, RoundRule
from draad.programmes.queries import current_terms, round_before
from draad.programmes.rules import rule_of
from draad.programmes.setup_policies import check_rule, check_rules_open, check_unchanged
from draad.programmes.states import START
from draad.programmes.values import TermsValues, carried_over, line_columns, terms_columns

RULE = f"{ROOM}.roundrule"


@dataclass(frozen=True)
class RuleContent:
    """What a person sets of a rule: its values, how they are known, and the document that says so."""

    parameters: Mapping[str, Any]
    knowledge: Knowledge = Knowledge.STATED
    source: str = ""


def set_rule(of_round: Round, key: str, content: RuleContent, *, seen: str = "", by: Actor) -> RoundRule:
    """Give a round a rule, or other values for one that it has.

    Args:
        of_round: the round.
        key: which rule of ``RULES``.
        content: its values.
        seen: the fingerprint of the rule as the editor had it; empty when the round did not have it.
        by: who sets it.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ChangedMeanwhileError: when somebody else changed the rule since.
        ValidationError: when the values are wrong or the rules of this round no longer change.
    """
    _require(by)
    check_rule(key, content.parameters)
    values: dict[str, Any] = {
        "parameters": dict(content.parameters),
        "knowledge": content.knowledge,
        "source": content.source.strip() or ENTERED,
    }
    with audit.recording(by=by) as log:
        locked = _locked(of_round)
        rule: RoundRule | None = RoundRule.objects.filter(round=locked, key=key).first()
        if rule is None:
            return log.create(RoundRule(round=locked, key=key, **values), verb=f"{RULE}.add")
        check_unchanged(rule, seen)
        log.change(rule, verb=f"{RULE}.change", **values)
    return rule


def remove_rule(of_round: Round, key: str, *, by: Actor) -> None:
    """Take a rule away from a round; without it nothing happens.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ValidationError: when the rules of this round no longer change.
    """
    _require(by)
    with audit.recording(by=by) as log:
        for rule in RoundRule.objects.filter(round=_locked(of_round), key=key):
            log.remove(rule, verb=f"{RULE}.remove")


def copy_rules(of_round: Round, *, by: Actor) -> int:
    """Take over the rules of the round before that this round has not; how many.

    A rule that tells what the round before changed is not taken over: it was told once.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ValidationError: without a round before, or when the rules of this round no longer change.
    """
    _require(by)
    with audit.recording(by=by) as log:
        locked = _locked(of_round)
        own = set(locked.rules.values_list("key", flat=True))
        fresh = [
            RoundRule(round=locked, key=rule.key, parameters=rule.parameters, source=rule.source,
                      knowledge=Knowledge.CARRIED)
            for rule in _before(locked).rules.order_by("pk")
            if rule.key not in own and not rule_of(rule.key).tells_of_change
        ]  # fmt: skip
        return len(log.create_many(fresh, verb=f"{RULE}.add"))


def copy_terms(of_round: Round, *, by: Actor) -> int:
    """Start drafts with the newest terms of the round before, for each action that has no terms here; how many.

    They are to hold from the first day of the round, until somebody writes another day.

    Raises:
        PermissionDenied: for who may not set up programmes.
        ValidationError: without a round before.
    """
    _require(by)
    with audit.recording(by=by) as log:
        locked: Round = Round.objects.select_for_update().select_related("programme").get(pk=of_round.pk)
        before = _before(locked).number
        known = set(ActionTerms.objects.filter(round=locked).values_list("action__number", flat=True))
        actions = {action.number: action for action in locked.programme.actions.all()}
        found = current_terms(locked.programme)
        copied = [n for n in actions if n not in known and (n, before) in found]
        for number in copied:
            _draft(log, actions[number], locked, carried_over(found[number, before].values))
        return len(copied)


def _draft(log: audit.Recording, action: Action, of_round: Round, values: TermsValues) -> None:
    draft = ActionTerms(action=action, round=of_round, effective_on=of_round.starts_on, **terms_columns(values))
    terms = log.create(draft, verb=START.verb)
    lines = [IndicatorTerms(terms=terms, line=n, **line_columns(line)) for n, line in values.lines.items()]
    log.create_many(lines, verb=f"{LINE}.add")


def _before(of_round: Round) -> Round:
    before = round_before(of_round)
    if before is None:
        raise ValidationError(_("Dit is de eerste ronde: er is niets om over te nemen."))
    return before


def _locked(of_round: Round) -> Round:
    """The round, held so that its call cannot be published meanwhile, when its rules may still change."""
    found: Round = Round.objects.select_for_update().get(pk=of_round.pk)
    check_rules_open(found)
    return found


def _require(by: Actor) -> None:
    by.require(Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER)
