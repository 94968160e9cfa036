"""The reference pages say what the program does; they are made by `draad reference`."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from draad.accounts.guards import access_table
from draad.accounts.roles import Role
from draad.config.reference import MEANINGS, PAGES, settings_page
from draad.config.settings import env

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_kept_page_is_what_the_program_says(name: str) -> None:
    out = StringIO()
    call_command("reference", name, stdout=out)
    kept = (DOCS / "reference" / f"{name}.md").read_text()
    assert kept == out.getvalue(), f"make it again: draad reference {name} > docs/reference/{name}.md"


def test_every_setting_is_explained() -> None:
    page = settings_page()
    assert len(env.settings) >= 11
    for setting in env.settings:
        assert f"| `{setting.name}` |" in page
        assert setting.meaning.endswith(".")


def test_every_role_and_route_stands_in_the_page() -> None:
    page = PAGES["roles"]()
    assert set(MEANINGS) == set(Role)
    for role in Role:
        assert f"| `{role.value}` | {role.label} |" in page
    for route in access_table():
        assert f"| `{route}` | " in page


def test_production_names_only_settings_that_exist() -> None:
    text = (DOCS / "how-to" / "run-in-production.md").read_text()
    names = {word.split("=")[0] for word in text.split() if word.startswith(("DRAAD_", "DATABASE_URL"))}
    assert names <= {setting.name for setting in env.settings}
