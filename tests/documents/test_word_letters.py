import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from draad.documents.letter_template import own_template
from draad.documents.word_letters import MOST_BYTES, TemplateError, TemplateFault, check_template, fill_template
from tests.documents.letter_example import LETTER


def with_paragraphs(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def texts_of(content: bytes) -> list[str]:
    document = docx.Document(BytesIO(content))
    cells = [p.text for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in more.items():
            new.writestr(name, part)
    return buffer.getvalue()


def same(_name: str, part: bytes) -> bytes:
    return part


def fault_of(content: bytes) -> TemplateError:
    with pytest.raises(TemplateError) as refused:
        check_template(content, LETTER)
    return refused.value


def test_draads_own_template_passes_its_own_check() -> None:
    check_template(own_template(), LETTER)


def test_draads_own_template_holds_all_that_was_decided() -> None:
    found = texts_of(fill_template(own_template(), LETTER))
    for words in (
        "Gemeente Kalmthout", "1 september 2022, kenmerk 1-0007", "Beslissing over uw aanvraag", "U krijgt € 50.000,00.",
        "5. Oefenkansen", "volwassenen", "€ 4.000,00", "geweigerd", "Het budget is op.", "Samen", "€ 54.000,00",
        "U kunt in beroep gaan.", "An Peeters, 30 augustus 2022",
    ):  # fmt: skip
        assert words in found
    assert not any("{" in text for text in found)


def test_a_line_without_a_reason_leaves_no_empty_line() -> None:
    table = docx.Document(BytesIO(fill_template(own_template(), LETTER))).tables[0]
    assert [paragraph.text for paragraph in table.rows[1].cells[0].paragraphs] == ["5. Oefenkansen", "volwassenen"]


def test_the_sender_stands_at_the_foot_and_the_subject_in_the_properties() -> None:
    document = docx.Document(BytesIO(fill_template(own_template(), LETTER)))
    assert document.sections[0].footer.paragraphs[0].text == "Agentschap Binnenlands Bestuur"
    assert document.core_properties.title == "Beslissing over uw aanvraag"


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert fill_template(own_template(), LETTER) == fill_template(own_template(), LETTER)


def test_an_example_says_so_first_also_in_a_template_of_somebody_else() -> None:
    made = fill_template(with_paragraphs("Beste {{ bestuur }}"), replace(LETTER, mark="Voorbeeld"))
    assert texts_of(made) == ["Voorbeeld", "Beste Gemeente Kalmthout"]


def test_lists_and_conditions_may_be_used() -> None:
    template = with_paragraphs(
        "{%p for lijn in lijnen %}", "{{ lijn.actie }}: {% if lijn.reden %}{{ lijn.reden }}{% else %}goed{% endif %}",
        "{%p endfor %}", "{% if voorschot and not saldo %}alles{% endif %}",
    )  # fmt: skip
    assert texts_of(fill_template(template, LETTER)) == ["5. Oefenkansen: goed", "9. Werk: Het budget is op.", ""]


def test_markup_in_a_value_stays_text() -> None:
    made = fill_template(with_paragraphs("{{ bestuur }}"), replace(LETTER, organisation="<w:p/> & {{ datum }}"))
    assert texts_of(made) == ["<w:p/> & {{ datum }}"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ naam }}", ("naam",)),
        ("{{ bestuur }} {{ adres }} {{ burgemeester }} {{ adres }}", ("adres", "burgemeester")),
        ("{% for lijn in lijnen %}{{ lijn.bedrag }}{% endfor %}", ("lijn.bedrag",)),
        ("{% for a in alineas %}{{ a.tekst }}{% endfor %}", ("a.tekst",)),
        ("{% for x in leden %}{{ x }}{% endfor %}", ("leden",)),
        ("{{ bestuur.naam }}", ("bestuur.naam",)),
        ("{{ bestuur.__class__ }}", ("bestuur.__class__",)),
    ],
)
def test_unknown_placeholders_are_named(text: str, names: tuple[str, ...]) -> None:
    error = fault_of(with_paragraphs(text))
    assert (error.fault, error.where) == (TemplateFault.UNKNOWN, names)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 1 + 1 }}",
        "{{ range(1000000000) }}",
        "{{ bestuur | upper }}",
        "{{ bestuur() }}",
        "{{ lijnen[0] }}",
        "{% set x = bestuur %}",
        "{% for a in lijnen %}{% for b in lijnen %}{{ bestuur }}{% endfor %}{% endfor %}",
        "{% for a in lijnen if a.reden %}{{ a.actie }}{% endfor %}",
        "{% for a, b in lijnen %}{{ bestuur }}{% endfor %}",
        "{% include 'other' %}",
    ],
)
def test_only_names_loops_and_conditions_are_run(text: str) -> None:
    assert fault_of(with_paragraphs(text)).fault is TemplateFault.CODE


@pytest.mark.parametrize("text", ["{{ bestuur", "{% for lijn in lijnen %}", "{% fi %}", "{{ }}"])
def test_a_placeholder_that_is_written_wrongly_is_refused(text: str) -> None:
    error = fault_of(with_paragraphs(text, "{{ datum }}"))
    assert error.fault is TemplateFault.SYNTAX
    assert error.where


def test_placeholders_in_the_head_and_foot_are_checked_too() -> None:
    document = docx.Document()
    document.add_paragraph("{{ bestuur }}")
    document.sections[0].header.paragraphs[0].text = "{{ geheim }}"
    buffer = BytesIO()
    document.save(buffer)
    assert fault_of(buffer.getvalue()).where == ("geheim",)


def test_a_letter_without_placeholders_is_no_template() -> None:
    assert fault_of(with_paragraphs("Geachte")).fault is TemplateFault.EMPTY


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04 broken", b"text"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert fault_of(content).fault is TemplateFault.NO_WORD


def test_another_office_file_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert fault_of(buffer.getvalue()).fault is TemplateFault.NO_WORD


def test_a_large_file_is_refused() -> None:
    assert fault_of(b"PK" + b"0" * MOST_BYTES).fault is TemplateFault.TOO_LARGE


def test_a_file_that_unpacks_too_large_is_refused() -> None:
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (41 * 1024 * 1024))
    assert fault_of(bomb.getvalue()).fault is TemplateFault.TOO_LARGE


def test_macros_are_refused() -> None:
    content = rewritten(with_paragraphs("{{ bestuur }}"), same, **{"word/vbaProject.bin": b"x"})
    assert fault_of(content).fault is TemplateFault.MACROS


def test_embedded_programs_are_refused() -> None:
    content = rewritten(with_paragraphs("{{ bestuur }}"), same, **{"word/embeddings/a.exe": b"x"})
    assert fault_of(content).fault is TemplateFault.MACROS


def test_a_macro_template_by_its_kind_is_refused() -> None:
    def as_macros(name: str, part: bytes) -> bytes:
        return part.replace(b"document.main+xml", b"document.macroEnabled.main+xml") if name.startswith("[") else part

    assert fault_of(rewritten(with_paragraphs("{{ bestuur }}"), as_macros)).fault is TemplateFault.MACROS


@pytest.mark.parametrize(("kind", "refused"), [("attachedTemplate", True), ("image", True), ("hyperlink", False)])
def test_parts_from_elsewhere_are_refused_and_links_are_not(kind: str, refused: bool) -> None:
    link = (
        f'<Relationship Id="rId99" TargetMode="External" Target="https://example.org/x" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    ).encode()

    def linked(name: str, part: bytes) -> bytes:
        return part.replace(b"</Relationships>", link) if name == "word/_rels/document.xml.rels" else part

    content = rewritten(with_paragraphs("{{ bestuur }}"), linked)
    if refused:
        assert fault_of(content).fault is TemplateFault.OUTSIDE
    else:
        check_template(content, LETTER)


def test_a_document_that_declares_entities_is_refused() -> None:
    def with_entity(name: str, part: bytes) -> bytes:
        if name != "word/document.xml":
            return part
        declared = b'?>\n<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        return part.replace(b"?>", declared, 1).replace(b"{{ bestuur }}", b"{{ bestuur }} &e;")

    content = rewritten(with_paragraphs("{{ bestuur }}"), with_entity)
    assert fault_of(content).fault is TemplateFault.NO_WORD
