"""The repository keeps its own rules: locked with hashes, no hosts, small files and functions, the same furniture."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "draad"
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
MODULES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
ROOMS = [
    "accounts",
    "organisations",
    "findings",
    "programmes",
    "applications",
    "figures",
    "accountability",
    "publication",
]
LONGEST_FILE, LONGEST_FUNCTION = 350, 45
HOSTS = re.compile("|".join([r"pypi\.", r"python" + "hosted", r"registry\." + "npmjs", r"deb\." + "debian"]))


def requirement_blocks(text: str) -> list[str]:
    """Each requirement of a lock file with its hashes on one line."""
    joined = text.replace("\\\n", " ")
    return [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_is_pinned_with_hashes(lock: Path) -> None:
    blocks = requirement_blocks(lock.read_text())
    assert blocks
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(
    "path", [*LOCKS, ROOT / "package-lock.json", ROOT / "pyproject.toml", ROOT / ".npmrc"], ids=str
)
def test_no_file_names_a_registry(path: Path) -> None:
    assert HOSTS.search(path.read_text()) is None


def test_the_browser_packages_are_pinned_by_their_content() -> None:
    text = (ROOT / "package-lock.json").read_text()
    assert text.count('"integrity": "sha512-') == text.count('"node_modules/')
    assert '"resolved"' not in text


def test_run_is_a_part_of_dev() -> None:
    names = {path.stem: {block.split("==")[0] for block in requirement_blocks(path.read_text())} for path in LOCKS}
    assert names["run"] <= names["dev"]


def test_no_file_is_too_long() -> None:
    assert [path for path in MODULES if len(path.read_text().splitlines()) > LONGEST_FILE] == []


def function_lengths(path: Path) -> list[tuple[str, int]]:
    """Every function of a module with its number of lines."""
    return [
        (f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def test_functions_are_small() -> None:
    lengths = sorted(length for path in MODULES for _name, length in function_lengths(path))
    assert lengths[int(len(lengths) * 0.95)] <= LONGEST_FUNCTION


def test_no_function_is_longer_than_a_screen_and_a_half() -> None:
    found = [item for path in MODULES for item in function_lengths(path) if item[1] > LONGEST_FUNCTION * 1.5]
    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_the_same_furniture(room: str) -> None:
    folder = SOURCE / room
    assert (folder / "apps.py").exists()
    assert (folder / "urls.py").exists()
    assert (folder / "access.py").exists()
    assert (folder / "templates" / room).is_dir()
    assert (folder / "views.py").exists() or (folder / "views").is_dir()


def test_links_between_pages_of_the_documentation_hold() -> None:
    broken = []
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text()):
            if not target.startswith("http") and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)} → {target}")
    assert broken == []
