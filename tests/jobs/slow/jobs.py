"""Work that takes its time."""

from __future__ import annotations

import time
from io import BytesIO

from draad.accounts.guards import MANAGERS
from draad.jobs.kinds import MadeFile, Outcome, Work, kind

KEY = "test.slow"


@kind(KEY, title="Langzaam tellen", guard=MANAGERS)
def count(work: Work) -> Outcome:
    """Count to ``steps``, a tenth of a second each."""
    steps = work.parameters["steps"]
    for number in range(1, steps + 1):
        time.sleep(0.1)
        work.say(number, steps, "Er wordt geteld.")
    return Outcome(MadeFile("telling.txt", "text/plain", BytesIO(str(steps).encode())))
