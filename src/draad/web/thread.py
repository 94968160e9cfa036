"""The red thread as data: eight stations from proposal to answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

STATIONS = (
    ("proposal", _("Voorstel")),
    ("plan", _("Plan")),
    ("terms", _("Voorwaarden")),
    ("application", _("Aanvraag")),
    ("grant", _("Toekenning")),
    ("result", _("Resultaat")),
    ("evaluation", _("Evaluatie")),
    ("answer", _("Antwoord")),
)


@dataclass(frozen=True)
class Stop:
    """What is known at one station: a note in words, a link, and on the home page a value."""

    note: Any = ""
    href: str = ""
    value: str = ""
    title: Any = ""


@dataclass(frozen=True)
class Station:
    """A station as it is drawn."""

    name: Any
    state: str
    gap: bool
    note: Any
    href: str
    value: str
    title: Any


def thread(stops: dict[str, Stop], *, here: str = "") -> Sequence[Station]:
    """The eight stations; one without a stop is hollow and the line to it dotted.

    Args:
        stops: what is known, by station key.
        here: the station of the page that shows the thread.
    """
    unknown = set(stops) - {key for key, _name in STATIONS}
    if unknown:
        raise ValueError(f"no such station: {', '.join(sorted(unknown))}")
    missing = _("niet gekoppeld")
    return [
        Station(
            name=name,
            state="here" if key == here else "there" if key in stops else "missing",
            gap=key not in stops and key != here,
            note=stops[key].note if key in stops else missing,
            href=stops[key].href if key in stops else "",
            value=stops[key].value if key in stops else "",
            title=stops[key].title if key in stops else "",
        )
        for key, name in STATIONS
    ]
