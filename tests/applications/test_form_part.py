"""What a script gets after saving fields: exactly what changed on the page, and all of it when somebody else saved."""

from __future__ import annotations

import json
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from draad.accounts.roles import Role
from draad.applications.models import Application
from draad.applications.policies.fields import explanation_field, incentive_field, share_field
from tests.applications.filling import field_of, read, typing
from tests.applications.making import enter, indicator, make_application, make_call, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("during")]
VOID = {"input", "br", "rect", "path", "circle", "img", "meta", "link"}


class Pieces(HTMLParser):
    """The elements of a page that a script takes over: live parts by id, fields by name."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text, self.open, self.found = text, [], {}
        self.starts = [0]
        for line in text.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.feed(text)

    def _here(self) -> int:
        line, column = self.getpos()
        return self.starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        known = dict(attrs)
        key = known.get("data-field") or ("#" + str(known["id"]) if "data-live" in known and "id" in known else "")
        self.open.append((tag, key, self._here() + len(self.get_starttag_text() or "")))

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, key, start = self.open.pop()
            if key:
                self.found[key] = self.text[start : self._here()]
            if name == tag:
                break


def pieces(text: str) -> dict[str, str]:
    return Pieces(text).found


@pytest.fixture
def client() -> Client:
    """Who fills in for Gent."""
    return enter(person(Role.GOVERNMENT_EDITOR, "Gent"))


@pytest.fixture
def draft() -> Application:
    """A draft of Gent and Aalst with three lines."""
    return make_application(make_call(), "Gent", {5: (1, 100), 17: (2, 60), 2: (3, 4)}, members=("Aalst",))


def opened(client: Client, draft: Application) -> str:
    page: str = client.get(f"/aanvragen/{draft.pk}/").content.decode()
    return page


def base_of(page: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(unescape(re.findall(r'name="base" value="([^"]*)"', page)[0]))
    return found


def send(client: Client, draft: Application, page: str, values: dict[str, str]) -> Any:
    """Post fields as the script does, having read ``page``."""
    base = base_of(page)
    revision = re.findall(r'name="revision" value="(\d+)"', page)[0]
    posted = {**values, "base": json.dumps({name: base.get(name, "") for name in values}), "revision": revision}
    return client.post(f"/aanvragen/{draft.pk}/", posted, headers={"X-Draad-Part": "1"})


def typed(draft: Application, case: str) -> dict[str, str]:
    """What somebody types."""
    form = read(draft)
    planned, priority = field_of(draft, 5, "planned"), field_of(draft, 5, "priority")
    line, members = form.lines[0].pk, [member.pk for member in form.partners]
    return {
        "number": {planned: "900"},
        "above the ceiling": {planned: "9000000"},
        "emptied": {planned: ""},
        "wrong": {planned: "negenhonderd"},
        "existing": {field_of(draft, 17, "existing"): "7"},
        "same priority": {priority: "2"},
        "other priority": {priority: "9"},
        "share": {share_field(line, members[0]): "40", share_field(line, members[1]): "60"},
        "text": {"contact_name": "Bo <Peeters>", "contact_email": "geen adres"},
        "remarks": {"remarks": "een\ntwee & drie"},
        "explanation": {explanation_field(indicator(5).terms.action_id): "Met de bibliotheek."},
        "statement": {"cofinancing_confirmed": ""},
        "incentive": {incentive_field("impact_bond", draft.applicant_id): "on"},
        "several": {planned: "1", "remarks": "x", "iban": "BE00"},
    }[case]


CASES = ["number", "above the ceiling", "emptied", "wrong", "existing", "same priority", "other priority", "share",
         "text", "remarks", "explanation", "statement", "incentive", "several"]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_part_holds_what_changed_on_the_page(client: Client, draft: Application, case: str) -> None:
    values = typed(draft, case)
    before = opened(client, draft)
    answer = send(client, draft, before, values)
    part, after = pieces(answer.content.decode()), opened(client, draft)
    wanted = pieces(after)
    assert "<html" not in answer.content.decode()
    assert set(values) <= set(part)
    changed = {key for key, text in wanted.items() if pieces(before).get(key) != text}
    assert changed <= set(part), "what is otherwise on the page now came along"
    live = {key: text for key, text in part.items() if key.startswith("#")}
    assert live == {key: wanted[key] for key in live}
    for name in set(part) - set(live):
        for control in re.findall(r"<(?:input|textarea)[^>]* name=[^>]*>", part[name]):
            shown = re.sub(r' id="[^"]*"', "", wanted[name])
            assert re.sub(r' id="[^"]*"', "", control) in shown
        assert ("data-note" in part[name]) == ("data-note" in wanted[name])


@pytest.mark.parametrize("case", CASES)
def test_the_next_save_counts_from_the_part(client: Client, draft: Application, case: str) -> None:
    values = typed(draft, case)
    answer = send(client, draft, opened(client, draft), values).content.decode()
    base = base_of(answer)
    now = base_of(opened(client, draft))
    assert set(values) <= set(base)
    assert base == {name: now[name] for name in base}


def test_a_part_tells_what_is_wrong(client: Client, draft: Application) -> None:
    answer = send(client, draft, opened(client, draft), typed(draft, "wrong"))
    assert answer.status_code == 422
    assert "“negenhonderd” is geen getal" in answer.content.decode()
    assert pieces(answer.content.decode())["#melding"].count("<li>") == 1


def test_a_double_priority_is_told_at_both_lines(client: Client, draft: Application) -> None:
    part = pieces(send(client, draft, opened(client, draft), typed(draft, "same priority")).content.decode())
    twice = {name for name, text in part.items() if "dubbel" in text}
    assert twice == {field_of(draft, 5, "priority"), field_of(draft, 17, "priority")}


def test_who_saved_meanwhile_sends_the_whole_page(client: Client, draft: Application) -> None:
    page, name = opened(client, draft), field_of(draft, 5, "planned")
    typing(draft, {"contact_name": "Cas Collega"}, by=person(Role.GOVERNMENT_APPROVER, "Gent"))
    answer = send(client, draft, page, {name: "900"})
    found = pieces(answer.content.decode())
    assert answer.status_code == 200
    assert 'value="Cas Collega"' in found["contact_name"]
    assert 'value="900"' in found[name]


def test_who_changed_the_same_field_meanwhile_is_told(client: Client, draft: Application) -> None:
    page, name = opened(client, draft), field_of(draft, 5, "planned")
    typing(draft, {name: "900"}, by=person(Role.GOVERNMENT_APPROVER, "Gent"))
    answer = send(client, draft, page, {name: "800"})
    assert answer.status_code == 409
    assert "Iemand anders bewaarde 900" in pieces(answer.content.decode())[name]
    assert 'value="800"' in pieces(answer.content.decode())[name]


def test_what_was_typed_in_a_line_that_is_gone_comes_back(client: Client, draft: Application) -> None:
    page, name = opened(client, draft), field_of(draft, 2, "planned")
    client.post(f"/aanvragen/{draft.pk}/lijnen/", {"before": [str(indicator(2).pk)]})
    answer = send(client, draft, page, {name: "77"}).content.decode()
    assert "<html" in answer
    assert "Dit typte u" in answer
    assert "77" in pieces(answer)["#melding"]


def test_a_save_is_small_and_asks_little(client: Client, draft: Application) -> None:
    page, name = opened(client, draft), field_of(draft, 5, "planned")
    with CaptureQueriesContext(connection) as asked:
        answer = send(client, draft, page, {name: "900"})
    assert len(answer.content) * 3 < len(page)
    statements = [entry["sql"] for entry in asked.captured_queries]
    reads = [sql for sql in statements if sql.startswith("SELECT")]
    assert len(reads) <= 15, reads
    assert sum(sql.startswith("INSERT") for sql in statements) == 1, "all events of a save are written at once"
