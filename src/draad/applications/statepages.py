"""The tables of transitions of this room as drawings with a table behind each, and as a page of the reference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.statediagram import Diagram, as_mermaid, draw
from draad.accounts.transitions import Transition
from draad.applications import states
from draad.applications.models import (
    AmendmentState,
    ApplicationState,
    CallState,
    DecisionListState,
    MemberState,
    PaymentState,
    ScenarioState,
)
from draad.documents.tables import Column, Kind, Table

TABLES: Sequence[tuple[str, Any, Any, Sequence[Transition]]] = (
    ("oproep", _("Oproep"), CallState, states.CALL),
    ("aanvraag", _("Aanvraag"), ApplicationState, states.APPLICATION),
    ("lid", _("Lid van een samenwerking"), MemberState, states.MEMBER),
    ("verdeling", _("Verdeling"), ScenarioState, states.SCENARIO),
    ("beslissing", _("Lijst van beslissingen"), DecisionListState, states.DECISIONS),
    ("betaling", _("Betaling"), PaymentState, states.PAYMENT),
    ("wijziging", _("Wijziging na de beslissing"), AmendmentState, states.AMENDMENT),
)


def diagrams() -> list[Diagram]:
    """The drawings in the order in which a round goes, in the language of the reader."""
    return [draw(key, title, known.choices, table) for key, title, known, table in TABLES]


def step_table(diagram: Diagram) -> Table[tuple[int, Transition]]:
    """The steps of a drawing: what each number is, from where to where, and who may."""

    def before(row: tuple[int, Transition]) -> str:
        known = [state for state in diagram.states if state in row[1].before]
        return ", ".join(diagram.label_of(state) for state in known)

    return Table(
        key=diagram.key,
        title=diagram.title,
        columns=[
            Column("number", _("Nummer"), lambda row: row[0], Kind.YEAR),
            Column("label", _("Stap"), lambda row: str(row[1].label)),
            Column("before", _("Van"), before),
            Column("after", _("Naar"), lambda row: diagram.label_of(row[1].after or "end")),
            Column("who", _("Wie"), lambda row: ", ".join(str(r.label) for r in Role if r in row[1].roles), wide=True),
        ],
        rows=diagram.steps,
    )


def reference() -> str:
    """docs/reference/states.md."""
    parts = [
        "# States",
        "",
        "Made from `src/draad/applications/states.py` by `draad reference states`; the site draws the same tables at",
        "`/aanvragen/toestanden/`. Whether a call is open is no state: it follows from the clock.",
    ]
    with translation.override("nl"):
        for diagram in diagrams():
            parts += ["", f"## {diagram.title}", "", "```mermaid", as_mermaid(diagram), "```", ""]
            parts += ["| | step | from | to | who | audit verb |", "|---|---|---|---|---|---|"]
            parts += [_row(number, step) for number, step in diagram.steps]
    return "\n".join([*parts, ""])


def _row(number: int, step: Transition) -> str:
    before = ", ".join(sorted(step.before - {""})) or "(none)"
    who = ", ".join(role.value for role in Role if role in step.roles)
    return f"| {number} | {step.label} | {before} | {step.after or '(none)'} | {who} | `{step.verb}` |"
