"""The methods stand alone: no Django, nothing else of Draad, usable from any program."""

import ast
import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import draad.methods
from draad.methods.cli import COMMANDS

ROOT = Path(draad.methods.__file__).parent
MODULES = sorted(module.name for module in walk_packages([str(ROOT)], "draad.methods."))


def test_there_are_modules_to_check() -> None:
    assert "draad.methods.allocation.water" in MODULES
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_methods_and_libraries(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            assert name.split(".")[0] != "django"
            assert not name.startswith("draad") or name.startswith("draad.methods")


def test_importing_everything_does_not_bring_django() -> None:
    code = (
        f"import sys, importlib; [importlib.import_module(m) for m in {MODULES!r}]; sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_its_three_parts(name: str) -> None:
    module = import_module(COMMANDS[name])
    assert module.HELP.endswith(".")
    assert callable(module.add_arguments)
    assert callable(module.run)


def test_examples_in_docstrings_are_true() -> None:
    outcome = doctest.testmod(import_module("draad.methods.allocation"))
    assert outcome.attempted >= 3
    assert outcome.failed == 0
