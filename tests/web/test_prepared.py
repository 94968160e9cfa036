"""A prepared query gives the rows of the query set it was made of, whatever values are given, and is written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, models
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import User
from draad.accounts.roles import Role
from draad.organisations.models import Membership, Organisation
from draad.organisations.queries.periods import valid_on
from draad.web.prepared import Given, Prepared, attach, hanging, telling

pytestmark = pytest.mark.django_db
MakeActor = Callable[..., Actor]
ROLES = (Role.READER, Role.ASSESSOR, Role.SUPPORT_OFFICER)


def of_user() -> models.QuerySet[Membership]:
    return Membership.objects.filter(user=Given("user")).select_related("organisation").order_by("-pk")


@pytest.fixture
def users(person_with: MakeActor, organisation: Organisation) -> list[User]:
    """Three people who hold a role since 2020; the last was reader during 2024 as well."""
    found = [user for role in ROLES if (user := person_with(role).user)]
    period = {"valid_from": date(2024, 1, 1), "valid_to": date(2024, 12, 31)}
    with audit.recording(by=system("test")) as log:
        second = Membership(user=found[2], organisation=organisation, role=Role.READER, **period)
        log.create(second, verb="test.add")
    return found


def test_it_gives_the_rows_of_its_query_set(users: list[User]) -> None:
    query = Prepared(of_user)
    for user in [*users, *reversed(users)]:
        assert query.rows(user=user.pk) == list(Membership.objects.filter(user=user).order_by("-pk"))
    assert query.rows(user=0) == []


def test_rows_are_whole(users: list[User], django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        found = Prepared(of_user).rows(user=users[0].pk)[0]
        assert found.organisation.name == "Testbestuur"
    stored = Membership.objects.get(pk=found.pk)
    names = [field.attname for field in Membership._meta.concrete_fields]
    assert [getattr(found, name) for name in names] == [getattr(stored, name) for name in names]
    assert (found._state.adding, found._state.db) == (False, connection.alias)


def test_the_sql_is_that_of_the_query_set(users: list[User]) -> None:
    query = Prepared(of_user)
    with CaptureQueriesContext(connection) as asked:
        query.rows(user=users[0].pk)
        query.rows(user=users[1].pk)
        list(Membership.objects.filter(user=users[1]).select_related("organisation").order_by("-pk"))
    first, second, plain = (entry["sql"] for entry in asked.captured_queries)
    assert second.replace(f"({users[1].pk})", str(users[1].pk)) == plain
    assert first != second


def test_it_is_written_once(users: list[User]) -> None:
    made = []

    def make() -> models.QuerySet[Membership]:
        made.append(1)
        return of_user()

    query = Prepared(make)
    assert not made
    for user in users:
        query.rows(user=user.pk)
    assert len(made) == 1


def test_what_changed_since_is_read(users: list[User], organisation: Organisation) -> None:
    query = Prepared(of_user)
    before = query.rows(user=users[0].pk)
    with audit.recording(by=system("test")) as log:
        fresh = Membership(user=users[0], organisation=organisation, role=Role.EVALUATOR, valid_from=date(2021, 1, 1))
        log.create(fresh, verb="test.add")
    assert query.rows(user=users[0].pk) == [fresh, *before]


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        (date(2019, 12, 31), set()),
        (date(2023, 12, 31), {Role.SUPPORT_OFFICER}),
        (date(2024, 12, 31), {Role.SUPPORT_OFFICER, Role.READER}),
        (date(2025, 1, 1), {Role.SUPPORT_OFFICER}),
    ],
)
def test_a_value_is_of_its_kind_and_may_stand_in_several_places(
    users: list[User], day: date, roles: set[Role]
) -> None:
    held: Prepared[tuple[str, int]] = Prepared(
        lambda: Membership.objects.filter(valid_on(Given("day", models.DateField())), user=Given("user")).values_list(
            "role", "organisation_id"
        )
    )
    assert {Role(role) for role, _organisation in held.rows(user=users[2].pk, day=day)} == roles


def test_a_value_may_stand_in_a_query_inside(users: list[User]) -> None:
    theirs = Membership.objects.filter(role=Given("role", models.CharField())).values("user")
    people = Prepared(lambda: User.objects.filter(pk__in=theirs).order_by("pk"))
    assert people.rows(role=Role.READER) == [users[0], users[2]]
    assert people.rows(role=Role.EVALUATOR) == []


def test_annotations_and_values_come_along(users: list[User]) -> None:
    counted = User.objects.filter(pk=Given("pk")).annotate(held=models.Count("memberships"))
    assert [Prepared(lambda: counted).rows(pk=user.pk)[0].held for user in users] == [1, 1, 2]


def told(user: User) -> User:
    """A person who tells whether they hold roles."""
    people: Prepared[User] = Prepared(lambda: telling(User.objects.filter(pk=Given("pk")), "memberships"))
    return people.or_404(pk=user.pk)


def test_nothing_is_asked_where_nothing_hangs(
    users: list[User], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    alone = User.objects.create(email="alleen@example.org", name="Alleen")
    rows: Prepared[Membership] = Prepared(of_user)
    first, nobody = told(users[0]), told(alone)
    with django_assert_num_queries(1):
        assert [held.user for held in hanging(first, "memberships", rows)] == [first]
        assert hanging(nobody, "memberships", rows) == []
    with django_assert_num_queries(1):
        for user, many in ((first, 1), (nobody, 0)):
            attach(user, "memberships", rows)
            assert len(user.memberships.all()) == many


def test_who_does_not_tell_is_asked(users: list[User]) -> None:
    assert len(hanging(users[2], "memberships", Prepared(of_user))) == 2


def test_the_first_row_or_none(users: list[User]) -> None:
    query = Prepared(of_user)
    first = query.first(user=users[2].pk)
    assert first is not None
    assert first.role == Role.READER
    assert query.first(user=0) is None


def test_a_row_that_is_not_there_is_not_found(users: list[User]) -> None:
    people = Prepared(lambda: User.objects.filter(pk=Given("pk")))
    assert people.or_404(pk=users[1].pk) == users[1]
    with pytest.raises(Http404):
        people.or_404(pk=0)


def test_a_value_that_is_not_given_is_an_error(users: list[User]) -> None:
    with pytest.raises(KeyError, match="user"):
        Prepared(of_user).rows(person=users[0].pk)


def test_attached_rows_are_read_without_asking_again(
    users: list[User], organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = Prepared(lambda: Membership.objects.filter(organisation=Given("organisation")).order_by("pk"))
    with django_assert_num_queries(1):
        attach(organisation, "memberships", rows)
        found = list(organisation.memberships.all())
        assert all(row.organisation is organisation for row in found)
    assert found == list(Membership.objects.order_by("pk"))
    prefetched = Organisation.objects.prefetch_related("memberships").get(pk=organisation.pk)
    assert set(prefetched.memberships.all()) == set(found)
    assert organisation.memberships.filter(role=Role.READER).count() == 2
