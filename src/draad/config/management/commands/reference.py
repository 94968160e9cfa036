"""``draad reference``: print a page of the reference as the program has it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from draad.config.reference import PAGES


class Command(BaseCommand):
    """Prints docs/reference/settings.md, roles.md or states.md; a test compares the kept page with it."""

    help = "Print a reference page: settings, roles with access, or states."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which page."""
        parser.add_argument("page", choices=sorted(PAGES))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(PAGES[options["page"]](), ending="")
