"""Files in forms: handed on with their hash, or refused with a sentence."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from draad.documents.contents import PNG, ContentFault
from draad.web.files import SENTENCES, CheckedFileField, checked
from tests.documents.test_contents import PNG_HEAD


def upload(content: bytes = PNG_HEAD, name: str = "plan.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/x-whatever")


def test_a_file_comes_with_its_kind_and_hash() -> None:
    file = CheckedFileField().clean(upload())
    assert file is not None
    assert (file.name, file.media_type, file.size) == ("plan.png", PNG, len(PNG_HEAD))
    assert file.sha256 == hashlib.sha256(PNG_HEAD).hexdigest()
    assert file.content == PNG_HEAD


def test_its_name_has_no_folders_and_keeps_its_ending() -> None:
    stored = upload()
    stored._name = r"C:\mijn documenten\plan.png"
    assert checked(stored).name == "plan.png"
    stored = upload()
    stored._name = "a" * 300 + ".png"
    name = checked(stored).name
    assert name.endswith(".png")
    assert len(name) == 200


def test_it_may_be_left_out() -> None:
    assert CheckedFileField(required=False).clean(None) is None
    with pytest.raises(ValidationError, match="Kies een bestand"):
        CheckedFileField().clean(None)


@pytest.mark.parametrize("fault", ContentFault)
def test_every_fault_has_a_sentence(fault: ContentFault) -> None:
    assert str(SENTENCES[fault] % {"most": 10}).endswith(".")


def test_a_sentence_says_what_is_wrong() -> None:
    with pytest.raises(ValidationError, match="geen pdf"):
        CheckedFileField().clean(upload(b"MZ", "rekening.png"))
    with pytest.raises(ValidationError, match="hoogstens 0 MB"):
        CheckedFileField(most_bytes=5).clean(upload())
    with pytest.raises(ValidationError, match="leeg"):
        CheckedFileField().clean(upload(b""))
