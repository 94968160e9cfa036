"""The claims on an envelope and the rules that can divide it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from draad.methods.errors import MethodError


class Rule(StrEnum):
    """A rule for a claims problem, by its textbook name (Thomson, *How to Divide When There Isn't Enough*, 2019).

    ``Rule("cea")``, ``Rule("equal_awards")``, ``Rule("Equal-Awards")`` and the like are read as well.
    """

    PROPORTIONAL = "proportional"
    EQUAL_AWARDS = "constrained_equal_awards"
    EQUAL_LOSSES = "constrained_equal_losses"
    TALMUD = "talmud"
    PRIORITY = "priority"

    @classmethod
    def _missing_(cls, value: object) -> "Rule | None":
        name = str(value).strip().lower().replace("-", "_").replace(" ", "_")
        return _NAMES.get(name)

    @classmethod
    def read(cls, name: str) -> "Rule":
        """Return the rule of that name; raises MethodError with the names that are right."""
        try:
            return cls(name)
        except ValueError:
            rules = "proportional, constrained_equal_awards (cea), constrained_equal_losses (cel), talmud, priority"
            raise MethodError(f"Unknown rule '{name}'; the rules are {rules}.") from None


_NAMES = {rule.value: rule for rule in Rule} | {
    "cea": Rule.EQUAL_AWARDS,
    "equal_awards": Rule.EQUAL_AWARDS,
    "cel": Rule.EQUAL_LOSSES,
    "equal_losses": Rule.EQUAL_LOSSES,
    "priority_levels": Rule.PRIORITY,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """One line on the envelope.

    ``claim`` names the line and is unique; ``applicant`` receives the money. ``amount``, ``minimum``, ``maximum`` and
    ``unit_amount`` are euro with at most two decimals. The minimum is guaranteed, the maximum limits the award but
    leaves the claim as it is. ``units`` times ``unit_amount`` is the amount. ``priority`` counts from 1, the first.
    ``where`` is the place for error messages, such as ``row 7``.
    """

    claim: str
    applicant: str
    amount: Decimal
    unit_amount: Decimal | None = None
    units: Decimal | None = None
    priority: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    where: str = ""

    @property
    def place(self) -> str:
        """Where the claim stands, for an error message."""
        return f"{self.where}, claim '{self.claim}'" if self.where else f"claim '{self.claim}'"
