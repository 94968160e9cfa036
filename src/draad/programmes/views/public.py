"""The programme, its actions and its rounds, for everyone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.documents.tables import Table
from draad.programmes.comparison import compare_rules
from draad.programmes.examples import example_of, marked
from draad.programmes.models import Action, Programme, Round
from draad.programmes.overview import objective_groups
from draad.programmes.queries import (
    ShownRule,
    as_of_version,
    current_terms,
    published_terms,
    rule_texts,
    rules_of,
    touching,
)
from draad.programmes.rules import rule_of
from draad.programmes.sections import programme_sections, round_sections, sections
from draad.programmes.shown import SideBySide, side_by_side
from draad.programmes.summary import lede_of, summary_of
from draad.programmes.tables import (
    action_table,
    line_rows,
    line_table,
    round_address,
    round_table,
    rule_rows,
    rule_table,
    terms_table,
)
from draad.programmes.timeline import timeline
from draad.web.sections import rendered, stops_of
from draad.web.tables import table_page
from draad.web.thread import Stop, thread


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme: objectives with their actions, rounds in time, rules."""
    found = get_object_or_404(Programme, slug=slug)
    rounds = list(found.rounds.all())
    actions = list(found.actions.select_related("objective"))
    terms = current_terms(found)
    drawing = timeline(rounds, [round_address(found, of_round.number) for of_round in rounds])
    added = programme_sections.of(found)
    context = {
        "programme": found,
        "rounds": rounds,
        "objectives": objective_groups(actions, rounds, terms),
        "actions": actions,
        "timeline": drawing,
        "sections": rendered(added, request),
        **example_of(found),
    }
    tables: list[Table[Any]] = [
        round_table(found, rounds),
        rule_table(rule_rows(rules_of(rounds))),
        action_table(found, actions, rounds, terms),
    ]
    return table_page(request, "programmes/programme.html", marked(tables, found), context)


def action(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """An action: what it asks and gives in each round, what changed, and what other rooms know of it."""
    found = get_object_or_404(
        Action.objects.select_related("programme", "objective").prefetch_related("programme__rounds"),
        programme__slug=slug,
        number=number,
    )
    rounds = list(found.programme.rounds.all())
    terms = current_terms(found.programme, action=found)
    shown = [(r, terms[number, r.number]) for r in rounds if (number, r.number) in terms]
    beside = side_by_side(shown)
    added = sections.of(found)
    count = ngettext("%(n)s ronde", "%(n)s rondes", len(shown)) % {"n": len(shown)}
    rules = {n: touching(of_round, number) for n, of_round in rules_of(rounds).items()}
    file = terms_table(found, beside.rows, [r for r, _version in shown])
    context = {
        "action": found,
        "programme": found.programme,
        "rounds": [r for r, _version in shown],
        "lede": lede_of(shown),
        "summary": summary_of(shown),
        "beside": beside,
        "changes": _changes_in_words(beside),
        "stations": thread({**stops_of(added), "terms": Stop(count)}, here="terms"),
        "sections": rendered(added, request),
        "files": file.key,
        **example_of(found.programme),
    }
    tables: list[Table[Any]] = [rule_table(rule_rows(rules)), file]
    return table_page(request, "programmes/action.html", marked(tables, found.programme), context)


def _changes_in_words(beside: SideBySide) -> list[tuple[int, str]]:
    """For each round after the first, how many terms changed."""
    words = []
    for number, differences in beside.changes.items():
        changed = sum(difference.kind.is_change for difference in differences)
        none = _("In ronde %(round)s is geen wijziging bekend.")
        some = ngettext(
            "In ronde %(round)s wijzigde %(n)s voorwaarde.", "In ronde %(round)s wijzigden %(n)s voorwaarden.", changed
        )
        words.append((number, (some if changed else none) % {"round": number, "n": changed}))
    return words


def round_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A round: days, budget, rules, and what each action asks and gives."""
    found = get_object_or_404(Round.objects.select_related("programme"), programme__slug=slug, number=number)
    actions = list(found.programme.actions.select_related("objective"))
    rounds = list(found.programme.rounds.all())
    terms = as_of_version(published_terms(found.programme), number, None)
    previous = next((r for r in rounds if r.number == number - 1), None)
    rules = rules_of([found, previous] if previous else [found])
    context = {
        "round": found,
        "programme": found.programme,
        "others": rounds,
        "paid": sum(version.values.subsidised.value is True for version in terms.values()),
        "previous": previous,
        "next": next((r for r in rounds if r.number == number + 1), None),
        "sections": rendered(round_sections.of(found), request),
        **example_of(found.programme),
    }
    tables: list[Table[Any]] = [
        line_table(found.programme, line_rows(actions, terms)),
        rule_table(
            rule_rows({number: rules[number]}),
            rounds=False,
            changed=_changed_rules(rules[previous.number], rules[number]) if previous else None,
        ),
    ]
    return table_page(request, "programmes/round.html", marked(tables, found.programme), context)


def _changed_rules(before: Sequence[ShownRule], now: Sequence[ShownRule]) -> dict[str, str]:
    """What happened to each rule since the round before; one that tells of a change has its own word."""
    found = {difference.key: difference.label for difference in compare_rules(rule_texts(before), rule_texts(now))}
    told = {rule.key: _("wijziging") for rule in now if rule_of(rule.key).tells_of_change}
    carried = {rule.key: _("overgenomen") for rule in now if rule.carried}
    return carried | told | found
