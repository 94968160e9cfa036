"""Pages of the reference that are made from the program itself, so that they cannot say something else."""

from __future__ import annotations

from collections import defaultdict

from django.utils import translation

from draad.accounts.guards import Guard, access_table
from draad.accounts.roles import Role
from draad.accounts.statepages import reference as states_page
from draad.config.settings import env

MEANINGS = {
    Role.ADMINISTRATOR: "gives every role, reads the audit, loads boundaries, closes findings",
    Role.PROGRAMME_MANAGER: "manages terms, population figures and people; gives every role but administrator",
    Role.ASSESSOR: "assesses applications",
    Role.GOVERNMENT_EDITOR: "fills in for a government",
    Role.GOVERNMENT_APPROVER: "approves what was filled in for a government",
    Role.SUPPORT_OFFICER: "helps the governments they support",
    Role.EVALUATOR: "asks participants and reports on it",
    Role.PLAN_COORDINATOR: "keeps a plan of goals and measures",
    Role.READER: "reads what is not public",
}

SETTINGS = """# Settings

Draad is set by the environment. What is present but wrong stops the program with a sentence; what is unsafe
together is refused by `draad check` and at every start. This page is made by `draad reference settings`.

| setting | default | meaning |
|---|---|---|
{rows}
"""
ROLES = """# Roles and access

A person holds a role for an organisation during a period
([why](../decisions/0003-roles-are-held-for-organisations.md)). This page is made by `draad reference roles`.

| role | in the interface | what for |
|---|---|---|
{roles}

## Who may use each route

A route that is not declared lets nobody in. A test tries every role on every route.
{tables}
"""


def settings_page() -> str:
    """docs/reference/settings.md: every setting of the environment with default and meaning."""
    rows = [f"| `{s.name}` | {f'`{s.default}`' if s.default else 'empty'} | {s.meaning} |" for s in env.settings]
    return SETTINGS.format(rows="\n".join(rows))


def roles_page() -> str:
    """docs/reference/roles.md: the roles, and who may use each route."""
    with translation.override("nl"):
        roles = [f"| `{role.value}` | {role.label} | {MEANINGS[role]} |" for role in Role]
    rooms: dict[str, list[str]] = defaultdict(list)
    for route, guard in sorted(access_table().items()):
        room = route.partition(":")[0] if ":" in route else route.partition("_")[0]
        rooms[room].append(f"| `{route}` | {_who(guard)} |")
    tables = [
        line
        for room in sorted(rooms)
        for line in ["", f"### {room}", "", "| route | who |", "|---|---|", *rooms[room]]
    ]
    return ROLES.format(roles="\n".join(roles), tables="\n".join(tables))


def _who(guard: Guard) -> str:
    if guard.everyone:
        return "everyone"
    if guard.signed_in:
        return "who signed in"
    return ", ".join(role.value for role in Role if role in guard.roles)


PAGES = {"settings": settings_page, "roles": roles_page, "states": states_page}
