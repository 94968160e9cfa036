"""Writes a payment order for a bank: ISO 20022 pain.001.001.09, a SEPA credit transfer in euro.

The schema does not hold all that a bank asks. Source of the further rules: European Payments Council, EPC132-08
(customer-to-PSP implementation guidelines of the SEPA credit transfer) and EPC217-08 (character set and conversion).
The same order gives the same bytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, indent, tostring  # nosec B405

import sepaxml
import xmlschema
from stdnum import bic

from draad.documents.iban import SEPA_COUNTRIES, valid_iban

SCHEMA = "pain.001.001.09"
NAMESPACE = f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"
LONGEST_NAME, LONGEST_TEXT, LONGEST_ID = 70, 140, 35
LARGEST_AMOUNT = Decimal("999999999.99")
CENT = Decimal("0.01")
ALLOWED = re.compile(r"[A-Za-z0-9/\-?:().,'+ ]*")
REPLACED = str.maketrans({
    "&": "+", "_": "-", "–": "-", "—": "-", "’": "'", "‘": "'", ";": ",", "@": "(at)", "ß": "ss", "æ": "ae", "Æ": "AE",
    "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
})  # fmt: skip


class OrderError(ValueError):
    """An order that no bank would take: each problem is one English sentence that names the line and what is right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Party:
    """Who pays or is paid: the name and the account number without spaces."""

    name: str
    iban: str


@dataclass(frozen=True)
class Transfer:
    """One payment of an order.

    Args:
        end_to_end_id: names the payment up to the bank statement of who is paid; at most 35 characters.
        creditor: who is paid.
        amount: euro, above zero, at most two decimals.
        remittance: what is paid, at most 140 characters; letters with accents are written without.
    """

    end_to_end_id: str
    creditor: Party
    amount: Decimal
    remittance: str


@dataclass(frozen=True)
class PaymentFile:
    """A whole order, paid from one account on one day.

    Args:
        message_id: names the file for the bank, never used before; at most 35 characters.
        created_at: when the order was made; without a zone it is taken as it stands.
        execute_on: the day on which the bank must pay, not before the day of ``created_at``.
        debtor: who pays.
        transfers: the payments, in the order of the file.
        debtor_bic: the bank of the debtor, 8 or 11 characters; may be left out.
    """

    message_id: str
    created_at: datetime
    execute_on: date
    debtor: Party
    transfers: tuple[Transfer, ...]
    debtor_bic: str = ""

    @property
    def control_sum(self) -> Decimal:
        """What all payments add up to, in euro with two places."""
        return sum((transfer.amount for transfer in self.transfers), Decimal(0)).quantize(CENT)


def sepa_text(text: str) -> str:
    """The text in the characters that every bank takes: accents fall away, ``&`` becomes ``+``, others become a point.

    Source: EPC217-08, requirements and recommended conversions.
    """
    bare = unicodedata.normalize("NFKD", " ".join(text.split()).translate(REPLACED))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join("".join(letter if ALLOWED.fullmatch(letter) else "." for letter in plain).split())


def make_payment_file(order: PaymentFile) -> bytes:
    """The order as XML in UTF-8.

    Raises:
        OrderError: when a rule of the schema or of SEPA is broken.
    """
    problems = list(_problems(order))
    if problems:
        raise OrderError(problems)
    content = _written(order)
    fault = next(iter(_schema().iter_errors(content)), None)
    if fault is not None:
        raise OrderError([f"The file breaks the schema at {fault.path}: {fault.reason}."])
    return content


@cache
def _schema() -> xmlschema.XMLSchema:
    """The schema of ISO 20022, as sepaxml ships it."""
    return xmlschema.XMLSchema(str(Path(sepaxml.__file__).parent / "schemas" / f"{SCHEMA}.xsd"))


def _problems(order: PaymentFile) -> Iterator[str]:
    yield from _id_problems("The order", order.message_id)
    yield from _party_problems("The debtor", order.debtor)
    if order.debtor_bic and not bic.is_valid(order.debtor_bic):
        yield f"The debtor: {order.debtor_bic!r} is no BIC of 8 or 11 letters and digits."
    if order.execute_on < order.created_at.date():
        yield f"The order asks to pay on {order.execute_on}, before it is made on {order.created_at.date()}."
    if not order.transfers:
        yield "The order holds no payments; choose at least one."
    for number, transfer in enumerate(order.transfers, start=1):
        yield from _transfer_problems(f"Payment {number}", transfer)
    counted = Counter(transfer.end_to_end_id for transfer in order.transfers)
    for name in sorted(name for name, times in counted.items() if times > 1):
        yield f"The end-to-end id {name} stands {counted[name]} times in the order; each payment needs its own."


def _transfer_problems(where: str, transfer: Transfer) -> Iterator[str]:
    yield from _id_problems(where, transfer.end_to_end_id)
    yield from _party_problems(where, transfer.creditor)
    amount = transfer.amount
    if not amount.is_finite() or not CENT <= amount <= LARGEST_AMOUNT:
        yield f"{where}: the amount {amount} is not between 0.01 and {LARGEST_AMOUNT} euro."
    elif amount != amount.quantize(CENT):
        yield f"{where}: the amount {amount} has more than two decimals."
    yield from _text_problems(where, "remittance text", transfer.remittance, LONGEST_TEXT)


def _party_problems(where: str, party: Party) -> Iterator[str]:
    yield from _text_problems(where, "name", party.name, LONGEST_NAME)
    if not valid_iban(party.iban):
        yield f"{where}: {party.iban!r} is no valid IBAN without spaces."
    elif party.iban[:2] not in SEPA_COUNTRIES:
        yield f"{where}: the account {party.iban} lies outside the SEPA area."


def _text_problems(where: str, what: str, text: str, longest: int) -> Iterator[str]:
    written = sepa_text(text)
    if not written.strip(". "):
        yield f"{where}: the {what} is empty."
    elif len(written) > longest:
        yield f"{where}: the {what} has {len(written)} characters; at most {longest} are allowed."


def _id_problems(where: str, name: str) -> Iterator[str]:
    """Identifiers are kept as they are, so they must be right already."""
    right = ALLOWED.fullmatch(name) and name == name.strip() and 0 < len(name) <= LONGEST_ID
    if not right or name.startswith("/") or name.endswith("/") or "//" in name:
        yield (
            f"{where}: the id {name!r} must have 1 to {LONGEST_ID} letters, digits or / - ? : ( ) . , ' +, without a "
            "slash at either end or two in a row."
        )


def _written(order: PaymentFile) -> bytes:
    root = Element("Document", {"xmlns": NAMESPACE})
    body = SubElement(root, "CstmrCdtTrfInitn")
    head = SubElement(body, "GrpHdr")
    _leaf(head, "MsgId", order.message_id)
    _leaf(head, "CreDtTm", order.created_at.isoformat(timespec="seconds"))
    _write_totals(head, order)
    _leaf(SubElement(head, "InitgPty"), "Nm", sepa_text(order.debtor.name))
    payment = SubElement(body, "PmtInf")
    _leaf(payment, "PmtInfId", order.message_id)
    _leaf(payment, "PmtMtd", "TRF")
    _leaf(payment, "BtchBookg", "true")
    _write_totals(payment, order)
    _leaf(payment, "PmtTpInf/SvcLvl/Cd", "SEPA")
    _leaf(payment, "ReqdExctnDt/Dt", order.execute_on.isoformat())
    _leaf(payment, "Dbtr/Nm", sepa_text(order.debtor.name))
    _leaf(payment, "DbtrAcct/Id/IBAN", order.debtor.iban)
    if order.debtor_bic:
        _leaf(payment, "DbtrAgt/FinInstnId/BICFI", order.debtor_bic)
    else:
        _leaf(payment, "DbtrAgt/FinInstnId/Othr/Id", "NOTPROVIDED")
    _leaf(payment, "ChrgBr", "SLEV")
    for transfer in order.transfers:
        _write_transfer(payment, transfer)
    indent(root)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _write_totals(parent: Element, order: PaymentFile) -> None:
    _leaf(parent, "NbOfTxs", str(len(order.transfers)))
    _leaf(parent, "CtrlSum", f"{order.control_sum:f}")


def _write_transfer(parent: Element, transfer: Transfer) -> None:
    element = SubElement(parent, "CdtTrfTxInf")
    _leaf(element, "PmtId/EndToEndId", transfer.end_to_end_id)
    _leaf(element, "Amt/InstdAmt", f"{transfer.amount.quantize(CENT):f}").set("Ccy", "EUR")
    _leaf(element, "Cdtr/Nm", sepa_text(transfer.creditor.name))
    _leaf(element, "CdtrAcct/Id/IBAN", transfer.creditor.iban)
    _leaf(element, "RmtInf/Ustrd", sepa_text(transfer.remittance))


def _leaf(parent: Element, path: str, text: str) -> Element:
    """Write a text under new elements, one for each step of the path."""
    for step in path.split("/"):
        parent = SubElement(parent, step)
    parent.text = text
    return parent
