"""What may be said from a survey: response, representativeness, intervals, when to give counts, percentages.

Percentages that add up to 100, or do not, are in ``draad.methods.rounding``.
"""

from draad.methods.sampling.interval import Interval, proportion_interval
from draad.methods.sampling.presentation import Presentation, Shown, multiple_choice, present
from draad.methods.sampling.representativeness import Stratum, Verdict, representativeness
from draad.methods.sampling.response import Response, response

__all__ = [
    "Interval",
    "Presentation",
    "Response",
    "Shown",
    "Stratum",
    "Verdict",
    "multiple_choice",
    "present",
    "proportion_interval",
    "representativeness",
    "response",
]
