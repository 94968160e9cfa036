"""``draad load``: fill the rooms with facts or demonstration logins through their actions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from draad.datasets import DATASETS


class Command(BaseCommand):
    """Loads a dataset; doing it again changes nothing, a changed fact is an update with an audit event."""

    help = "Load facts: plan-samenleven, or the demonstration logins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which dataset."""
        parser.add_argument("dataset", choices=sorted(DATASETS))

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and say what changed."""
        for what, count in DATASETS[options["dataset"]]().items():
            if options["verbosity"] > 1 or count.added or count.changed:
                self.stdout.write(f"{what}: {count}")
