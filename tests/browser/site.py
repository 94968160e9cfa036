"""A real Draad for the browser: its own data folder or database, served by ``draad serve`` on a free port."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

DRAAD = [sys.executable, "-m", "draad"]
PATIENCE = 60  # seconds
ENVIRONMENTS: dict[str, dict[str, str]] = {}


def run_inside(site: str, module: str, *arguments: str) -> None:
    """Run a module of the tests in a process of its own, on the data of a served site."""
    subprocess.run([sys.executable, "-m", module, *arguments], env=ENVIRONMENTS[site], check=True)


def said_by(site: str, *words: str) -> str:
    """What a ``draad`` command prints, run on the data of a served site."""
    done = subprocess.run([*DRAAD, *words], env=ENVIRONMENTS[site], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def free_port() -> int:
    """A port of this computer that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def own_database(address: str) -> Iterator[str]:
    """An empty PostgreSQL database beside the one at ``address``, dropped afterwards; empty stays empty (SQLite)."""
    if not address:
        yield ""
        return
    name = f"draad_browser_{os.getpid()}_{free_port()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def served(folder: Path, *options: str) -> Iterator[str]:
    """Prepare a data folder as ``make run`` does, or with options of ``draad prepare``, and serve it; gives the address."""
    port = free_port()
    with own_database(os.environ.get("DATABASE_URL", "")) as database:
        environment = {
            **os.environ,
            "DRAAD_DATA_DIR": str(folder),
            "DATABASE_URL": database,
            "DRAAD_BASE_URL": f"http://127.0.0.1:{port}",
            "DJANGO_SETTINGS_MODULE": "draad.config.settings",
        }
        environment.pop("DRAAD_SECRET_KEY", None)
        ENVIRONMENTS[environment["DRAAD_BASE_URL"]] = environment
        subprocess.run([*DRAAD, "prepare", *options], env=environment, check=True)
        server = subprocess.Popen([*DRAAD, "serve", "--port", str(port), "--workers", "1"], env=environment)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/gezond/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_until_it_answers(address: str) -> None:
    """Wait until the page at ``address`` is there."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
