"""CPU and SQL queries of each public page, beside the home page of an empty Django view (ratios, not seconds).

Run: ``make bench``. The database is made anew in a temporary folder and holds Plan Samenleven.
"""

from __future__ import annotations

import os
import tempfile
import time

os.environ["DRAAD_DATA_DIR"] = tempfile.mkdtemp(prefix="draad-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

PAGES = [
    "/gezond/",
    "/",
    "/besturen/",
    "/programmas/plan-samenleven/",
    "/programmas/plan-samenleven/acties/5/",
    "/programmas/plan-samenleven/voorwaarden/vergelijk/",
    "/samenwerkingen/",
    "/cijfers/",
    "/bevindingen/",
    "/zoeken/?q=gent",
]
TIMES = 20


def cpu_of(client: Client, path: str) -> float:
    """CPU milliseconds of one request, the median of many after a first."""
    client.get(path)
    costs = []
    for _time in range(TIMES):
        start = time.process_time()
        client.get(path)
        costs.append((time.process_time() - start) * 1000)
    return sorted(costs)[TIMES // 2]


def main() -> None:
    call_command("prepare", verbosity=0)
    client = Client(headers={"host": "127.0.0.1"})
    base = cpu_of(client, PAGES[0])
    print(f"{'page':<56} {'CPU ms':>8} {'× health':>9} {'SQL':>4}")
    for path in PAGES:
        cost = cpu_of(client, path)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            status = client.get(path).status_code
        print(
            f"{path:<56} {cost:>8.1f} {cost / base:>9.1f} {len(queries):>4}" + ("" if status == 200 else f"  {status}")
        )


if __name__ == "__main__":
    main()
