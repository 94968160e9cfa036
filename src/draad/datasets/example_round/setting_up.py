"""Sets the invented programme up as a person would: item by item, rule by rule, terms drafted and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from draad.accounts.actor import Actor
from draad.datasets.example_round.content import months_on
from draad.programmes.actions.drafts import DraftContent, change_draft, draft_terms, publish_terms
from draad.programmes.actions.roundrules import RuleContent, copy_rules, copy_terms, set_rule
from draad.programmes.actions.setup import add_item
from draad.programmes.models import Action, ActionTerms, Objective, Programme, Round, TermsState
from draad.programmes.values import Line, TermsValues, stated, values_of

Content = Mapping[str, Any]


def set_up(content: Content, today: date, *, by: Actor) -> Programme:
    """The programme with its objectives, actions, and two rounds without budget, each with rules and published terms.

    The first project year begins on the first day of the month after next, the second a year later.
    """
    source = content["source"]
    about = {name: content[name] for name in ("slug", "name", "owner")}
    programme = add_item(Programme(**about, source=source, example=True), by=by)
    objectives = [
        add_item(Objective(programme=programme, number=n, title=one["title"], source=source), by=by)
        for n, one in enumerate(content["objective"], start=1)
    ]
    for n, one in enumerate(content["action"], start=1):
        objective = objectives[one["objective"] - 1]
        add_item(Action(programme=programme, objective=objective, number=n, title=one["title"], source=source), by=by)
    first, second = (_round(programme, n, months_on(today, 2 + 12 * (n - 1)), source, by) for n in (1, 2))
    for key, parameters in content["rules"].items():
        set_rule(first, key, RuleContent(parameters, source=source), by=by)
    copy_rules(second, by=by)
    _publish_terms(first, content, by)
    copy_terms(second, by=by)
    _publish_terms(second, content, by)
    return programme


def _round(programme: Programme, number: int, starts_on: date, source: str, by: Actor) -> Round:
    of_round = Round(
        programme=programme,
        number=number,
        starts_on=starts_on,
        ends_on=months_on(starts_on, 12) - timedelta(days=1),
        midterm_due_on=months_on(starts_on, 7) - timedelta(days=1),
        final_due_on=months_on(starts_on, 15) - timedelta(days=1),
        source=source,
    )
    return add_item(of_round, by=by)


def _publish_terms(of_round: Round, content: Content, by: Actor) -> None:
    """Publish the terms of every action; what was taken over from the round before stays unless it was not paid."""
    drafts = {
        draft.action.number: draft
        for draft in ActionTerms.objects.filter(round=of_round, state=TermsState.DRAFT).prefetch_related("lines")
    }
    for action in of_round.programme.actions.order_by("number"):
        draft = drafts.get(action.number) or draft_terms(action, of_round, by=by)
        written = values_of(draft)
        if not written.lines:
            written = _values(content["action"][action.number - 1], of_round.number, content["source"])
        draft = change_draft(draft, DraftContent(written, "", of_round.starts_on), revision=draft.revision, by=by)
        publish_terms(draft, revision=draft.revision, corrects=None, by=by)


def _values(action: Content, number: int, source: str) -> TermsValues:
    if number < action["subsidised_from"]:
        return TermsValues(stated(False, source))
    lines: dict[int, Line] = {
        n: {name: stated(Decimal(value) if name == "unit_amount" else value, source) for name, value in line.items()}
        for n, line in enumerate(action["lines"], start=1)
    }
    ceiling = sum((Decimal(line["unit_amount"]) * line["max_units"] for line in action["lines"]), Decimal(0))
    fields = {"target_group": stated(action["target_group"], source), "ceiling": stated(ceiling, source)}
    return TermsValues(stated(True, source), fields, lines)
