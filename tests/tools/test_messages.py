"""The tool for translations finds what is not translated, and only that."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def room(tmp_path: Path, messages: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "src" / "draad" / "room"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "code.py").write_text('_("Eén")\nngettext("%(n)s rij", "%(n)s rijen", 2)\n')
    (folder / "page.html").write_text(
        '{% translate "Twee" %}{% blocktranslate with a=b %}Drie {{ a }}{% endblocktranslate %}'
    )
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    monkeypatch.setattr(messages, "ROOMS", tmp_path / "src" / "draad")
    return folder


def test_sentences_are_found_in_code_and_templates(messages: ModuleType, room: Path) -> None:
    assert {text for text, _context in messages.sentences(room)} == {"Eén", "%(n)s rij", "Twee", "Drie %(a)s"}


def test_sentences_inside_an_f_string_are_found(messages: ModuleType, room: Path) -> None:
    (room / "code.py").write_text("""label = f"{name}, {_('vier')} ({pgettext('bij', 'vijf') % {'n': 5}})"\n""")
    assert {("vier", None), ("vijf", "bij")} < set(messages.sentences(room))


def test_what_has_no_english_is_named(messages: ModuleType, room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messages.update_all([])
    assert messages.check_all() == 1
    assert capsys.readouterr().out.count("no English for") == 4


def test_what_is_translated_passes_and_compiles(messages: ModuleType, room: Path) -> None:
    messages.update_all([])
    catalogue = room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with catalogue.open("rb") as file:
        english = read_po(file, locale="en")
    for entry in english:
        entry.string = ("one %(n)s", "many %(n)s") if isinstance(entry.id, tuple) else "English"
    with catalogue.open("wb") as file:
        write_po(file, english)
    assert messages.check_all() == 0
    assert messages.compile_all() == 0
    assert catalogue.with_suffix(".mo").exists()


def test_english_that_no_sentence_uses_is_named(
    messages: ModuleType, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    test_what_is_translated_passes_and_compiles(messages, room)
    (room / "page.html").write_text("")
    assert messages.check_all() == 1
    assert "not used any more: 'Twee'" in capsys.readouterr().out


def test_two_englishes_for_one_sentence_are_named(
    messages: ModuleType, room: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    test_what_is_translated_passes_and_compiles(messages, room)
    other = room.parent / "other"
    other.mkdir()
    (other / "__init__.py").write_text('_("Eén")\n_("Vier")\n')
    messages.update_all(["other"])
    path, english = messages.catalogue(other)
    english.get("Eén").string, english.get("Vier").string = "One", "Four"
    with path.open("wb") as file:
        write_po(file, english)
    assert messages.check_all() == 1
    assert capsys.readouterr().out.splitlines() == [
        "'Eén' is 'One' in other and 'English' in room: a page shows one of them in all rooms; "
        "align them or give a context"
    ]
