"""``draad serve``: serve what is in the data folder."""

import os
import subprocess  # nosec B404
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

HIGHEST_PORT = 65_535


class Command(BaseCommand):
    """Serves with gunicorn: processes for the cores, threads for waiting."""

    help = "Serve the site on http://127.0.0.1:PORT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Address and size."""
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")), help="default 8000")
        parser.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1: this computer only")
        parser.add_argument("--workers", type=int, default=2, help="processes; default 2")
        parser.add_argument("--without-work", action="store_true", help="long work is done elsewhere, by: draad work")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replace this process by the server."""
        port = options["port"]
        if not 0 < port <= HIGHEST_PORT:
            raise CommandError(f"--port is {port}; a port lies between 1 and {HIGHEST_PORT}")
        if not (settings.STATIC_ROOT / "staticfiles.json").exists():
            raise CommandError("the data folder is not ready; run: draad prepare")
        self.stdout.write(f"Draad: http://{options['host']}:{port}/")
        if settings.DEMONSTRATION:
            self._tell_logins()
        self.stdout.flush()
        os.environ.setdefault("DRAAD_BASE_URL", f"http://127.0.0.1:{port}")
        arguments = [
            sys.executable, "-m", "gunicorn", "draad.config.wsgi",
            "--bind", f"{options['host']}:{port}", "--workers", str(options["workers"]), "--threads", "4",
            "--preload", "--no-control-socket", "--log-level", "warning",
        ]  # fmt: skip
        if not options["without_work"]:
            # This process becomes the server: the worker ends when its parent does.
            command = [sys.executable, "-m", "draad", "work", "--beside", str(os.getpid())]
            subprocess.Popen(command)  # noqa: S603  our own interpreter, fixed words  # nosec B603
        os.execv(sys.executable, arguments)  # noqa: S606  our own interpreter, fixed words  # nosec B606

    def _tell_logins(self) -> None:
        """Print the logins with a known password, if the site has them."""
        from draad.datasets.demonstration import PASSWORD, existing

        if people := existing():
            self.stdout.write(f"Demonstration logins, password {PASSWORD}:")
        for person in people:
            self.stdout.write(f"  {person.email:<34} {person.role.label}, {person.organisation}")
