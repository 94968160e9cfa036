"""Adds files to an application and takes them away; what was ever handed in stays in the store."""

from __future__ import annotations

from mimetypes import guess_extension
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.applications.actions.formwriting import Filling, filling
from draad.applications.models import Application, Attachment, AttachmentKind
from draad.applications.policies.fields import ATTACHMENTS
from draad.applications.policies.form import check_field
from draad.web.files import CheckedFile

ATTACHMENT = "applications.attachment"
MOST_FILES = 30
OF_APPLICATION = (AttachmentKind.COFINANCING, AttachmentKind.MANDATE, AttachmentKind.OTHER)


def attach(
    application: Application, file: CheckedFile, *, kind: str, title: str = "", member: int | None = None, by: Actor
) -> Attachment:
    """Add a file that was looked at.

    Args:
        application: the application.
        file: the file.
        kind: what it is for (``AttachmentKind``).
        title: what people read instead of the name of the file.
        member: for a mandate, the member (primary key) who gives it.
        by: who adds it.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when the same file is there already, there are too many, a mandate names no member, or
            attachments cannot change now.
    """
    with filling(application, by=by) as opened:
        form = opened.form
        check_field(form, ATTACHMENTS)
        _check(opened, file, kind, member)
        fresh = attachment_of(form.application, file, by=by, kind=kind, title=title.strip()[:150],
                              member_id=member if kind == AttachmentKind.MANDATE else None)  # fmt: skip
        form.attachments.append(opened.log.create(fresh, verb=f"{ATTACHMENT}.add"))
    return fresh


def attachment_of(application: Application, file: CheckedFile, *, by: Actor, **values: Any) -> Attachment:
    """An attachment that is not stored yet; the file keeps its hash as its name in the store."""
    return Attachment(
        application=application,
        file=ContentFile(file.content, name=f"{file.sha256}{guess_extension(file.media_type) or ''}"),
        file_name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        uploaded_at=timezone.now(),
        uploaded_by=by.user,
        **values,
    )


def _check(opened: Filling, file: CheckedFile, kind: str, member: int | None) -> None:
    form = opened.form
    if kind not in OF_APPLICATION:
        raise ValidationError(_("Kies waarvoor het bestand dient."))
    if kind == AttachmentKind.MANDATE and member not in [found.pk for found in form.members]:
        raise ValidationError(_("Kies het lid dat dit mandaat geeft."))
    if len(form.attachments) >= MOST_FILES:
        raise ValidationError(_("Er zijn al %(most)s bijlagen. Haal er eerst een weg.") % {"most": MOST_FILES})
    if any(known.sha256 == file.sha256 and known.kind == kind for known in form.attachments):
        raise ValidationError(_("Dit bestand zit al bij de bijlagen."))


def detach(application: Application, attachment: int, *, by: Actor) -> Application:
    """Take an attachment (primary key) away; nothing happens when it is gone already.

    Raises:
        PermissionDenied: for who does not fill in for the applicant.
        ValidationError: when attachments cannot change now.
    """
    with filling(application, by=by) as opened:
        form = opened.form
        check_field(form, ATTACHMENTS)
        found = next((file for file in form.attachments if file.pk == attachment), None)
        if found:
            form.attachments.remove(found)
            name, storage = str(found.file.name), found.file.storage
            opened.log.remove(found, verb=f"{ATTACHMENT}.remove")
            if not form.application.submissions.exists():
                transaction.on_commit(lambda: storage.delete(name))
    return form.application
