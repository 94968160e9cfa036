"""``draad overview``: write the overview of a round as an Excel file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from draad.accountability.overview import overview
from draad.accountability.queries import round_numbered


class Command(BaseCommand):
    """Writes one workbook with a sheet per question that the facts can answer."""

    help = "Write an Excel overview of a round: partnerships, mentors, terms, figures, sources, findings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which round, where to, in which language."""
        parser.add_argument("--round", type=int, required=True, help="number of the round, such as 1")
        parser.add_argument("--out", type=Path, required=True, help="the file to write, ending in .xlsx")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="nl")
        parser.add_argument("--programme", default="", help="short name of the programme; default the first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; what stood there is replaced."""
        path: Path = options["out"]
        if path.suffix.lower() != ".xlsx":
            raise CommandError(f"--out is {path}; the overview is an Excel file, so it ends in .xlsx")
        if not path.parent.is_dir():
            raise CommandError(f"there is no folder {path.parent}")
        try:
            round_ = round_numbered(options["round"], programme=options["programme"])
        except LookupError as problem:
            raise CommandError(str(problem)) from problem
        path.write_bytes(overview(round_, options["language"]))
        self.stdout.write(f"{path}: overview of {round_.programme.name}, round {round_.number}")
