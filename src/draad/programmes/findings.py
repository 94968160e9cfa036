"""What a careful reader finds in the terms, computed from their records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from draad.findings.registry import TOPIC_TERMS, FoundThing, Record, euro, rule
from draad.programmes.models import Action, ActionTerms, Knowledge, Round
from draad.programmes.queries import newest_terms

TERMS = gettext_noop("voorwaarden")
LINE = gettext_noop("KPI-lijn")
PRINTED_AS = re.compile(r"(?P<source>[^;(]*)\(printed there as action (?P<number>\d+)\)")


def round_key(round_: Round) -> str:
    """The key of a round in findings."""
    return f"round:{round_.programme.slug}/{round_.number}"


def action_key(action: Action) -> str:
    """The key of an action in findings."""
    return f"action:{action.programme.slug}/{action.number}"


def _subject(terms: ActionTerms) -> str:
    return f"{terms.action.programme.slug}/{terms.round.number}/{terms.action.number}"


def _about(terms: ActionTerms) -> list[str]:
    return [action_key(terms.action), round_key(terms.round)]


def _label(terms: ActionTerms) -> str:
    return f"{terms.action}, {terms.round.years}"


@rule(
    "programmes.ceiling_differs_from_lines",
    topic=TOPIC_TERMS,
    title=_("Actie %(action)s: gepubliceerd maximum is niet de som van de KPI-lijnen"),
    sentence=_(
        "Voor actie %(action)s is in ronde %(round)s een maximum van %(published)s gepubliceerd. De KPI-lijnen samen "
        "geven %(computed)s (eenheden × bedrag per eenheid): een verschil van %(difference)s."
    ),
    write={"published": euro, "computed": euro, "difference": euro},
)
def ceiling_differs_from_lines() -> Iterator[FoundThing]:
    """Terms whose stated ceiling is not the sum of maximum units times unit amount of their lines."""
    for terms in newest_terms():
        lines = list(terms.lines.all())
        amounts = [line.max_units * line.unit_amount for line in lines if line.max_units and line.unit_amount]
        if (
            terms.ceiling is None
            or not _stated(terms.provenance, "ceiling")
            or len(amounts) != len(lines)
            or not lines
        ):
            continue
        computed = sum(amounts, start=Decimal(0))
        if computed != terms.ceiling:
            records = [Record(TERMS, _label(terms), str(terms.ceiling), "EUR", source=_source(terms, "ceiling"))]
            records += [
                Record(LINE, f"{line.label}, {line.max_units} × {line.unit_amount:.0f}", str(amount), "EUR")
                for line, amount in zip(lines, amounts, strict=True)
            ]
            yield FoundThing(
                _subject(terms),
                {
                    "action": terms.action.number, "round": terms.round.number, "published": str(terms.ceiling),
                    "computed": str(computed), "difference": str(abs(computed - terms.ceiling)),
                },
                records,
                _about(terms),
            )  # fmt: skip


def _stated(provenance: dict[str, Any], field: str) -> bool:
    return bool(provenance.get(field, {}).get("knowledge") == Knowledge.STATED)


def _source(terms: ActionTerms, field: str) -> str:
    return str(terms.provenance.get(field, {}).get("source", ""))


@rule(
    "programmes.printed_action_number",
    topic=TOPIC_TERMS,
    title=_("Een bron drukt actie %(printed)s waar actie %(action)s bedoeld is"),
    sentence=_(
        "De wijziging van actie %(action)s in ronde %(round)s staat in de bron gedrukt onder actie %(printed)s."
    ),
)
def printed_action_number() -> Iterator[FoundThing]:
    """Terms whose source prints the number of another action."""
    for terms in newest_terms():
        matches = [match for source in _stated_sources(terms) if (match := PRINTED_AS.search(source))]
        printed = {int(match["number"]): match["source"].strip() for match in matches}
        for number, source in sorted(printed.items()):
            if number != terms.action.number:
                yield FoundThing(
                    f"{_subject(terms)}/{number}",
                    {"action": terms.action.number, "printed": number, "round": terms.round.number},
                    [Record(TERMS, _label(terms), source=source)],
                    _about(terms),
                )


def _stated_sources(terms: ActionTerms) -> set[str]:
    """The sources of what is stated in these terms and their lines."""
    fields = [*terms.provenance.values(), *(f for line in terms.lines.all() for f in line.provenance.values())]
    return {str(field.get("source", "")) for field in fields if field.get("knowledge") == Knowledge.STATED}
