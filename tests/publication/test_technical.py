"""Pages for machines, and pages for what goes wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import translation

from draad.accounts.roles import Role
from draad.publication.views import errors, server_error, technical

SignIn = Callable[[Role | None], Client]


def test_the_page_of_a_mistake_asks_nothing_of_the_database(rf: RequestFactory) -> None:
    """It runs in a test without a database: a question would fail it."""
    answer = server_error(rf.get("/"))
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Er ging iets mis in Draad" in page
    assert '<p lang="en">Something went wrong' in page.replace("'", '"')
    assert "<html lang='nl'>" in page


def test_a_mistake_shows_that_page_and_nothing_of_the_mistake(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_text: str) -> None:
        raise RuntimeError("geheim wachtwoord")

    monkeypatch.setattr(sys.modules["draad.publication.views.search"], "search_everything", broken)
    client.raise_request_exception = False
    answer = client.get("/zoeken/", {"q": "gent"})
    assert answer.status_code == 500
    assert "geheim" not in answer.content.decode()
    assert "Er ging iets mis in Draad" in answer.content.decode()


def test_health_is_bad_when_the_database_is(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        @staticmethod
        def cursor() -> None:
            raise OperationalError("no database")

    monkeypatch.setattr(technical, "connection", Gone)
    client.raise_request_exception = False
    assert client.get("/gezond/").status_code == 500


@pytest.mark.parametrize(("path", "kind"), [("/gezond/", "text/plain"), ("/robots.txt", "text/plain")])
def test_machines_get_plain_text(db: None, client: Client, path: str, kind: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)


def test_robots_closes_work_and_accounts_in_both_languages_and_nothing_public(db: None, client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    closed = {line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow: ")}
    assert lines[0] == "User-agent: *"
    assert closed == {"/account/", "/beheer/", "/en/account/", "/en/beheer/"}
    for public in ("/", "/en/", "/besturen/", "/plannen/", "/cijfers/"):
        assert not any(public.startswith(path) for path in closed)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_may_not_is_told_which_role_may(db: None, sign_in: SignIn, language: str) -> None:
    prefix = "/en" if language == "en" else ""
    answer = sign_in(Role.READER).get(f"{prefix}/beheer/audit/")
    page = answer.content.decode()
    assert answer.status_code == 403
    with translation.override(language):
        assert str(Role.ADMINISTRATOR.label) in page
    assert f'<html lang="{language}"' in page


def test_the_sentence_of_a_refusal_is_shown_and_escaped(db: None, sign_in: SignIn, rf: RequestFactory) -> None:
    request = sign_in(Role.READER).get("/over/privacy/").wsgi_request
    page = errors.forbidden(request, PermissionDenied("Alleen <b>Gent</b> mag dit.")).content.decode()
    assert "Alleen &lt;b&gt;Gent&lt;/b&gt; mag dit." in page


@pytest.mark.parametrize(("prefix", "words"), [("", "Deze pagina bestaat niet"), ("/en", "This page does not exist")])
def test_an_unknown_address_is_said_in_the_language_of_the_page(
    db: None, client: Client, prefix: str, words: str
) -> None:
    for path in ("/bestaat-niet/", "/besturen/bestaat-niet/", "/bevindingen/999999/", "/programmas/niets/"):
        answer = client.get(f"{prefix}{path}")
        assert answer.status_code == 404
        assert words in answer.content.decode(), path


def test_the_sentence_of_a_404_is_not_shown(db: None, client: Client) -> None:
    request = client.get("/over/privacy/").wsgi_request
    assert "geheim" not in errors.not_found(request, Http404("geheim pad")).content.decode()


@pytest.mark.parametrize("path", ["/", "/zoeken/?q=gent", "/over/tellen/", "/bouwstenen/"])
def test_a_head_request_answers_as_a_get_without_content(db: None, client: Client, path: str) -> None:
    answer = client.head(path)
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("table", ["sample", "pages"])
def test_both_tables_of_the_gallery_are_files(db: None, client: Client, form: str, table: str) -> None:
    answer = client.get("/bouwstenen/", {"format": form, "table": table})
    assert answer["Content-Disposition"] == f'attachment; filename="{table}.{form}"'
    assert len(answer.content) > 100


def test_another_format_is_the_page(db: None, client: Client) -> None:
    assert client.get("/bouwstenen/", {"format": "pdf"})["Content-Type"].startswith("text/html")
