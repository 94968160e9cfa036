"""What is known of the rounds: printed partnerships and mentor governments, published figures, findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from draad.accounts.actor import Actor
from draad.accounts.sync import SyncCount
from draad.applications.actions.listed import (
    PrintedMentorship,
    PrintedPartnership,
    record_mentorships,
    record_partnerships,
)
from draad.datasets.facts import Fact, money, read, whole, yes_no
from draad.figures.actions import Publication, record_figures
from draad.findings.actions import refresh
from draad.programmes.models import Programme, Round

SLUG = "plan-samenleven"
LISTED_ROUND = 1
PARTICIPANTS = re.compile(r"^(?P<number>\d+)(?P<others>(?: \+ [^+]+)*)$")


def load(by: Actor) -> dict[str, SyncCount]:
    """Record the printed lists of round 1 and every published figure, then compute the findings."""
    programme = Programme.objects.get(slug=SLUG)
    listed = Round.objects.get(programme=programme, number=LISTED_ROUND)
    partnerships = [_partnership(fact) for fact in read("partnerships_round1")]
    mentorships = [_mentorship(fact) for fact in read("mentors_round1")]
    spellings = {fact["as_printed"]: fact["means"] for fact in read("printed_names")}
    return {
        "listed partnerships": record_partnerships(listed, partnerships, by=by, spellings=spellings),
        "listed mentorships": record_mentorships(listed, mentorships, by=by),
        "published figures": record_figures(programme, list(publications()), by=by),
        "findings": refresh(by=by),
    }


def _partnership(fact: Fact) -> PrintedPartnership:
    partners = [name for name in fact["partners"].split(";") if name]
    return PrintedPartnership(fact["listed_under"], fact["lead"], partners, fact["source"])


def _mentorship(fact: Fact) -> PrintedMentorship:
    return PrintedMentorship(
        action_number=int(fact["action_number"]),
        label=fact["label_in_source"],
        government=fact["local_government"],
        province=fact["province"],
        source=fact["source"],
    )


def publications() -> Iterator[Publication]:
    """Every published value: the list of figures, then those of the rounds, then other values for the same figures."""
    dutch = {fact["remark"]: fact["remark_nl"] for fact in read("remarks_in_dutch")}
    for fact in read("published_figures"):
        yield _publication(fact, remark_nl=dutch.get(fact["remark"], ""), remark_en=fact["remark"])
    for fact in read("rounds"):
        yield from _of_round(fact)
    for fact in read("further_values"):
        yield _publication(fact, fact["remark_nl"], fact["remark_en"], rounded=bool(yes_no(fact["rounded"])))


def _publication(fact: Fact, remark_nl: str, remark_en: str, *, rounded: bool = False) -> Publication:
    value = money(fact["value"])
    if value is None:
        raise ValueError(f"published figure without value: {fact['measure']} ({fact['source']})")
    return Publication(
        round_number=whole(fact["round"]),
        action_number=whole(fact["action_number"]),
        measure=fact["measure"],
        value=value,
        unit=fact["unit"],
        source=fact["source"],
        rounded=rounded,
        remark_nl=remark_nl,
        remark_en=remark_en,
    )


def _of_round(fact: Fact) -> Iterator[Publication]:
    """The amounts and counts in a row of the rounds; an empty cell is a figure that was not published."""
    number, participants = read_participants(fact["participants"])
    cells = (
        ("envelope", "EUR", fact["envelope_eur"], False),
        ("granted amount", "EUR", fact["granted_eur"], "granted: " in fact["source"] and "rounded" in fact["source"]),
        ("applicants", "applicants", fact["applicants"], False),
        ("participating governments", "governments", number, False),
    )
    for name, unit, text, rounded in cells:
        value = money(text)
        if value is not None:
            others = participants if name == "participating governments" else []
            yield Publication(
                whole(fact["round"]), None, name, value, unit, fact["source"], rounded,
                remark_nl=f"daarbovenop: {', '.join(others)}" if others else "",
                remark_en=f"on top: {', '.join(others)}" if others else "",
            )  # fmt: skip


def read_participants(text: str) -> tuple[str, list[str]]:
    """The number of governments and who comes on top: ``104 + VGC + De Rand`` is 104 with VGC and De Rand.

    Raises:
        ValueError: for another form.
    """
    if not text:
        return "", []
    match = PARTICIPANTS.match(text)
    if not match:
        raise ValueError(f"participants read “{text}”; expected a number, then + and a name for each other")
    return match["number"], [name for name in match["others"].split(" + ") if name]
