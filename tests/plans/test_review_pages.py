"""The page on which a sheet is looked through: by keyboard, without script, and with nothing lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.roles import Role
from draad.plans.actions.review import decide
from draad.plans.models import Plan, ReadSheet, SheetUpload
from draad.plans.queries import sheets_of
from tests.plans.desk import BY, first, in_plan, put, sheets
from tests.plans.test_second_reading import newer

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(sign_in: Callable[[Role | None], Client]) -> Client:
    return sign_in(Role.PLAN_COORDINATOR)


@pytest.fixture
def sheet(plan: Plan) -> ReadSheet:
    """A sheet with a doubtful target."""
    found = first(put(plan, sheets()))
    values = deepcopy(found.values)
    values["confidence"]["target"] = 0.54
    with audit.recording(by=BY) as log:
        log.change(found, verb="test.doubt", values=values, waiting=1)
    return found


def page(client: Client, sheet: ReadSheet, query: str = "") -> str:
    return unescape(client.get(reverse("plans:sheet", args=[sheet.pk]) + query).content.decode())


def send(client: Client, sheet: ReadSheet, follow: bool = True, **values: Any) -> Any:
    """Decide about a field as the form does."""
    sent = {"field": "target", "text": "150 ritten", "decision": "accepted", "revision": sheet.revision, **values}
    return client.post(reverse("plans:sheet_decide", args=[sheet.pk]), sent, follow=follow)


def text(answer: Any) -> str:
    return unescape(answer.content.decode())


def test_the_page_shows_what_waits_and_where_it_stands(client: Client, sheet: ReadSheet) -> None:
    shown = page(client, sheet)
    assert "Fiche 1 van 2 nalezen" in shown
    assert "0 aanvaard, 2 te gaan, waarvan 1 met twijfel" in shown
    assert "twijfel, 54 %" in shown
    assert re.search(
        r'draad-mark--doubt draad-mark--here" id="plaats" href="\?veld=target#nu"[^>]*>150 ritten<sup>1', shown
    )
    assert "Beslis eerst over 1 veld." in shown


def test_every_control_is_a_button_or_a_link_with_its_key_announced(client: Client, sheet: ReadSheet) -> None:
    shown = page(client, sheet)
    for key in ("a", "l", "f", "j"):
        assert shown.count(f'accesskey="{key}"') == 1
        assert f"<kbd>{key.upper()}</kbd>" in shown
    assert "toegangstoets van uw browser" in shown
    assert "onclick" not in shown
    assert 'style="' not in shown


def test_another_field_is_chosen_by_a_link(client: Client, sheet: ReadSheet) -> None:
    shown = page(client, sheet, "?veld=budget")
    chosen = shown[shown.index('id="nu"') :]
    assert chosen.index("2017: 200.000 euro") < chosen.index("150 ritten")


def test_accepting_goes_on_with_what_waits_next(client: Client, sheet: ReadSheet) -> None:
    answer = send(client, sheet, follow=False)
    assert answer["Location"] == reverse("plans:sheet", args=[sheet.pk]) + "#nu"
    shown = page(client, sheet)
    assert "Beslis eerst" not in shown
    assert "aanvaard</td>" in shown


def test_typing_something_else_is_a_correction(client: Client, sheet: ReadSheet) -> None:
    shown = text(send(client, sheet, text="160 ritten"))
    assert "160 ritten" in shown
    assert "verbeterd" in shown
    stored = ReadSheet.objects.get(pk=sheet.pk)
    assert stored.values["target"] == "150 ritten"
    assert "Herstel" in page(client, stored, "?veld=target")
    send(client, stored, decision="", text="160 ritten")
    assert ReadSheet.objects.get(pk=sheet.pk).corrections == {}


def test_empty_in_the_source_is_a_decision(client: Client, sheet: ReadSheet) -> None:
    assert "leeg in bron" in text(send(client, sheet, decision="empty"))
    assert ReadSheet.objects.get(pk=sheet.pk).decisions == {"target": "empty"}


def test_what_was_typed_stays_when_it_is_refused(client: Client, sheet: ReadSheet) -> None:
    answer = send(client, sheet, field="operational_goals", text="De bus zonder code")
    assert answer.status_code == 422
    shown = text(answer)
    assert "Begin elke regel met de code" in shown
    assert "De bus zonder code</textarea>" in shown
    assert ReadSheet.objects.get(pk=sheet.pk).decisions == {}


def test_the_second_of_two_people_sees_both_values(client: Client, sheet: ReadSheet) -> None:
    decide(sheet, "target", "corrected", text="170 ritten", revision=0, by=BY)
    answer = send(client, sheet, text="160 ritten")
    assert answer.status_code == 409
    shown = text(answer)
    assert "Iemand anders bewaarde dit intussen" in shown
    assert "160 ritten</textarea>" in shown
    assert "Nu bewaard: 170 ritten" in shown
    now = ReadSheet.objects.get(pk=sheet.pk)
    send(client, now, text="160 ritten")
    assert ReadSheet.objects.get(pk=sheet.pk).corrections == {"target": "160 ritten"}


def test_accepting_the_sheet_goes_to_the_next_open_one(client: Client, sheet: ReadSheet) -> None:
    accept = reverse("plans:sheet_accept", args=[sheet.pk])
    refused = client.post(accept, {"revision": 0}, follow=True)
    assert "Beslis eerst over 1 veld." in text(refused)
    send(client, sheet)
    upload: SheetUpload = sheet.upload
    second = list(sheets_of(upload))[1]
    assert client.post(accept, {"revision": 1})["Location"] == reverse("plans:sheet", args=[second.pk])
    last = client.post(reverse("plans:sheet_accept", args=[second.pk]), {"revision": 0})
    assert last["Location"] == reverse("plans:desk", args=[upload.pk])
    assert "Open de fiche weer" in page(client, sheet)
    client.post(reverse("plans:sheet_step", args=[sheet.pk, "heropenen"]))
    assert ReadSheet.objects.get(pk=sheet.pk).state == "open"


def test_the_steps_of_a_whole_sheet(client: Client, sheet: ReadSheet) -> None:
    def go(step: str, of: ReadSheet, **values: Any) -> Any:
        return client.post(
            reverse("plans:sheet_step", args=[of.pk, step]), {"revision": of.revision, **values}, follow=True
        )

    assert "Kies een regel binnen de fiche" in text(go("splitsen", sheet, line=""))
    assert "Vul de nieuwe mijlpaal in." in text(go("mijlpaal", sheet))
    assert "weggelaten" in text(go("weglaten", sheet))
    go("heropenen", sheet)
    sheet.refresh_from_db()
    both = text(go("samenvoegen", sheet))
    assert "Fiche 1 van 1 nalezen" in both
    merged = first(sheet.upload)
    middle = merged.lines[len(sheet.lines)][1]
    assert "Fiche 1 van 2 nalezen" in text(go("splitsen", merged, line=str(middle)))
    assert go("onzin", merged).status_code == 404


def test_a_sheet_that_went_up_in_another_still_has_a_page(client: Client, sheet: ReadSheet) -> None:
    client.post(reverse("plans:sheet_step", args=[sheet.pk, "samenvoegen"]), {"revision": 0})
    assert "Samengevoegd" in page(client, sheet)


def test_a_newer_reading_is_set_beside_the_plan(client: Client, plan: Plan) -> None:
    in_plan(plan)
    sheet = first(put(plan, newer(), name="nieuw.docx"))
    shown = page(client, sheet, "?veld=target")
    assert "Nu in het plan:" in shown
    assert "150 ritten" in shown
    assert "Behoud het plan" in shown
    assert "Neem over" in shown
    assert "Deze mijlpaal staat niet meer in het nieuwe document." in shown
    send(client, sheet, text="250 ritten", decision="kept")
    assert "plan behouden" in page(client, sheet)


def test_the_measure_is_chosen_by_its_number(client: Client, plan: Plan) -> None:
    in_plan(plan)
    sheet = first(put(plan, newer(), name="nieuw.docx"))
    address = reverse("plans:sheet_measure", args=[sheet.pk])
    assert "geen maatregel 99" in text(client.post(address, {"number": "99", "revision": 0}, follow=True))
    client.post(address, {"number": "", "revision": 0})
    assert ReadSheet.objects.get(pk=sheet.pk).measure is None
    client.post(address, {"number": "1", "revision": 1})
    measure = ReadSheet.objects.get(pk=sheet.pk).measure
    assert measure
    assert measure.number == 1


@pytest.mark.parametrize("route", ["sheet_decide", "sheet_accept", "sheet_measure"])
def test_decisions_are_posted(client: Client, sheet: ReadSheet, route: str) -> None:
    assert client.get(reverse(f"plans:{route}", args=[sheet.pk])).status_code == 405
