"""Which applications of a call come into account, for all of them at once: what a person decided, else the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from draad.documents.tables import Gap
from draad.organisations.models import OrganisationName, PopulationGroup
from draad.organisations.names import fold
from draad.organisations.queries import timeline
from draad.organisations.queries.population import inhabitants
from draad.programmes.models import Round
from draad.programmes.queries import rule_values

GROUPS = {"EU-15": PopulationGroup.NON_EU15, "EU-14": PopulationGroup.NON_EU14}


@dataclass(frozen=True)
class Candidate:
    """What decides for one application: who takes part (primary keys), and a person's word if there is one."""

    pk: int
    organisations: tuple[int, ...]
    decided: bool | None


def eligible(of_round: Round, candidates: Iterable[Candidate]) -> dict[int, bool | None]:
    """For each application whether it comes into account; None where a person still has to decide.

    Rules of the round: ``eligibility_threshold``, ``reference_date`` and ``always_eligible``. Figures that are known
    and above the threshold are enough, whoever else's are missing.
    """
    waiting = list(candidates)
    rules = rule_values(of_round)
    threshold = rules.get("eligibility_threshold")
    always = _named(rules.get("always_eligible", {}).get("organisations", []))
    open_ones = [c for c in waiting if c.decided is None and always.isdisjoint(c.organisations)]
    known: Mapping[int, int | Gap] = {}
    if threshold and open_ones:
        given = rules.get("reference_date", {}).get("day")
        on = date.fromisoformat(given) if given else of_round.starts_on
        known = _persons(of_round.starts_on, on, GROUPS[threshold["origin"]])
    found: dict[int, bool | None] = {c.pk: True if c.decided is None else c.decided for c in waiting}
    for candidate in open_ones:
        if threshold:
            found[candidate.pk] = _above(candidate, known, threshold["persons"])
    return found


def _named(names: Iterable[str]) -> frozenset[int]:
    """The organisations that a rule names, by any of their names."""
    folded = [fold(name) for name in names]
    found = OrganisationName.objects.filter(folded__in=folded) if folded else OrganisationName.objects.none()
    return frozenset(found.values_list("organisation_id", flat=True))


def _persons(day: date, reference_date: date, group: str) -> dict[int, int | Gap]:
    """Inhabitants of foreign origin by organisation (primary key) that governs a territory on ``day``."""
    history = timeline()
    figures = inhabitants(history, reference_date, day, group)
    grounds = {organisation: history.territory_near(organisation, day) for organisation in history.held}
    return {organisation: figures[ground.pk].persons for organisation, ground in grounds.items() if ground}


def _above(candidate: Candidate, known: Mapping[int, int | Gap], threshold: int) -> bool | None:
    figures = [known.get(organisation) for organisation in candidate.organisations]
    persons = [figure for figure in figures if isinstance(figure, int)]
    if sum(persons) > threshold:
        return True
    return False if len(persons) == len(figures) else None
