"""Loading the example: everything once, nothing the second time, another only when asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.chain import verify
from draad.accounts.models import AuditEvent
from draad.accounts.sync import SyncCount
from draad.applications.models import (
    ActionClaim,
    Application,
    ApplicationLine,
    Call,
    Decision,
    GrantIncentive,
    GrantLine,
    Incentive,
    Member,
    Payment,
    PaymentOrder,
)
from draad.datasets.example.comparing import compare
from draad.datasets.example.generating import generate
from draad.datasets.example.loading import OtherExampleError, load
from draad.organisations.models import Organisation
from draad.programmes.models import Round

pytestmark = pytest.mark.django_db
BY = system("test")


def test_everything_once_and_nothing_the_second_time() -> None:
    told: list[str] = []
    assert load(tell=told.append) == {"example applications": SyncCount(added=168)}
    assert told == ["round 1: 50 applications", "round 2: 59 applications", "round 3: 59 applications"]
    events = AuditEvent.objects.count()
    assert load() == {"example applications": SyncCount(same=168)}
    assert AuditEvent.objects.count() == events
    assert verify().broken is None
    _amounts_are_those_of_the_example()
    _payments_add_up()
    _one_partnership_or_an_exception()


def _amounts_are_those_of_the_example() -> None:
    for one in generate().rounds:
        lines = GrantLine.objects.filter(decision__application__call__round__number=one.number)
        incentives = GrantIncentive.objects.filter(decision__application__call__round__number=one.number)
        together = lines.aggregate(sum=Sum("amount"))["sum"] + incentives.aggregate(sum=Sum("amount"))["sum"]
        decisions = Decision.objects.filter(application__call__round__number=one.number, standing=True)
        assert together == decisions.aggregate(sum=Sum("granted"))["sum"] == sum(a.granted for a in one.applications)
        asked = ApplicationLine.objects.filter(application__call__round__number=one.number).aggregate(s=Sum("amount"))[
            "s"
        ]
        extra = Incentive.objects.filter(application__call__round__number=one.number).aggregate(s=Sum("amount"))["s"]
        requested = Application.objects.filter(call__round__number=one.number).aggregate(s=Sum("requested"))["s"]
        assert asked + extra == requested == sum(a.requested for a in one.applications)
    first = Decision.objects.filter(application__call__round__number=1)
    assert first.aggregate(sum=Sum("granted"))["sum"] == Decimal("14136359.00")
    fifth = GrantLine.objects.filter(
        line__indicator__terms__action__number=5, decision__application__call__round__number=1
    )
    assert fifth.aggregate(euro=Sum("amount"), units=Sum("units")) == {"euro": Decimal(3_389_566), "units": 68_429}
    claims = ActionClaim.objects.filter(
        call__round__number=3, action__number=15, organisation__kind="local_government"
    )
    assert claims.count() == 138
    assert all(comparison.met or comparison.reason for comparison in compare(generate()))


def _payments_add_up() -> None:
    paid = Decision.objects.annotate(paid=Sum("payments__amount"), times=Count("payments"))
    assert all((decision.paid, decision.times) == (decision.granted, 2) for decision in paid)
    assert Payment.objects.filter(state="planned").count() == 59
    assert set(Payment.objects.exclude(state="planned").values_list("state", flat=True)) == {"done"}
    orders = PaymentOrder.objects.annotate(paid=Sum("payments__amount"))
    assert orders.count() == 5
    assert all(order.paid == order.total for order in orders)
    assert all("pain.001.001.09" in order.content for order in orders)


def _one_partnership_or_an_exception() -> None:
    assert not Member.objects.filter(application__call__round__number=1, exclusive_in__isnull=False).exists()
    later = Member.objects.filter(application__call__round__number=2)
    assert {m.organisation.name for m in later.exclude(exception="")} == {
        "Kruibeke", "Sint-Gillis-Waas", "Temse", "Waregem", "Zwevegem", "Zwijndrecht",
    }  # fmt: skip
    alone = later.filter(exclusive_in__isnull=True, exception="")
    assert all(member.application.members.count() == 1 for member in alone)


def test_another_seed_is_loaded_only_in_place_of_the_first() -> None:
    load(seed=1)
    with pytest.raises(OtherExampleError, match=r"round 1 has the example made from seed 1, scale 1.*add --replace"):
        call_command("load", "example", "--seed=2")
    assert {call.made_from.split(",")[0] for call in Call.objects.all()} == {"seed 1"}
    call_command("load", "example", "--seed=2", "--replace", verbosity=0)
    assert {call.made_from.split(",")[0] for call in Call.objects.all()} == {"seed 2"}
    assert Application.objects.count() == 168
    assert verify().broken is None


def test_a_further_copy_brings_invented_governments() -> None:
    load(scale=2)
    invented = Organisation.objects.filter(source__startswith="example")
    assert invented.count() == 149
    assert Application.objects.filter(applicant__in=invented).count() == 168
    assert all(name.startswith("Voorbeeld") for name in invented.values_list("name", flat=True))


@pytest.mark.parametrize("replace", [True, False])
def test_a_real_call_is_never_replaced(replace: bool) -> None:
    with audit.recording(by=BY) as log:
        log.create(Call(round=Round.objects.get(number=2)), verb="test")
    with pytest.raises(OtherExampleError, match="round 2 has a call that is no example; nothing was loaded"):
        load(replace=replace)
    assert Call.objects.count() == 1
    assert Application.objects.count() == 0


def test_a_wrong_scale_is_said() -> None:
    with pytest.raises(ValueError, match="it is 1 or more"):
        load(scale=0)
