"""Changes a document and its reading by hand in the same way: to see that no rule knows a sheet by its words."""

from __future__ import annotations

import itertools
import json
import random
import re
from typing import Any

Sheet = dict[str, Any]

LABEL_WORDS = {
    *[
        "maatregel",
        "raming",
        "budgettair",
        "engagement",
        "strategische",
        "doelstelling",
        "effectindicator",
        "operationele",
    ],
    *[
        "verantwoordelijken",
        "kabinet",
        "outputindicator",
        "output",
        "indicator",
        "streefwaarde",
        "administratie",
        "betrokkenen",
    ],
    *[
        "andere",
        "partners",
        "duiding",
        "mijlpalen",
        "geschatte",
        "personeelsinzet",
        "vte",
        "sd",
        "od",
        "pagina",
        "van",
        "arde",
        "streefwa",
    ],
}
"""The words of the template itself; everything else may be another word in another plan."""
STAFF_WORDS = {
    *[
        "fte",
        "vte",
        "mensdagen",
        "medewerkers",
        "medewerker",
        "personeel",
        "team",
        "inzet",
        "projectcoördinator",
        "expert",
        "reguliere",
        "middelen",
    ],
    *["instructeurskorps", "voltallig", "onderzoeker", "docent", "zelfde", "als", "hierboven", "euro"],
}
"""The words of the trade in the column of staff."""
SMALL_WORDS = {
    *[
        "de",
        "het",
        "een",
        "en",
        "of",
        "in",
        "op",
        "te",
        "voor",
        "met",
        "bij",
        "aan",
        "door",
        "naar",
        "uit",
        "tot",
        "om",
        "als",
        "die",
        "dat",
        "is",
        "zijn",
        "wordt",
        "worden",
        "n",
        "v",
        "t",
        "nvt",
    ],
    *["http", "https", "www", "be"],
}


def sheet_starts(text: str) -> list[int]:
    """Where each sheet begins, the page's first character included."""
    return [match.start() for match in re.finditer(r"^ ?Maatregel(?= )", text, re.MULTILINE)]


def shuffled(text: str, truth: list[Sheet], seed: int) -> tuple[str, list[Sheet]]:
    """The sheets in another order; headings of goals stay with the sheet before them."""
    starts = [*sheet_starts(text), len(text)]
    order = list(range(len(truth)))
    random.Random(seed).shuffle(order)
    blocks = [text[a:b] for a, b in itertools.pairwise(starts)]
    parts = [block if block[:1] == " " else f" {block}" for block in (blocks[i].rstrip("\n") for i in order)]
    return "\n".join(parts) + "\n", [truth[i] for i in order]


def with_other_years(text: str, truth: list[Sheet], by: int) -> tuple[str, list[Sheet]]:
    """All years moved."""

    def moved(own: str) -> str:
        return re.sub(r"\b20[012]\d\b", lambda match: str(int(match[0]) + by), own)

    return moved(text), json.loads(moved(json.dumps(truth, ensure_ascii=False)))


def with_other_words(text: str, truth: list[Sheet], seed: int, *, keep_staff: bool) -> tuple[str, list[Sheet]]:
    """Every word that is not the template's replaced by a made-up one of the same length, the same each time."""
    kept = LABEL_WORDS | SMALL_WORDS | (STAFF_WORDS if keep_staff else {"vte", "fte"})
    source = random.Random(seed)
    made: dict[str, str] = {}

    def other(match: re.Match[str]) -> str:
        word = match[0]
        low = word.casefold()
        if low in kept or len(low) != len(word):
            return word
        if low not in made:
            made[low] = "".join(source.choice("bdfgklmnprst" if i % 2 else "aeiou") for i in range(len(low)))
        new = made[low]
        return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new

    def changed(own: str) -> str:
        return re.sub(r"[^\W\d_]+", other, own)

    return changed(text), [_map_sheet(sheet, changed) for sheet in truth]


def _map_sheet(sheet: Sheet, change: Any) -> Sheet:
    """The sheet with every text changed, the codes of goals and the words of empty values left."""

    def mapped(value: Any, key: str) -> Any:
        if key in {"strategic_goals", "operational_goals", "sequence", "ambiguous"}:
            return value
        if isinstance(value, list):
            return [mapped(item, key) for item in value]
        if isinstance(value, dict):
            return {name: mapped(item, name) for name, item in value.items()}
        return change(value) if isinstance(value, str) else value

    return {name: mapped(value, name) for name, value in sheet.items()}


def without_trailing_spaces(text: str) -> str:
    """What an editor leaves that trims lines."""
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)


def with_form_feeds(text: str) -> str:
    """Pages marked as converters do that keep form feeds."""
    lines = text.split("\n")
    pairs = zip(["", *lines], lines, strict=False)
    return "\n".join(
        "\f" + line[1:] if line[:1] == " " and line.strip() and above.strip() else line for above, line in pairs
    )


def with_rewrapped_explanations(text: str, width: int) -> str:
    """Long lines broken at another width: the wide boxes only, whose lines are longer than any column."""
    out = []
    for line in text.split("\n"):
        while len(line) > 130:
            at = line.rfind(" ", 0, width)
            if at <= 0:
                break
            out.append(line[: at + 1])
            line = line[at + 1 :]
        out.append(line)
    return "\n".join(out)
