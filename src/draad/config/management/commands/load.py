"""``draad load``: fill the rooms with facts, examples or demonstration logins through their actions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from draad.datasets import DATASETS, EXAMPLE


class Command(BaseCommand):
    """Loads a dataset; doing it again changes nothing, a changed fact is an update with an audit event."""

    help = "Load facts (organisations alone, or plan-samenleven), examples to try, or demonstration logins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which dataset."""
        parser.add_argument("dataset", choices=sorted(DATASETS))
        parser.add_argument("--seed", type=int, help="of the example; default 1")
        parser.add_argument("--scale", type=int, help="of the example: how many times Flanders; default 1")
        parser.add_argument("--replace", action="store_true", help="remove another example first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and say what changed."""
        for what, count in DATASETS[options["dataset"]](**self._asked(options)).items():
            if options["verbosity"] > 1 or count.added or count.changed:
                self.stdout.write(f"{what}: {count}")

    def _asked(self, options: dict[str, Any]) -> dict[str, Any]:
        """The options that were given, for the example alone; other datasets have none."""
        asked = {name: options[name] for name in ("seed", "scale") if options[name] is not None}
        asked |= {"replace": True} if options["replace"] else {}
        if options["dataset"] == EXAMPLE:
            return asked | {"tell": self.stdout.write}
        if asked:
            raise CommandError(f"--seed, --scale and --replace are options of {EXAMPLE}, not of {options['dataset']}")
        return {}
