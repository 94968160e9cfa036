"""``draad allocate``: divide an envelope over claims, with a reason for each."""

import argparse
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from draad.methods.allocation import Allocation, Claim, Comparison, allocate, compare
from draad.methods.allocation.reading import read_ceilings, read_claims
from draad.methods.cli import add_json_argument, write_json
from draad.methods.errors import MethodError
from draad.methods.rounding import euro
from draad.methods.tabular import parse_cents

HELP = "Divide an envelope over claims, to the cent or in whole units, with the reason of every award."

_RULES = "proportional, constrained_equal_awards (cea), constrained_equal_losses (cel), talmud"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``draad allocate``."""
    columns = "claim, applicant, amount, and if needed unit_amount, units, priority, minimum, maximum"
    parser.add_argument("claims", metavar="CLAIMS", type=Path, help=f"CSV or Excel: {columns}")
    parser.add_argument("--envelope", metavar="EURO", required=True, help="the money to divide, such as 14136359.00")
    parser.add_argument("--rule", metavar="RULE", help=f"{_RULES} or priority")
    parser.add_argument("--within", metavar="RULE", help="the rule inside a level of priority (proportional)")
    parser.add_argument("--whole-units", action="store_true", help="every award a multiple of its unit amount")
    parser.add_argument("--together", action="store_true", help="compare applicants by the sum of their lines")
    parser.add_argument("--ceiling", metavar="EURO", help="the most that any applicant gets in all")
    parser.add_argument("--ceilings", metavar="FILE", type=Path, help="CSV or Excel: applicant, ceiling")
    parser.add_argument("--compare", action="store_true", help="all rules side by side with measures of equality")
    add_json_argument(parser)


def run(options: argparse.Namespace) -> int:
    """Divide, compare if asked, and write the result."""
    if options.rule is None and not options.compare:
        raise MethodError(f"Name the rule with --rule: {_RULES} or priority; or give --compare.")
    envelope = euro(parse_cents(options.envelope, "--envelope"))
    claims = read_claims(options.claims)
    settings: dict[str, Any] = {
        "within": options.within,
        "ceilings": _ceilings(claims, options),
        "together": options.together,
        "whole_units": options.whole_units,
    }
    document: dict[str, Any] = {}
    if options.rule is not None:
        document = allocation_document(allocate(claims, envelope, options.rule, **settings))
    if options.compare:
        document |= comparison_document(compare(claims, envelope, **settings), envelope)
    write_json(document, options.json)
    return 0


def allocation_document(allocation: Allocation) -> dict[str, Any]:
    """Return the allocation as the JSON document of the command."""
    return {
        "rule": allocation.rule.value,
        "envelope": str(allocation.envelope),
        "claimed": str(allocation.claimed),
        "granted": str(allocation.granted),
        "remainder": str(allocation.remainder),
        "awards": [
            {"claim": award.claim.claim, "amount": str(award.amount), "units": award.units, "reason": award.reason}
            for award in allocation.awards
        ],
        "note": allocation.note,
    }


def comparison_document(comparisons: list[Comparison], envelope: Decimal) -> dict[str, Any]:
    """Return the rules side by side: totals and measures per rule, then the awards of every claim."""
    first = comparisons[0].allocation
    return {
        "envelope": str(envelope),
        "claimed": str(first.claimed),
        "comparison": [_comparison(comparison) for comparison in comparisons],
        "side_by_side": [
            {
                "claim": award.claim.claim,
                "applicant": award.claim.applicant,
                "amount": str(award.claim.amount),
                "awards": {c.allocation.rule.value: str(c.allocation.awards[i].amount) for c in comparisons},
            }
            for i, award in enumerate(first.awards)
        ],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    allocation = comparison.allocation
    return {
        "rule": allocation.rule.value,
        "granted": str(allocation.granted),
        "remainder": str(allocation.remainder),
        "claims": _measures(asdict(comparison.claims)),
        "applicants": _measures(asdict(comparison.applicants)),
    }


def _measures(measures: dict[str, Any]) -> dict[str, Any]:
    return {name: f"{value:f}" if isinstance(value, Decimal) else value for name, value in measures.items()}


def _ceilings(claims: list[Claim], options: argparse.Namespace) -> dict[str, Decimal]:
    """Return the ceiling for all applicants, those of the file before it."""
    general = {}
    if options.ceiling is not None:
        ceiling = euro(parse_cents(options.ceiling, "--ceiling"))
        general = dict.fromkeys((claim.applicant for claim in claims), ceiling)
    return general | (read_ceilings(options.ceilings) if options.ceilings else {})
