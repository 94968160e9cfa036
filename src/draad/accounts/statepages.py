"""The tables of transitions as drawings with a table behind each, and as a page of the reference."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from draad.accounts.roles import Role
from draad.accounts.statediagram import Diagram, as_mermaid, draw
from draad.accounts.transitions import StateTable, Transition, state_tables
from draad.documents.tables import Column, Kind, Table


def diagrams(tables: Iterable[StateTable]) -> list[Diagram]:
    """A drawing of each table, in the language of the reader."""
    return [draw(table.key, table.title, table.states.choices, table.steps) for table in tables]


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
    """docs/reference/states.md: every table of every room."""
    parts = [
        "# States",
        "",
        "Made from the `states.py` of every room by `draad reference states`. What stands in no table never changes:",
        "published terms and published versions of a plan are final, and a correction is a new draft. Whether a call",
        "is open is no state: it follows from the clock. The site draws the tables of applications at",
        "`/aanvragen/toestanden/`.",
    ]
    with translation.override("nl"):
        for diagram in diagrams(state_tables()):
            parts += ["", f"## {diagram.title}", "", "```mermaid", as_mermaid(diagram), "```", ""]
            parts += ["| | step | from | to | who | audit verb |", "|---|---|---|---|---|---|"]
            parts += [_row(number, step) for number, step in diagram.steps]
    return "\n".join([*parts, ""])


def _row(number: int, step: Transition) -> str:
    before = ", ".join(sorted(state or "(none)" for state in step.before))
    who = ", ".join(role.value for role in Role if role in step.roles)
    return f"| {number} | {step.label} | {before} | {step.after or '(none)'} | {who} | `{step.verb}` |"
