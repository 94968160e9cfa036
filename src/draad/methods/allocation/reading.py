"""Read claims and ceilings from CSV or Excel files."""

from decimal import Decimal
from pathlib import Path

from draad.methods.allocation.claims import Claim
from draad.methods.errors import MethodError
from draad.methods.rounding import euro
from draad.methods.tabular import Row, parse_cents, parse_number, parse_whole, read_rows

REQUIRED = ("claim", "applicant", "amount")
OPTIONAL = ("unit_amount", "units", "priority", "minimum", "maximum")


def read_claims(path: Path) -> list[Claim]:
    """Return the claims of a file with the columns of ``REQUIRED`` and any of ``OPTIONAL``, amounts in euro.

    An empty cell of an optional column means that the claim has none. Raises MethodError naming row and column.
    """
    claims = [_claim(row) for row in read_rows(path, REQUIRED, OPTIONAL)]
    if not claims:
        raise MethodError("there are no claims under the heading.", path.name)
    return claims


def read_ceilings(path: Path) -> dict[str, Decimal]:
    """Return the ceiling in euro per applicant from a file with the columns applicant and ceiling."""
    ceilings: dict[str, Decimal] = {}
    for row in read_rows(path, ("applicant", "ceiling")):
        if row["applicant"] in ceilings:
            raise MethodError(f"'{row['applicant']}' has a ceiling before; give one.", row.where("applicant"))
        ceilings[row["applicant"]] = euro(parse_cents(row["ceiling"], row.where("ceiling")))
    return ceilings


def _claim(row: Row) -> Claim:
    units, priority = row.get("units"), row.get("priority")
    return Claim(
        row["claim"],
        row["applicant"],
        euro(parse_cents(row["amount"], row.where("amount"))),
        unit_amount=_amount(row, "unit_amount"),
        units=parse_number(units, row.where("units")) if units else None,
        priority=parse_whole(priority, row.where("priority"), smallest=1) if priority else None,
        minimum=_amount(row, "minimum"),
        maximum=_amount(row, "maximum"),
        where=row.where(),
    )


def _amount(row: Row, column: str) -> Decimal | None:
    text = row.get(column)
    return euro(parse_cents(text, row.where(column))) if text else None
