"""Who applies with whom: the real partnerships of round 1, and made-up company for the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from draad.datasets.example.targets import RoundTarget
from draad.datasets.example.world import LISTED_ROUND, World

# written question on action 21, answer 1; written question 492, answer 8
ACTION_21 = ("Leuven", "Sint-Niklaas")
IMPACT_BOND = "Sint-Niklaas"


@dataclass(frozen=True)
class Group:
    """Who applies together, the applicant first; ``printed`` when the list of round 1 has it."""

    names: tuple[str, ...]
    printed: bool = False

    @property
    def together(self) -> bool:
        """Whether there are others than the applicant."""
        return len(self.names) > 1


def compose(world: World, targets: dict[int, RoundTarget], random: Random) -> dict[int, list[Group]]:
    """The applications of each round, by its number.

    Round 1 has the printed partnerships, and everyone who is needed to reach the published number of governments
    applies alone. The arrangements of a round go on in the next; newcomers begin new applications until the published
    number of applicants is reached, the other newcomers join a partnership in their reference region.
    """
    composed: dict[int, list[Group]] = {}
    groups: list[Group] = []
    for facts in world.rounds:
        target = targets[facts.number]
        if facts.number == LISTED_ROUND:
            groups = _first(world, target, random)
        elif target.governments != _governments(world, groups) or target.applicants != len(groups):
            groups = _grown(world, groups, target, random)
        composed[facts.number] = groups
    return composed


def named(groups: Iterable[Group]) -> set[str]:
    """Everyone who takes part."""
    return {name for group in groups for name in group.names}


def one_region(world: World, group: Group) -> bool:
    """Whether all members with a territory lie in one reference region."""
    return len({world.bodies[name].region for name in group.names} - {""}) <= 1


def _governments(world: World, groups: Iterable[Group]) -> int:
    return sum(world.bodies[name].government for name in named(groups))


def _first(world: World, target: RoundTarget, random: Random) -> list[Group]:
    groups = [Group(names, printed=True) for names in world.partnerships]
    alone = target.governments - _governments(world, groups)
    if len(groups) + alone != target.applicants:
        raise ValueError(
            f"round 1: {len(groups)} printed partnerships and {alone} governments alone are not "
            f"{target.applicants} applicants"
        )
    taken = named(groups)
    certain = list(dict.fromkeys([name for name, _action in world.mentors] + [*ACTION_21, IMPACT_BOND]))
    others = drawn(world, alone - len(certain), random, without=taken | set(certain))
    return groups + [Group((name,)) for name in [*certain, *others]]


def drawn(world: World, count: int, random: Random, without: Collection[str]) -> list[str]:
    """So many governments, the larger the likelier (Efraimidis and Spirakis, weighted sampling)."""
    keys = {body.name: random.random() ** (1 / (body.weight or 1)) for body in world.governments}
    return sorted(keys.keys() - set(without), key=lambda name: (-keys[name], name))[:count]


def _grown(world: World, before: Sequence[Group], target: RoundTarget, random: Random) -> list[Group]:
    """The groups of the round before, grown to the published numbers."""
    taken = named(before)
    newcomers = target.governments - _governments(world, before)
    leads = drawn(world, target.applicants - len(before), random, without=taken)
    groups = [list(group.names) for group in before] + [[lead] for lead in leads]
    open_in = _open_groups(world, groups, new=len(leads))
    elsewhere = {body.name for body in world.governments if body.region not in open_in}
    for name in drawn(world, newcomers - len(leads), random, without=taken | set(leads) | elsewhere):
        min((groups[i] for i in open_in[world.bodies[name].region]), key=len).append(name)
    printed = [group.printed for group in before] + [False] * len(leads)
    return [Group(tuple(names), was) for names, was in zip(groups, printed, strict=True)]


def _open_groups(world: World, groups: Sequence[Sequence[str]], new: int) -> dict[str, list[int]]:
    """The groups that newcomers may join, by reference region: new ones, and partnerships within one region."""
    found: dict[str, list[int]] = {}
    for position, names in enumerate(groups):
        joinable = position >= len(groups) - new or (len(names) > 1 and one_region(world, Group(tuple(names))))
        regions = {world.bodies[name].region for name in names} - {""}
        if joinable and regions:
            found.setdefault(regions.pop(), []).append(position)
    return found
