"""What is left after rounding down, against slow ways that take one cent or one unit at a time."""

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from draad.methods.allocation import Rule
from draad.methods.allocation.cents import round_lines, tie_order
from draad.methods.allocation.shares import Lines, Shares, attainable, share, share_together
from draad.methods.allocation.units import hand_out, queue, whole_units
from tests.methods.allocation.helpers import FLAT_RULES, problems


def lines_of(amounts: list[int], applicants: str | None = None) -> Lines:
    owners = list(applicants or "abcdefghij"[: len(amounts)])
    return Lines(amounts, [0] * len(amounts), list(amounts), owners)


class TestCents:
    @given(problem=problems(largest=30, most=6), rule=st.sampled_from(FLAT_RULES))
    def test_no_other_rounding_is_closer_to_the_exact_shares(self, problem: tuple[list[int], int], rule: Rule) -> None:
        """Brute force over all ways to round up or down to the same sum: the sum of the differences is smallest."""
        amounts, envelope = problem
        lines = lines_of(amounts)
        shares = share(rule, lines, {}, envelope)
        exact = [Fraction(n, d) for n, d in zip(shares.numerators, shares.denominators, strict=True)]
        awards = round_lines(shares, lines, lines.applicants, {}, envelope)
        off = sum(abs(award - value) for award, value in zip(awards, exact, strict=True))
        for steps in product((0, 1), repeat=len(amounts)):
            other = [value.numerator // value.denominator + step for value, step in zip(exact, steps, strict=True)]
            if sum(other) == envelope:
                assert off <= sum(abs(award - value) for award, value in zip(other, exact, strict=True))

    def test_ties_go_to_the_larger_claim_then_to_the_first_name(self) -> None:
        claims, names = [5, 9, 9, 7], ["a", "c", "b", "d"]
        assert tie_order(claims, names, range(4), losses=False) == [2, 1, 3, 0]
        assert tie_order(claims, names, range(4), losses=True) == [0, 3, 1, 2]
        assert tie_order(claims, names, [0, 1], losses=False) == [1, 0]

    def test_remainders_with_different_denominators_are_compared_exactly(self) -> None:
        """One third is a little more than 333/1000."""
        lines = lines_of([9, 9, 9])
        shares = Shares([333, 1, 1000 - 333 - 333], [1000, 3, 1000], losses=False, parameter=Fraction(0))
        assert round_lines(shares, lines, lines.applicants, {}, 1) == [0, 0, 1]
        assert round_lines(shares, lines, lines.applicants, {}, 2) == [0, 1, 1]


class TestUnits:
    @given(data=st.data(), rule=st.sampled_from(FLAT_RULES))
    def test_rounds_at_once_equal_one_unit_at_a_time(self, data: st.DataObject, rule: Rule) -> None:
        size = data.draw(st.integers(1, 6))
        units = [data.draw(st.sampled_from([1, 2, 3, 50, 70])) for _ in range(size)]
        amounts = [unit * data.draw(st.integers(0, 30)) for unit in units]
        owners = "".join(data.draw(st.sampled_from("AB")) for _ in range(size))
        lines = lines_of(amounts, owners)
        ceilings = {name: data.draw(st.integers(0, 900)) for name in data.draw(st.sets(st.sampled_from(owners)))}
        envelope = data.draw(st.integers(0, sum(amounts) + 5))
        shares = share(rule, lines, ceilings, min(envelope, attainable(lines, ceilings)))
        names = [str(i) for i in range(size)]
        order = queue(shares, units, lines, names)
        awards = whole_units(shares, units)
        expected = one_at_a_time(list(awards), order, lines, units, ceilings, envelope)
        left = hand_out(awards, order, lines, units, ceilings, envelope - sum(awards))
        assert awards == expected
        assert left == envelope - sum(expected)

    def test_the_queue_starts_with_the_largest_part_of_a_unit(self) -> None:
        lines = lines_of([900, 900, 900])
        shares = Shares([250, 380, 150], [1, 1, 1], losses=False, parameter=Fraction(0))
        assert queue(shares, [100, 100, 100], lines, lines.applicants) == [1, 0, 2]
        assert queue(shares, [250, 380, 40], lines, lines.applicants) == [2, 0, 1]

    def test_whole_units_of_a_share(self) -> None:
        shares = Shares([301, 299, 7], [1, 2, 1], losses=False, parameter=Fraction(0))
        assert whole_units(shares, [100, 50, 8]) == [300, 100, 0]


def one_at_a_time(
    awards: list[int], order: list[int], lines: Lines, units: list[int], ceilings: dict[str, int], envelope: int
) -> list[int]:
    """Go round the queue, one unit each, until a whole round gives nothing."""
    gone: set[int] = set()
    while len(gone) < len(order):
        for i in order:
            owner = lines.applicants[i]
            held = sum(award for award, name in zip(awards, lines.applicants, strict=True) if name == owner)
            fits = (
                i not in gone
                and awards[i] + units[i] <= lines.upper[i]
                and sum(awards) + units[i] <= envelope
                and held + units[i] <= ceilings.get(owner, held + units[i])
            )
            if fits:
                awards[i] += units[i]
            else:
                gone.add(i)
    return awards


class TestLines:
    def test_sums_per_applicant_keep_the_order_of_first_appearance(self) -> None:
        lines = Lines([1, 2, 3], [0, 1, 1], [1, 1, 3], ["B", "A", "B"])
        assert lines.per_applicant() == Lines([4, 2], [1, 1], [4, 1], ["B", "A"])
        assert lines.of([2]) == Lines([3], [1], [3], ["B"])
        assert lines.times(3) == Lines([3, 6, 9], [0, 3, 3], [3, 3, 9], ["B", "A", "B"])

    def test_what_can_be_attained(self) -> None:
        lines = Lines([10, 10, 10], [0, 0, 0], [5, 10, 10], ["A", "A", "B"])
        assert attainable(lines, {}) == 25
        assert attainable(lines, {"A": 12}) == 22
        assert attainable(lines, {"A": 12, "B": 99}) == 22

    @given(problem=problems(largest=30, most=6), rule=st.sampled_from(FLAT_RULES), data=st.data())
    def test_together_the_lines_of_an_applicant_sum_to_its_share(
        self, problem: tuple[list[int], int], rule: Rule, data: st.DataObject
    ) -> None:
        amounts, envelope = problem
        lines = lines_of(amounts, "".join(data.draw(st.sampled_from("AB")) for _ in amounts))
        shares, between = share_together(rule, lines, {}, envelope)
        for k, (name, positions) in enumerate(lines.by_applicant().items()):
            inner = sum(Fraction(shares.numerators[i], shares.denominators[i]) for i in positions)
            assert inner == Fraction(between.numerators[k], between.denominators[k])
            assert list(shares.parts[name].positions) == positions
