"""Sources of facts as a Dutch and an English reader see them."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.utils import translation

from draad.web.sources import source_text

ENGLISH_WORDS = re.compile(
    r"\b(written|question|questions|answer|answers|page|pages|programme|figures|evaluation|of the|form|call|another|"
    r"corrected|amount|rounded|granted|first|introduction|headings|respondents|lists?|population|printed)\b"
)


@pytest.mark.parametrize(
    ("english", "dutch"),
    [
        ("written question 492: answer 2", "schriftelijke vraag nr. 492: antwoord 2"),
        ("written question on action 21: question", "schriftelijke vraag over actie 21: vraag"),
        ("programme figures page", "cijferpagina van het programma"),
        ("programme figures page: text of the page", "cijferpagina van het programma: tekst van de pagina"),
        ("programme page of 20-11-2023", "programmapagina van 20-11-2023"),
        ("example: invented by Draad", "voorbeeld: verzonnen door Draad"),
        ("another programme page", "een andere programmapagina"),
        ("a third programme page", "een derde programmapagina"),
        ("VVSG evaluation: action 14", "evaluatie door de VVSG: actie 14"),
        ("VVSG evaluation: respondents", "evaluatie door de VVSG: respondenten"),
        ("VVSG page", "pagina van de VVSG"),
        ("Statbel: population on 1-1-2020", "Statbel: bevolking op 1-1-2020"),
        (
            "written question 492: answer 9c (printed there as action 15)",
            "schriftelijke vraag nr. 492: antwoord 9c (daar gedrukt als actie 15)",
        ),
        ("een bron die al Nederlands is", "een bron die al Nederlands is"),
        ("", ""),
    ],
)
def test_sources(english: str, dutch: str) -> None:
    with translation.override("nl"):
        assert source_text(english) == dutch
    with translation.override("en"):
        assert source_text(english) == english


def test_every_published_figure_and_list_has_a_dutch_source(db: None) -> None:
    models = [apps.get_model("figures.publishedfigure"), apps.get_model("applications.listedpartnership"),
              apps.get_model("applications.listedmentorship")]  # fmt: skip
    sources = {source for model in models for source in model._default_manager.values_list("source", flat=True)}
    with translation.override("nl"):
        left = {source_text(source): ENGLISH_WORDS.findall(source_text(source)) for source in sources}
    assert {text: words for text, words in left.items() if words} == {}
