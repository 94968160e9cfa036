"""What a server reads before its first request: nobody waits for it, and a database that is not ready stops nothing."""

from __future__ import annotations

import logging

import pytest
from django.db import OperationalError
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from draad.accounts.freshness import forget
from draad.config import warming


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_remembered_in_every_language(language: str, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    forget()
    warming.warm()
    with translation.override(language):
        for read in warming.READ_BY_MOST:
            with django_assert_num_queries(1):  # the marks alone
                read()


def test_a_database_that_is_not_ready_is_told(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise OperationalError("no such table: organisations_jurisdiction")

    monkeypatch.setattr(warming, "READ_BY_MOST", (fail,))
    with caplog.at_level(logging.WARNING):
        warming.warm()
    assert "no such table: organisations_jurisdiction" in caplog.text
