"""The tile map with the keyboard: one stop for the tab key, arrows from place to place, name and value in words."""

from __future__ import annotations

from playwright.sync_api import Page, expect

ADDRESS = "/besturen/?op=2025-01-01"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label')"))


def test_the_map_is_one_stop_and_arrows_walk_over_it(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("svg.draad-map a").first.focus()
    start = focused(page)
    page.keyboard.press("ArrowRight")
    right = focused(page)
    assert right != start
    page.keyboard.press("ArrowLeft")
    assert focused(page) == start
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg')") is None
    page.keyboard.press("Shift+Tab")
    assert focused(page) == right


def test_name_and_value_are_said_under_the_map(page: Page) -> None:
    page.goto(ADDRESS)
    note = page.locator(".draad-map-note")
    expect(note).to_have_text("")
    page.locator("svg.draad-map a[href='/besturen/gent/']").hover()
    expect(note).to_have_text("Gent: 263.927")
    page.locator("svg.draad-map a[href='/besturen/ham/']").focus()
    expect(note).to_have_text("Tessenderlo-Ham: 29.704")


def test_a_tile_leads_to_its_government(page: Page) -> None:
    page.goto(ADDRESS)
    page.locator("svg.draad-map a[href='/besturen/gent/']").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gent")


def test_the_filter_of_the_list_keeps_the_day(page: Page) -> None:
    page.goto("/besturen/?op=2023-01-01")
    page.get_by_label("Zoek in deze lijst").fill("kruibeke")
    expect(page.locator("#t-besturen tbody tr")).to_have_count(3)
    expect(page.locator("#t-besturen tbody th")).to_have_text(["Beveren", "Kruibeke", "Zwijndrecht"])
    assert "op=2023-01-01" in page.url
