"""What differs between two rounds or versions, on a page, in Excel and in PDF; and all versions of some terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from draad.programmes.differences import Comparison, compare_all, difference_rows
from draad.programmes.differencetables import all_fields, comparison_tables, side_by_side_table
from draad.programmes.examples import example_of, marked
from draad.programmes.models import Action, Programme, Round
from draad.programmes.queries import Place, Version, as_of_version, published_terms, rules_of, steps
from draad.programmes.report import changes_in_words, comparison_pdf
from draad.web.tables import XLSX, file_response, new_sheets, table_page

SIDE = re.compile(r"ronde-(\d+)(?:-versie-(\d+))?")
PDF = "application/pdf"


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a round, as it stands or as it stood at a version."""

    round: Round
    version: int | None = None

    @property
    def key(self) -> str:
        """As it stands in an address: ronde-1 or ronde-1-versie-2."""
        return f"ronde-{self.round.number}" + (f"-versie-{self.version}" if self.version else "")

    @property
    def label(self) -> str:
        """As people call it."""
        name = _("Ronde %(n)s") % {"n": self.round.number}
        return _("%(round)s, versie %(n)s") % {"round": name, "n": self.version} if self.version else name


@dataclass(frozen=True)
class Asked:
    """What the reader compares."""

    programme: Programme
    old: Side
    new: Side
    action: Action | None
    actions: Sequence[Action]
    versions: dict[Place, list[Version]]

    @property
    def labels(self) -> tuple[str, str]:
        """What the two sides are called."""
        return self.old.label, self.new.label

    @property
    def file_name(self) -> str:
        """Name of a download, without its ending."""
        of_action = f"-actie-{self.action.number}" if self.action else ""
        return f"voorwaarden-{self.old.key}-{self.new.key}{of_action}"

    def terms(self, side: Side) -> dict[int, Version]:
        """The terms of a side by number of action."""
        return as_of_version(self.versions, side.round.number, side.version)

    def comparison(self) -> Comparison:
        """Everything that differs."""
        rules = rules_of({side.round.number: side.round for side in (self.old, self.new)}.values())
        return compare_all(
            self.actions,
            self.terms(self.old),
            self.terms(self.new),
            rules[self.old.round.number],
            rules[self.new.round.number],
        )


def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose two sides and see what differs; ``?vorm=xlsx`` and ``?vorm=pdf`` give the same as a file."""
    programme = get_object_or_404(Programme, slug=slug)
    rounds = list(programme.rounds.all())
    every_action = list(programme.actions.select_related("objective"))
    if not rounds:
        raise Http404
    asked = _asked(request, programme, rounds, every_action)
    found = asked.comparison()
    if request.GET.get("vorm") == "xlsx":
        return _workbook(asked, found)
    if request.GET.get("vorm") == "pdf":
        return file_response(comparison_pdf(programme, found, asked.labels), f"{asked.file_name}.pdf", PDF)
    context = {
        "programme": programme,
        "old": asked.old,
        "new": asked.new,
        "action": asked.action,
        "actions": every_action,
        "sides": _sides(rounds, asked.versions),
        "found": found,
        "words": changes_in_words(found),
        **example_of(programme),
    }
    tables = marked(comparison_tables(programme, found, asked.labels), programme)
    return table_page(request, "programmes/compare.html", tables, context)


def _asked(request: HttpRequest, programme: Programme, rounds: Sequence[Round], actions: Sequence[Action]) -> Asked:
    second = rounds[1] if len(rounds) > 1 else rounds[0]
    wanted = request.GET.get("actie", "")
    action = next((a for a in actions if str(a.number) == wanted), None)
    if wanted and action is None:
        raise Http404
    return Asked(
        programme=programme,
        old=_side(request.GET.get("van", ""), rounds, rounds[0]),
        new=_side(request.GET.get("naar", ""), rounds, second),
        action=action,
        actions=[action] if action else actions,
        versions=published_terms(programme, action=action),
    )


def _side(key: str, rounds: Sequence[Round], default: Round) -> Side:
    if not key:
        return Side(default)
    match = SIDE.fullmatch(key)
    found = next((r for r in rounds if match and r.number == int(match[1])), None)
    if match is None or found is None:
        raise Http404
    return Side(found, int(match[2]) if match[2] else None)


def _sides(rounds: Sequence[Round], versions: dict[Place, list[Version]]) -> list[Side]:
    """Every round, and for a round with corrections each of its versions."""
    sides: list[Side] = []
    for of_round in rounds:
        sides.append(Side(of_round))
        most = max(
            (len(found) for (_action, number), found in versions.items() if number == of_round.number), default=0
        )
        sides += [Side(of_round, version) for version in range(1, most + 1)] if most > 1 else []
    return sides


def _workbook(asked: Asked, found: Comparison) -> HttpResponse:
    title = _("%(programme)s: %(old)s en %(new)s vergeleken") % {
        "programme": asked.programme.name, "old": asked.old.label, "new": asked.new.label
    }  # fmt: skip
    book = new_sheets(title)
    rows = all_fields(asked.actions, asked.terms(asked.old), asked.terms(asked.new))
    beside = side_by_side_table(rows, asked.labels)
    for table in marked([*comparison_tables(asked.programme, found, asked.labels), beside], asked.programme):
        book.add(table)
    return file_response(book.bytes(), f"{asked.file_name}.xlsx", XLSX)


def versions(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """All published versions of the terms of an action, in each round, with what each changed and why."""
    action = get_object_or_404(
        Action.objects.select_related("programme", "objective"), programme__slug=slug, number=number
    )
    found = published_terms(action.programme, action=action)
    rounds = []
    for of_round in action.programme.rounds.all():
        terms = [version.terms for version in found.get((number, of_round.number), [])]
        made = [(version, difference_rows(action, differences)) for version, differences in steps(terms)]
        rounds.append((of_round, made))
    context = {"action": action, "programme": action.programme, "rounds": rounds, **example_of(action.programme)}
    return render(request, "programmes/versions.html", context)
