"""Whether an application comes into account: what the rules of the round and the figures say, or what a person said.

Figures that are known and above the threshold are enough, whoever else's are missing. Where they do not tell, the
answer is unknown, and a person decides with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.freshness import while_unchanged
from draad.applications.models import Application, EligibilityDecision, Member, MemberState
from draad.documents.tables import Gap
from draad.organisations.models import OrganisationName, PopulationGroup
from draad.organisations.names import fold
from draad.organisations.queries import timeline
from draad.organisations.queries.population import gap_for, inhabitants, reference_dates_on
from draad.programmes.models import Round
from draad.programmes.queries import rule_values
from draad.programmes.rules import Parameters
from draad.web.formatting import day, number

GROUPS = {"EU-15": PopulationGroup.NON_EU15, "EU-14": PopulationGroup.NON_EU14}
Rules = Mapping[str, Parameters]


class Verdict(StrEnum):
    """What is known about an application: it comes into account, it does not, nobody knows yet, it always does."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    ALWAYS = "always"


@dataclass(frozen=True)
class Counted:
    """What the threshold of a round counts: more than ``threshold`` inhabitants of ``origin`` on a reference date.

    ``reference_date`` is empty while no figures are known at all.
    """

    threshold: int
    origin: str
    reference_date: date | None
    persons: Mapping[int, int | Gap]

    def of(self, organisation: int) -> int | Gap:
        """The inhabitants of an organisation (primary key), or why they are not known."""
        return self.persons.get(organisation, gap_for(GROUPS[self.origin]))


def counted(of_round: Round, rules: Rules) -> Counted | None:
    """The figures that the threshold of a round counts, for every government; None when the round has no threshold.

    They are of the reference date of the round when it has one, else the newest at its start.
    """
    threshold = rules.get("eligibility_threshold")
    if threshold is None:
        return None
    given = rules.get("reference_date", {}).get("day")
    reference, persons = _figures(of_round.starts_on, given, GROUPS[threshold["origin"]])
    return Counted(threshold["persons"], threshold["origin"], reference, persons)


@while_unchanged
def _figures(on: date, given: str | None, group: str) -> tuple[date | None, Mapping[int, int | Gap]]:
    """The reference date, and the inhabitants by organisation (primary key) that ever had a territory."""
    history = timeline()
    reference = date.fromisoformat(given) if given else reference_dates_on(on).get(group)
    known = inhabitants(history, reference, on, group)
    grounds = {organisation: history.territory_near(organisation, on) for organisation in history.held}
    return reference, {organisation: known[ground.pk].persons for organisation, ground in grounds.items() if ground}


def always_eligible(rules: Rules) -> frozenset[int]:
    """The organisations (primary keys) that the round names as always eligible, by any of their names."""
    return _named(tuple(rules.get("always_eligible", {}).get("organisations", [])))


@while_unchanged
def _named(names: tuple[str, ...]) -> frozenset[int]:
    if not names:
        return frozenset()
    found = OrganisationName.objects.filter(folded__in=[fold(name) for name in names])
    return frozenset(found.values_list("organisation_id", flat=True))


def verdict_of(organisations: Iterable[int], found: Counted | None, always: frozenset[int]) -> Verdict:
    """What the rules say of organisations (primary keys) that apply together."""
    together = list(organisations)
    if not always.isdisjoint(together):
        return Verdict.ALWAYS
    if found is None:
        return Verdict.YES
    figures = [found.of(organisation) for organisation in together]
    persons = [figure for figure in figures if isinstance(figure, int)]
    if sum(persons) > found.threshold:
        return Verdict.YES
    return Verdict.NO if len(persons) == len(figures) else Verdict.UNKNOWN


@dataclass(frozen=True)
class MemberCount:
    """A member and the inhabitants that the threshold counts, or why they are not known."""

    member: Member
    persons: int | Gap


@dataclass(frozen=True)
class Eligibility:
    """Whether an application comes into account, in words and figures; ``decision`` is a person's word on it."""

    verdict: Verdict
    headline: str
    sentences: Sequence[str]
    counts: Sequence[MemberCount] = ()
    threshold: int | None = None
    origin: str = ""
    reference_date: date | None = None
    decision: EligibilityDecision | None = None
    always: Sequence[Member] = ()

    @property
    def known(self) -> int:
        """The sum of the figures that are known."""
        return sum(count.persons for count in self.counts if isinstance(count.persons, int))

    @property
    def missing(self) -> list[Member]:
        """The members of which the figure is not known."""
        return [count.member for count in self.counts if isinstance(count.persons, Gap)]

    @property
    def open(self) -> bool:
        """Whether a person has to decide."""
        return self.verdict is Verdict.UNKNOWN


def eligibility(application: Application, rules: Rules | None = None) -> Eligibility:
    """Whether an application comes into account, with who takes part now.

    Args:
        application: best with its call, round and members read.
        rules: the rules of its round, when they were read already.
    """
    members = [member for member in application.members.all() if member.state == MemberState.ACCEPTED]
    if rules is None:
        rules = rule_values(application.call.round)
    found, always = counted(application.call.round, rules), always_eligible(rules)
    decision: EligibilityDecision | None = getattr(application, "eligibility_decision", None)
    verdict = verdict_of([member.organisation_id for member in members], found, always)
    if decision:
        verdict = Verdict.YES if decision.eligible else Verdict.NO
    made = Eligibility(
        verdict=verdict,
        headline=_headline(verdict, together=len(members) > 1),
        sentences=[],
        counts=[MemberCount(member, found.of(member.organisation_id)) for member in members] if found else [],
        threshold=found.threshold if found else None,
        origin=found.origin if found else "",
        reference_date=found.reference_date if found else None,
        decision=decision,
        always=[member for member in members if member.organisation_id in always],
    )
    return _told(made)


def _headline(verdict: Verdict, *, together: bool) -> str:
    if verdict is Verdict.UNKNOWN:
        if together:
            return _("Of deze samenwerking in aanmerking komt, is nog niet zeker.")
        return _("Of dit bestuur in aanmerking komt, is nog niet zeker.")
    if verdict is Verdict.NO:
        return (
            _("Deze samenwerking komt niet in aanmerking.") if together else _("Dit bestuur komt niet in aanmerking.")
        )
    return _("Deze samenwerking komt in aanmerking.") if together else _("Dit bestuur komt in aanmerking.")


def _told(found: Eligibility) -> Eligibility:
    if found.decision:
        sentences = [_("Een beoordelaar besliste dit: %(reason)s") % {"reason": found.decision.reason}]
    elif found.always:
        names = _listed(found.always)
        sentences = [ngettext("%(names)s kan altijd indienen.", "%(names)s kunnen altijd indienen.", len(found.always))
                     % {"names": names}]  # fmt: skip
    elif found.threshold is None:
        sentences = [_("Deze ronde stelt geen voorwaarde aan het aantal inwoners.")]
    else:
        sentences = [_sum(found), *_unknown(found)]
    return replace(found, sentences=sentences)


def _sum(found: Eligibility) -> str:
    words = {"origin": found.origin, "most": number(found.threshold or 0), "known": number(found.known)}
    if len(found.missing) == len(found.counts):
        return _("Nodig is meer dan %(most)s inwoners van herkomst buiten de %(origin)s.") % words
    words["day"] = day(found.reference_date) if found.reference_date else ""
    sentence = ngettext(
        "Er zijn %(known)s inwoners van herkomst buiten de %(origin)s (%(day)s); nodig is meer dan %(most)s.",
        "De %(count)s besturen tellen samen %(known)s inwoners van herkomst buiten de %(origin)s (%(day)s); nodig is "
        "meer dan %(most)s.",
        len(found.counts) - len(found.missing),
    )
    return sentence % {**words, "count": len(found.counts) - len(found.missing)}


def _unknown(found: Eligibility) -> list[str]:
    if not found.missing:
        return []
    sentence = _("Van %(names)s is dit aantal niet bekend.") % {"names": _listed(found.missing)}
    if found.open:
        sentence += " " + _("Indienen kan; een beoordelaar beslist hierover, met een reden.")
    return [sentence]


def _listed(members: Iterable[Member]) -> str:
    return str(get_text_list([str(member.organisation) for member in members], _("en")))
