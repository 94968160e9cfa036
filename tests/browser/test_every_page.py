"""Every page that can be reached: no axe violation, no complaint of the browser, nothing wider than the screen."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from draad.accounts.guards import access_table
from tests.browser.conftest import ROOT, sign_in
from tests.browser.crawl import LEAVE_OUT, walk

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="how a page is built does not depend on the database: tests/test_few_queries.py walks every page there too",
)
Watch = Callable[[Page], list[str]]
# The fullest page of a route, where the walk may have met an emptier one first.
MISSING_PAGE = "bestaat-niet/"
FULL_PAGES = ["programmas/plan-samenleven/acties/5/", "besturen/gent/", "zoeken/?q=gent", MISSING_PAGE]
WIDTHS = (1280, 390)
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
    """All that is wrong with the page that is open, on a wide screen and on a phone.

    Axe looks at both in Dutch. The English page differs in words alone, so that there it looks at the phone.
    """
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if width == min(WIDTHS) or "/en/" not in page.url:
            found += [f"{path} at {width}: {violation}" for violation in violations(page)]
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wider > 0:
            found.append(f"{path} at {width}: {wider} pixels wider than the screen")
    found += [f"{path}: browser says {complaint}" for complaint in complaints]
    complaints.clear()
    return found


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_public_pages(page: Page, site: str, complaints: Watch, start: str) -> None:
    heard = complaints(page)
    problems: list[str] = []
    paths = []
    for path in walk(page, site, start):
        paths.append(path)
        problems += problems_on(page, path, heard)
    for path in FULL_PAGES:
        page.goto(f"{start}{path}")
        heard[:] = [complaint for complaint in heard if "status of 404" not in complaint or path != MISSING_PAGE]
        problems += problems_on(page, path, heard)
    assert len(paths) >= 20, f"only {paths} can be reached"
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("start", ["/", "/en/"])
@pytest.mark.parametrize("role", ["administrator", "government_editor"])
def test_pages_of_people_at_work(page: Page, site: str, complaints: Watch, role: str, start: str) -> None:
    sign_in(page, role)
    heard = complaints(page)
    public = {route for route, guard in access_table().items() if guard.everyone}
    problems: list[str] = []
    paths = []
    for path in walk(page, site, f"{start}mijn-account/", leave_out={*LEAVE_OUT, *public}):
        paths.append(path)
        problems += problems_on(page, path, heard)
    assert len(paths) >= (12 if role == "administrator" else 4), f"only {paths} can be reached"
    assert not problems, "\n".join(problems)
