"""Letters of a whole list, made by a worker: asked for, watched, left, found again, fetched; with and without scripts."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_every_page import problems_on, violations

Open = Callable[..., BrowserContext]
RUNS_OR_ENDED = re.compile(r"De brieven worden gemaakt\.|klaar")
"""A free worker may be ready before the page asks for the second time."""
WAY_BACK = re.compile(r"^Taken")
PATIENCE = 60_000  # milliseconds: one worker, beside everything else that runs


def ask_for(page: Page, button: str) -> None:
    """From the decisions of a round with fifty applications to the page of the job."""
    page.goto("/beslissingen/")
    page.locator("main a[href*='/beslissingen/']").filter(has_text="50").or_(
        page.locator("main tr", has_text="50").get_by_role("link")
    ).first.click()
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/taken/*/")


def fetch(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Haal brieven").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_ask_watch_leave_come_back_fetch(
    opened: Open, tmp_path: Path, complaints: Callable[[Page], list[str]]
) -> None:
    page = opened().new_page()
    complained = complaints(page)
    sign_in(page, "programme_manager")
    ask_for(page, "Alle brieven in Word (zip)")
    address = page.url
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator("main")).to_contain_text("U mag deze pagina verlaten")
    expect(page.get_by_role("status").last).to_contain_text(RUNS_OR_ENDED, timeout=PATIENCE)

    page.goto("/besturen/")
    page.get_by_role("link", name=WAY_BACK).click()
    page.get_by_role("link", name="Alle brieven in Word (zip)").first.click()
    assert page.url == address
    assert violations(page) == []

    expect(page.get_by_role("link", name="Haal brieven")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert problems_on(page, address, complained) == []
    with zipfile.ZipFile(fetch(page, tmp_path)) as archive:
        assert len(archive.namelist()) == 50
    assert complained == []


def test_without_scripts_the_page_comes_again_by_itself(opened: Open, tmp_path: Path) -> None:
    page = opened(width=390, java_script_enabled=False).new_page()
    sign_in(page, "programme_manager")
    ask_for(page, "Alle brieven in Word (zip)")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    expect(page.get_by_role("link", name="Haal brieven")).to_be_visible(timeout=PATIENCE)
    assert zipfile.is_zipfile(fetch(page, tmp_path))


def test_stopping_and_beginning_again(opened: Open) -> None:
    page = opened().new_page()
    sign_in(page, "programme_manager")
    ask_for(page, "Alle brieven in Word (zip)")
    page.get_by_role("button", name="Stop deze taak").click()
    expect(page.locator("main")).to_contain_text("De taak is gestopt. Er is niets bewaard.")
    page.get_by_role("button", name="Begin opnieuw").click()
    expect(page.locator("main")).to_contain_text("De taak begint opnieuw.")
    expect(page.get_by_role("link", name="Haal brieven")).to_be_visible(timeout=PATIENCE)
    page.reload()
    expect(page.get_by_role("listitem").filter(has_text="De taak is gestopt.")).to_be_visible()
