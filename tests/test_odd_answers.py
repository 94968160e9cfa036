"""Every form that people can reach answers odd input too: whatever stands in one of its fields, nothing breaks.

The forms are those of the pages themselves, filled in as the page shows them, with one field at a time made odd. What
is asked then is only that Draad answers: that nothing wrong is kept is the matter of each form's own tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import Resolver404, resolve

from tests.walking import STARTS, client_of, pages

ODD = ["", "9" * 40, "a\x00b 2022-02-30"]
LEAST_FORMS = {
    "programma": 30,
    "beheerder": 35,
    "beoordelaar": 5,
    "plannen": 8,
    "goedkeurder": 7,
    "invuller": 4,
    "lezer": 2,
    "": 3,
}
"""Who posts, and how many forms they reach at least."""
Values = dict[str, list[str]]
Form = tuple[str, Values, set[str]]
"""Where a form is sent to, what its fields hold, and which of them take a file."""
Key = tuple[str, frozenset[str]]


class Forms(HTMLParser):
    """The forms of a page that post: where to, and what their fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open = False
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = given.get("method", "get").lower() == "post"
            if self._open:
                self.found.append((given.get("action", ""), {}, set()))
        if not self._open:
            return
        _action, values, files = self.found[-1]
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") == "file":
            files.add(name)
        elif tag == "input" and name and (given.get("type") not in {"checkbox", "radio"} or "checked" in given):
            values.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "select":
            self._select = name
            values.setdefault(name, [])
        elif tag == "option" and self._select and ("selected" in given or not values[self._select]):
            values[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._area = name
            values[name] = [""]
        elif tag == "button" and name:
            values.setdefault(name, [given.get("value", "")])

    def handle_data(self, data: str) -> None:
        if self._open and self._area:
            self.found[-1][1][self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def forms_of(person: str) -> dict[Key, Form]:
    """Each form once by the route it is sent to and its fields."""
    forms: dict[Key, Form] = {}
    for page in pages(client_of(person), *STARTS):
        found = Forms()
        found.feed(page.look().content.decode())
        for action, values, files in found.found:
            path = action or page.path
            try:
                name = resolve(path.split("?")[0]).view_name
            except Resolver404:
                continue
            if name != "account_logout":
                forms.setdefault((name, frozenset(n.rsplit(":", 1)[-1] for n in values)), (path, values, files))
    return forms


def odd_posts(values: Values, files: set[str]) -> Iterator[dict[str, Any]]:
    plain: dict[str, Any] = {name: held for name, held in values.items() if name != "csrfmiddlewaretoken"}
    yield {}
    for name in plain:
        for odd in ODD:
            yield {**plain, name: odd}
    for name in files:
        yield {**plain, name: SimpleUploadedFile("leeg.xlsx", b"")}
        yield {**plain, name: SimpleUploadedFile("a\x00b.docx", b"PK\x03\x04 geen zip")}


@pytest.fixture(scope="module")
def tried() -> set[Key]:
    """The forms that somebody has posted: who comes later posts the others."""
    return set()


@pytest.mark.parametrize("person", LEAST_FORMS)
def test_no_form_breaks_on_odd_input(demonstration: None, db: None, tried: set[Key], person: str) -> None:
    client = client_of(person)
    client.raise_request_exception = False
    forms, wrong = forms_of(person), []
    for path, values, files in (form for key, form in forms.items() if key not in tried):
        for posted in odd_posts(values, files):
            with transaction.atomic():
                answer: Any = client.post(path, posted)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                wrong.append((path, {k: v for k, v in posted.items() if v != values.get(k)}))
    tried.update(forms)
    assert wrong == []
    assert len(forms) >= LEAST_FORMS[person]
