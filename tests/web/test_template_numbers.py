"""Numbers that a page sends back stand in it as a machine reads them: 1650, while people read 1.650."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation

import draad

ROOT = Path(draad.__file__).parent
ATTRIBUTE = re.compile(
    r'\s(?:id|for|name|value|href|action|form|src|aria-labelledby|aria-describedby|data-[a-z-]+)="([^"]*)(?=")'
)
AS_PEOPLE_READ_IT = re.compile(r"\{\{ (?:\w+\.)*(?:pk|number|revision|version|year) \}\}")


def spoilt(text: str) -> list[str]:
    """The numbers in attributes of a template that would get a point between thousands."""
    return [number for inside in ATTRIBUTE.findall(text) for number in AS_PEOPLE_READ_IT.findall(inside)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('<tr id="lijn-{{ row.line.pk }}">', ["{{ row.line.pk }}"]),
        ('<input name="revision" value="{{ sheet.revision }}">', ["{{ sheet.revision }}"]),
        ('<input name="revision" value="{{ sheet.revision|unlocalize }}">', []),
        ('<p aria-label="Aanvraag {{ application.number }}">{{ application.number }}</p>', []),
    ],
)
def test_the_measure_itself(text: str, found: list[str]) -> None:
    assert spoilt(text) == found


def test_no_template_spoils_a_number() -> None:
    templates = sorted(ROOT.rglob("templates/**/*.html"))
    assert len(templates) > 100
    assert {str(path.relative_to(ROOT)): found for path in templates if (found := spoilt(path.read_text()))} == {}


@pytest.mark.parametrize(("language", "words"), [("nl", "1.650"), ("en", "1,650")])
def test_people_and_machines_read_their_own(language: str, words: str) -> None:
    template = engines["django"].from_string('<b id="{{ n|unlocalize }}">{{ n }}</b>')
    with translation.override(language):
        assert template.render({"n": 1650}) == f'<b id="1650">{words}</b>'
