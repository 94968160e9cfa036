"""From a Word document to a published plan, its progress, a second version and what differs, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import picture, sign_in
from tests.browser.test_every_page import problems_on
from tests.browser.test_sheet_review import WORD, press
from tests.plans.desk import sheets, word_file
from tests.plans.test_second_reading import newer

Watch = Callable[[Page], list[str]]
PLAN = "/plannen/dagplan/"
MEASURE = f"{PLAN}maatregel/1/"
EXAMPLE = "/plannen/voorbeeldplan-samenleven/"


def doubtful() -> list[dict[str, Any]]:
    """The two sheets, the first with a row of milestones whose period no reader is sure of."""
    made = sheets()
    made[0]["milestones"][0]["period"] = "ergens in het voorjaar"
    return made


def enter(page: Page, what: Locator) -> None:
    """Press a button as a keyboard does."""
    what.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def upload(page: Page, name: str, content: bytes) -> None:
    """Choose a document and read it."""
    page.goto(f"{PLAN}inlezen/")
    page.get_by_label("Document met actiefiches").set_input_files({"name": name, "mimeType": WORD, "buffer": content})
    press(page, "Lees in")


def decide_everything(page: Page) -> None:
    """Take over whatever waits in the sheet that is open, then accept it."""
    while page.locator("#nu").count():
        enter(page, page.locator("#nu button[value=accepted]"))
    press(page, "Aanvaard de fiche")


def publish(page: Page, why: str) -> None:
    """Publish what was worked on."""
    page.goto(f"{PLAN}versies/?versie=0")
    page.get_by_label("Waarom deze versie").fill(why)
    enter(page, page.get_by_role("button", name="Publiceer"))
    expect(page.locator("main")).to_contain_text(why)


def test_from_document_to_difference(page: Page, complaints: Watch) -> None:
    heard = complaints(page)
    wrong: list[str] = []

    def look() -> None:
        wrong.extend(problems_on(page, page.url, heard))
        page.set_viewport_size({"width": 1280, "height": 900})

    sign_in(page, "plan_coordinator")
    page.goto("/beheer/plannen/nieuw/")
    page.get_by_label("Titel").fill("Dagplan")
    page.get_by_label("Eerste jaar").fill("2016")
    page.get_by_label("Laatste jaar").fill("2020")
    look()
    press(page, "Maak het plan")
    look()

    upload(page, "plan.docx", word_file(doubtful()))
    look()
    press(page, "Lees 1 fiche met twijfel na")
    look()
    picture(page, "plan-review")
    _correct_with_the_keyboard(page)
    press(page, "Aanvaard de fiche")
    press(page, "Aanvaard de fiche")
    look()
    press(page, "Neem 2 aanvaarde fiches op in het plan")
    expect(page.locator("main")).to_contain_text("2 nieuwe maatregelen")
    publish(page, "Eerste versie na overleg.")
    look()

    page.goto(MEASURE)
    expect(page.locator("main")).to_contain_text("2016 (voorjaar)")
    look()
    _report(page, look)

    upload(page, "nieuw.docx", word_file(newer()))
    press(page, "Lees 2 fiches met twijfel na")
    look()
    decide_everything(page)
    decide_everything(page)
    press(page, "Neem 2 aanvaarde fiches op in het plan")
    publish(page, "Meer ritten, zoals beloofd.")

    page.goto(f"{PLAN}verschillen/")
    expect(page.locator("main")).to_contain_text("150 ritten")
    expect(page.locator("main")).to_contain_text("250 ritten")
    look()
    picture(page, "plan-difference")
    assert wrong == []


def _correct_with_the_keyboard(page: Page) -> None:
    """Reach the doubtful box with Tab alone, type over it, and press the button behind it."""
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "text":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("2016 (voorjaar)")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("verbeterd")
    expect(page.locator("main")).to_contain_text("2016 (voorjaar)")


def _report(page: Page, look: Callable[[], None]) -> None:
    """Write the progress of a year, hand it in, approve it, and find it on the page of the measure."""
    page.goto(f"{MEASURE}voortgang/2018/")
    press(page, "Begin")
    look()
    for stand in page.locator("select[name^=m]").all():
        stand.select_option("done")
    for stand in page.locator("select[name^=i]").all():
        stand.select_option("not_applicable")
    press(page, "Bewaar en dien in")
    look()
    press(page, "Keur goed")
    expect(page.locator("main")).to_contain_text("goedgekeurd")
    look()
    page.goto(MEASURE)
    expect(page.locator("main")).to_contain_text("gehaald")
    page.goto(f"{PLAN}voortgang/")
    expect(page.locator("main")).to_contain_text("Van 1 van de 2 maatregelen is de voortgang bekend")


def test_the_pages_of_the_example_plan(page: Page, complaints: Watch) -> None:
    heard = complaints(page)
    wrong: list[str] = []
    for path in ("", "maatregel/8/", "tijdlijn/", "middelen/", "wat-ontbreekt/", "voortgang/", "versies/",
                 "verschillen/", "maatregel/8/voortgang/2024/"):  # fmt: skip
        page.goto(f"{EXAMPLE}{path}")
        expect(page.locator(".draad-example")).to_contain_text("verzonnen")
        wrong += problems_on(page, path, heard)
        page.set_viewport_size({"width": 1280, "height": 900})
        if path == "tijdlijn/":
            picture(page, "plan-timeline")
    assert wrong == []


def test_search_finds_other_forms_of_a_word(page: Page) -> None:
    page.goto(EXAMPLE)
    page.get_by_label("Zoek in de hele fiche").fill("vereniging")
    page.get_by_label("Zoek in de hele fiche").press("Enter")
    expect(page.locator("table tbody")).to_contain_text("Verenigingen die nieuwe leden zoeken")
    expect(page.locator("table tbody")).not_to_contain_text("Een tolk binnen de dag")
