"""From the home page to a workbook that opens, with the mouse, with the keyboard and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import picture

Open = Callable[..., BrowserContext]


def test_from_home_to_a_workbook(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan Samenleven")
    picture(page, "home")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Excel-overzicht van ronde 1").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    assert path.suffix == ".xlsx"
    text = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    numbers = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "n"}
    assert {"Sint-Niklaas", "Harelbeke"} <= text
    assert {14_136_359, 104} <= numbers


def test_an_action_tells_its_terms(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Oefenkansen Nederlands organiseren").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Oefenkansen Nederlands organiseren")
    expect(page.locator(".draad-cell--changed").first).to_be_visible()
    expect(page.locator(".draad-value--missing").first).to_be_visible()
    picture(page, "action")


def test_an_old_name_finds_the_merged_municipality(page: Page) -> None:
    page.goto("/")
    page.fill("input[name=q]", "kruibeke")
    page.press("input[name=q]", "Enter")
    expect(page.locator("main")).to_contain_text("Beveren-Kruibeke-Zwijndrecht")
    picture(page, "search")


def test_the_first_tab_skips_to_the_content(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Naar de inhoud")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"


def test_every_step_with_the_keyboard_can_be_seen(page: Page) -> None:
    page.goto("/")
    for _step in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.backgroundColor, s.stroke]; })()"
        )
        seen = (style[0] != "none" and style[1] != "0px") or style[2] != "none"
        assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_the_english_page_is_the_same_page(page: Page) -> None:
    page.goto("/bouwstenen/")
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/bouwstenen/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Nederlands").click()
    page.wait_for_url("**/bouwstenen/")
    assert "/en/" not in page.url


def test_a_list_filters_without_scripts(opened: Open) -> None:
    page = opened(java_script_enabled=False).new_page()
    page.goto("/besturen/")
    page.locator("input[type=search][name$=q]").first.fill("zwijndrecht")
    page.locator("form.draad-filter:has(input[type=search]) button").first.click()
    expect(page.locator("table tbody tr")).to_have_count(1)
    expect(page.locator("table tbody tr")).to_contain_text("Beveren-Kruibeke-Zwijndrecht")


def test_a_list_filters_as_one_types(page: Page) -> None:
    page.goto("/besturen/")
    page.locator("input[type=search][name$=q]").first.fill("zwijndrecht")
    expect(page.locator("table tbody tr")).to_have_count(1)
    expect(page.locator("table tbody tr")).to_contain_text("Beveren-Kruibeke-Zwijndrecht")
    assert "q=zwijndrecht" in page.url
