"""``draad sheets``: read action sheets from documents."""

import sys
from argparse import ArgumentParser, Namespace
from typing import Any

from django.core.management.base import BaseCommand

from draad.plans import cli


class Command(BaseCommand):
    """Passes on to the command of the room of plans, which needs no database."""

    help = cli.HELP
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to read and where to write."""
        cli.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read; the exit status says whether the result was written."""
        status = cli.run(Namespace(**options), out=self.stdout, errors=self.stderr)
        if status:
            sys.exit(status)
