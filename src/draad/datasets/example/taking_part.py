"""Who takes part in which action: the published numbers of governments and plans, each government once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random

from draad.datasets.example.composing import ACTION_21, Group
from draad.datasets.example.targets import ActionTarget, RoundTarget
from draad.datasets.example.world import LISTED_ROUND, RoundFacts, World

# participants of an action by position of the application
Places = dict[int, tuple[str, ...]]

# per hundred governments, for an action of which no round has a published number
FEWEST, MOST = 35, 60


def take_part(
    world: World, facts: RoundFacts, groups: Sequence[Group], targets: Mapping[int, RoundTarget], random: Random
) -> dict[int, Places]:
    """The participants of every action with indicator lines, by number of action and position of the application.

    A government in more than one partnership asks an action through one of them. Who would take part in nothing is
    added to an action of which no number was published.
    """
    found: dict[int, Places] = {}
    open_actions = []
    for action in sorted(facts.indicators):
        target = targets[facts.number].of(action)
        homes = _homes(groups, random)
        first = _certain(world, facts, action)
        if target.plans is not None:
            found[action] = _as_plans(world, homes, target, first, random)
        else:
            count = _count(world, facts, action, targets, random)
            found[action] = _up_to(world, homes, count, first, random)
            if target == ActionTarget():
                open_actions.append(action)
    _add_missing(groups, found, open_actions, random)
    return found


def _certain(world: World, facts: RoundFacts, action: int) -> set[str]:
    """Who certainly takes part: named in a source."""
    mentors = {name for name, of_action in world.mentors if of_action == action and facts.number == LISTED_ROUND}
    return mentors | (set(ACTION_21) if action == 21 else set())


def _homes(groups: Sequence[Group], random: Random) -> dict[int, list[str]]:
    """Through which application each may ask one action: the members by position of the application."""
    places: dict[str, list[int]] = {}
    for position, group in enumerate(groups):
        for name in group.names:
            places.setdefault(name, []).append(position)
    homes: dict[int, list[str]] = {}
    for name, positions in places.items():
        homes.setdefault(random.choice(positions), []).append(name)
    return dict(sorted(homes.items()))


def _count(world: World, facts: RoundFacts, action: int, targets: Mapping[int, RoundTarget], random: Random) -> int:
    """How many governments: as published, else in proportion to the nearest round, else drawn."""
    here = targets[facts.number]
    published = here.of(action).governments
    if published is not None:
        return published
    known = {n: count for n, target in targets.items() if (count := target.of(action).governments) is not None}
    if known:
        nearest = min(known, key=lambda n: (abs(n - facts.number), -n))
        return max(
            known[nearest] * here.governments // targets[nearest].governments, len(_certain(world, facts, action))
        )
    return here.governments * random.randint(FEWEST, MOST) // 100


def _shuffled(homes: Mapping[int, list[str]], first: set[str], random: Random) -> list[int]:
    """The positions in a drawn order, those of who certainly takes part before all."""
    order = list(homes)
    random.shuffle(order)
    return sorted(order, key=lambda position: not first & set(homes[position]))


def _up_to(world: World, homes: Mapping[int, list[str]], count: int, first: set[str], random: Random) -> Places:
    """Whole applications until so many governments take part; the last one with a part of its members."""
    found: Places = {}
    for position in _shuffled(homes, first, random):
        if count == 0:
            break
        governments = [name for name in homes[position] if world.bodies[name].government]
        others = [name for name in homes[position] if not world.bodies[name].government]
        taken = governments[:count]
        count -= len(taken)
        found[position] = (*taken, *others)
    if count:
        raise ValueError(f"{count} governments more should take part than apply")
    return found


def _as_plans(
    world: World, homes: Mapping[int, list[str]], target: ActionTarget, first: set[str], random: Random
) -> Places:
    """As many applications as plans, and as many governments in them as published."""
    plans = target.plans or 0
    members = {
        position: [name for name in homes[position] if world.bodies[name].government]
        for position in _shuffled(homes, first, random)
    }
    order = [position for position, names in members.items() if names]
    chosen, rest = order[:plans], order[plans:]
    needed = target.governments or plans
    swappable = [p for p in chosen if not first & set(members[p])]
    while sum(len(members[p]) for p in chosen) < needed:
        smallest = min(swappable, key=lambda p: len(members[p]))
        largest = max(rest, key=lambda p: len(members[p]))
        chosen[chosen.index(smallest)] = swappable[swappable.index(smallest)] = largest
        rest.remove(largest)
    counts = dict.fromkeys(chosen, 1)
    for _extra in range(needed - plans):
        counts[random.choice([p for p in chosen if counts[p] < len(members[p])])] += 1
    return {p: tuple(sorted(members[p], key=lambda name: name not in first)[: counts[p]]) for p in chosen}


def _add_missing(groups: Sequence[Group], found: dict[int, Places], actions: Sequence[int], random: Random) -> None:
    """Let every member of every application take part in something there."""
    for position, group in enumerate(groups):
        active = {name for places in found.values() for name in places.get(position, ())}
        for name in group.names:
            if name not in active:
                free = [a for a in actions if not any(name in names for names in found[a].values())]
                action = random.choice(free) if free else _taken_back(found, name, actions, random)
                found[action][position] = (*found[action].get(position, ()), name)


def _taken_back(found: dict[int, Places], name: str, actions: Sequence[int], random: Random) -> int:
    """An action that a government asks no longer through another application, in which it asks something else too."""
    asked = [(a, p) for a, places in sorted(found.items()) for p, names in places.items() if name in names]
    often = Counter(position for _action, position in asked)
    action, position = random.choice([(a, p) for a, p in asked if a in actions and often[p] > 1])
    others = tuple(other for other in found[action].pop(position) if other != name)
    if others:
        found[action][position] = others
    return action
