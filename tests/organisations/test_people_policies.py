"""Who may do what with people: nobody climbs above their own role, and there is always an administrator."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from draad.accounts.actor import Actor, actor_of, system
from draad.accounts.models import AuditEvent, User
from draad.accounts.roles import Role
from draad.organisations import people_policies as policies
from draad.organisations.actions import people as actions
from draad.organisations.models import Membership, Organisation
from draad.organisations.queries.people import administrators_on, grants_of, is_administrator, people

MakeActor = Callable[..., Actor]
LOADER = system("test")


@pytest.fixture
def administrator(person_with: MakeActor) -> Actor:
    return person_with(Role.ADMINISTRATOR)


@pytest.fixture
def manager(person_with: MakeActor, administrator: Actor) -> Actor:
    return person_with(Role.PROGRAMME_MANAGER)


@pytest.fixture
def reader(person_with: MakeActor) -> User:
    return user_of(person_with(Role.READER))


def user_of(actor: Actor) -> User:
    assert actor.user is not None
    return actor.user


def role_of(actor: Actor) -> Membership:
    return Membership.objects.get(user=actor.user)


def invite(by: Actor, organisation: Organisation, **values: object) -> User:
    given = {
        "email": "nieuw@example.org", "name": "Nieuw", "organisation": organisation, "role": Role.READER,
        "valid_from": date(2026, 1, 1), "valid_to": None, "language": "nl", "reason": "nieuwe collega",
    }  # fmt: skip
    return actions.invite(by=by, **{**given, **values})  # type: ignore[arg-type]  # the values of the test


def last() -> AuditEvent:
    event = AuditEvent.objects.order_by("-number").first()
    assert event
    return event


# Inviting and granting -------------------------------------------------------------------------------------------------


def test_an_invited_person_has_a_role_and_no_password(manager: Actor, organisation: Organisation) -> None:
    made = invite(manager, organisation, email=" Nieuw@Example.org ", name=" Nieuw ")
    assert (made.email, made.name, made.has_usable_password()) == ("nieuw@example.org", "Nieuw", False)
    assert actor_of(made).acts_for(organisation.pk, Role.READER)
    invited, granted = AuditEvent.objects.order_by("-number")[:2][::-1]
    assert (invited.verb, granted.verb) == ("organisations.user.invite", "organisations.membership.grant")
    assert {invited.reason, granted.reason} == {"nieuwe collega"}
    assert invited.user == manager.user


def test_an_address_has_one_person(manager: Actor, organisation: Organisation) -> None:
    invite(manager, organisation)
    with pytest.raises(ValidationError, match="Er is al iemand met dit e-mailadres"):
        invite(manager, organisation, email="NIEUW@example.org")
    assert User.objects.filter(email="nieuw@example.org").count() == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in policies.MANAGING])
def test_only_managers_invite(person_with: MakeActor, organisation: Organisation, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        invite(person_with(role), organisation)
    assert not User.objects.filter(email="nieuw@example.org").exists()


@pytest.mark.parametrize("role", list(Role))
def test_a_manager_gives_every_role_but_administrator(manager: Actor, organisation: Organisation, role: Role) -> None:
    if role is Role.ADMINISTRATOR:
        with pytest.raises(PermissionDenied, match="Alleen een beheerder geeft"):
            invite(manager, organisation, role=role)
    else:
        invite(manager, organisation, role=role)
    assert (role in policies.grantable_roles(manager)) is (role is not Role.ADMINISTRATOR)


def test_an_administrator_gives_every_role(administrator: Actor, organisation: Organisation) -> None:
    assert policies.grantable_roles(administrator) == list(Role)
    assert is_administrator(invite(administrator, organisation, role=Role.ADMINISTRATOR))


def test_a_period_does_not_end_before_it_starts(manager: Actor, organisation: Organisation) -> None:
    with pytest.raises(ValidationError, match="De laatste dag ligt voor de eerste"):
        invite(manager, organisation, valid_to=date(2025, 12, 31))


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_every_write_says_why(manager: Actor, organisation: Organisation, reader: User, reason: str) -> None:
    membership = Membership.objects.get(user=reader)
    today = timezone.localdate()
    writes: list[Callable[[], object]] = [
        lambda: invite(manager, organisation, reason=reason),
        lambda: actions.grant(
            by=manager,
            person=reader,
            organisation=organisation,
            role=Role.EVALUATOR,
            valid_from=today,
            valid_to=None,
            reason=reason,
        ),
        lambda: actions.end(by=manager, membership=membership, last_day=today, reason=reason),
        lambda: actions.deactivate(by=manager, person=reader, reason=reason),
        lambda: actions.reactivate(by=manager, person=reader, reason=reason),
        lambda: actions.reset_second_factor(by=manager, person=reader, reason=reason),
        lambda: actions.invite_again(by=manager, person=reader, reason=reason),
    ]
    for write in writes:
        with pytest.raises(ValidationError, match="Schrijf in een zin waarom"):
            write()


@pytest.mark.parametrize(
    ("start", "end", "free"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), False),
        (date(2024, 6, 1), None, False),
        (date(2023, 1, 1), date(2024, 1, 1), False),
        (date(2024, 12, 31), None, False),
        (date(2025, 1, 1), None, True),
        (date(2023, 1, 1), date(2023, 12, 31), True),
        (date(2023, 1, 1), None, False),
    ],
)
def test_one_role_is_held_once_at_a_time(
    manager: Actor, reader: User, organisation: Organisation, start: date, end: date | None, free: bool
) -> None:
    def grant(first: date, final: date | None) -> Membership:
        return actions.grant(
            by=manager,
            person=reader,
            organisation=organisation,
            role=Role.EVALUATOR,
            valid_from=first,
            valid_to=final,
            reason="x",
        )

    grant(date(2024, 1, 1), date(2024, 12, 31))
    if free:
        assert grant(start, end).pk
    else:
        with pytest.raises(ValidationError, match="1 januari 2024 tot en met 31 december 2024"):
            grant(start, end)


def test_a_role_without_end_is_named_by_its_start(manager: Actor, reader: User, organisation: Organisation) -> None:
    with pytest.raises(ValidationError, match="sinds 1 januari 2020"):
        actions.grant(
            by=manager,
            person=reader,
            organisation=organisation,
            role=Role.READER,
            valid_from=date(2026, 1, 1),
            valid_to=None,
            reason="x",
        )


# Ending ----------------------------------------------------------------------------------------------------------------


def test_a_role_holds_on_its_last_day_and_not_after(manager: Actor, reader: User) -> None:
    today = timezone.localdate()
    membership = Membership.objects.get(user=reader)
    actions.end(by=manager, membership=membership, last_day=today, reason="ander werk")
    assert [grant.role for grant in grants_of(reader)] == [Role.READER]
    assert (last().verb, last().before, last().after) == (
        "organisations.membership.end",
        {"valid_to": None},
        {"valid_to": str(today)},
    )
    actions.end(by=manager, membership=membership, last_day=today - timedelta(days=1), reason="ander werk")
    assert grants_of(reader) == []
    with pytest.raises(ValidationError, match="al beëindigd"):
        actions.end(by=manager, membership=membership, last_day=today, reason="nog eens")


def test_a_role_does_not_end_before_it_began(manager: Actor, reader: User) -> None:
    with pytest.raises(ValidationError, match="De laatste dag ligt voor de eerste"):
        actions.end(
            by=manager, membership=Membership.objects.get(user=reader), last_day=date(2019, 12, 31), reason="x"
        )


def test_a_manager_ends_no_administrator(manager: Actor, administrator: Actor) -> None:
    with pytest.raises(PermissionDenied):
        actions.end(by=manager, membership=role_of(administrator), last_day=timezone.localdate(), reason="x")


def test_the_last_administrator_stays(administrator: Actor) -> None:
    with pytest.raises(ValidationError, match="Dit is de laatste beheerder"):
        actions.end(by=administrator, membership=role_of(administrator), last_day=timezone.localdate(), reason="x")
    with pytest.raises(ValidationError, match="Dit is de laatste beheerder"):
        actions.end(by=administrator, membership=role_of(administrator), last_day=date(2099, 1, 1), reason="x")
    assert administrators_on(date(2099, 1, 2)).count() == 1


def test_with_a_second_administrator_the_first_may_stop(administrator: Actor, person_with: MakeActor) -> None:
    person_with(Role.ADMINISTRATOR, email="twee@example.org")
    actions.end(by=administrator, membership=role_of(administrator), last_day=timezone.localdate(), reason="pensioen")
    assert role_of(administrator).valid_to == timezone.localdate()


def test_an_administrator_whose_own_role_ends_does_not_count(administrator: Actor, person_with: MakeActor) -> None:
    second = person_with(Role.ADMINISTRATOR, email="twee@example.org")
    today = timezone.localdate()
    actions.end(by=administrator, membership=role_of(second), last_day=today + timedelta(days=30), reason="tijdelijk")
    with pytest.raises(ValidationError, match="laatste beheerder"):
        actions.end(
            by=administrator, membership=role_of(administrator), last_day=today + timedelta(days=60), reason="x"
        )


def test_an_administrator_whose_access_is_closed_does_not_count(administrator: Actor, person_with: MakeActor) -> None:
    second = person_with(Role.ADMINISTRATOR, email="twee@example.org")
    actions.deactivate(by=administrator, person=user_of(second), reason="weg")
    with pytest.raises(ValidationError, match="laatste beheerder"):
        actions.end(by=administrator, membership=role_of(administrator), last_day=timezone.localdate(), reason="x")


# Closing access --------------------------------------------------------------------------------------------------------


def test_access_is_closed_and_opened(manager: Actor, reader: User) -> None:
    actions.deactivate(by=manager, person=reader, reason="uit dienst")
    assert not User.objects.get(pk=reader.pk).is_active
    assert (last().verb, last().reason) == ("organisations.user.deactivate", "uit dienst")
    with pytest.raises(ValidationError, match="al afgesloten"):
        actions.deactivate(by=manager, person=reader, reason="nog eens")
    actions.reactivate(by=manager, person=reader, reason="terug")
    assert User.objects.get(pk=reader.pk).is_active
    with pytest.raises(ValidationError, match="staat al open"):
        actions.reactivate(by=manager, person=reader, reason="nog eens")


def test_nobody_closes_their_own_access(administrator: Actor, manager: Actor) -> None:
    for actor in (administrator, manager):
        with pytest.raises(ValidationError, match="Uw eigen toegang"):
            actions.deactivate(by=actor, person=user_of(actor), reason="x")


@pytest.mark.parametrize(
    "act", [actions.deactivate, actions.reactivate, actions.reset_second_factor, actions.invite_again]
)
def test_a_manager_changes_no_administrator(manager: Actor, administrator: Actor, act: Callable[..., object]) -> None:
    with pytest.raises(PermissionDenied, match="Alleen een beheerder wijzigt"):
        act(by=manager, person=administrator.user, reason="x")


@pytest.mark.parametrize(
    "act", [actions.deactivate, actions.reactivate, actions.reset_second_factor, actions.invite_again]
)
@pytest.mark.parametrize("role", [Role.READER, Role.GOVERNMENT_APPROVER])
def test_others_change_nobody(
    person_with: MakeActor, administrator: Actor, role: Role, act: Callable[..., object]
) -> None:
    with pytest.raises(PermissionDenied):
        act(by=person_with(role, email="iemand@example.org"), person=administrator.user, reason="x")


def test_the_last_administrator_is_not_closed_even_by_the_system(administrator: Actor) -> None:
    with pytest.raises(ValidationError, match="laatste beheerder"):
        actions.deactivate(by=LOADER, person=user_of(administrator), reason="x")


# Second factor and invitation --------------------------------------------------------------------------------------------


def test_a_lost_second_factor_is_wiped(manager: Actor, reader: User) -> None:
    for kind in ("totp", "recovery_codes"):
        Authenticator.objects.create(user=reader, type=kind, data={})
    assert actions.reset_second_factor(by=manager, person=reader, reason="telefoon weg, gebeld") == 2
    assert not Authenticator.objects.filter(user=reader).exists()
    assert last().before == {"factors": ["recovery_codes", "totp"]}


def test_there_must_be_a_second_factor_to_wipe(manager: Actor, reader: User) -> None:
    with pytest.raises(ValidationError, match="geen tweede factor"):
        actions.reset_second_factor(by=manager, person=reader, reason="x")


def test_nobody_wipes_their_own_here(manager: Actor) -> None:
    Authenticator.objects.create(user=user_of(manager), type="totp", data={})
    with pytest.raises(ValidationError, match="op uw accountpagina"):
        actions.reset_second_factor(by=manager, person=user_of(manager), reason="x")


def test_who_chose_a_password_is_not_invited_again(manager: Actor, reader: User) -> None:
    with pytest.raises(ValidationError, match="koos al een wachtwoord"):
        actions.invite_again(by=manager, person=reader, reason="x")


def test_whose_access_is_closed_is_not_invited_again(manager: Actor, organisation: Organisation) -> None:
    made = invite(manager, organisation)
    actions.deactivate(by=manager, person=made, reason="x")
    with pytest.raises(ValidationError, match="afgesloten"):
        actions.invite_again(by=manager, person=made, reason="x")


def test_can_is_the_twin_of_check(manager: Actor, administrator: Actor, reader: User) -> None:
    assert policies.can(policies.check_deactivate, manager, reader)
    assert not policies.can(policies.check_deactivate, manager, administrator.user)
    assert not policies.can(policies.check_reactivate, manager, reader)


def test_the_list_has_everyone_with_the_roles_of_today(
    manager: Actor, reader: User, organisation: Organisation
) -> None:
    invite(manager, organisation)
    rows = {person.user.email: person for person in people()}
    assert rows["nieuw@example.org"].invited
    assert [m.role for m in rows["reader@example.org"].roles] == ["reader"]
    assert not rows["reader@example.org"].second_factor
