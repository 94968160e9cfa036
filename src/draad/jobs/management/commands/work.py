"""``draad work``: do the long work that people asked for, one job after the other."""

from __future__ import annotations

import logging
import os
import signal
from argparse import ArgumentParser
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from draad.accounts.actor import system
from draad.jobs.actions import remove_old

logger = logging.getLogger(__name__)

BY = system("draad work")
LOOK_SECONDS = 1.0
AGAIN_SECONDS = 5.0
CLEAN_SECONDS = 3600.0
GRACE_SECONDS = 10.0


class Command(BaseCommand):
    """Runs the worker of the queue; several may run side by side, also on other computers with the same database."""

    help = "Do the long work that people asked for; draad serve starts one beside the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """For how long."""
        parser.add_argument("--once", action="store_true", help="do what waits now, then end")
        parser.add_argument("--beside", type=int, metavar="PID", help="end when this process, the parent, ends")

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop: the job in hand is ended first; a second signal breaks it off."""
        remove_old(by=BY)
        if options["once"]:
            _work(once=True)
            return
        over = Event()
        Thread(target=_keep_house, args=(over, options["beside"]), daemon=True).start()
        while True:
            try:
                _work(once=False)
            except DatabaseError:
                logger.warning("the database does not answer; tried again soon", exc_info=True)
                sleep(AGAIN_SECONDS)
            else:
                break
        over.set()


def _work(*, once: bool) -> None:
    call_command("db_worker", interval=LOOK_SECONDS, batch=once, reload=False, startup_delay=False, verbosity=0)


def _keep_house(over: Event, parent: int | None) -> None:
    """Throw old work away every hour; end this process when its parent is gone."""
    clean_at = monotonic() + CLEAN_SECONDS
    while not over.wait(LOOK_SECONDS):
        if monotonic() >= clean_at:
            clean_at = monotonic() + CLEAN_SECONDS
            _clean()
        if parent is not None and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            over.wait(GRACE_SECONDS)
            os._exit(1)


def _clean() -> None:
    try:
        remove_old(by=BY)
    except DatabaseError:
        logger.warning("old jobs could not be thrown away; tried again in an hour", exc_info=True)
    finally:
        connection.close()
