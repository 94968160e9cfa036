"""Fills a Word template with a letter, and says why a template cannot be used.

A template comes from outside, so its expressions are held to the names of ``letters.WORDS`` and ``letters.LISTS``,
plain loops and conditions; nothing else is run.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from io import BytesIO
from typing import Any

from defusedxml.ElementTree import ParseError, fromstring
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from draad.documents.letters import LISTS, WORDS, Letter, placeholders

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 500
BODY = "word/document.xml"
PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Not,
    nodes.And, nodes.Or,
)  # fmt: skip
FIXED = (1980, 1, 1, 0, 0, 0)
"""The moment of every part of a file that is made, so that the same letter gives the same bytes."""


class TemplateFault(Enum):
    """Why a Word template cannot be used."""

    NO_WORD = "no Word document (.docx)"
    TOO_LARGE = "too large"
    MACROS = "a document with macros or embedded programs"
    OUTSIDE = "a document that fetches parts from elsewhere"
    SYNTAX = "a placeholder that is not closed or not written rightly"
    UNKNOWN = "placeholders that do not exist"
    CODE = "more than names, loops and conditions"
    EMPTY = "without any placeholder"


class TemplateError(ValueError):
    """A template that cannot be used: the fault, and the names or the place that are wrong."""

    def __init__(self, fault: TemplateFault, where: tuple[str, ...] = ()) -> None:
        super().__init__(f"template is {fault.value}" + (f": {', '.join(where)}" if where else ""))
        self.fault = fault
        self.where = where


def check_template(content: bytes, sample: Letter) -> None:
    """Refuse a file that is no safe Word template with known placeholders; it is tried on a sample letter.

    Raises:
        TemplateError: with the first fault.
    """
    _check_package(content)
    fill_template(content, sample)


def fill_template(content: bytes, letter: Letter) -> bytes:
    """The letter in a Word template as a docx file; an example or a draft says so above all else.

    Raises:
        TemplateError: when the template cannot be filled.
    """
    environment = _Environment()
    try:
        template = DocxTemplate(BytesIO(content))
        template.render(placeholders(letter), environment, autoescape=True)
        if not environment.used:
            raise TemplateError(TemplateFault.EMPTY)
        if letter.mark:
            _mark(template, letter.mark)
        buffer = BytesIO()
        template.save(buffer)
    except TemplateSyntaxError as error:
        raise TemplateError(TemplateFault.SYNTAX, (str(error.message),)) from error
    except (OpcError, zipfile.BadZipFile, KeyError) as error:
        raise TemplateError(TemplateFault.NO_WORD) from error
    return _packed(buffer.getvalue())


def _mark(template: Any, words: str) -> None:
    """Write above the first paragraph that this is an example or a draft."""
    template.docx.element.body.insert(0, template.docx.add_paragraph()._p)
    template.docx.paragraphs[0].add_run(words).bold = True


class _Environment(ImmutableSandboxedEnvironment):
    """Takes only what ``_check_names`` allows; ``used`` counts the names in all parts of the document."""

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self.used = 0

    def from_string(self, source: Any, *_args: Any, **_options: Any) -> Template:
        template, names = _compiled(str(source))
        self.used += names
        return template


@lru_cache(maxsize=64)
def _compiled(source: str) -> tuple[Template, int]:
    """A checked part of a document and how many names it uses; kept, because letters of one list share their parts."""
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    tree = environment.parse(source)
    _check_names(tree)
    return environment.from_string(source), sum(1 for _ in tree.find_all(nodes.Name))


def _check_names(tree: nodes.Template) -> None:
    if not all(isinstance(node, PLAIN) for node in tree.find_all(nodes.Node)):
        raise TemplateError(TemplateFault.CODE)
    unknown = dict.fromkeys(_unknown(tree, {}, inside=False))
    if unknown:
        raise TemplateError(TemplateFault.UNKNOWN, tuple(unknown))


def _unknown(node: nodes.Node, items: dict[str, str], *, inside: bool) -> Iterator[str]:
    """The names that do not exist; ``items`` are the loop variables with their lists, loops do not nest."""
    if isinstance(node, nodes.For):
        yield from _unknown_in_loop(node, items, inside=inside)
    elif isinstance(node, nodes.Getattr):
        item = node.node.name if isinstance(node.node, nodes.Name) else ""
        if node.attr not in LISTS.get(items.get(item, ""), ("", {}))[1]:
            yield f"{item}.{node.attr}"
    elif isinstance(node, nodes.Name):
        if node.name not in WORDS and node.name not in LISTS and node.name not in items:
            yield node.name
    else:
        for child in node.iter_child_nodes():
            yield from _unknown(child, items, inside=inside)


def _unknown_in_loop(node: nodes.For, items: dict[str, str], *, inside: bool) -> Iterator[str]:
    listed = node.iter.name if isinstance(node.iter, nodes.Name) else ""
    if inside or node.test or node.recursive or not isinstance(node.target, nodes.Name):
        raise TemplateError(TemplateFault.CODE)
    if listed not in LISTS:
        yield listed
        return
    for child in [*node.body, *node.else_]:
        yield from _unknown(child, {**items, node.target.name: listed}, inside=True)


def _check_package(content: bytes) -> None:
    """Refuse what is no plain Word document, before anything of it is used."""
    if len(content) > MOST_BYTES:
        raise TemplateError(TemplateFault.TOO_LARGE)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise TemplateError(TemplateFault.TOO_LARGE)
            names = {part.filename for part in parts}
            texts = {name: archive.read(name) for name in names if name.endswith((".rels", ".xml"))}
            kinds = texts["[Content_Types].xml"]
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise TemplateError(TemplateFault.NO_WORD) from error
    if BODY not in names or any(b"<!DOCTYPE" in text for text in texts.values()):
        raise TemplateError(TemplateFault.NO_WORD)
    if b"macroEnabled" in kinds or any("vbaProject" in n or "embeddings/" in n or "activeX" in n for n in names):
        raise TemplateError(TemplateFault.MACROS)
    for name, text in texts.items():
        if name.endswith(".rels"):
            _check_links(text)


def _check_links(relations: bytes) -> None:
    """Refuse parts from elsewhere; a link that a reader may click is no part."""
    try:
        found = fromstring(relations)
    except ParseError as error:
        raise TemplateError(TemplateFault.NO_WORD) from error
    for relation in found:
        if relation.get("TargetMode") == "External" and not str(relation.get("Type")).endswith("/hyperlink"):
            raise TemplateError(TemplateFault.OUTSIDE, (str(relation.get("Target")),))


def _packed(content: bytes) -> bytes:
    """The same parts with a fixed moment."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(content)) as made,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for part in made.infolist():
            packed.writestr(zipfile.ZipInfo(part.filename, FIXED), made.read(part), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
