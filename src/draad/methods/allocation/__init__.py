"""Divide a short envelope over claims, exactly and with a reason for each (a claims problem).

>>> from decimal import Decimal
>>> from draad.methods.allocation import Claim, allocate
>>> claims = [Claim("A", "Gent", Decimal(100)), Claim("B", "Aalst", Decimal(200)), Claim("C", "Genk", Decimal(300))]
>>> [str(award.amount) for award in allocate(claims, Decimal(200), "talmud").awards]
['50.00', '75.00', '75.00']
"""

from draad.methods.allocation.claims import Claim, Rule
from draad.methods.allocation.comparing import Comparison, Measures, compare
from draad.methods.allocation.dividing import Allocation, Award, allocate, exact_shares
from draad.methods.allocation.levels import LevelOutcome, Reach
from draad.methods.allocation.reasons import Ground

__all__ = [
    "Allocation",
    "Award",
    "Claim",
    "Comparison",
    "Ground",
    "LevelOutcome",
    "Measures",
    "Reach",
    "Rule",
    "allocate",
    "compare",
    "exact_shares",
]
