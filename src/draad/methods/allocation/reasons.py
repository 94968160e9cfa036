"""Why a claim gets what it gets: which level, which rule, which bound decided."""

from enum import StrEnum
from fractions import Fraction

from draad.methods.allocation.claims import Claim, Rule
from draad.methods.allocation.levels import LevelOutcome, Reach
from draad.methods.rounding import euro_text, round_half_up


class Ground(StrEnum):
    """What decided an award."""

    ZERO_CLAIM = "zero_claim"
    FULL = "full"
    RULE = "rule"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    CEILING = "ceiling"
    WHOLE_UNITS = "whole_units"
    REMAINDER = "remainder"
    NO_MONEY = "no_money"


def ground(claim: Claim, award: int, bounds: tuple[int, int], added: int, outcome: LevelOutcome) -> Ground:
    """Return what decided the award of a claim; amounts in cents, ``added`` is what came from the remainder."""
    low, high = bounds
    amount = int(claim.amount * 100)
    if amount == 0:
        return Ground.ZERO_CLAIM
    if award == amount:
        return Ground.FULL
    if award == high:
        limited = claim.maximum is not None and claim.maximum < claim.amount
        return Ground.MAXIMUM if limited else Ground.WHOLE_UNITS
    if outcome.reach is Reach.NONE:
        if award > low:
            return Ground.REMAINDER
        return Ground.MINIMUM if award else Ground.NO_MONEY
    if claim.applicant in outcome.capped:
        return Ground.CEILING
    return Ground.MINIMUM if low and award - added == low and _gives_less(amount, low, outcome) else Ground.RULE


def _gives_less(amount: int, low: int, outcome: LevelOutcome) -> bool:
    """Say whether the rule by itself gives less than the minimum (for lines together it is not asked per line)."""
    if outcome.together:
        return True
    value, half = outcome.parameter, Fraction(amount, 2)
    if outcome.rule is Rule.PROPORTIONAL:
        return value * amount < low
    if outcome.rule is Rule.TALMUD:
        return (max(half, amount - value) if outcome.losses else min(half, value)) < low
    return (amount - value if outcome.losses else value) < low


def sentence(ground: Ground, outcome: LevelOutcome, award: int, unit: int | None, added: int) -> str:
    """Return the reason in English, ending with the whole units where the award was made in units (``unit`` cents)."""
    level = "" if outcome.number is None else f"Priority {outcome.number}: "
    text = level + _ground_text(ground, outcome)
    if unit:
        text += f"; {award // unit} units of {euro_text(unit)}"
        if added:
            text += f", {added // unit} of them from what remained"
    return text[0].upper() + text[1:] + "."


def _ground_text(ground: Ground, outcome: LevelOutcome) -> str:
    if ground is Ground.RULE:
        return rule_text(outcome)
    if ground is Ground.NO_MONEY:
        return "no money is left" if outcome.number is None else "the money ends at an earlier priority"
    return {
        Ground.ZERO_CLAIM: "nothing is claimed",
        Ground.FULL: "granted in full",
        Ground.MINIMUM: f"the minimum of the claim decides, {_name(outcome)} gives less",
        Ground.MAXIMUM: "the maximum of the claim decides",
        Ground.CEILING: f"the ceiling of the applicant decides, divided over its lines by {_name(outcome)}",
        Ground.WHOLE_UNITS: "all whole units in the claim",
        Ground.REMAINDER: "the money ends at an earlier priority, what remained there fits here",
    }[ground]


def _name(outcome: LevelOutcome) -> str:
    return outcome.rule.value.replace("_", " ").replace("talmud", "Talmud")


def rule_text(outcome: LevelOutcome) -> str:
    """Return how the rule divided the level where money was short, with its rate, equal award or equal loss."""
    value = outcome.parameter
    if outcome.rule is Rule.PROPORTIONAL:
        how = f"{round_half_up(value * 100, 2)}% of the claim"
    elif outcome.losses:
        how = f"an equal loss of {_euros(value)}"
    else:
        how = f"an equal award of {_euros(value)}"
    if outcome.rule is Rule.TALMUD:
        how += ", at least half of the claim" if outcome.losses else ", at most half of the claim"
    elif outcome.losses:
        how += ", at most the claim"
    if outcome.together:
        how += ", for the lines of the applicant together"
    return f"{_name(outcome)}, {how}"


def _euros(cents: Fraction) -> str:
    return str(round_half_up(cents / 100, 2))
