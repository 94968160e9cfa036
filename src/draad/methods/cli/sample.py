"""``draad sample``: response and representativeness of a survey, and the interval of a share."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from draad.methods.cli import add_json_argument, write_json
from draad.methods.errors import MethodError
from draad.methods.rounding import round_half_up
from draad.methods.sampling import Stratum, Verdict, present, proportion_interval, representativeness, response
from draad.methods.tabular import parse_whole, read_rows

HELP = "Response and representativeness per class of a population, and the interval of a share."
DECIMALS = 6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad sample``."""
    parser.add_argument(
        "classes", metavar="CLASSES", type=Path, help="CSV or Excel: class, population, respondents, invited"
    )
    parser.add_argument("--count", metavar="N", help="respondents with a property: gives its share and interval")
    parser.add_argument("--confidence", type=float, default=0.95, help="of the interval, such as 0.95")
    add_json_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Compute and write the result."""
    strata, invited = _read(options.classes)
    population, respondents = sum(s.population for s in strata), sum(s.respondents for s in strata)
    answer = response(invited=invited, usable=respondents)
    document: dict[str, Any] = {
        "response": {
            "invited": answer.invited,
            "usable": answer.usable,
            "rate": str(round_half_up(answer.rate, DECIMALS)),
            "non_response": str(round_half_up(answer.non_response, DECIMALS)),
        },
        "everyone_invited": invited == population,
        "representativeness": _verdict(representativeness(strata)),
    }
    if options.count is not None:
        count = parse_whole(options.count, "--count")
        document["share"] = _share(count, respondents, population, options.confidence)
    write_json(document, options.json)
    return 0


def _read(path: Path) -> tuple[Sequence[Stratum], int]:
    """The classes and how many units were invited in all; without that column everybody was."""
    strata, invited = [], 0
    for row in read_rows(path, ["class", "population", "respondents"], ["invited"]):
        stratum = Stratum(
            row["class"],
            parse_whole(row["population"], row.where("population")),
            parse_whole(row["respondents"], row.where("respondents")),
        )
        asked = parse_whole(row.get("invited"), row.where("invited")) if row.get("invited") else stratum.population
        if not stratum.respondents <= asked <= stratum.population:
            raise MethodError(
                f"respondents {stratum.respondents} ≤ invited {asked} ≤ population {stratum.population} must hold.",
                row.where("invited"),
            )
        strata.append(stratum)
        invited += asked
    return strata, invited


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "method": verdict.method,
        "statistic": None if verdict.statistic is None else f"{verdict.statistic:.{DECIMALS}f}",
        "degrees": verdict.degrees,
        "p_value": f"{verdict.p_value:.{DECIMALS}f}",
        "representative": verdict.representative(),
        "classes": [
            {"class": s.name, "population": s.population, "respondents": s.respondents} for s in verdict.classes
        ],
    }


def _share(count: int, respondents: int, population: int, confidence: float) -> dict[str, Any]:
    interval = proportion_interval(count=count, sample=respondents, population=population, confidence=confidence)
    shown = present(count, respondents)
    return {
        "count": count,
        "base": respondents,
        "presentation": shown.presentation.value,
        "percent": None if shown.percent is None else str(shown.percent),
        "lower": str(round_half_up(interval.lower, DECIMALS)),
        "upper": str(round_half_up(interval.upper, DECIMALS)),
    }
