"""Keeps the Word templates of the letters of a call."""

from __future__ import annotations

from hashlib import sha256

from django.core.files.base import ContentFile

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.applications.models import Call, LetterTemplate
from draad.applications.states import MANAGER
from draad.documents.letters import Letter
from draad.documents.word_letters import check_template

VERB = "applications.letter_template"


def set_template(call: Call, key: str, *, name: str, content: bytes, sample: Letter, by: Actor) -> LetterTemplate:
    """Use a Word template for the letters of a call with one outcome; it takes the place of an earlier one.

    Args:
        call: the call.
        key: the outcome.
        name: the name of the file.
        content: the file.
        sample: a letter to try it on.
        by: who sets it.

    Raises:
        PermissionDenied: for who may not decide.
        TemplateError: when it is no safe template with known placeholders.
    """
    by.require(*MANAGER)
    check_template(content, sample)
    with audit.recording(by=by) as log:
        _remove(log, call, key)
        template = LetterTemplate(call=call, key=key, file_name=name[:200], sha256=sha256(content).hexdigest())
        template.file.save(f"{call.pk}-{key}.docx", ContentFile(content), save=False)
        return log.create(template, verb=f"{VERB}.set")


def remove_template(call: Call, key: str, *, by: Actor) -> None:
    """Use Draad's own template again for one outcome.

    Raises:
        PermissionDenied: for who may not decide.
    """
    by.require(*MANAGER)
    with audit.recording(by=by) as log:
        _remove(log, call, key)


def _remove(log: audit.Recording, call: Call, key: str) -> None:
    """The row goes; the file stays, because the audit names its hash."""
    for template in LetterTemplate.objects.select_for_update().filter(call=call, key=key):
        log.remove(template, verb=f"{VERB}.remove")
