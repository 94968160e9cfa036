"""The browser tests: one served site for the session, a Chromium of the system, every page watched for complaints."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from draad.datasets.demonstration import PASSWORD, PEOPLE
from tests.browser.site import served

# Playwright keeps an event loop in this thread; the database of other tests in this process does not mind.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
CHROMIUM = os.environ.get("DRAAD_TEST_CHROMIUM", "/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All browser tests share one served site: they run in one process, and not at all without a browser."""
    here = str(Path(__file__).parent)
    for item in items:
        if str(item.path).startswith(here):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if not Path(CHROMIUM).exists():
                item.add_marker(pytest.mark.skip(reason=f"no Chromium at {CHROMIUM} (DRAAD_TEST_CHROMIUM)"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium, quiet on the network."""
    return {
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a freshly prepared Draad."""
    with served(tmp_path_factory.mktemp("site")) as address:
        yield address


Open = Callable[..., BrowserContext]


@pytest.fixture
def opened(browser: Browser, site: str) -> Iterator[Open]:
    """Makes browser contexts (wide by default) and closes them."""
    contexts: list[BrowserContext] = []

    def make(width: int = 1280, **options: Any) -> BrowserContext:
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(base_url=site, viewport=size, locale="nl-BE", **options))  # type: ignore[arg-type]  # a plain dict is a ViewportSize
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(opened: Open) -> Page:
    """A page in a wide window, of a visitor."""
    return opened().new_page()


@pytest.fixture
def complaints() -> Callable[[Page], list[str]]:
    """Collects what the browser complains about on a page: errors of scripts, blocked content, missing files."""

    def watch(page: Page) -> list[str]:
        found: list[str] = []

        def heard(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                found.append(f"{message.text} ({message.location['url']})")

        page.on("console", heard)
        page.on("pageerror", lambda error: found.append(str(error)))
        return found

    return watch


def sign_in(page: Page, role: str) -> None:
    """Sign in as the demonstration person with that role, by typing."""
    person = next(person for person in PEOPLE if person.role == role)
    page.goto("/account/login/")
    page.fill("input[name=login]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda address: "/account/login" not in address)


def picture(page: Page, name: str) -> Path:
    """Take a picture for the documentation: to docs/pictures when ``make pictures`` asks, else to build/pictures."""
    folder = ROOT / ("docs/pictures" if os.environ.get("DRAAD_PICTURES") else "build/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path, full_page=False)
    return path
