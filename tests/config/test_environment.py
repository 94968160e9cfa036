"""Settings are read strictly: what is wrong stops the program with a sentence that names the setting."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.config.environment import Environment, Setting, SettingError, database, mail, secret_key


def env(**values: str) -> Environment:
    return Environment(values=values)


@pytest.mark.parametrize("written", ["1", "true", "True", "YES", "on", " true "])
def test_yes(written: str) -> None:
    assert env(X=written).flag("X", "false", "m") is True


@pytest.mark.parametrize("written", ["0", "false", "FALSE", "no", "Off"])
def test_no(written: str) -> None:
    assert env(X=written).flag("X", "true", "m") is False


@pytest.mark.parametrize("written", ["", "2", "ja", "tru", "none", "y"])
def test_neither_yes_nor_no_is_refused(written: str) -> None:
    with pytest.raises(SettingError, match=r"X is .*write true or false.*Meaning: what it means"):
        env(X=written).flag("X", "true", "what it means")


@given(st.integers(0, 10**12))
def test_whole_numbers(number: int) -> None:
    assert env(X=f" {number} ").integer("X", "1", "m") == number


@pytest.mark.parametrize("written", ["", "-1", "1.0", "1e3", "٣", "0x10", "tien"])
def test_what_is_no_whole_number_is_refused(written: str) -> None:
    with pytest.raises(SettingError, match="write a whole number such as 8000"):
        env(X=written).integer("X", "1", "m")


@pytest.mark.parametrize(("written", "words"), [("", []), ("a", ["a"]), (" a , b,,c ", ["a", "b", "c"])])
def test_words(written: str, words: list[str]) -> None:
    assert env(X=written).words("X", "", "m") == words


def test_a_path_starts_at_the_working_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert env(X="data").path("X", "./elsewhere", "m") == tmp_path / "data"
    assert env().path("X", "./elsewhere", "m") == tmp_path / "elsewhere"
    assert env(X="~/d").path("X", "", "m") == Path("~/d").expanduser()


def test_what_is_absent_has_its_default_and_is_remembered() -> None:
    reader = env()
    assert reader.text("X", "stil", "how loud") == "stil"
    assert reader.settings == [Setting("X", "stil", "how loud")]


def test_without_address_the_database_is_a_file_in_wal_mode(tmp_path: Path) -> None:
    found = database("", tmp_path)
    assert found["NAME"] == str(tmp_path / "draad.sqlite3")
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert options["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_an_address_of_postgresql(tmp_path: Path) -> None:
    found = database("postgresql://us%40er:p%3Ass@db.example:6543/na%20me", tmp_path)
    assert [found[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "us@er",
        "p:ss",
        "db.example",
        "6543",
        "na me",
    ]
    assert database("postgres:///draad", tmp_path)["PORT"] == ""


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host", "postgresql://host/", "draad", "sqlite:///x"])
def test_another_address_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="DATABASE_URL must look like postgresql://"):
        database(address, tmp_path)


@pytest.mark.parametrize(
    ("address", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 587, True, False),
        ("smtps://mail.example", 465, False, True),
        ("smtp://u%40x:p@mail.example:2525", 2525, True, False),
    ],
)
def test_mail_goes_encrypted(address: str, port: int, tls: bool, ssl: bool) -> None:
    found = mail(address)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, ssl)
    assert found["EMAIL_HOST"] == "mail.example"
    assert found["EMAIL_HOST_USER"] == ("u@x" if "u%40x" in address else "")


def test_mail_goes_to_the_console() -> None:
    assert "console" in str(mail("console"))


@pytest.mark.parametrize("address", ["", "none", "smtp://", "http://mail.example", "mail.example:25"])
def test_another_mail_server_is_refused(address: str) -> None:
    with pytest.raises(SettingError, match="DRAAD_MAIL_URL must be console or look like"):
        mail(address)


def test_a_key_is_made_once_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    made = secret_key("", tmp_path / "new")
    assert len(made) == 80
    assert secret_key("", tmp_path / "new") == made
    assert stat.S_IMODE((tmp_path / "new" / "secret-key").stat().st_mode) == 0o600
    assert secret_key("", tmp_path / "other") != made


def test_a_key_that_is_given_is_used_and_not_kept(tmp_path: Path) -> None:
    assert secret_key("given", tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("DRAAD_DEBUG", "maybe", "DRAAD_DEBUG is 'maybe': write true or false"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL must look like"),
        ("DRAAD_MAIL_URL", "pigeon", "DRAAD_MAIL_URL must be console"),
    ],
)
def test_the_command_stops_with_the_sentence_and_no_trace(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    clean = {
        **os.environ,
        "DRAAD_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "draad.config.settings",
        name: value,
    }
    done = subprocess.run(
        [sys.executable, "-m", "draad", "check"], env=clean, check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("draad: ")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
