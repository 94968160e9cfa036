"""Ten thousand applications in one round: CPU and SQL queries of the pages on which people work through them.

Run with ``python -m benchmarks.applications [APPLICATIONS]``. The database is made anew in a temporary folder. Costs
are multiples of an empty Django view; each page is measured with a tenth of the applications and with all, and so is a
division of all claims.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median

os.environ["DRAAD_DATA_DIR"] = tempfile.mkdtemp(prefix="draad-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from draad.accounts.actor import actor_of
from draad.accounts.models import User
from draad.applications.actions.desk import keep_scenario
from draad.applications.models import Call
from draad.applications.queries.desk_division import Plan
from draad.datasets.example import generate
from draad.datasets.example.loading import store
from draad.methods.allocation import Rule
from draad.programmes.models import Round

MANY = 10_000
ROUND = 3
TIMES = 5
BAR_QUERIES = 15
WHERE = ["plan-samenleven", ROUND]
PAGES = {
    "queue": reverse("applications:queue", args=WHERE),
    "queue, filtered": reverse("applications:queue", args=WHERE) + "?q=gent",
    "desk": reverse("applications:desk", args=WHERE),
    "desk, claims": reverse("applications:desk_claims", args=WHERE),
    "payments": reverse("applications:payments"),
    "payments, planned": reverse("applications:payments") + "?state=planned",
    "payment orders": reverse("applications:orders"),
    "decisions": reverse("applications:decisions"),
}


def cpu(work: Callable[[], object]) -> float:
    """CPU milliseconds, the median of some."""
    costs = []
    for _ in range(TIMES):
        start = time.process_time()
        work()
        costs.append((time.process_time() - start) * 1000)
    return median(costs)


def fill(applications: int) -> int:
    """Store at least so many applications in one round; returns how many."""
    one = generate(1).rounds[ROUND - 1]
    scale = -(-applications // len(one.applications))
    example = generate(1, scale)
    with transaction.atomic():
        store(replace(example, rounds=(example.rounds[ROUND - 1],)), f"benchmark, scale {scale}", lambda _text: None)
    return scale * len(one.applications)


def divide() -> float:
    """CPU milliseconds of dividing the envelope over all claims once, and keeping it."""
    call = Call.objects.select_related("round__programme").get(round__number=ROUND)
    manager = actor_of(User.objects.get(email="programma@example.org"))
    envelope = Round.objects.get(number=ROUND).envelope
    assert envelope is not None
    plan = Plan("benchmark", Rule.PROPORTIONAL, envelope)
    start = time.process_time()
    keep_scenario(call, plan, by=manager)
    return (time.process_time() - start) * 1000


def measure(client: Client) -> dict[str, tuple[float, int, int]]:
    """CPU, SQL queries and status of each page."""
    found = {}
    for name, path in PAGES.items():
        status = client.get(path).status_code
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        asked = len(queries)
        found[name] = (cpu(lambda path=path: client.get(path)), asked, status)
    return found


def run(applications: int) -> tuple[int, float, float, dict[str, tuple[float, int, int]]]:
    """Fill an empty database and measure; returns the number stored, seconds of loading, and the costs."""
    call_command("flush", verbosity=0, interactive=False)
    call_command("load", "plan-samenleven", verbosity=0)
    call_command("load", "demonstration", verbosity=0)
    start = time.perf_counter()
    stored = fill(applications)
    seconds = time.perf_counter() - start
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email="programma@example.org"))
    return stored, seconds, divide(), measure(client)


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    few = run(many // 10)
    lots = run(many)
    client = Client(headers={"host": "127.0.0.1"})
    base = cpu(lambda: client.get("/gezond/"))
    print(f"{few[0]} and {lots[0]} applications, loaded in {few[1]:.0f} and {lots[1]:.0f} s")
    print(f"{'':<20} {'× health':>18} {'growth':>7} {'SQL':>9}")
    print(f"{'divide all claims':<20} {few[2] / base:>8.1f} {lots[2] / base:>9.1f} {lots[2] / few[2]:>7.1f}")
    for name in PAGES:
        (small, before, _), (large, after, status) = few[3][name], lots[3][name]
        remark = "" if status == 200 else f"  status {status}"
        remark += "" if max(before, after) <= BAR_QUERIES else f"  more than {BAR_QUERIES} queries"
        costs = f"{small / base:>8.1f} {large / base:>9.1f} {large / small:>7.1f}"
        print(f"{name:<20} {costs} {before:>4} {after:>4}{remark}")


if __name__ == "__main__":
    main()
