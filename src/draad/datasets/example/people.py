"""Made-up people and account numbers of the example; nobody real has them."""

from __future__ import annotations

from random import Random

from django.utils.text import slugify

FIRST = ("An", "Bilal", "Cor", "Dina", "Els", "Faris", "Greet", "Hanne", "Ilse", "Jef", "Kaat", "Lotte", "Mo", "Nele",
         "Omar", "Petra", "Rik", "Saskia", "Tom", "Yasmin")  # fmt: skip
LAST = ("Adem", "Bos", "Claes", "De Beuk", "Esdoorn", "Fonteyn", "Goossens", "Haag", "Iep", "Jans", "Kastanje",
        "Linde", "Maes", "Naegels", "Olmen", "Populier", "Roos", "Spar", "Taxus", "Wilg")  # fmt: skip

# a bank number that the National Bank of Belgium gave to no bank (list of 1 January 2026)
EXAMPLE_BANK = "539"


def person(random: Random, body: str) -> tuple[str, str]:
    """A name and an address at example.org, a domain that is kept for examples (RFC 2606)."""
    name = f"{random.choice(FIRST)} {random.choice(LAST)}"
    return name, f"{slugify(name).replace('-', '.')}.{slugify(body)}@example.org"


def account(random: Random) -> str:
    """A Belgian account number with right check digits at a bank that does not exist."""
    basis = f"{EXAMPLE_BANK}{random.randrange(10**7):07}"
    national = f"{basis}{int(basis) % 97 or 97:02}"
    check = 98 - int(f"{national}111400") % 97
    return f"BE{check:02}{national}"
