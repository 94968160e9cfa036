"""The lists of the pages on which a programme is set up, and what has to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draad.documents.tables import Column, Gap, Kind, Table, Value
from draad.programmes.models import Action, ActionTerms, Objective, Programme, Round, TermsState
from draad.programmes.queries import ShownRule, Standing
from draad.programmes.tables import round_table
from draad.web.sources import source_text


@dataclass(frozen=True)
class Step:
    """What to do next: a sentence, and the way there; without an address nothing is left to do here."""

    sentence: str
    label: str = ""
    address: str = ""


def programme_list() -> Table[Programme]:
    """Every programme with how much of it there is."""
    rows = Programme.objects.annotate(
        objective_count=Count("objectives", distinct=True),
        action_count=Count("actions", distinct=True),
        round_count=Count("rounds", distinct=True),
    ).order_by("name")

    def address(row: Programme) -> str:
        return reverse("programmes:setup", args=[row.slug])

    return Table(
        key="programmas",
        title=_("Programma’s"),
        columns=[
            Column("name", _("Programma"), lambda row: row.name, link=address, wide=True),
            Column("owner", _("Eigenaar"), lambda row: row.owner, wide=True),
            Column("objectives", _("Doelstellingen"), lambda row: row.objective_count, Kind.COUNT),
            Column("actions", _("Acties"), lambda row: row.action_count, Kind.COUNT),
            Column("rounds", _("Rondes"), lambda row: row.round_count, Kind.COUNT),
        ],
        rows=list(rows),
    )


def objective_list(programme: Programme, objectives: Sequence[Objective]) -> Table[Objective]:
    """The objectives, each leading to its form."""

    def address(row: Objective) -> str:
        return reverse("programmes:objective_change", args=[programme.slug, row.number])

    return Table(
        key="doelstellingen",
        title=_("Doelstellingen"),
        columns=[
            Column("number", _("Nummer"), lambda row: row.number, Kind.YEAR, link=address),
            Column("title", _("Doelstelling"), lambda row: row.title, link=address, wide=True),
        ],
        rows=objectives,
    )


def action_list(programme: Programme, actions: Sequence[Action]) -> Table[Action]:
    """The actions, each leading to its form."""

    def address(row: Action) -> str:
        return reverse("programmes:action_change", args=[programme.slug, row.number])

    return Table(
        key="acties",
        title=_("Acties"),
        columns=[
            Column("number", _("Nummer"), lambda row: row.number, Kind.YEAR, link=address),
            Column("title", _("Actie"), lambda row: row.title, link=address, wide=True),
            Column("objective", _("Doelstelling"), lambda row: str(row.objective), choices=True),
        ],
        rows=actions,
    )


def round_list(programme: Programme, rounds: Sequence[Round]) -> Table[Round]:
    """The rounds, each leading to the page with its rules and terms."""
    shown = round_table(programme, rounds)
    first, *others = shown.columns
    here = Column(first.key, first.label, first.value, link=lambda row: round_setup_address(programme, row.number))
    return Table(key=shown.key, title=shown.title, columns=[here, *others], rows=rounds)


def round_setup_address(programme: Programme, number: int) -> str:
    """The page on which a round is set up."""
    return reverse("programmes:round_setup", args=[programme.slug, number])


def rule_list(of_round: Round, rules: Sequence[ShownRule]) -> Table[ShownRule]:
    """The rules of a round as sentences, each leading to its form."""

    def address(row: ShownRule) -> str:
        return reverse("programmes:rule", args=[of_round.programme.slug, of_round.number, row.key])

    return Table(
        key="regels",
        title=_("Regels"),
        columns=[
            Column("about", _("Regel"), lambda row: row.about, link=address),
            Column("sentence", _("Wat geldt"), lambda row: row.sentence, wide=True),
            Column("knowledge", _("Hoe gekend"), lambda row: str(row.knowledge.label), choices=True),
            Column("source", _("Bron"), lambda row: source_text(row.source), wide=True),
        ],
        rows=rules,
    )


def standings(of_round: Round) -> list[Standing]:
    """Where the terms of each action stand in a round; two queries."""
    newest: dict[int, ActionTerms] = {}
    drafts: dict[int, ActionTerms] = {}
    for terms in ActionTerms.objects.filter(round=of_round).order_by("version"):
        (drafts if terms.state == TermsState.DRAFT else newest)[terms.action_id] = terms
    actions = of_round.programme.actions.select_related("objective").order_by("number")
    return [Standing(action, of_round, newest.get(action.pk), drafts.get(action.pk)) for action in actions]


def standing_table(of_round: Round, rows: Sequence[Standing]) -> Table[Standing]:
    """The actions of a round, each leading to its terms."""

    def address(row: Standing) -> str:
        return reverse("programmes:terms_history", args=[of_round.programme.slug, row.action.number, of_round.number])

    def subsidised(row: Standing) -> Value:
        given = row.current.subsidised if row.current else None
        return Gap(gettext("niet gekend")) if given is None else given

    return Table(
        key="voorwaarden",
        title=_("Voorwaarden per actie"),
        columns=[
            Column("action", _("Actie"), lambda row: row.action.number, Kind.YEAR, link=address),
            Column("title", _("Naam"), lambda row: row.action.title, link=address, wide=True),
            Column("version", _("Gepubliceerde versie"),
                   lambda row: row.current.version if row.current else Gap(gettext("geen")), Kind.YEAR),
            Column("subsidised", _("Gesubsidieerd"), subsidised, Kind.YES_NO, choices=True),
            Column("draft", _("Ontwerp"), lambda row: row.draft is not None, Kind.YES_NO, choices=True,
                   link=lambda row: reverse("programmes:terms_edit", args=[row.draft.pk]) if row.draft else None),
        ],
        rows=rows,
    )  # fmt: skip


def next_step(
    programme: Programme, objectives: Sequence[Objective], actions: Sequence[Action], rounds: Sequence[Round]
) -> Step:
    """What a programme needs first."""
    slug = programme.slug
    if not objectives:
        return Step(gettext("Begin met de doelstellingen van het programma."), gettext("Voeg een doelstelling toe"),
                    reverse("programmes:objective_add", args=[slug]))  # fmt: skip
    if not actions:
        return Step(gettext("Voeg nu de acties toe waaruit besturen kiezen."), gettext("Voeg een actie toe"),
                    reverse("programmes:action_add", args=[slug]))  # fmt: skip
    if not rounds:
        return Step(gettext("Maak een eerste ronde: één projectjaar met een eigen oproep."),
                    gettext("Voeg een ronde toe"), reverse("programmes:round_add", args=[slug]))  # fmt: skip
    last = max(rounds, key=lambda of_round: of_round.number)
    return Step(
        gettext("Regel in ronde %(n)s de regels en de voorwaarden van elke actie.") % {"n": last.number},
        gettext("Naar ronde %(n)s") % {"n": last.number},
        round_setup_address(programme, last.number),
    )


def next_round_step(of_round: Round, rules: Sequence[ShownRule], rows: Sequence[Standing]) -> Step:
    """What a round needs first, before its call can be made."""
    slug, number = of_round.programme.slug, of_round.number
    if not rules:
        return Step(gettext("Kies eerst de regels van deze ronde."), gettext("Naar de regels"), "#regels")
    without = next((row for row in rows if row.current is None), None)
    if without is not None:
        missing = sum(row.current is None for row in rows)
        sentence = gettext("Van %(missing)s van de %(all)s acties zijn nog geen voorwaarden gepubliceerd.") % {
            "missing": missing, "all": len(rows)}  # fmt: skip
        where = reverse("programmes:terms_history", args=[slug, without.action.number, number])
        if without.draft:
            where = reverse("programmes:terms_edit", args=[without.draft.pk])
        return Step(sentence, gettext("Naar actie %(n)s") % {"n": without.action.number}, where)
    if of_round.envelope is None:
        return Step(gettext("Vul het budget van deze ronde in."), gettext("Wijzig de ronde"),
                    reverse("programmes:round_change", args=[slug, number]))  # fmt: skip
    return Step(gettext("Regels, voorwaarden en budget zijn er. De ronde is klaar voor een oproep."))
