"""A file in a form: looked at by its content, refused with a sentence, and handed on with its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from draad.documents.contents import ENDINGS, MEGABYTE, MOST_BYTES, ContentFault, RefusedFileError, media_type_of

LONGEST_NAME = 200
SENTENCES = {
    ContentFault.EMPTY: _("Dit bestand is leeg. Kies een ander."),
    ContentFault.TOO_LARGE: _("Dit bestand is te groot: hoogstens %(most)s MB. Maak het kleiner of splits het."),
    ContentFault.KIND: _("Dit is geen pdf, Word (.docx), Excel (.xlsx), PNG of JPEG. Bewaar het als pdf."),
    ContentFault.NAME: _("De naam van dit bestand past niet bij wat erin zit. Geef het de juiste extensie."),
    ContentFault.PROGRAM: _("In dit bestand zitten macro’s of een programma. Bewaar het zonder, of als pdf."),
    ContentFault.PROTECTED: _("Dit bestand is beveiligd of van een oude Office-versie. Bewaar het als pdf."),
    ContentFault.DAMAGED: _("Dit bestand is beschadigd. Open het, bewaar het opnieuw en kies het dan weer."),
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that was looked at: its name without folders, its content, what it is, and its SHA-256."""

    name: str
    content: bytes
    media_type: str
    sha256: str

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


def checked(uploaded: UploadedFile[Any], *, most_bytes: int = MOST_BYTES) -> CheckedFile:
    """The uploaded file once its content was looked at.

    Raises:
        ValidationError: saying why it is refused and what to do.
    """
    name = PurePath((uploaded.name or "").replace("\\", "/")).name[-LONGEST_NAME:]
    if (uploaded.size or 0) > most_bytes:
        raise ValidationError(SENTENCES[ContentFault.TOO_LARGE] % {"most": most_bytes // MEGABYTE})
    content = uploaded.read()
    try:
        media_type = media_type_of(content, name, most_bytes=most_bytes)
    except RefusedFileError as error:
        raise ValidationError(SENTENCES[error.fault] % {"most": most_bytes // MEGABYTE}) from error
    return CheckedFile(name, content, media_type, hashlib.sha256(content).hexdigest())


class CheckedFileField(forms.FileField):
    """A file field whose value is a ``CheckedFile``, or None when it is empty and not required."""

    def __init__(self, *, most_bytes: int = MOST_BYTES, **options: Any) -> None:
        self.most_bytes = most_bytes
        endings = ",".join(ending for each in ENDINGS.values() for ending in each)
        options.setdefault("widget", forms.FileInput(attrs={"accept": endings}))
        options.setdefault(
            "error_messages", {"required": _("Kies een bestand."), "empty": SENTENCES[ContentFault.EMPTY]}
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        """The file, looked at."""
        uploaded = super().clean(data, initial)
        return checked(uploaded, most_bytes=self.most_bytes) if uploaded else None
