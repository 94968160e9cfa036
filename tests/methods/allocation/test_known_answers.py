"""Published answers, and small cases that can be checked by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from draad.methods.allocation import Claim, Rule, allocate, exact_shares
from tests.methods.allocation.helpers import cents, cents_of, claims_of, exact


class TestTalmud:
    @pytest.mark.parametrize(
        ("estate", "awards"),
        [
            (100, ["33.33", "33.33", "33.34"]),
            (200, ["50.00", "75.00", "75.00"]),
            (300, ["50.00", "100.00", "150.00"]),
        ],
    )
    def test_three_widows_of_the_mishnah(self, estate: int, awards: list[str]) -> None:
        """Ketubot 93a, as in table I of Aumann and Maschler (1985)."""
        claims = [Claim(str(c), f"widow {c}", Decimal(c)) for c in (100, 200, 300)]
        assert [str(award.amount) for award in allocate(claims, Decimal(estate), "talmud").awards] == awards

    def test_three_widows_exactly(self) -> None:
        assert exact([100, 200, 300], 100, Rule.TALMUD) == [Fraction(100, 3)] * 3

    @pytest.mark.parametrize(("estate", "awards"), [(100, [25, 75]), (50, [25, 25]), (125, [37.5, 87.5])])
    def test_contested_garment_of_a_half_and_a_whole(self, estate: int, awards: list[float]) -> None:
        """Bava Metzia 2a: one says all of it is mine, the other half of it is mine: three quarters and one quarter."""
        assert exact([50, 100], estate, Rule.TALMUD) == awards

    @pytest.mark.parametrize(
        ("estate", "awards"), [(400, [50, 125, 225]), (500, [Fraction(200, 3), Fraction(500, 3), Fraction(800, 3)])]
    )
    def test_above_half_losses_are_shared(self, estate: int, awards: list[Fraction]) -> None:
        assert exact([100, 200, 300], estate, Rule.TALMUD) == awards


class TestOtherRules:
    @pytest.mark.parametrize(
        ("rule", "estate", "awards"),
        [
            (Rule.PROPORTIONAL, 300, [50, 100, 150]),
            (Rule.EQUAL_AWARDS, 300, [100, 100, 100]),
            (Rule.EQUAL_AWARDS, 400, [100, 150, 150]),
            (Rule.EQUAL_LOSSES, 300, [0, 100, 200]),
            (Rule.EQUAL_LOSSES, 100, [0, 0, 100]),
            (Rule.EQUAL_LOSSES, 450, [50, 150, 250]),
        ],
    )
    def test_claims_of_100_200_300(self, rule: Rule, estate: int, awards: list[int]) -> None:
        assert exact([100, 200, 300], estate, rule) == awards
        assert cents([100, 200, 300], estate, rule) == awards

    @pytest.mark.parametrize(
        ("rule", "awards"),
        [
            (Rule.PROPORTIONAL, [8000, 16000, 24000]),
            (Rule.EQUAL_AWARDS, [16000, 16000, 16000]),
            (Rule.EQUAL_LOSSES, [0, 14000, 34000]),
            (Rule.TALMUD, [10000, 19000, 19000]),
        ],
    )
    def test_the_three_towns_of_the_explanation(self, rule: Rule, awards: list[int]) -> None:
        assert cents([20_000, 40_000, 60_000], 48_000, rule) == awards

    def test_maimonides_equal_awards(self) -> None:
        """Claims 100, 200, 300 on 250 are served 83 1/3 each by equal awards (Thomson 2003, section 2)."""
        assert exact([100, 200, 300], 250, Rule.EQUAL_AWARDS) == [Fraction(250, 3)] * 3

    def test_round_one_of_plan_samenleven(self) -> None:
        """44 units of 650 euro are 28 600 euro; the envelope of the round is given to the cent to three such claims."""
        claims = claims_of([2_860_000, 338_956_600, 1_413_635_900])
        for rule in ("proportional", "cea", "cel", "talmud"):
            allocation = allocate(claims, Decimal("14136359.00"), rule)
            assert allocation.granted == Decimal("14136359.00")
            assert sum(award.amount for award in allocation.awards) == Decimal("14136359.00")


class TestEdges:
    @pytest.mark.parametrize("rule", list(Rule))
    def test_an_envelope_above_the_claims_grants_all_and_reports_the_rest(self, rule: Rule) -> None:
        claims = claims_of([100, 0, 301], priority=[1, 2, 2])
        allocation = allocate(claims, Decimal("5.00"), rule)
        assert cents_of(allocation) == [100, 0, 301]
        assert (allocation.claimed, allocation.granted, allocation.remainder) == (
            Decimal("4.01"),
            Decimal("4.01"),
            Decimal("0.99"),
        )
        assert allocation.note == "Every claim is granted in full; 0.99 euro remains."

    @pytest.mark.parametrize("rule", list(Rule))
    def test_an_empty_envelope_grants_nothing(self, rule: Rule) -> None:
        allocation = allocate(claims_of([100, 0, 301], priority=[1, 2, 2]), Decimal(0), rule)
        assert cents_of(allocation) == [0, 0, 0]
        assert str(allocation.remainder) == "0.00"

    @pytest.mark.parametrize("rule", list(Rule))
    def test_no_claims_and_claims_of_zero(self, rule: Rule) -> None:
        assert allocate([], Decimal(10), rule).remainder == 10
        assert cents_of(allocate(claims_of([0, 0], priority=[1, 1]), Decimal(10), rule)) == [0, 0]

    @pytest.mark.parametrize("rule", list(Rule))
    def test_equal_claims_differ_by_at_most_a_cent_and_the_first_names_get_it(self, rule: Rule) -> None:
        awards = cents([100, 100, 100], 200, rule, priority=[1, 1, 1])
        expected = [67, 67, 66] if rule not in (Rule.EQUAL_LOSSES, Rule.TALMUD) else [66, 67, 67]
        assert awards == expected

    def test_one_cent_over_three_claims(self) -> None:
        assert cents([5, 9, 9], 1, Rule.PROPORTIONAL) == [0, 1, 0]
        assert cents([5, 9, 9], 1, Rule.EQUAL_AWARDS) == [0, 1, 0]
        assert cents([5, 9, 9], 1, Rule.EQUAL_LOSSES) == [0, 0, 1]
        assert cents([5, 9, 9], 1, Rule.TALMUD) == [0, 1, 0]

    def test_exact_shares_are_in_euro(self) -> None:
        claims = [Claim("A", "x", Decimal(1)), Claim("B", "y", Decimal(2))]
        assert exact_shares(claims, Decimal("0.01"), "proportional") == {"A": Fraction(1, 300), "B": Fraction(1, 150)}

    def test_amounts_always_have_two_decimals(self) -> None:
        allocation = allocate([Claim("A", "x", Decimal("5"))], Decimal("3"), "cea")
        texts = [allocation.envelope, allocation.claimed, allocation.granted, allocation.remainder]
        assert [str(text) for text in texts] == ["3.00", "5.00", "3.00", "0.00"]
        assert str(allocation.awards[0].amount) == "3.00"
