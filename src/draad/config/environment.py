"""Strict reading of settings from the environment, each with its meaning.

A setting that is present but wrong stops the program with a sentence; nothing is guessed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote, urlsplit

T = TypeVar("T")

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class SettingError(ValueError):
    """A setting of the environment that cannot be read; the message names it and says what would be right."""


@dataclass(frozen=True)
class Setting:
    """One documented setting: its name, default as text and meaning."""

    name: str
    default: str
    meaning: str


@dataclass
class Environment:
    """Reads settings from ``values`` and remembers each, so that the reference page can be checked against it."""

    values: Mapping[str, str] = field(default_factory=lambda: os.environ)
    settings: list[Setting] = field(default_factory=list)

    def text(self, name: str, default: str, meaning: str) -> str:
        """The setting as text without surrounding white space."""
        return self._read(name, default, meaning, str)

    def flag(self, name: str, default: str, meaning: str) -> bool:
        """The setting as yes or no: 1, true, yes, on or 0, false, no, off."""
        return self._read(name, default, meaning, _flag)

    def integer(self, name: str, default: str, meaning: str) -> int:
        """The setting as a whole number."""
        return self._read(name, default, meaning, _integer)

    def path(self, name: str, default: str, meaning: str) -> Path:
        """The setting as an absolute path; a relative one starts at the working directory."""
        return self._read(name, default, meaning, lambda value: Path(value).expanduser().resolve())

    def words(self, name: str, default: str, meaning: str) -> list[str]:
        """The setting as words separated by commas."""
        return self._read(name, default, meaning, lambda value: [w.strip() for w in value.split(",") if w.strip()])

    def _read(self, name: str, default: str, meaning: str, parse: Callable[[str], T]) -> T:
        self.settings.append(Setting(name, default, meaning))
        value = self.values.get(name, default).strip()
        try:
            return parse(value)
        except ValueError as error:
            raise SettingError(f"{name} is {value!r}: {error}. Meaning: {meaning}") from error


def _flag(value: str) -> bool:
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise ValueError("write true or false")


def _integer(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise ValueError("write a whole number such as 8000")
    return int(value)


def database(url: str, data_dir: Path) -> dict[str, object]:
    """Django's description of the database at ``url``; empty means SQLite in ``data_dir``.

    SQLite runs in WAL mode with foreign keys and immediate transactions, so that a writer waits for its turn
    instead of failing half-way (SQLite documentation, "Write-Ahead Logging").

    Raises:
        SettingError: when the address is not of the form postgresql://user:password@host:port/name.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data_dir / "draad.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    name = parts.path.removeprefix("/")
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise SettingError("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def mail(url: str) -> dict[str, object]:
    """Django's mail settings for ``url``: ``console`` or smtp://user:password@host:port (smtps for TLS).

    Raises:
        SettingError: when the address has another form.
    """
    if url == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise SettingError("DRAAD_MAIL_URL must be console or look like smtp://user:password@host:587")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
    }


def secret_key(given: str, data_dir: Path) -> str:
    """The key that signs sessions: the one given, else one made once and kept in the data folder (mode 600)."""
    if given:
        return given
    kept = data_dir / "secret-key"
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(os.urandom(40).hex())
    return kept.read_text()
