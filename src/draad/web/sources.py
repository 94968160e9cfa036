"""Writes the source of a fact for a reader. Facts name their sources in English; a Dutch page translates them."""

from __future__ import annotations

import re

from django.utils.translation import get_language

DUTCH = (
    (r"written question on action (\d+)", r"schriftelijke vraag over actie \1"),
    (r"written question (\d+)", r"schriftelijke vraag nr. \1"),
    (r"example: invented by Draad", "voorbeeld: verzonnen door Draad"),
    (r"entered by a person", "ingevoerd door een medewerker"),
    (r"VVSG evaluation", "evaluatie door de VVSG"),
    (r"VVSG page", "pagina van de VVSG"),
    (r"ABB application form for the (\d+) call", r"aanvraagformulier van ABB voor de oproep van \1"),
    (r"ABB application form", "aanvraagformulier van ABB"),
    (r"ABB form", "formulier van ABB"),
    (r"form rows prepared before the (\d+) call", r"formulierregels van vóór de oproep van \1"),
    (r"subsidised from round (\d+)", r"gesubsidieerd vanaf ronde \1"),
    (r"programme page of (\d+-\d+-\d+)", r"programmapagina van \1"),
    (r"programme figures page", "cijferpagina van het programma"),
    (r"public programme pages", "openbare programmapagina’s"),
    (r"programme pages", "programmapagina’s"),
    (r"another page gives", "een andere pagina geeft"),
    (r"\banother (\d+)", r"een andere \1"),
    (r"another programme page", "een andere programmapagina"),
    (r"a third programme page", "een derde programmapagina"),
    (r"the mid-term date first 15 April", "de tussentijdse datum eerst 15 april"),
    (r"16\.9 million", "16,9 miljoen"),
    (r"granted: 16\.83 million, rounded", "toegekend: 16,83 miljoen, afgerond"),
    (r"who the indicator lines count", "wie de KPI-lijnen tellen"),
    (r"does not say whether it covers this action", "zegt niet of dit ook voor deze actie geldt"),
    (r"printed there as action (\d+)", r"daar gedrukt als actie \1"),
    (r"text of the page", "tekst van de pagina"),
    (r"action-objective pairs", "welke actie bij welke doelstelling"),
    (r"corrected amount", "verbeterd bedrag"),
    (r"chapter (\d+)", r"hoofdstuk \1"),
    (r"(\w+) quote", r"citaat \1"),
    (r"Statbel: population on", "Statbel: bevolking op"),
    (r"national and Flemish lists of territorial codes", "federale en Vlaamse lijsten van gebiedscodes"),
    (r"register of local governments", "register van lokale besturen"),
    (r"\b(and )?answers\b", r"\1antwoorden"),
    (r"\b(and )?answer\b", r"\1antwoord"),
    (r"\bquestions\b", "vragen"),
    (r"\bquestion\b", "vraag"),
    (r"\bobjectives\b", "doelstellingen"),
    (r"\bintroduction\b", "inleiding"),
    (r"\brespondents\b", "respondenten"),
    (r"\bheadings\b", "titels"),
    (r"\bmaxima\b", "maxima"),
    (r"\baction (\d+)", r"actie \1"),
    (r"\band\b", "en"),
)  # fmt: skip


def source_text(source: str) -> str:
    """The source as the reader's language has it; a phrase that is not known stays as it was given."""
    if get_language() != "nl":
        return source
    for english, dutch in DUTCH:
        source = re.sub(english, dutch, source)
    return source
