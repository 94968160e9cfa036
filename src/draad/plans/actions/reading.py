"""Reads a document into a plan's desk: its sheets wait there until a person accepts them; throws a document away."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.documents.source import LARGEST_FILE, DocumentError, DocumentFault, Line
from draad.plans.actions.plans import require_coordinator
from draad.plans.lines import stored_lines
from draad.plans.matching import matched_measures
from draad.plans.models import DocumentKind, Measure, Plan, ReadSheet, SheetState, SheetUpload
from draad.plans.policies import check_new_file
from draad.plans.queries import measures_of
from draad.plans.reading.reading import DocumentReading, read_document
from draad.plans.reading.sheet import SheetReading
from draad.plans.review import review_of
from draad.plans.states import DROP, DROP_SHEET, READ, READ_SHEET


class DamagedSheetsError(DocumentError):
    """Sheets of a document miss a part; ``sheets`` are their numbers with the boxes that they miss."""

    def __init__(self, sheets: Sequence[tuple[int, Sequence[str]]]) -> None:
        super().__init__(f"{len(sheets)} sheets are damaged", DocumentFault.DAMAGED)
        self.sheets = sheets


@dataclass(frozen=True)
class Document:
    """A file that was read: its name, kind and hash, and what stands in it."""

    name: str
    kind: DocumentKind
    sha256: str
    reading: DocumentReading


def read_file(file: UploadedFile[bytes], *, keep_damaged: bool = False) -> Document:
    """Read an uploaded file; nothing is stored.

    Raises:
        DocumentError: when it cannot be read, or a sheet misses a part and ``keep_damaged`` is not asked for.
    """
    name = Path(file.name or "").name
    if (file.size or 0) > LARGEST_FILE:
        raise DocumentError(f"{name}: {file.size} bytes are too many.", DocumentFault.TOO_LARGE)
    ending = Path(name).suffix.lower()
    with TemporaryDirectory(prefix="draad-sheets-") as folder:
        path = Path(folder) / f"document{ending if ending[1:] in DocumentKind.values else ''}"
        content = file.read()
        path.write_bytes(content)
        reading = read_document(path, name)
    damaged = [
        (sheet.sequence, [finding.field for finding in sheet.findings if finding.damage]) for sheet in reading.sheets
    ]
    damaged = [(number, boxes) for number, boxes in damaged if boxes]
    if damaged and not keep_damaged:
        raise DamagedSheetsError(damaged)
    return Document(name, DocumentKind(ending[1:]), hashlib.sha256(content).hexdigest(), reading)


def put_on_desk(plan: Plan, document: Document, *, by: Actor) -> SheetUpload:
    """Store the sheets of a document for a person to look through; the plan itself does not change.

    A sheet whose title the plan has already is set beside that measure, so that it proposes changes.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: when the same file was read before.
    """
    require_coordinator(plan, by)
    with audit.recording(by=by) as log:
        Plan.objects.select_for_update().get(pk=plan.pk)
        check_new_file(plan, document.sha256)
        reading = document.reading
        upload: SheetUpload = log.create(
            SheetUpload(
                plan=plan,
                file_name=document.name[:200],
                sha256=document.sha256,
                kind=document.kind,
                pages=max((line.page for line in reading.lines if line.page), default=None),
                goals=[[goal.code, goal.text] for goal in reading.goals],
                uploaded_at=timezone.now(),
                uploaded_by=by.user,
            ),
            verb=READ.verb,
        )
        measures = measures_of(plan)
        titles = [sheet.values["title"].text for sheet in reading.sheets]
        log.create_many(
            [
                _sheet(upload, sheet, lines, measure)
                for sheet, lines, measure in zip(
                    reading.sheets, _lines_of_sheets(reading), matched_measures(titles, measures), strict=True
                )
            ],
            verb=READ_SHEET.verb,
        )
    return upload


def _sheet(upload: SheetUpload, read: SheetReading, lines: Sequence[Line], measure: Measure | None) -> ReadSheet:
    sheet = ReadSheet(
        upload=upload,
        first_line=lines[0].number,
        values=read.as_dict(),
        lines=stored_lines(lines),
        measure=measure,
    )
    sheet.waiting = len(review_of(sheet, measure).undecided)
    return sheet


def _lines_of_sheets(reading: DocumentReading) -> list[list[Line]]:
    """The lines of each sheet: from where it begins to where the next one begins."""
    starts = [sheet.source.line_from for sheet in reading.sheets]
    stops = [*starts[1:], reading.lines[-1].number + 1]
    return [
        [line for line in reading.lines if start <= line.number < stop]
        for start, stop in zip(starts, stops, strict=True)
    ]


def drop_upload(upload: SheetUpload, *, by: Actor) -> SheetUpload:
    """Throw a document away; what of it is in the plan already stays there.

    Raises:
        PermissionDenied: for who does not coordinate the plan.
        ValidationError: when it is processed or thrown away already.
    """
    require_coordinator(upload.plan, by)
    with audit.recording(by=by) as log:
        found: SheetUpload = SheetUpload.objects.select_for_update().get(pk=upload.pk)
        DROP.check(found.state, found.get_state_display())
        for sheet in found.sheets.filter(state__in=DROP_SHEET.before):
            log.change(sheet, verb=DROP_SHEET.verb, state=SheetState(DROP_SHEET.after))
        log.change(found, verb=DROP.verb, state=DROP.after)
    return found
