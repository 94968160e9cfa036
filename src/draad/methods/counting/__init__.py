"""Counting people once: reported values in five states, their roll-up over members, and figures over time.

What two members report for one indicator may be the same persons. A sum of such values is no number of persons; it is
the upper bound of one. This package gives the sum, the bounds of the true union, and the figure when a documented
deduction or a measured overlap makes one possible.
"""

from draad.methods.counting.overlap import Deduction, Overlap, deduct, union_bounds
from draad.methods.counting.rollup import Counting, RollUp, roll_up
from draad.methods.counting.time import Nature, over_periods, share_of, with_baseline
from draad.methods.counting.values import Reported, State, estimated, missing, not_applicable, number

__all__ = [
    "Counting",
    "Deduction",
    "Nature",
    "Overlap",
    "Reported",
    "RollUp",
    "State",
    "deduct",
    "estimated",
    "missing",
    "not_applicable",
    "number",
    "over_periods",
    "roll_up",
    "share_of",
    "union_bounds",
    "with_baseline",
]
