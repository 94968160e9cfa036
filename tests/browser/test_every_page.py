"""Every page that can be reached: no axe violation, no complaint of the browser, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import ROOT, sign_in
from tests.browser.crawl import walk

Watch = Callable[[Page], list[str]]
Open = Callable[..., BrowserContext]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """What axe finds on the page: the rule, and the first places where it is broken."""
    page.evaluate(AXE.read_text())
    result: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", RULES)
    return [
        f"{found['id']}: {found['help']}: " + "; ".join(str(node["target"]) for node in found["nodes"][:3])
        for found in result["violations"]
    ]


def problems_on(page: Page, path: str, complaints: list[str]) -> list[str]:
    """All that is wrong with the page that is open."""
    found = [f"{path}: {violation}" for violation in violations(page)]
    found += [f"{path}: browser says {complaint}" for complaint in complaints]
    complaints.clear()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        found.append(f"{path}: {wide} pixels wider than the screen")
    return found


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("start", ["/", "/en/"])
def test_public_pages(opened: Open, site: str, complaints: Watch, start: str, width: int) -> None:
    page = opened(width).new_page()
    heard = complaints(page)
    problems: list[str] = []
    paths = []
    for path in walk(page, site, start):
        paths.append(path)
        problems += problems_on(page, path, heard)
    assert len(paths) >= 12, f"only {paths} can be reached"
    assert problems == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("role", ["administrator", "programme_manager", "government_editor"])
def test_pages_of_people_at_work(opened: Open, site: str, complaints: Watch, role: str, width: int) -> None:
    page = opened(width).new_page()
    sign_in(page, role)
    heard = complaints(page)
    problems: list[str] = []
    for path in walk(page, site, "/mijn-account/"):
        problems += problems_on(page, path, heard)
    assert problems == []
