"""Numbers as Dutch texts print them: 400.000, 80 000, 2.204.452,79, 0,2 and 16.5."""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?!\d)|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d{1,2}(?!\d))?"
"""Pattern of a number: groups of three by dots or spaces, one or two decimals after a comma or a dot."""
WORDS = {
    "een": "1",
    "één": "1",
    "half": "0.5",
    "halve": "0.5",
    "anderhalf": "1.5",
    "anderhalve": "1.5",
    "twee": "2",
    "drie": "3",
    "vier": "4",
    "vijf": "5",
    "zes": "6",
    "zeven": "7",
    "acht": "8",
    "negen": "9",
    "tien": "10",
}
SCALES = {"duizend": 1_000, "miljoen": 1_000_000, "mln": 1_000_000, "mio": 1_000_000, "miljard": 1_000_000_000}


def to_decimal(text: str) -> Decimal:
    """The value of a printed number; raises ValueError for what is none.

    A comma begins decimals. A dot begins decimals too, unless three digits follow each dot: 1.285 is a thousand and
    more.
    """
    bare = re.sub(r"[ \u00a0\u202f]", "", text.strip()).casefold()
    if bare in WORDS:
        return Decimal(WORDS[bare])
    if not re.fullmatch(r"[\d.,]+", bare) or not bare[0].isdigit():
        raise ValueError(f"{text!r} is no number as Dutch texts print it, such as 2.204.452,79")
    if "," in bare or re.fullmatch(r"\d{1,3}(?:\.\d{3})+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+\.\d{1,2}", bare):
        whole, _dot, decimals = bare.rpartition(".")
        bare = f"{whole.replace('.', '')}.{decimals}"
    return Decimal(bare)
