"""Translations: ``compile`` makes .mo files, ``check`` names what has no English or two, ``update`` adds what lacks.

Dutch is the source language. Sentences are found in Python with Babel and in templates with Django's own reader of
translation tags. Each room keeps its English in ``locale/en/LC_MESSAGES/django.po``.
"""

import ast
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "draad"
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip

Sentence = tuple[str, str | None]


def with_inner(text: str) -> str:
    """Python with what stands between the braces of its f-strings written out: Babel reads an f-string as one word."""
    inner = [ast.unparse(node.value) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FormattedValue)]
    return "\n".join([text, *inner])


def sentences(room: Path) -> dict[Sentence, str | tuple[str, str]]:
    """Every sentence of a room (with its context), and its plural when it has one."""
    found: dict[Sentence, str | tuple[str, str]] = {}
    for path in sorted([*room.rglob("*.py"), *room.rglob("*.html"), *room.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        text = path.read_text("utf-8")
        code = with_inner(text) if path.suffix == ".py" else templatize(text, origin=str(path))
        for _line, message, _comments, context in extract("python", BytesIO(code.encode()), KEYWORDS):
            first = message[0] if isinstance(message, tuple) else message
            if first:
                found[(first, context)] = (message[0], message[1]) if isinstance(message, tuple) else message
    return found


def catalogue(room: Path) -> tuple[Path, Catalog]:
    """The English of a room and where it is kept."""
    path = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return path, Catalog(locale="en")
    with path.open("rb") as file:
        return path, read_po(file, locale="en")


def rooms() -> list[Path]:
    """Every room that has code."""
    return sorted(path.parent for path in ROOMS.glob("*/__init__.py"))


def compile_all() -> int:
    """Make the .mo file of every catalogue."""
    for path in ROOMS.glob("*/locale/en/LC_MESSAGES/django.po"):
        with path.open("rb") as source, path.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale="en"))
    return 0


def check_all() -> int:
    """Name every sentence without English, and every English that no sentence uses any more."""
    problems = 0
    for room in rooms():
        path, english = catalogue(room)
        wanted = sentences(room)
        for text, context in wanted:
            entry = english.get(text, context)
            translated = entry is not None and (all(entry.string) if isinstance(entry.string, tuple) else entry.string)
            if not translated or (entry is not None and entry.fuzzy):
                problems += 1
                print(f"{room.name}: no English for {text!r}")
        for entry in english:
            text = entry.id[0] if isinstance(entry.id, tuple) else entry.id
            if text and (text, entry.context) not in wanted:
                problems += 1
                print(f"{path.relative_to(ROOT)}: not used any more: {text!r}")
    different = differing()
    for text, said in different:
        print(f"{text!r} is {' and '.join(said)}: a page shows one of them in all rooms; align them or give a context")
    return min(problems + len(different), 1)


def differing() -> list[tuple[str, list[str]]]:
    """The Dutch sentences that rooms put in different English, each with what they say."""
    said: dict[Sentence, dict[str, str]] = {}
    for room in rooms():
        for entry in catalogue(room)[1]:
            text = str(entry.id[0] if isinstance(entry.id, tuple) else entry.id)
            english = str(entry.string[0] if isinstance(entry.string, tuple) else entry.string)
            if text and english:
                said.setdefault((text, entry.context), {}).setdefault(english, room.name)
    return [
        (text, [f"{english!r} in {room}" for english, room in found.items()])
        for (text, _context), found in said.items()
        if len(found) > 1
    ]


def update_all(names: list[str]) -> int:
    """Bring the catalogues (of the rooms named, else of all) in line with the code; new entries stay empty."""
    for room in rooms():
        if names and room.name not in names:
            continue
        path, english = catalogue(room)
        made, revised = english.creation_date, english.revision_date
        fresh = Catalog(locale="en", project="Draad", fuzzy=False, creation_date=made, revision_date=revised)
        found = sorted(sentences(room).items(), key=lambda item: (item[0][0], item[0][1] or ""))
        for (text, context), message in found:
            known = english.get(text, context)
            fresh.add(message, known.string if known else None, context=context)
        if len(fresh):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, fresh, omit_header=False, width=119, no_location=True)
    return 0


if __name__ == "__main__":
    tasks = {"compile": compile_all, "check": check_all, "update": lambda: update_all(sys.argv[2:])}
    sys.exit(tasks[sys.argv[1]]())
