"""What the tutorial “A round, from call to payment” says that its reader sees, on the site that ``make run`` prepares."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from draad.accounts.roles import Role
from tests.browser.conftest import picture, sign_in


def test_the_draft_of_gent_has_one_mistake_that_is_explained(page: Page) -> None:
    sign_in(page, Role.GOVERNMENT_EDITOR)
    page.goto("/aanvragen/")
    page.get_by_role("link", name="Vul aan en dien in").click()
    expect(page.get_by_role("alert")).to_contain_text("De controlecijfers van")
    expect(page.get_by_label("Rekeningnummer (IBAN)")).to_have_value("BE68 5390 0754 7043")
    expect(page.locator("main")).to_contain_text("Bevestig de eigen inbreng")
    picture(page, "application")


def test_three_ways_to_divide_stand_side_by_side(page: Page) -> None:
    sign_in(page, Role.PROGRAMME_MANAGER)
    page.goto("/verdeling/voorbeeldprogramma/ronde-1/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("te weinig")
    expect(page.get_by_role("radio")).to_have_count(3)
    picture(page, "desk")
