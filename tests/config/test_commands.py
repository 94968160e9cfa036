"""The draad command: help, exit statuses, making a data folder ready, serving it."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from draad.config.command import GROUPS, main
from draad.datasets.demonstration import PASSWORD, PEOPLE, load
from tests.conftest import make_person

DRAAD = [sys.executable, "-m", "draad"]


def draad(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*DRAAD, *arguments], env=environment, check=False, capture_output=True, text=True)


def test_a_data_folder_is_made_ready_once(environment: dict[str, str]) -> None:
    first = draad(environment, "prepare")
    assert first.returncode == 0, first.stderr
    assert "organisations: 320 added" in first.stdout
    assert "demonstration logins: 9 added" in first.stdout
    assert "example applications: 168 added" in first.stdout
    assert "measures of the example plan: 18 added" in first.stdout
    assert "applications of the example programme: 63 added" in first.stdout
    folder = Path(environment["DRAAD_DATA_DIR"])
    assert (folder / "static" / "staticfiles.json").exists()
    if not environment["DATABASE_URL"]:
        with sqlite3.connect(folder / "draad.sqlite3") as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.execute("SELECT count(*) FROM cache").fetchone() == (0,)
    events = draad(environment, "verify-audit").stdout
    again = draad(environment, "prepare")
    assert (again.returncode, again.stdout) == (0, "")
    assert draad(environment, "verify-audit").stdout == events


def test_before_it_is_made_ready_a_command_says_what_to_do(environment: dict[str, str]) -> None:
    for make in (lambda: None, Path(environment["DRAAD_DATA_DIR"]).mkdir):  # no folder, an empty folder
        make()
        done = draad(environment, "verify-audit")
        assert done.returncode == 1
        assert done.stderr.startswith("draad: the database does not answer as it should: ")
        assert done.stderr.endswith("Run: draad prepare\n")
        assert len(done.stderr.splitlines()) == 2


def test_an_empty_site_has_organisations_alone(environment: dict[str, str]) -> None:
    made = draad(environment, "prepare", "--empty")
    assert made.returncode == 0, made.stderr
    assert "organisations: 320 added" in made.stdout
    assert not any(word in made.stdout for word in ("programmes", "actions", "logins", "example"))
    loaded = draad(environment, "load", "plan-samenleven")
    assert "programmes: 1 added" in loaded.stdout
    assert "organisations: 320 added" not in loaded.stdout


def test_outside_a_demonstration_there_are_no_known_logins(environment: dict[str, str]) -> None:
    made = draad({**environment, "DRAAD_DEMONSTRATION": "false"}, "prepare")
    assert made.returncode == 0, made.stderr
    assert "demonstration" not in made.stdout
    assert "example" not in made.stdout
    refused = draad({**environment, "DRAAD_DEMONSTRATION": "false"}, "load", "demonstration")
    assert refused.returncode == 1
    assert "DRAAD_DEMONSTRATION is off" in refused.stderr


def test_options_of_the_example_are_refused_for_other_datasets() -> None:
    with pytest.raises(CommandError, match="are options of example, not of plan-samenleven"):
        call_command("load", "plan-samenleven", "--seed=2")


def test_what_is_unsafe_is_not_prepared(environment: dict[str, str]) -> None:
    refused = draad({**environment, "DRAAD_BASE_URL": "https://draad.example.be"}, "prepare")
    assert refused.returncode == 1
    assert "draad.E002" in refused.stderr
    assert "Set DRAAD_DEMONSTRATION=false" in refused.stderr


@pytest.mark.parametrize("port", ["0", "-1", "65536", "100000"])
def test_a_port_that_does_not_exist_is_refused(port: str) -> None:
    with pytest.raises(CommandError, match="a port lies between 1 and 65535"):
        call_command("serve", f"--port={port}")


def test_a_folder_that_is_not_ready_is_not_served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    with pytest.raises(CommandError, match="run: draad prepare"):
        call_command("serve", "--port=8999")


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[list[str]]:
    """A folder that is ready, and the server that would have been started."""
    (tmp_path / "staticfiles.json").write_text("{}")
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    monkeypatch.delenv("DRAAD_BASE_URL", raising=False)
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _program, arguments: started.append(arguments))
    monkeypatch.setattr(subprocess, "Popen", started.append)
    return started


@pytest.mark.django_db
def test_serving_prints_the_address_and_the_logins(ready: list[list[str]]) -> None:
    load()
    out = StringIO()
    call_command("serve", "--port=8999", stdout=out)
    assert "Draad: http://127.0.0.1:8999/" in out.getvalue()
    assert f"password {PASSWORD}:" in out.getvalue()
    for person in PEOPLE:
        assert person.email in out.getvalue()
    worker, server = ready
    assert worker[-3:] == ["work", "--beside", str(os.getpid())]
    assert server[server.index("--bind") + 1] == "127.0.0.1:8999"
    assert "--no-control-socket" in server
    assert os.environ["DRAAD_BASE_URL"] == "http://127.0.0.1:8999"


def test_serving_prints_only_the_logins_that_exist(ready: list[list[str]], db: None) -> None:
    out = StringIO()
    call_command("serve", "--port=8999", stdout=out)
    assert "http://127.0.0.1:8999/" in out.getvalue()
    assert PASSWORD not in out.getvalue()
    make_person(PEOPLE[1].role, email=PEOPLE[1].email)
    call_command("serve", "--port=8999", stdout=out)
    assert PASSWORD in out.getvalue()
    assert [person.email for person in PEOPLE if person.email in out.getvalue()] == [PEOPLE[1].email]


@pytest.mark.django_db
def test_the_work_is_left_to_others_when_asked(ready: list[list[str]]) -> None:
    call_command("serve", "--port=8999", "--without-work", stdout=StringIO())
    [server] = ready
    assert "gunicorn" in server


def test_serving_prints_no_logins_outside_a_demonstration(
    ready: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DEMONSTRATION", False)
    out = StringIO()
    call_command("serve", "--port=8999", stdout=out)
    assert PASSWORD not in out.getvalue()


def test_every_command_that_help_names_is_named_once() -> None:
    named = [name for names in GROUPS.values() for name in names]
    assert len(named) == len(set(named))
    assert {"create-administrator", "verify-audit", "reference", "serve", "work", "prepare"} <= set(named)


def test_a_command_that_does_not_exist_says_so(environment: dict[str, str]) -> None:
    wrong = draad(environment, "juggle")
    assert wrong.returncode != 0
    assert "Unknown command" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_a_command_with_a_dash_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr("django.core.management.execute_from_command_line", asked.append)
    assert main(["verify-audit", "--anchor", "x"]) == 0
    assert asked == [["draad", "verify_audit", "--anchor", "x"]]
