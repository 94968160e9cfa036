"""Writes an example as canonical JSON: the same example gives the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from draad.applications.example import Example


def dump(example: Example) -> bytes:
    """The example as JSON: keys sorted, amounts as text with two places, moments in ISO 8601."""
    text = json.dumps(asdict(example), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return text.encode() + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} does not belong in an example")


def digest(example: Example) -> str:
    """The SHA-256 of the canonical JSON."""
    return sha256(dump(example)).hexdigest()
