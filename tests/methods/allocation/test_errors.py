"""What cannot be divided is refused in a sentence that names the claim or row."""

from decimal import Decimal
from typing import Any

import pytest

from draad.methods.allocation import Claim, Rule, allocate, compare, exact_shares
from draad.methods.errors import MethodError


def refusal(*claims: Claim, envelope: Any = Decimal(10), rule: str = "cea", **options: Any) -> str:
    with pytest.raises(MethodError) as caught:
        allocate(list(claims), envelope, rule, **options)
    return str(caught.value)


def claim(amount: Any = Decimal(5), name: str = "A1", **more: Any) -> Claim:
    return Claim(name, "Gent", amount, where="row 7", **more)


@pytest.mark.parametrize(
    ("amount", "part"),
    [
        (Decimal("-0.01"), "the amount is -0.01 euro; it must be zero or more with at most two decimals."),
        (Decimal("1.005"), "the amount is 1.005 euro; it must be zero or more with at most two decimals."),
        (Decimal("1." + "0" * 40 + "1"), "with at most two decimals."),
        (Decimal("1e15"), None),
        (Decimal("1e16"), "the amount is 1E+16 euro, larger than any budget; check it."),
        (Decimal("NaN"), "the amount is Decimal('NaN'); give a Decimal amount in euro."),
        (Decimal("Infinity"), "give a Decimal amount in euro."),
        (1.5, "the amount is 1.5; give a Decimal amount in euro."),
        ("5", "the amount is '5'; give a Decimal amount in euro."),
        (None, "give a Decimal amount in euro."),
    ],
)
def test_amounts(amount: Any, part: str | None) -> None:
    if part is None:
        assert allocate([claim(amount)], Decimal(1), "cea").claimed == amount
        return
    text = refusal(claim(amount))
    assert text.startswith("Row 7, claim 'A1': ")
    assert text.endswith(part)


@pytest.mark.parametrize("column", ["minimum", "maximum", "unit_amount"])
def test_other_amounts_are_held_to_the_same(column: str) -> None:
    name = column.replace("_", " ")
    assert f"claim 'A1': the {name} is 1.001 euro" in refusal(claim(**{column: Decimal("1.001")}))


@pytest.mark.parametrize("envelope", [Decimal("-1"), Decimal("0.001"), Decimal("NaN"), 1.0])
def test_the_envelope(envelope: Any) -> None:
    assert refusal(claim(), envelope=envelope).startswith("The envelope is ")


def test_whole_euro_may_be_given_as_whole_numbers() -> None:
    assert str(allocate([claim(5)], Decimal(3), "cea").claimed) == "5.00"


def test_names() -> None:
    assert refusal(claim(), claim()) == (
        "Row 7, claim 'A1': the claim is named before in row 7; name each claim once."
    )
    assert "must both have a name" in refusal(claim(name=""))
    assert "must both have a name" in refusal(Claim("A", "", Decimal(1)))
    assert refusal(Claim("A", "x", Decimal(1)), Claim("A", "y", Decimal(1))) == (
        "Claim 'A': the claim is named before; name each claim once."
    )


def test_bounds() -> None:
    assert refusal(claim(minimum=Decimal(6))).endswith("the minimum 6.00 is above the amount claimed, 5.00.")
    assert refusal(claim(minimum=Decimal(3), maximum=Decimal(2))).endswith(
        "the minimum 3.00 is above the maximum 2.00."
    )
    low = [claim(name=name, minimum=Decimal(4)) for name in "ABC"]
    assert refusal(*low) == "The minima sum to 12.00, above the envelope 10.00."
    assert allocate(low, Decimal(12), "cea").granted == 12


def test_ceilings() -> None:
    low = [claim(name=name, minimum=Decimal(2)) for name in "AB"]
    assert refusal(*low, ceilings={"Gent": Decimal("3.99")}) == (
        "Applicant 'Gent': the minima sum to 4.00, above the ceiling 3.99."
    )
    assert refusal(claim(), ceilings={"Gend": Decimal(3)}) == (
        "Applicant 'Gend': there is a ceiling but no claim; check the name."
    )
    assert refusal(claim(), ceilings={"Gent": Decimal(-3)}) == (
        "Applicant 'Gent': the ceiling is -3 euro; it must be zero or more with at most two decimals."
    )


def test_units() -> None:
    assert refusal(claim(unit_amount=Decimal(0))).endswith("the unit amount is zero; a unit costs more than nothing.")
    assert refusal(claim(units=Decimal(5))).endswith("there is no unit amount; units need one.")
    assert refusal(claim(unit_amount=Decimal(2), units=Decimal(3))).endswith(
        "3 units of 2.00 are not the amount 5.00."
    )
    assert allocate([claim(unit_amount=Decimal(2), units=Decimal("2.5"))], Decimal(5), "cea").granted == 5


@pytest.mark.parametrize("rule", ["", "fair", "Proportional "])
def test_rules(rule: str) -> None:
    if rule.strip().lower() == "proportional":
        assert allocate([claim()], Decimal(1), rule).rule is Rule.PROPORTIONAL
        return
    assert refusal(claim(), rule=rule) == (
        f"Unknown rule '{rule}'; the rules are proportional, constrained_equal_awards (cea), "
        "constrained_equal_losses (cel), talmud, priority."
    )


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("cea", Rule.EQUAL_AWARDS), ("Constrained Equal Awards", Rule.EQUAL_AWARDS), ("equal-awards", Rule.EQUAL_AWARDS),
        ("CEL", Rule.EQUAL_LOSSES), ("constrained-equal-losses", Rule.EQUAL_LOSSES), ("Talmud", Rule.TALMUD),
        ("priority levels", Rule.PRIORITY),
    ],
)  # fmt: skip
def test_names_of_rules(name: str, rule: Rule) -> None:
    assert Rule.read(name) is rule


def test_the_other_entries_refuse_the_same() -> None:
    with pytest.raises(MethodError, match="named before"):
        exact_shares([claim(), claim()], Decimal(1), "cea")
    with pytest.raises(MethodError, match="named before"):
        compare([claim(), claim()], Decimal(1))
