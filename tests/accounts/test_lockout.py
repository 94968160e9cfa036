"""Five failures lock out an address from one place for a quarter of an hour, in the database, for every process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory
from pytest_django import Settings

from draad.accounts.lockout import address_of, login_of
from draad.accounts.models import AuditEvent, User
from draad.accounts.templatetags.account_words import browser, minutes
from tests.accounts.conftest import PASSWORD, Typist

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LIMIT = 5
Verbs = Callable[[], list[str]]


def fail(typist: Typist, times: int, email: str = "jo@example.org") -> list[int]:
    return [typist.sign_in(email, "wrong").status_code for _time in range(times)]


def test_the_fifth_failure_locks_out_and_says_how_long(typist: Typist, person: User) -> None:
    assert fail(typist, LIMIT) == [200, 200, 200, 200, 429]
    response = typist.sign_in("jo@example.org")
    assert response.status_code == 429
    page = response.content.decode()
    assert "mislukte het aanmelden 5 keer na elkaar" in page
    assert "Over 15 minuten" in page
    assert not typist.signed_in


def test_the_page_is_in_english_too(typist: Typist, person: User) -> None:
    fail(typist, LIMIT)
    page = typist.sign_in("jo@example.org", prefix="/en").content.decode()
    assert "In 15 minutes you can try again" in page


def test_after_a_quarter_of_an_hour_the_right_password_works(typist: Typist, person: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        fail(typist, LIMIT)
        clock.shift(14 * 60)
        assert typist.sign_in("jo@example.org").status_code == 429
        clock.shift(2 * 60)
        assert typist.sign_in("jo@example.org").status_code == 302


def test_tries_while_locked_out_do_not_prolong_it(typist: Typist, person: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        fail(typist, LIMIT)
        clock.shift(10 * 60)
        fail(typist, 3)
        clock.shift(6 * 60)
        assert typist.sign_in("jo@example.org").status_code == 302


def test_capitals_do_not_give_five_more_tries(typist: Typist, person: User) -> None:
    fail(typist, 2)
    fail(typist, 2, "JO@example.org")
    assert fail(typist, 1, "Jo@Example.org") == [429]


def test_others_are_not_locked_out(typist: Typist, person: User) -> None:
    fail(typist, LIMIT)
    elsewhere = Typist(Client(), address="203.0.113.99")
    assert elsewhere.sign_in("jo@example.org").status_code == 302
    assert typist.sign_in("other@example.org", "wrong").status_code == 200


def test_who_is_locked_out_does_not_use_up_the_tries_of_others(typist: Typist, person: User) -> None:
    fail(typist, LIMIT + 15)
    elsewhere = Typist(Client(), address="203.0.113.99")
    assert elsewhere.sign_in("jo@example.org").status_code == 302


def test_many_places_together_do_not_guess_on(typist: Typist, person: User) -> None:
    for place in range(3):
        fail(Typist(Client(), address=f"203.0.113.{place}"), 4)
    fresh = Typist(Client(), address="203.0.113.200")
    page = fresh.sign_in("jo@example.org").content.decode()
    assert "Te veel pogingen" in page
    assert not fresh.signed_in


def test_success_starts_the_count_again(typist: Typist, person: User) -> None:
    fail(typist, 4)
    assert typist.sign_in("jo@example.org").status_code == 302
    typist.client.logout()
    assert fail(typist, 4) == [200] * 4


def test_the_count_stands_in_the_database(typist: Typist, person: User, settings: Settings) -> None:
    fail(typist, 3)
    assert AccessAttempt.objects.get(username="jo@example.org").failures_since_start == 3
    assert settings.AXES_HANDLER == "axes.handlers.database.AxesDatabaseHandler"
    assert "db.DatabaseCache" in settings.CACHES["default"]["BACKEND"]


def test_passwords_are_never_kept(typist: Typist, person: User) -> None:
    typist.sign_in("jo@example.org", "een-geheim-woord")
    kept = AccessAttempt.objects.get()
    assert "een-geheim-woord" not in f"{kept.post_data}{kept.get_data}"


def test_the_lock_out_is_one_event(typist: Typist, person: User, verbs: Verbs) -> None:
    fail(typist, LIMIT + 4)
    assert verbs().count("accounts.user.fail_to_sign_in") == LIMIT
    assert verbs().count("accounts.user.lock_out") == 1
    assert AuditEvent.objects.get(verb="accounts.user.lock_out").object_key == str(person.pk)


def test_the_lock_out_of_an_unknown_address_does_not_name_it(typist: Typist, verbs: Verbs) -> None:
    fail(typist, LIMIT, "nobody@example.org")
    assert AuditEvent.objects.get(verb="accounts.user.lock_out").object_label == "unknown address"


def test_asking_the_password_again_counts_too(typist: Typist, person: User) -> None:
    typist.sign_in("jo@example.org")
    answers = [
        typist.client.post("/account/reauthenticate/", {"password": "wrong"}, REMOTE_ADDR=typist.address).status_code
        for _time in range(LIMIT)
    ]
    assert answers == [200, 200, 200, 200, 429]
    assert typist.sign_in("jo@example.org", PASSWORD).status_code in {302, 429}


@pytest.mark.parametrize(
    ("credentials", "posted", "expected"),
    [
        ({"email": " Jo@Example.org"}, {}, "jo@example.org"),
        ({"login": "A@b.be"}, {}, "a@b.be"),
        (None, {"login": "C@d.be"}, "c@d.be"),
        ({}, {}, None),
    ],
)
def test_whom_an_attempt_is_about(
    credentials: dict[str, str] | None, posted: dict[str, str], expected: str | None
) -> None:
    assert login_of(RequestFactory().post("/", posted), credentials) == expected


def test_behind_a_proxy_the_address_that_the_proxy_saw_counts() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 198.51.100.7")
    assert address_of(request) == "10.0.0.1"


def test_a_forged_address_before_that_of_the_proxy_does_not_count(settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 198.51.100.7")
    assert address_of(request) == "198.51.100.7"


def test_durations_and_browsers_in_words() -> None:
    assert minutes(timedelta(minutes=15)) == 15
    assert minutes(timedelta(seconds=61)) == 2
    assert browser("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120") == "Edge, Windows"
    assert browser("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604") == "Safari, iPhone"
    assert browser("curl/8") == "onbekende browser"
