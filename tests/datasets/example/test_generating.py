"""The same seed gives the same bytes; a scale adds invented governments; people and accounts are made up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from stdnum.be.iban import info

from draad.applications.example import total
from draad.datasets.example import digest, dump, generate
from draad.datasets.example.comparing import compare
from draad.datasets.example.people import EXAMPLE_BANK
from draad.documents.iban import valid_iban

# of `draad load example` without options; a change of the generator changes it on purpose
DIGEST_OF_SEED_1 = "2ba1df920dc6584c4e144ccc427eb55cc6de918163ba0d5b7daa3707711db3a2"


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert dump(generate(7)) == dump(generate(7))
    assert digest(generate(1)) == DIGEST_OF_SEED_1


def test_another_seed_gives_another_example() -> None:
    assert digest(generate(1)) != digest(generate(2))


def test_the_bytes_are_canonical_json() -> None:
    text = dump(generate(1)).decode()
    assert text.startswith('{"rounds":[{"advance_on":"2022-10-31"')
    assert text.endswith('"scale":1,"seed":1}\n')
    assert "Decimal" not in text


def test_each_copy_adds_up_to_the_same_total() -> None:
    first = generate(1, scale=3).rounds[0]
    per_copy = [total(a.granted for a in first.applications if a.copy == copy) for copy in (1, 2, 3)]
    assert per_copy == [14_136_359] * 3
    assert [a.number for a in first.applications] == list(range(1, 151))


def test_a_further_copy_has_invented_governments_only() -> None:
    bodies = [
        m.body for one in generate(1, scale=2).rounds for a in one.applications if a.copy == 2 for m in a.members
    ]
    assert all(body.invented and body.name.startswith("Voorbeeld") for body in bodies)
    assert "Voorbeeldgemeente 2-Leuven" in {body.name for body in bodies}
    assert "Voorbeeldorganisatie 2-vzw De Rand" in {body.name for body in bodies}


def test_a_copy_is_the_same_at_every_scale() -> None:
    small, large = generate(5), generate(5, scale=2)
    for one, other in zip(small.rounds, large.rounds, strict=True):
        assert one.applications == tuple(a for a in other.applications if a.copy == 1)
    assert all(c.met or c.reason for c in compare(large))


def test_shares_and_incentives_name_members() -> None:
    for one in generate(1, scale=2).rounds:
        for application in one.applications:
            members = {member.body.name for member in application.members}
            assert {share.member for line in application.lines for share in line.shares} <= members
            assert {incentive.body for incentive in application.incentives} <= members


@pytest.mark.parametrize("scale", [0, -1])
def test_a_scale_below_one_is_refused(scale: int) -> None:
    with pytest.raises(ValueError, match="it is 1 or more"):
        generate(1, scale)


def test_account_numbers_are_valid_and_of_no_bank() -> None:
    numbers = [a.iban for one in generate(1).rounds for a in one.applications]
    assert all(valid_iban(number) for number in numbers)
    assert {number[4:7] for number in numbers} == {EXAMPLE_BANK}
    assert info(numbers[0]) == {}


def test_addresses_lead_nowhere() -> None:
    for one in generate(1).rounds:
        for application in one.applications:
            assert application.contact_email.endswith("@example.org")
            assert application.contact_email.isascii()
            assert application.contact_name


def test_days_follow_one_another() -> None:
    for one in generate(3).rounds:
        assert one.opens_on < one.closes_on < one.decided_on < one.advance_on < one.balance_on
        assert all(on.weekday() < 5 for on in (one.decided_on, one.advance_on, one.balance_on))
        half = one.opens_on + (one.closes_on - one.opens_on) // 2
        for application in one.applications:
            assert half <= application.submitted_at.date() < one.closes_on
            assert all(m.accepted_at < application.submitted_at for m in application.members)
            assert all(m.accepted_at.date() >= one.opens_on for m in application.members)


def test_who_is_in_two_partnerships_carries_them_over() -> None:
    carried = {m.body.name for a in generate(1).rounds[1].applications for m in a.members if m.carried}
    assert carried == {"Kruibeke", "Sint-Gillis-Waas", "Temse", "Waregem", "Zwevegem", "Zwijndrecht"}


def test_a_call_opens_when_the_facts_say_so() -> None:
    first, second, _third = generate(1).rounds
    assert second.opens_on == date(2023, 5, 26)
    assert first.closes_on - first.opens_on == timedelta(days=42)
