"""The methods as commands: files in, JSON out.

Each module of this package has ``HELP`` (one sentence), ``add_arguments(parser)`` and ``run(options) -> int``.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from draad.methods.errors import MethodError

COMMANDS: dict[str, str] = {
    "allocate": "draad.methods.cli.allocate",
    "audit": "draad.methods.cli.audit",
    "count": "draad.methods.cli.count",
    "protect": "draad.methods.cli.protect",
    "sample": "draad.methods.cli.sample",
    "split": "draad.methods.cli.split",
    "term": "draad.methods.cli.term",
}
"""Name of each command and the module that holds it, imported only when the command runs."""


def run_command(name: str, argv: Sequence[str]) -> int:
    """Run the command ``name`` with its arguments and return the exit code: 0 done, 2 when the input is wrong.

    A MethodError is printed to standard error as one sentence after the name of the command.
    """
    module = import_module(COMMANDS[name])
    parser = argparse.ArgumentParser(prog=f"draad {name}", description=module.HELP)
    module.add_arguments(parser)
    try:
        return int(module.run(parser.parse_args(argv)))
    except MethodError as error:
        print(f"draad {name}: {error}", file=sys.stderr)  # noqa: T201 (the command's own voice)
        return 2


def add_json_argument(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``: the file for the result, ``-`` (the default) for standard output."""
    parser.add_argument("--json", metavar="OUT", default="-", help="file for the JSON result, - for standard output")


def write_json(document: dict[str, Any], destination: str) -> None:
    """Write the document as UTF-8 JSON, indented by two, to the file or for ``-`` to standard output.

    Raises MethodError when the file cannot be written.
    """
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if destination == "-":
        sys.stdout.write(text)
        return
    try:
        Path(destination).write_text(text, encoding="utf-8")
    except OSError as error:
        raise MethodError(f"the result cannot be written: {error.strerror}.", destination) from None
