"""CPU and SQL queries of the pages that people use most, as multiples of a plain page of Django on the same machine.

Run with ``python -m benchmarks.pages [TIMES]``. The database is made anew in a temporary folder and holds Plan
Samenleven with its example rounds and the invented programme. The plain page is a template of a hundred rows of five
values, rendered by Django alone: no middleware, no session, no database. It is measured before each page, so that a
machine that is busy with other things slows both. The lowest of many measurements counts.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

os.environ["DRAAD_DATA_DIR"] = tempfile.mkdtemp(prefix="draad-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "draad.config.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from draad.accounts.models import User
from draad.applications.models import Application, ApplicationState, Scenario
from draad.applications.queries.form import application_or_404, filled
from draad.applications.queries.formtexts import stored_texts

TIMES = 30
ROWS = "{% for row in rows %}<tr>{% for value in row %}<td>{{ value }}</td>{% endfor %}</tr>{% endfor %}"
PLAIN = engines["django"].from_string(f"<table>{ROWS}</table>")
CONTEXT = {"rows": [[f"gemeente {row}", row, row * 3, "in opmaak", f"<{row}>"] for row in range(100)]}
READING = [
    "/",
    "/besturen/",
    "/programmas/plan-samenleven/",
    "/programmas/plan-samenleven/acties/5/",
    "/samenwerkingen/",
    "/bevindingen/",
    "/zoeken/?q=gent",
]


def lowest(work: Callable[[], object], times: int) -> float:
    """CPU milliseconds, the lowest of some."""
    costs = []
    for _time in range(times):
        start = time.process_time()
        work()
        costs.append((time.process_time() - start) * 1000)
    return min(costs)


def plain() -> str:
    """The page that others are measured by."""
    return PLAIN.render(CONTEXT)


def signed_in(email: str) -> Client:
    """A browser of one of the demonstration people."""
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(email=email), backend="draad.accounts.backend.AccountBackend")
    return client


class Typist:
    """Somebody who fills in the draft of Gent in the open call, by script, and hands it in."""

    def __init__(self) -> None:
        draft = Application.objects.get(state=ApplicationState.DRAFT, applicant__name="Gent")
        self.client, self.pk, self.units = signed_in("goedkeurder@example.org"), draft.pk, 50
        self.address = reverse("applications:form", args=[draft.pk])
        self.field = f"line:{filled(application_or_404(draft.pk)).lines[0].pk}:planned"

    def revision(self) -> str:
        """How often the draft was saved."""
        return str(Application.objects.get(pk=self.pk).revision)

    def send(self, values: dict[str, str]) -> Any:
        """Save some fields."""
        now = {**stored_texts(filled(application_or_404(self.pk))), **Application.objects.get(pk=self.pk).unsaved}
        base = json.dumps({name: now.get(name, "") for name in values})
        return lambda: self.client.post(
            self.address, {**values, "base": base, "revision": self.revision()}, headers={"X-Draad-Part": "1"}
        )

    def complete(self) -> None:
        """Fill in what the example leaves open."""
        self.send({"iban": "BE68539007547034", "cofinancing_confirmed": "on"})()

    def save(self) -> Callable[[], object]:
        """A save of one number, ready to be done."""
        self.units += 1
        return self.send({self.field: str(self.units)})

    def submit(self) -> Callable[[], object]:
        """Handing in, ready to be done; what was handed in before is taken back."""
        self.client.post(reverse("applications:reopen", args=[self.pk]))
        posted = {"revision": self.revision()}
        return lambda: self.client.post(reverse("applications:submit", args=[self.pk]), posted)


def written(ready: Callable[[], Callable[[], object]], times: int) -> tuple[float, int]:
    """The lowest CPU of something that writes, each time made ready anew, and its SQL queries."""
    ready()()
    cost = min(lowest(ready(), 1) for _time in range(times))
    work = ready()
    with CaptureQueriesContext(connection) as queries:
        work()
        asked = len(queries)
    return cost, asked


def read(client: Client, path: str, times: int) -> tuple[float, int]:
    """The lowest CPU of a page and its SQL queries, after a first look.

    Raises:
        ValueError: when the page does not answer 200.
    """
    status = client.get(path).status_code
    if status != 200:
        raise ValueError(f"{path} answers {status}")
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        asked = len(queries)
    return lowest(lambda: client.get(path), times), asked


def pages(typist: Typist) -> list[tuple[str, Client, str]]:
    """What is measured by reading: a name, who reads, the address."""
    manager, assessor = signed_in("programma@example.org"), signed_in("beoordelaar@example.org")
    visitor, rounds = Client(headers={"host": "127.0.0.1"}), ["plan-samenleven", 3]
    advised = Application.objects.filter(state=ApplicationState.ADVISED).order_by("pk")[0]
    chosen = Scenario.objects.select_related("call__round__programme").order_by("pk")
    of_desk = [chosen[0].call.round.programme.slug, chosen[0].call.round.number]
    three = "&".join(f"verdeling={scenario.number}" for scenario in chosen[:3])
    return [
        ("application form", typist.client, typist.address),
        ("review before handing in", typist.client, reverse("applications:review", args=[typist.pk])),
        ("queue of 59", assessor, reverse("applications:queue", args=rounds)),
        ("dossier", assessor, reverse("applications:assessment", args=[advised.pk])),
        ("desk, three scenarios", manager, reverse("applications:desk", args=of_desk) + f"?{three}"),
        ("payments", manager, reverse("applications:payments")),
        *((path, visitor, path) for path in READING),
    ]


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    call_command("prepare", verbosity=0)
    typist = Typist()
    typist.complete()
    measured: list[tuple[str, Callable[[], tuple[float, int]]]] = [
        *((name, lambda who=who, path=path: read(who, path, times)) for name, who, path in pages(typist)),
        ("save by script", lambda: written(typist.save, times)),
        ("hand in", lambda: written(typist.submit, times)),
    ]
    print(f"{'':<40} {'CPU ms':>7} {'× plain':>8} {'SQL':>4}")
    for name, measure in measured:
        base = lowest(plain, times)
        cost, asked = measure()
        print(f"{name:<40} {cost:>7.1f} {cost / base:>8.1f} {asked:>4}")


if __name__ == "__main__":
    main()
