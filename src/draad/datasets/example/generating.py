"""Makes the example: the same facts, seed and scale give the same rounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from draad.applications.example import Example, ExampleApplication, ExampleIncentive, ExampleRound
from draad.datasets.example.assembling import Assembly
from draad.datasets.example.composing import IMPACT_BOND, Group, compose, named, one_region
from draad.datasets.example.money import calibrate, reach_already
from draad.datasets.example.people import account
from draad.datasets.example.taking_part import take_part
from draad.datasets.example.targets import RoundTarget, read_targets
from draad.datasets.example.world import LISTED_ROUND, RoundFacts, World, read_world

# thousandths of the envelope that are left over at most in a round of which no granted total was published
MOST_LEFT_OVER = 20
SATURDAY = 5
CALL_DAYS, DECIDED_BEFORE, ADVANCE_AFTER, BALANCE_AFTER = 42, 21, 30, 60


def generate(seed: int = 1, scale: int = 1) -> Example:
    """The example rounds; copy 1 is calibrated for the real governments, each further copy for invented ones.

    Raises:
        ValueError: for a scale below 1, or facts that contradict each other in what the example needs.
    """
    if scale < 1:
        raise ValueError(f"the scale is {scale}; it is 1 or more")
    world = read_world()
    targets = read_targets(world.rounds)
    copies = [list(_copy(world, targets, seed, copy)) for copy in range(1, scale + 1)]
    rounds = tuple(
        _round(facts, [application for copy in copies for application in copy[place]], seed)
        for place, facts in enumerate(world.rounds)
    )
    return Example(seed, scale, rounds)


def _copy(world: World, targets: dict[int, RoundTarget], seed: int, copy: int) -> Iterator[list[ExampleApplication]]:
    """The applications of one copy of Flanders, round by round."""
    random = Random(f"{seed}/{copy}")  # noqa: S311 - an example, not a secret
    composed = compose(world, targets, random)
    for facts in world.rounds:
        groups, target = composed[facts.number], targets[facts.number]
        incentives = [_incentives(world, facts, group) for group in groups]
        granted = target.granted or facts.envelope - facts.envelope * random.randint(0, MOST_LEFT_OVER) // 1000
        for_lines = granted - sum(int(one.amount) for of_group in incentives for one in of_group)
        places = take_part(world, facts, groups, targets, random)
        drafts = calibrate(facts, target, places, for_lines, random)
        if target.contact_reach is not None:
            contact = [draft for draft in drafts if draft.indicator.action in world.contact_actions]
            reach_already(contact, target.contact_reach, random)
        assembly = Assembly(world, facts, opening(facts), copy, _in_several(groups), random)
        before = (copy - 1) * len(groups)
        yield [
            assembly.application(
                before + place + 1, group, [d for d in drafts if d.position == place], incentives[place]
            )
            for place, group in enumerate(groups)
        ]


def _incentives(world: World, facts: RoundFacts, group: Group) -> list[ExampleIncentive]:
    """Cooperation within one reference region; mentorships and the impact bond of round 1 as they were published."""
    applicant, found = group.names[0], []
    if group.together and one_region(world, group):
        found.append(ExampleIncentive("cooperation", applicant, facts.incentives["cooperation"]))
    if facts.number == LISTED_ROUND:
        amount = facts.incentives["mentor"]
        found += [ExampleIncentive("mentorship", n, amount, action) for n, action in world.mentors if n in group.names]
        if IMPACT_BOND in group.names:
            found.append(ExampleIncentive("impact_bond", IMPACT_BOND, facts.incentives["impact_bond"]))
    return found


def _in_several(groups: Sequence[Group]) -> set[str]:
    """Who is in several partnerships, as the list of round 1 has it; the later rounds carry that over."""
    several = [group for group in groups if group.together]
    return {name for name in named(several) if sum(name in group.names for group in several) > 1}


def _round(facts: RoundFacts, applications: Sequence[ExampleApplication], seed: int) -> ExampleRound:
    reported = facts.final_due_on or facts.ends_on
    return ExampleRound(
        number=facts.number,
        opens_on=opening(facts),
        closes_on=facts.call_closes_on,
        decided_on=_working_day(facts.starts_on - timedelta(days=DECIDED_BEFORE)),
        advance_on=_working_day(facts.starts_on + timedelta(days=ADVANCE_AFTER)),
        balance_on=_working_day(reported + timedelta(days=BALANCE_AFTER)),
        payer_iban=account(Random(seed)),  # noqa: S311 - an example, not a secret
        applications=tuple(applications),
    )


def opening(facts: RoundFacts) -> date:
    """The first day of the call; six weeks before it closes when no source tells."""
    return facts.call_opens_on or facts.call_closes_on - timedelta(days=CALL_DAYS)


def _working_day(on: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return on + timedelta(days=7 - on.weekday()) if on.weekday() >= SATURDAY else on
