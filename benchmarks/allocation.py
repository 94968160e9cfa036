"""Allocation: 100,000 claims with bounds to the cent by every rule, beside a plain sort of the same amounts.

Run with ``python -m benchmarks.allocation``. Times are the best of three, reading of bounds and making of awards
included; with ceilings and with lines together too, and the growth from 25,000 to 200,000 claims.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from random import Random
from time import perf_counter

from draad.methods.allocation import Claim, Rule, allocate

CLAIMS = 100_000
BAR_SECONDS = 1.0


def draw(size: int) -> tuple[list[Claim], Decimal, dict[str, Decimal]]:
    """Draw claims of 1 to 100,000 euro, three in ten with a minimum or a maximum, and an envelope of six tenths."""
    random = Random(1)
    claims = []
    for number in range(size):
        cents = random.randrange(100, 10_000_000)
        claims.append(
            Claim(
                f"line {number:06}",
                f"applicant {number % (size // 20)}",
                euro(cents),
                priority=random.randrange(1, 6),
                minimum=euro(cents // 20) if random.random() < 0.3 else None,
                maximum=euro(cents * 3 // 4) if random.random() < 0.3 else None,
            )
        )
    envelope = (sum((claim.amount for claim in claims), Decimal(0)) * 6 / 10).quantize(Decimal("0.01"))
    ceilings = {claim.applicant: Decimal(random.randrange(200_000, 1_500_000)) for claim in claims}
    return claims, envelope, ceilings


def euro(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def best(work: Callable[[], object]) -> float:
    """Return the shortest of three runs in seconds."""
    times = []
    for _ in range(3):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    claims, envelope, ceilings = draw(CLAIMS)
    amounts = [claim.amount for claim in claims]
    plain = best(lambda: sorted(amounts))
    print(f"{CLAIMS} claims, times in seconds and as a multiple of a plain sort of the amounts")
    print(f"{'plain sort':<28}{plain:8.3f}")
    slowest = 0.0
    for rule in Rule:
        granted = allocate(claims, envelope, rule).granted
        assert granted == envelope, f"{rule}: {granted} of {envelope}"
        seconds = best(partial(allocate, claims, envelope, rule))
        capped = best(partial(allocate, claims, envelope, rule, ceilings=ceilings))
        together = best(partial(allocate, claims, envelope, rule, together=True))
        slowest = max(slowest, seconds)
        line = f"{rule.value:<28}{seconds:8.3f}{seconds / plain:7.1f} x"
        print(f"{line}   with ceilings{capped:8.3f}   together{together:8.3f}")
    verdict = "met" if slowest < BAR_SECONDS else "MISSED"
    print(f"slowest rule with bounds {slowest:.3f} s, bar {BAR_SECONDS:.1f} s: {verdict}")
    print("growth, proportional with bounds:")
    for size in (25_000, 50_000, 100_000, 200_000):
        claims, envelope, _ = draw(size)
        seconds = best(partial(allocate, claims, envelope, "proportional"))
        print(f"  {size:>7} claims{seconds:8.3f} s{seconds / size * 1e6:8.2f} microseconds per claim")


if __name__ == "__main__":
    main()
