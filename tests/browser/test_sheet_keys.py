"""From a document to the plan with the keyboard alone: Tab and Enter, and the access keys that the page names."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_sheet_review import WORD, press
from tests.plans.desk import sheets, word_file

Open = Callable[..., BrowserContext]
FOCUSED = "document.activeElement.innerText || document.activeElement.id || ''"
MOST_TABS = 90


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called so; it must be reached, and be seen when it is."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if " ".join(str(page.evaluate(FOCUSED)).split()).startswith(name):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
            assert outline != "none" or shadow != "none", f"the focus on {name} is not seen"
            return
    raise AssertionError(f"{name} is not reached with Tab on {page.url}")


def enter(page: Page, name: str) -> None:
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def access_key(page: Page, letter: str) -> None:
    """Press Alt and a letter; the browser is told which letter the key gives, which ``keyboard.press`` leaves out."""
    key = {"key": letter, "unmodifiedText": letter, "code": f"Key{letter.upper()}"}
    pressed = {"type": "keyDown", "modifiers": 1, "windowsVirtualKeyCode": ord(letter.upper()), **key}
    with page.expect_navigation():
        page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", pressed)


def on_the_desk(page: Page, title: str, content: bytes) -> None:
    """Make a plan and read a document for it; the file dialog is the browser's own."""
    sign_in(page, "plan_coordinator")
    page.goto("/beheer/plannen/nieuw/")
    page.get_by_label("Titel").fill(title)
    page.get_by_label("Eerste jaar").fill("2016")
    page.get_by_label("Laatste jaar").fill("2020")
    press(page, "Maak het plan")
    page.get_by_label("Document met actiefiches").set_input_files(
        {"name": "plan.docx", "mimeType": WORD, "buffer": content}
    )


def test_from_upload_to_plan_with_tab_and_enter(opened: Open, complaints: Callable[[Page], list[str]]) -> None:
    page = opened().new_page()
    said = complaints(page)
    on_the_desk(page, "Toetsenplan", word_file(sheets()))
    enter(page, "Lees in")
    enter(page, "Lees de fiches na")
    enter(page, "Streefwaarde")
    page.get_by_label("Streefwaarde").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("160 ritten")
    enter(page, "Aanvaard A")
    expect(page.locator("main")).to_contain_text("160 ritten")
    enter(page, "Aanvaard de fiche")
    enter(page, "Aanvaard de fiche")
    enter(page, "Neem 2 aanvaarde fiches op in het plan")
    expect(page.locator("main")).to_contain_text("2 nieuwe maatregelen")
    assert said == []


def test_the_access_keys_do_what_the_page_says(opened: Open) -> None:
    page = opened().new_page()
    on_the_desk(page, "Sneltoetsenplan", word_file(sheets()))
    press(page, "Lees in")
    press(page, "Lees de fiches na")
    title = page.locator("h1")
    expect(title).to_contain_text("Fiche 1 van 2")
    access_key(page, "j")
    expect(title).to_contain_text("Fiche 2 van 2")
    access_key(page, "k")
    expect(title).to_contain_text("Fiche 1 van 2")
    press(page, "Streefwaarde")
    access_key(page, "l")
    expect(page.locator("main")).to_contain_text("leeg in bron")
    press(page, "Streefwaarde")
    access_key(page, "z")
    press(page, "Streefwaarde")
    access_key(page, "a")
    expect(page.locator("main")).to_contain_text("aanvaard")
    access_key(page, "f")
    expect(title).to_contain_text("Fiche 2 van 2")


def test_every_access_key_is_named_and_stands_for_one_thing(opened: Open) -> None:
    page = opened().new_page()
    on_the_desk(page, "Toetsenlijst", word_file(sheets()))
    press(page, "Lees in")
    press(page, "Lees de fiches na")
    press(page, "Streefwaarde")
    keys = page.eval_on_selector_all("[accesskey]", "all => all.map(one => one.accessKey)")
    assert len(keys) == len(set(keys)), "one key for one thing"
    named = page.locator(".draad-keys").inner_text().lower()
    assert all(key in named.split() for key in keys)
    marked = page.eval_on_selector_all("[accesskey]", "all => all.map(one => one.querySelector('kbd')?.innerText)")
    assert [str(mark).lower() for mark in marked] == keys, "each says its own key"
    expect(page.locator("#plaats")).to_be_in_viewport()
