"""``draad verify-audit``: prove that no audit event was changed or removed."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from draad.accounts.chain import Anchor, verify

HASH_LENGTH = 64


def anchor(text: str) -> Anchor:
    """A place noted before, written as NUMBER:HASH."""
    number, _colon, digest = text.partition(":")
    if not (number.isascii() and number.isdigit() and len(digest) == HASH_LENGTH):
        raise ArgumentTypeError(f"{text!r} is not NUMBER:HASH as this command prints it")
    return Anchor(int(number), digest.lower())


class Command(BaseCommand):
    """Walks the chain; exits with 1 and names the event where it does not hold."""

    help = "Prove that no audit event was changed or removed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to compare with."""
        parser.add_argument(
            "--anchor", type=anchor, metavar="NUMBER:HASH", help="the last line of an earlier run, kept elsewhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk, then say what was found."""
        verdict = verify(options["anchor"])
        if verdict.broken:
            raise CommandError(f"the chain is broken at event {verdict.broken.number}: {verdict.broken.problem}")
        self.stdout.write(f"{verdict.events} audit events, each in place and untouched")
        self.stdout.write(f"{verdict.events}:{verdict.last_hash}")
