"""From a document to a plan and a newer reading of it: by keyboard alone, with scripts off."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.plans.desk import sheets, word_file
from tests.plans.test_second_reading import newer

Open = Callable[..., BrowserContext]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def press(page: Page, name: str) -> None:
    """Go to the first button or link with that name and press Enter, as a keyboard does."""
    page.locator("main").get_by_role("button", name=name).or_(
        page.locator("main").get_by_role("link", name=name)
    ).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def read(page: Page, name: str, content: bytes) -> None:
    """Choose a document and read it."""
    page.goto("/plannen/nachtplan/inlezen/")
    page.get_by_label("Document met actiefiches").set_input_files({"name": name, "mimeType": WORD, "buffer": content})
    press(page, "Lees in")


def test_from_document_to_plan_and_a_newer_reading(opened: Open) -> None:
    page = opened(java_script_enabled=False).new_page()
    sign_in(page, "plan_coordinator")
    page.goto("/beheer/plannen/nieuw/")
    page.get_by_label("Titel").fill("Nachtplan")
    page.get_by_label("Eerste jaar").fill("2016")
    page.get_by_label("Laatste jaar").fill("2020")
    press(page, "Maak het plan")
    read(page, "kapot.docx", b"PK rommel")
    expect(page.locator("main")).to_contain_text("Dit bestand is beschadigd")

    read(page, "plan.docx", word_file(sheets()))
    press(page, "Lees de fiches na")
    press(page, "Streefwaarde")
    page.get_by_label("Streefwaarde").fill("160 ritten")
    press(page, "Aanvaard A")
    expect(page.locator("main")).to_contain_text("verbeterd")
    press(page, "Aanvaard de fiche")
    press(page, "Aanvaard de fiche")
    press(page, "Neem 2 aanvaarde fiches op in het plan")
    expect(page.locator("main")).to_contain_text("2 nieuwe maatregelen, 0 gewijzigd")

    read(page, "nieuw.docx", word_file(newer()))
    press(page, "Lees 2 fiches met twijfel na")
    while page.get_by_role("button", name="Behoud het plan B").count() or page.locator("#nu").count():
        kept = page.get_by_role("button", name="Behoud het plan B")
        press(page, "Behoud het plan B" if kept.count() else "Neem over A")
    press(page, "Aanvaard de fiche")
    press(page, "Neem over A")
    press(page, "Aanvaard de fiche")
    press(page, "Neem 2 aanvaarde fiches op in het plan")
    expect(page.locator("main")).to_contain_text("0 nieuwe maatregelen, 2 gewijzigd")


def test_the_chosen_value_is_in_view_beside_its_field(opened: Open, complaints: Callable[[Page], list[str]]) -> None:
    page = opened().new_page()
    said = complaints(page)
    sign_in(page, "plan_coordinator")
    page.goto("/beheer/plannen/nieuw/")
    page.get_by_label("Titel").fill("Lange fiche")
    page.get_by_label("Eerste jaar").fill("2016")
    page.get_by_label("Laatste jaar").fill("2020")
    press(page, "Maak het plan")
    long = sheets()[:1]
    long[0]["milestones"] = [{"period": str(2000 + n), "text": f"Stap {n} van de weg", "fte": ""} for n in range(30)]
    content = word_file(long)
    page.get_by_label("Document met actiefiches").set_input_files(
        {"name": "a.docx", "mimeType": WORD, "buffer": content}
    )
    press(page, "Lees in")
    press(page, "Lees de fiches na")
    press(page, "Mijlpaal 2029")
    expect(page.locator("#plaats")).to_be_in_viewport()
    expect(page.get_by_label("Mijlpaal 2029")).to_be_in_viewport()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert said == []
