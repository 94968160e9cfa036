"""The ``draad`` command: Django's management commands and the methods under one name."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

GROUPS = {
    "Run": ["serve", "work", "prepare", "load"],
    "Answer": ["overview"],
    "Plans": ["sheets", "remind"],
    "Methods": ["allocate", "split", "term", "count", "sample", "protect", "audit"],
    "Keep": ["create-administrator", "verify-audit", "reference", "migrate", "check"],
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 failed, 2 asked wrongly)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    name = arguments[0] if arguments else "help"
    from draad.methods.cli import COMMANDS, run_command

    if name in {"help", "--help", "-h"} and len(arguments) < 2:
        return _help()
    if name in COMMANDS:
        return run_command(name, arguments[1:])
    return _manage(name.replace("-", "_"), arguments[1:])


def _manage(name: str, arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    from draad.config.environment import SettingError

    try:
        execute_from_command_line(["draad", name, *arguments])
    except SettingError as error:
        sys.stderr.write(f"draad: {error}\n")
        return 2
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in arguments:
            raise
        told = str(error).strip().splitlines()[0]
        sys.stderr.write(f"draad: the database does not answer as it should: {told}\n")
        sys.stderr.write("Is it made, and brought up to date? Run: draad prepare\n")
        return 1
    return 0


def _help() -> int:
    lines = ["draad: one thread from proposal to answer", "", "usage: draad COMMAND [options]; draad COMMAND --help"]
    for group, names in GROUPS.items():
        lines += ["", f"{group}:", *(f"  {name:<20} {_about(name)}" for name in names)]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _about(name: str) -> str:
    from importlib import import_module

    from draad.methods.cli import COMMANDS

    if name in COMMANDS:
        about: str = import_module(COMMANDS[name]).HELP
        return about
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    command = name.replace("-", "_")
    return str(load_command_class(get_commands()[command], command).help)
