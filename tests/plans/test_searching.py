"""Search in the sheets in Dutch: stems, compounds whole and in parts, and how much of the original document it finds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.documents.text import split_lines
from draad.organisations.names import fold
from draad.plans.content import Content, reading_content
from draad.plans.measure_forms import EMPTY
from draad.plans.reading.assemble import read_lines
from draad.plans.searching import Index, index_of, stem


def sheet(*texts: str) -> Content:
    """A measure with these texts: its name, explanation and the first milestone."""
    title, explanation, milestone = [*texts, "", "", ""][:3]
    rows = [{"period": "2018", "text": milestone, "fte": "", "staff": []}]
    return EMPTY | {"title": title, "explanation": explanation, "milestones": rows}


TOWN = index_of({
    1: sheet("De nachtbus rijdt tot drie uur", "De bus door de nacht", "Proef op twee lijnen"),
    2: sheet("Hellingen aan elke halte", "Scholen en huizen zijn bereikbaar", "Het lokale bestuur bouwt hellingen"),
    3: sheet("Coaches voor schoolverlaters", "De taalcoach helpt", "Een traject voor de inburgering"),
    4: sheet("Inburgeringstrajecten", "Subsidies en foto's", "Lokale besturen en gemeenten"),
    5: sheet("Over het weer", "Onder meer op zoek naar zon", "Elke klas een brief"),
})  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("nachtbussen", [1]),
        ("bus", [1]),
        ("nacht", [1]),
        ("lijnproef", [1]),
        ("helling halte", [2]),
        ("haltehelling", [2]),
        ("school", [2, 3]),
        ("huis", [2]),
        ("taalcoaches", [3]),
        ("coach", [3]),
        ("inburgeringstraject", [3, 4]),
        ("inburgering traject", [3, 4]),
        ("trajecten inburgering", [3, 4]),
        ("lokaal bestuur", [2, 4]),
        ("lokale besturen", [2, 4]),
        ("gemeente", [4]),
        ("subsidie", [4]),
        ("klassen", [5]),
        ("brieven", [5]),
        ("inburg", [3, 4]),
        ("onderzoek", []),
        ("zeppelin", []),
        ("bus zeppelin", []),
        ("taal coach", [3]),
    ],
)
def test_words_are_found_as_people_type_them(typed: str, found: list[int]) -> None:
    assert sorted(TOWN.find(typed) or []) == found


def test_the_word_itself_comes_before_a_compound_with_it() -> None:
    found = index_of({1: sheet("Schoolverlaters"), 2: sheet("De school"), 3: sheet("De school", "De school")})
    assert found.find("scholen") == [3, 2, 1]


def test_nothing_typed_is_no_search() -> None:
    assert TOWN.find("  ,") is None


@given(st.text(alphabet="abdeghiklnorstuvwz", min_size=1, max_size=14))
def test_a_stem_has_no_stem_of_its_own(word: str) -> None:
    assert stem(stem(word)) == stem(word)


@given(st.lists(st.sampled_from(["bus", "school", "halte", "bestuur", "coach", "taal", "traject", "inburgering", "woning"]), min_size=2,
                max_size=5, unique=True))  # fmt: skip
def test_more_words_never_find_more(words: list[str]) -> None:
    assert set(TOWN.find(" ".join(words)) or []) <= set(TOWN.find(" ".join(words[1:])) or [])


MEANT = {
    "taalcoaches": "taalcoach",
    "inburgeringstraject": r"inburgeringstraject|traject\w* (\w+ ){0,3}inburger|inburger\w* (\w+ ){0,3}traject",
    "inburgering traject": r"(?=[\s\S]*inburger)(?=[\s\S]*traject)",
    "lokale besturen": r"(?=[\s\S]*lokale?\b)(?=[\s\S]*bestu)|(?=[\s\S]*lokaal)(?=[\s\S]*bestu)",
    "gemeente": "gemeente",
    "scholen": r"\bscho+l",
    "kleuterparticipatie": r"kleuterparticipatie|kleuter\w* (\w+ ){0,4}participa|participa\w* (\w+ ){0,4}kleuter",
    "kleuter": "kleuter",
    "vrijwilligers": "vrijwilliger",
    "discriminatie": "discrimina",
    "werkzoekende": "werkzoeke",
    "ondernemer": "ondernemer",
    "kinderopvang": "kinderopvang",
    "jongere": "jongere",
    "vluchteling": "vluchteling",
    "tolk": "tolk",
    "taalstimulering": r"taalstimuler|stimuler\w+ (\w+ ){0,3}taal",
    "gezondheid": "gezondheid",
    "sporten": "sport",
    "diversiteit": "diversiteit",
    "monitoren": "monitor",
    "subsidies": "subsidi",
    "werkvloer": "werkvloer",
    "initiatief": "initiatie",
    "onderzoeken": "onderzoek",
    "kind": r"\bkind",
    "anderstalige": "anderstalig",
    "nieuwkomer": "nieuwkomer",
    "ouderbetrokkenheid": r"ouderbetrokkenheid|betrokken\w* (\w+ ){0,3}ouder|ouder\w* (\w+ ){0,3}betrok",
    "leerkracht": "leerkracht",
    "stages": r"\bstage",
}
"""What a user types, and the pattern of the texts that are meant."""


@pytest.fixture(scope="module")
def annex(document: Path) -> tuple[Index, dict[int, str]]:
    """The 46 sheets of the original document: their index, and their folded texts."""
    read = read_lines(split_lines(document.read_text(encoding="utf-8")), document.name)
    contents = {number: reading_content(one.as_dict()) for number, one in enumerate(read, start=1)}
    texts = {
        number: fold(" ".join([
            *(value for value in content.values() if isinstance(value, str)),
            *(row["text"] for row in content["milestones"]),
            *(goal["text"] for goal in content["goals"]),
        ]))
        for number, content in contents.items()
    }  # fmt: skip
    return index_of(contents), texts


def test_what_users_type_finds_what_they_mean(annex: tuple[Index, dict[int, str]]) -> None:
    index, texts = annex
    meant = {typed: {n for n, text in texts.items() if re.search(MEANT[typed], text)} for typed in MEANT}
    found = {typed: set(index.find(typed) or []) for typed in MEANT}
    right = sum(len(found[typed] & meant[typed]) for typed in MEANT)
    missed = {typed: sorted(meant[typed] - found[typed]) for typed in MEANT if meant[typed] - found[typed]}
    assert right / sum(map(len, meant.values())) >= 0.97, f"not found: {missed}"
    assert right / sum(map(len, found.values())) >= 0.95, "too much else was found"
    assert all(found[typed] for typed in MEANT if meant[typed])
