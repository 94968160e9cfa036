"""How names are compared: without accents, capitals and hyphens, as people type them."""

from __future__ import annotations

import re
import unicodedata

SHORT = {"st": "sint", "ste": "sinte"}


def fold(name: str) -> str:
    """The name as it is searched: ``Sint-Niklaas``, ``sint niklaas`` and ``St.-Niklaas`` are one."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    words = re.findall(r"\w+", bare.casefold().replace("'", ""))
    return " ".join(SHORT.get(word, word) for word in words)
