"""``draad prepare``: make the data folder ready to serve."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from draad.applications.models import Call


class Command(BaseCommand):
    """Makes folders, brings the database up to date, gathers static files, loads the programme."""

    help = "Make the data folder ready: database, static files, Plan Samenleven; in a demonstration examples too."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How much to fill in."""
        parser.add_argument("--empty", action="store_true", help="organisations only: set up a programme by clicking")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do every step; each is quick when there is nothing to do. Django checks the settings before."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if options["empty"]:
            call_command("load", "organisations")
            return
        call_command("load", "plan-samenleven")
        if settings.DEMONSTRATION:
            call_command("load", "demonstration")
            if not Call.objects.exists():
                call_command("load", "example")
            call_command("load", "example-plan")
            call_command("load", "example-round")
