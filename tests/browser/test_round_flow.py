"""From an open call to the payment file, with five people in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from defusedxml import ElementTree
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from draad.datasets.demonstration import PASSWORD
from tests.browser.round_setting import MEMBERS, SLUG
from tests.browser.site import run_inside
from tests.browser.test_every_page import violations

Open = Callable[..., BrowserContext]
MANAGER, SECOND, LEAD, APPROVER, ASSESSOR = (
    f"{name}@example.org" for name in ("programma", "beheerder", "invuller", "goedkeurder", "beoordelaar")
)
SETTING = "tests.browser.round_setting"


class People:
    """Five people and the two who are invited, each with a browser of their own."""

    def __init__(self, opened: Open) -> None:
        self._opened = opened
        self._pages: dict[str, Page] = {}

    def __call__(self, email: str) -> Page:
        if email not in self._pages:
            page = self._opened().new_page()
            page.goto("/account/login/")
            page.fill("input[name=login]", email)
            page.fill("input[name=password]", PASSWORD)
            page.press("input[name=password]", "Enter")
            page.wait_for_url(lambda address: "/account/login" not in address)
            self._pages[email] = page
        return self._pages[email]


def press(page: Page, name: str) -> None:
    """Press the button, or follow the link, with that name in the page itself."""
    main = page.locator("main")
    with page.expect_navigation():
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).first.click()


def says(page: Page, *words: str) -> None:
    """The page has these words, and nothing on it is closed to anybody."""
    for one in words:
        expect(page.locator("main")).to_contain_text(one)
    found = violations(page)
    assert found == [], found


def test_from_call_to_payment(opened: Open, site: str, tmp_path: Path) -> None:
    run_inside(site, SETTING, "begin")
    people = People(opened)
    open_the_call(people(MANAGER))
    number = apply_together(people)
    submit(people, number)
    run_inside(site, SETTING, "close")
    assess(people, number)
    divide(people)
    decide(people)
    read_the_letter(people(APPROVER), number)
    pay(people(MANAGER), tmp_path)


def open_the_call(page: Page) -> None:
    """A manager fills in the call, is told what lacks, and publishes it."""
    work = f"/beheer/oproepen/{SLUG}/ronde-1/"
    page.goto(f"/beheer/programmas/{SLUG}/rondes/1/")
    press(page, "Begin de oproep")
    page.goto(work)
    says(page, "Nog nodig voor u publiceert")
    press(page, "Vul de oproep in")
    now = timezone.localtime()
    page.get_by_label("Opent op").fill((now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Sluit op").fill((now + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("[name=introduction]").fill("Buren leren elkaar kennen.")
    page.locator("[name=contact_name]").fill("Team Samen")
    page.locator("[name=contact_email]").fill("team@example.org")
    page.locator("[name=cofinancing_statement]").fill("Het bestuur betaalt de andere helft.")
    page.locator("[name=payer_name]").fill("Agentschap")
    page.locator("[name=payer_iban]").fill("BE68 5390 0754 7034")
    page.locator("[name=payer_bic]").fill("TRIOBEBB")
    press(page, "Bewaar")
    press(page, "Publiceer de oproep")
    says(page, "Ze opent en sluit vanzelf")


def apply_together(people: People) -> int:
    """A lead begins, invites two members who accept, fills in the lines, makes a mistake and is told."""
    page = people(LEAD)
    page.goto("/aanvragen/nieuw/")
    section = page.locator("section", has_text="Proefprogramma")
    with page.expect_navigation():
        section.get_by_role("button", name="Begin een lege aanvraag").click()
    number = int(page.url.rstrip("/").rsplit("/", 1)[1])
    for name in MEMBERS:
        page.goto(f"/aanvragen/{number}/leden/?zoek={name}")
        press(page, f"Nodig uit {name}")
    says(page, "nog niet geantwoord")
    for name in MEMBERS:
        answering = people(f"goedkeurder.{name.lower()}@example.org")
        answering.goto("/aanvragen/")
        press(answering, "Bekijk en antwoord")
        press(answering, "Doe mee")
        says(answering, "doet mee")
    page.goto(f"/aanvragen/{number}/lijnen/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Neem over in de aanvraag")
    fill_the_lines(page)
    return number


def fill_the_lines(page: Page) -> None:
    """Saved while typed; the same priority twice is told beside the field and in the list of what lacks."""
    rows = page.locator("#rijen tr")
    for index, (priority, planned) in enumerate((("1", "900"), ("1", "60"))):
        type_in(page, rows.nth(index).locator("input[name$=':priority']"), priority)
        type_in(page, rows.nth(index).locator("input[name$=':existing']"), "0")
        type_in(page, rows.nth(index).locator("input[name$=':planned']"), planned)
    expect(page.locator("#acties-samen")).to_contain_text("93.000")
    expect(rows.nth(0)).to_contain_text("dubbel")
    type_in(page, rows.nth(1).locator("input[name$=':planned']"), "zestig")
    expect(rows.nth(1)).to_contain_text("geen getal")
    page.reload()
    expect(page.locator("#rijen tr").nth(1).locator("input[name$=':planned']")).to_have_value("zestig")
    type_in(page, rows.nth(1).locator("input[name$=':planned']"), "60")
    type_in(page, rows.nth(1).locator("input[name$=':priority']"), "2")
    expect(rows.nth(0)).not_to_contain_text("dubbel")
    swap_the_lines(page)


def swap_the_lines(page: Page) -> None:
    """Alt with an arrow lets a line change places: the lines are numbered as they stand, and the server has it."""
    before = lines_in_order(page)
    for key, expected in (("Alt+ArrowDown", list(reversed(before))), ("Alt+ArrowUp", before)):
        moving = page.locator(f"[data-row='{before[0]}'] input[name$=':planned']")
        with page.expect_response(lambda response: response.request.method == "POST"):
            moving.press(key)
        expect(moving).to_be_focused()
        assert lines_in_order(page) == expected
        page.reload()
        assert lines_in_order(page) == expected


def lines_in_order(page: Page) -> list[str]:
    """Which lines there are (primary keys), from the first; each has the priority of its place."""
    rows = page.locator("#rijen tr").all()
    assert [row.locator("input[name$=':priority']").input_value() for row in rows] == ["1", "2"]
    found = [row.get_attribute("data-row") or "" for row in rows]
    assert [row.locator("input[name$=':priority']").get_attribute("name") for row in rows] == [
        f"line:{pk}:priority" for pk in found
    ]
    return found


def type_in(page: Page, field: object, text: str) -> None:
    """Type in a field, leave it, and wait until the server has it."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        field.fill(text)  # type: ignore[attr-defined]  # a locator
        field.press("Tab")  # type: ignore[attr-defined]  # a locator


def submit(people: People, number: int) -> None:
    """The lead fills in the rest, an editor cannot submit, the approver does and gets a receipt."""
    page = people(LEAD)
    page.goto(f"/aanvragen/{number}/")
    given = {"contact_name": "Ans Aanvraag", "contact_email": "ans@example.org", "contact_phone": "09 266 10 00",
             "iban": "BE68 5390 0754 7034", "account_holder": "Stad Gent"}  # fmt: skip
    for name, text in given.items():
        type_in(page, page.locator(f"main [name={name}]"), text)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Het bestuur betaalt de andere helft").check()
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_label("Samenwerking, € 10.000").check()
    page.get_by_text("Wie neemt wat: aandeel per lijn").click()
    press(page, "Verdeel gelijk")
    press(page, "Controleer en dien in")
    expect(page.get_by_role("button", name="Dien in")).to_have_count(0)
    approver = people(APPROVER)
    approver.goto(f"/aanvragen/{number}/nakijken/")
    says(approver, "Nakijken en indienen")
    press(approver, "Dien in")
    approver.goto(f"/aanvragen/{number}/dossier/")
    says(approver, "Ingediend")


def assess(people: People, number: int) -> None:
    """An assessor asks back about one field, the lead changes only that, and the advice follows."""
    page = people(ASSESSOR)
    page.goto(f"/beoordeling/{SLUG}/ronde-1/")
    press(page, "Gent")
    press(page, "Begin te beoordelen")
    press(page, "Stel een vraag")
    page.get_by_label("Uw vraag").fill("Is 900 buren haalbaar?")
    page.locator("summary").nth(1).click()
    page.get_by_label("Gepland bijkomend bereik").first.check()
    press(page, "Verstuur de vraag")
    says(page, "Het bestuur is aan zet")
    lead = people(LEAD)
    lead.goto(f"/aanvragen/{number}/")
    expect(lead.locator("main")).to_contain_text("Is 900 buren haalbaar?")
    editable = lead.locator("#rijen input:not([type=hidden]):not([disabled]):not([readonly])")
    assert editable.count() == 1, "only the named field is open"
    type_in(lead, editable.first, "800")
    approver = people(APPROVER)
    approver.goto(f"/aanvragen/{number}/vraag/")
    says(approver, "900", "800")
    approver.get_by_label("Uw antwoord").fill("We verlagen tot 800.")
    press(approver, "Verstuur het antwoord")
    page.goto(f"/beoordeling/aanvraag/{number}/")
    says(page, "We verlagen tot 800.")
    for choice in page.get_by_label("Advies", exact=False).all():
        if choice.evaluate("element => element.tagName") == "SELECT":
            choice.select_option("grant")
    page.get_by_label("Besluit").fill("Goed onderbouwd.")
    press(page, "Bewaar en geef advies")
    says(page, "Het advies is klaar")


def divide(people: People) -> None:
    """Three ways to divide what is too little, side by side; one is put forward and another person agrees."""
    page, desk = people(MANAGER), f"/verdeling/{SLUG}/ronde-1/"
    for rule in ("priority", "proportional", "constrained_equal_awards"):
        page.goto(f"{desk}nieuw/")
        page.locator(f"input[name=rule][value={rule}]").check()
        press(page, "Bereken en bewaar")
    page.goto(desk)
    says(page, "te weinig")
    page.get_by_label("Waarom deze verdeling?").fill("De oproep kondigde voorrang aan.")
    press(page, "Leg voor aan een tweede beheerder")
    second = people(SECOND)
    second.goto(desk)
    press(second, "Keur de verdeling goed")
    says(second, "De verdeling is gekozen")


def decide(people: People) -> None:
    """The decisions are prepared, signed by two and made known."""
    page, second = people(MANAGER), people(SECOND)
    page.goto("/beslissingen/")
    press(page, "Bereid de beslissingen voor")
    where = page.url
    press(page, "Onderteken")
    second.goto(where)
    press(second, "Onderteken")
    page.goto(where)
    press(page, "Maak bekend")
    says(page, "De beslissingen zijn bekend")


def read_the_letter(page: Page, number: int) -> None:
    """The applicant reads what it gets: the envelope to the cent."""
    page.goto(f"/aanvragen/{number}/dossier/")
    press(page, "Lees de brief")
    says(page, "U krijgt € 60.000,00", "BE68 5390 0754 7034")


def pay(page: Page, folder: Path) -> None:
    """The payment order: 80 % of what was granted, in the file for the bank."""
    page.goto("/betalingen/")
    press(page, "Maak een betaalopdracht voor ronde 1")
    page.locator("[name=execute_on]").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    press(page, "Maak de betaalopdracht")
    says(page, "Bestand voor de bank")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Bestand voor de bank").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    root = ElementTree.parse(path).getroot()
    names = {"p": root.tag.partition("}")[0].lstrip("{")}
    assert [amount.text for amount in root.findall(".//p:InstdAmt", names)] == ["48000.00"]
    assert root.findtext(".//p:CtrlSum", namespaces=names) == "48000.00"
