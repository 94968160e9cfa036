"""Setting up a round: its rules, the terms of its actions, and what it needs next. For programme managers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from draad.accounts.actor import Actor
from draad.accounts.middleware import actor
from draad.accounts.revisions import ChangedMeanwhileError
from draad.documents.tables import Table
from draad.programmes.actions import roundrules as actions
from draad.programmes.actions.drafts import publish_first_terms
from draad.programmes.examples import example_of, marked
from draad.programmes.forms.rules import RuleForm
from draad.programmes.holds import why_held
from draad.programmes.models import Round, RoundRule
from draad.programmes.queries import round_before, rules_of
from draad.programmes.rules import RULES, Rule
from draad.programmes.sections import setup_sections
from draad.programmes.setup_tables import next_round_step, rule_list, standing_table, standings
from draad.web.sections import rendered
from draad.web.tables import table_page

SHOWN = re.compile(r"(?P<draft>\d{1,18})-(?P<revision>\d{1,9})")
"""A draft and its revision, as the page of a round posts what it showed."""


def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A round with its rules and the standing of the terms of each action."""
    found = _round(slug, number)
    rules = rules_of([found])[found.number]
    rows = standings(found)
    chosen = {rule.key for rule in rules}
    context = {
        "round": found,
        "programme": found.programme,
        "step": next_round_step(found, rules, rows),
        "held": why_held(found),
        "before": round_before(found),
        "choices": [rule for key, rule in RULES.items() if key not in chosen],
        "bare": [row for row in rows if row.current is None and row.draft is None],
        "first": [row.draft for row in rows if row.current is None and row.draft],
        "sections": rendered(setup_sections.of(found), request),
        **example_of(found.programme),
    }
    tables: list[Table[Any]] = [rule_list(found, rules), standing_table(found, rows)]
    return table_page(request, "programmes/setup_round.html", marked(tables, found.programme), context)


def rule(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Give the round a rule, or change it; the rule itself is shown as the sentence that people will read."""
    found, chosen = _round(slug, number), _rule(key)
    stored = RoundRule.objects.filter(round=found, key=key).first()
    form = RuleForm(chosen, found.programme, stored, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                saved = actions.set_rule(found, key, form.content, seen=form.cleaned_data["seen"], by=actor(request))
            except ChangedMeanwhileError as problem:
                form.add_error(None, problem)
                form.show_stored(RoundRule.objects.get(round=found, key=key))
                status = 409
            except ValidationError as problem:
                form.add_error(None, problem)
            else:
                sentence = chosen.sentence(saved.parameters)
                messages.success(request, _("Bewaard: %(sentence)s") % {"sentence": sentence})
                return redirect("programmes:round_setup", slug, number)
    blanks = {name: f"[{form.fields[f'p_{name}'].label}]" for name in chosen.parameters}
    context = {
        "form": form,
        "rule": chosen,
        "round": found,
        "programme": found.programme,
        "stored": stored,
        "sentence": chosen.sentence(stored.parameters) if stored else str(chosen.text) % blanks,
        "held": why_held(found),
    }
    return render(request, "programmes/setup_rule.html", context, status=status)


@require_POST
def rule_remove(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    """Take a rule away."""
    chosen = _rule(key)

    def act(of_round: Round, *, by: Actor) -> str:
        actions.remove_rule(of_round, key, by=by)
        return _("De regel is weg: %(about)s.") % {"about": chosen.about}

    return _done(request, slug, number, act)


@require_POST
def copy_rules(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take over the rules of the round before."""

    def act(of_round: Round, *, by: Actor) -> str:
        count = actions.copy_rules(of_round, by=by)
        return ngettext("%(n)s regel overgenomen.", "%(n)s regels overgenomen.", count) % {"n": count}

    return _done(request, slug, number, act)


@require_POST
def copy_terms(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Start drafts with the terms of the round before."""

    def act(of_round: Round, *, by: Actor) -> str:
        count = actions.copy_terms(of_round, by=by)
        return ngettext(
            "%(n)s ontwerp gemaakt met de voorwaarden van de vorige ronde.",
            "%(n)s ontwerpen gemaakt met de voorwaarden van de vorige ronde.",
            count,
        ) % {"n": count}

    return _done(request, slug, number, act)


@require_POST
def publish_terms(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish the first versions that the page showed as drafts; a sentence for each that could not be."""
    shown = [SHOWN.fullmatch(value) for value in request.POST.getlist("draft")]
    seen = {int(match["draft"]): int(match["revision"]) for match in shown if match}
    done = publish_first_terms(_round(slug, number), seen=seen, by=actor(request))
    if done.published:
        told = ngettext("%(n)s ontwerp is gepubliceerd.", "%(n)s ontwerpen zijn gepubliceerd.", done.published)
        messages.success(request, told % {"n": done.published})
    elif not done.refused:
        messages.error(request, _("Er is geen ontwerp om te publiceren."))
    for action, why in done.refused.items():
        messages.error(request, _("Actie %(n)s: %(why)s") % {"n": action, "why": " ".join(why)})
    return redirect("programmes:round_setup", slug, number)


def _done(request: HttpRequest, slug: str, number: int, act: Callable[..., str]) -> HttpResponse:
    """Do it and say so, or say why not; either way back to the round."""
    try:
        messages.success(request, act(_round(slug, number), by=actor(request)))
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("programmes:round_setup", slug, number)


def _round(slug: str, number: int) -> Round:
    found: Round = get_object_or_404(Round.objects.select_related("programme"), programme__slug=slug, number=number)
    return found


def _rule(key: str) -> Rule:
    if key not in RULES:
        raise Http404
    return RULES[key]
