"""Which applications of a call come into account, for all of them at once: what a person decided, else the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from draad.applications.queries.eligibility import Verdict, always_eligible, counted, verdict_of
from draad.programmes.models import Round
from draad.programmes.queries import rule_values

ANSWERS = {Verdict.YES: True, Verdict.ALWAYS: True, Verdict.NO: False, Verdict.UNKNOWN: None}


@dataclass(frozen=True)
class Candidate:
    """What decides for one application: who takes part (primary keys), and a person's word if there is one."""

    pk: int
    organisations: tuple[int, ...]
    decided: bool | None


def eligible(of_round: Round, candidates: Iterable[Candidate]) -> dict[int, bool | None]:
    """For each application whether it comes into account; None where a person still has to decide."""
    waiting = list(candidates)
    found = {candidate.pk: candidate.decided for candidate in waiting}
    open_ones = [candidate for candidate in waiting if candidate.decided is None]
    if open_ones:
        rules = rule_values(of_round)
        figures, always = counted(of_round, rules), always_eligible(rules)
        found |= {one.pk: ANSWERS[verdict_of(one.organisations, figures, always)] for one in open_ones}
    return found
