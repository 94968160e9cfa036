"""Uploading inhabitants by hand, with scripts off: template, file, errors, choice, confirmation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import sign_in

Open = Callable[..., BrowserContext]


def test_from_template_to_saved_without_scripts(opened: Open, tmp_path: Path) -> None:
    page = opened(java_script_enabled=False).new_page()
    sign_in(page, "programme_manager")
    page.goto("/beheer/inwoners/")
    page.get_by_label("Gemeenten op").fill("2024-01-01")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Excel").click()
    path = tmp_path / "ingevuld.xlsx"
    waiting.value.save_as(path)
    book = openpyxl.load_workbook(path)
    sheet = book["Inwoners"]
    codes = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    codes["44021"][2].value = 70_000
    codes["11002"][2].value = -3
    book.save(path)

    page.goto("/beheer/inwoners/")
    page.get_by_label("Bestand", exact=True).set_input_files(path)
    page.get_by_label("Referentiedatum").fill("2024-01-01")
    page.get_by_label("Wie is geteld").select_option("non_eu14")
    page.get_by_label("Bron").fill("proef")
    page.get_by_role("button", name="Controleer het bestand").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Controleer voor u bewaart")
    expect(page.locator("#t-fouten")).to_contain_text("-3 is negatief")
    expect(page.locator("#t-rijen")).to_contain_text("70.000")

    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("main")).to_contain_text("Er zijn rijen met fouten.")
    page.get_by_label("Bewaar alleen de 1 goede rij").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("main")).to_contain_text("Bewaard: 1 nieuw, 0 gewijzigd, 0 bleven gelijk.")
    page.goto("/besturen/gent/")
    expect(page.locator("#t-inwoners")).to_contain_text("70.000")
