"""Signing in by real browser: a passkey made and used under the strict policy, and every step without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from draad.datasets.demonstration import PASSWORD
from tests.browser.conftest import sign_in

Open = Callable[..., BrowserContext]
Watch = Callable[[Page], list[str]]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def with_key(opened: Open, site: str) -> Page:
    """A page of a browser that holds a virtual authenticator; browsers give passkeys to names, not to bare addresses."""
    context = opened()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{site.replace('127.0.0.1', 'localhost')}/account/login/")
    return page


def type_password(page: Page, email: str) -> None:
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")


def test_a_passkey_is_made_and_signs_in_without_password(with_key: Page, complaints: Watch) -> None:
    page = with_key
    heard = complaints(page)
    type_password(page, "evaluator@example.org")
    page.get_by_role("link", name="Beheer uw tweede factor").click()
    page.get_by_role("link", name="Voeg een sleutel toe").click()
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=name]", "laptop van de test")
    page.check("input[name=passwordless]")
    page.get_by_role("button", name="Voeg de sleutel toe").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Herstelcodes")
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("link", name="Aanmelden").click()
    page.get_by_role("button", name="Meld aan met een toegangssleutel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    expect(page.locator("main")).to_contain_text("laptop van de test")
    page.get_by_role("button", name="Afmelden").click()
    page.get_by_role("link", name="Aanmelden").click()
    type_password(page, "evaluator@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tweede factor")
    page.get_by_role("button", name="Gebruik een toegangssleutel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    assert heard == []


def test_a_passkey_that_gives_no_answer_is_said_in_words(opened: Open, site: str) -> None:
    page = opened().new_page()
    page.goto("/account/login/")
    expect(page.locator("[data-passkey-error]")).to_be_hidden()
    page.get_by_role("button", name="Meld aan met een toegangssleutel").click()
    expect(page.locator("[data-passkey-error]")).to_be_visible()


def test_signing_in_and_inviting_work_without_scripts(opened: Open, site: str) -> None:
    page = opened(java_script_enabled=False).new_page()
    sign_in(page, "administrator")
    page.goto("/beheer/gebruikers/uitnodigen/")
    page.fill("input[name=email]", "zonder-script@example.org")
    page.fill("input[name=name]", "Zonder Script")
    page.fill("input[name=organisation]", "Aalst")
    page.select_option("select[name=role]", "government_editor")
    page.fill("textarea[name=reason]", "proef zonder scripts")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Zonder Script")
    expect(page.locator("main")).to_contain_text("De uitnodiging is verstuurd naar zonder-script@example.org.")
