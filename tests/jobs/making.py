"""A job that was done, with a file, for tests that need one of a given person."""

from __future__ import annotations

from io import BytesIO

from draad.accounts.actor import actor_of
from draad.accounts.guards import SIGNED_IN
from draad.accounts.models import User
from draad.jobs.actions import start
from draad.jobs.kinds import MadeFile, Outcome, Place, Work, kind
from draad.jobs.models import Job

HOME = Place("publication:home")


@kind("test.open", title="Proefbrief maken", guard=SIGNED_IN)
def _letter(_work: Work) -> Outcome:
    return Outcome(MadeFile("proef.txt", "text/plain", BytesIO(b"Geachte")))


def job_of(person: User) -> Job:
    """A job of a person that is done, of a kind that everybody may have done."""
    return start("test.open", {}, about="proef", place=HOME, seconds=0, by=actor_of(person))
