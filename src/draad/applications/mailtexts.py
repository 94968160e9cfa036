"""The notices that Draad mails about calls and applications: when each goes out, its words, and the names in them.

A call may have its own words for a notice. Names in braces are filled in when the mail is written; a name that a
notice does not know is refused when the words are saved, so that no mail ever shows braces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

NAME = re.compile(r"\{([^{}]*)\}")
OF_CALL = ("programma", "ronde", "opent", "sluit", "contact", "link")
OF_APPLICATION = (*OF_CALL, "bestuur", "nummer")


@dataclass(frozen=True)
class MailKind:
    """A kind of notice.

    Args:
        key: its name in code and data.
        label: when it is sent, for who writes the words.
        names: what may stand between braces.
        subject: the subject that Draad ships.
        body: the text that Draad ships.
    """

    key: str
    label: Any
    names: Sequence[str]
    subject: Any
    body: Any


def unknown_names(kind: MailKind, *texts: str) -> list[str]:
    """The names between braces that this notice does not know, in the order of the text."""
    found = [name for text in texts for name in NAME.findall(text)]
    return [name for name in dict.fromkeys(found) if name not in kind.names]


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with the words in place of their names.

    Raises:
        KeyError: for a name without a word; a notice is never sent with a gap in it.
    """
    return NAME.sub(lambda found: words[found[1]], text)


def _call(key: str, label: Any, subject: Any, body: Any, *extra: str) -> MailKind:
    return MailKind(key, label, (*OF_CALL, *extra), subject, body)


def _application(key: str, label: Any, subject: Any, body: Any, *extra: str) -> MailKind:
    return MailKind(key, label, (*OF_APPLICATION, *extra), subject, body)


_ALL = [
    _call("call_published", _("De oproep is gepubliceerd"),
          _("{programma}: oproep voor ronde {ronde}"),
          _("De oproep voor ronde {ronde} van {programma} is bekend. Indienen kan van {opent} tot {sluit}.\n\n"
            "Alles staat op {link}\n\nVragen? {contact}")),
    _call("call_extended", _("De oproep is verlengd"),
          _("{programma}: later sluiten van de oproep voor ronde {ronde}"),
          _("Indienen voor ronde {ronde} van {programma} kan voortaan tot {sluit}.\n\nReden: {reden}\n\n{link}\n\n"
            "Vragen? {contact}"), "reden"),
    _call("call_cancelled", _("De oproep is ingetrokken"),
          _("{programma}: oproep voor ronde {ronde} ingetrokken"),
          _("De oproep voor ronde {ronde} van {programma} is ingetrokken.\n\nReden: {reden}\n\n"
            "Vragen? {contact}"),
          "reden"),
    _application("member_invited", _("Een bestuur wordt uitgenodigd om samen in te dienen"),
                 _("{bestuur} nodigt u uit om samen in te dienen"),
                 _("{bestuur} nodigt {lid} uit voor aanvraag {nummer} in ronde {ronde} van {programma}. De "
                   "goedkeurder van uw bestuur beslist: {link}"), "lid"),
    _application("member_accepted", _("Een uitgenodigd bestuur doet mee"),
                 _("{lid} doet mee aan uw aanvraag"),
                 _("{lid} doet mee aan aanvraag {nummer} voor ronde {ronde} van {programma}: {link}"), "lid"),
    _application("member_declined", _("Een uitgenodigd bestuur doet niet mee"),
                 _("{lid} doet niet mee aan uw aanvraag"),
                 _("{lid} doet niet mee aan aanvraag {nummer} voor ronde {ronde} van {programma}.\n\nReden: {reden}"
                   "\n\n{link}"), "lid", "reden"),
    _application("member_released", _("Een bestuur is niet langer lid van een aanvraag"),
                 _("{lid} is niet langer lid van de aanvraag van {bestuur}"),
                 _("{lid} is niet langer lid van aanvraag {nummer} van {bestuur} voor ronde {ronde} van {programma}: "
                   "{link}"), "lid"),
    _application("terms_corrected", _("Voorwaarden zijn verbeterd nadat een aanvraag begon"),
                 _("De voorwaarden van actie {actie} zijn verbeterd"),
                 _("De voorwaarden van actie {actie} zijn verbeterd nadat u aanvraag {nummer} voor ronde {ronde} van "
                   "{programma} begon.\n\nReden: {reden}\n\nUw aanvraag toont wat er verandert: {link}\n\n"
                   "Vragen? {contact}"), "actie", "reden"),
    _application("terms_moved", _("Een aanvraag is op verbeterde voorwaarden gezet"),
                 _("Aanvraag {nummer} van {bestuur} volgt de verbeterde voorwaarden"),
                 _("Uw aanvraag voor ronde {ronde} van {programma} volgt voortaan de verbeterde voorwaarden voor "
                   "{lijnen}.\n\nReden: {reden}\n\nWat u indiende, blijft bewaard zoals het was.\n\n{link}\n\n"
                   "Vragen? {contact}"), "lijnen", "reden"),
    _application("submitted", _("Een aanvraag is ingediend"),
                 _("Aanvraag {nummer} van {bestuur} is ingediend"),
                 _("De aanvraag van {bestuur} voor ronde {ronde} van {programma} is ingediend. Het ontvangstbewijs "
                   "staat op {link}\n\nAanpassen kan tot {sluit}: trek de indiening in en dien opnieuw in.\n\n"
                   "Vragen? {contact}")),
    _application("reopened", _("Een indiening is ingetrokken om de aanvraag aan te passen"),
                 _("Aanvraag {nummer} van {bestuur} is niet langer ingediend"),
                 _("{bestuur} trok de indiening in om de aanvraag aan te passen. Dien opnieuw in voor {sluit}: "
                   "{link}")),
    _application("withdrawn", _("Een aanvraag is ingetrokken"),
                 _("Aanvraag {nummer} van {bestuur} is ingetrokken"),
                 _("De aanvraag van {bestuur} voor ronde {ronde} van {programma} is ingetrokken en wordt niet verder "
                   "beoordeeld.\n\n{link}")),
    _application("question_asked", _("Een beoordelaar stelt een vraag"),
                 _("Vraag over aanvraag {nummer} van {bestuur}"),
                 _("Over uw aanvraag voor ronde {ronde} van {programma} is er een vraag:\n\n{vraag}\n\nAntwoord voor "
                   "{termijn}: {link}\n\nVragen? {contact}"), "vraag", "termijn"),
    _application("question_answered", _("Een bestuur beantwoordde een vraag"),
                 _("Antwoord over aanvraag {nummer} van {bestuur}"),
                 _("{bestuur} beantwoordde de vraag over aanvraag {nummer}: {link}")),
    _application("question_recalled", _("Een vraag is ingetrokken"),
                 _("Vraag over aanvraag {nummer} van {bestuur} ingetrokken"),
                 _("De vraag over uw aanvraag voor ronde {ronde} van {programma} is ingetrokken. U hoeft niets te "
                   "doen.\n\n{link}")),
    _application("assigned", _("Een aanvraag is aan een beoordelaar toegewezen"),
                 _("Aanvraag {nummer} van {bestuur} is aan u toegewezen"),
                 _("U beoordeelt aanvraag {nummer} van {bestuur} voor ronde {ronde} van {programma}: {link}")),
    _application("decision_published", _("De beslissing is bekendgemaakt"),
                 _("Beslissing over aanvraag {nummer} van {bestuur}"),
                 _("Over de aanvraag van {bestuur} voor ronde {ronde} van {programma} is beslist. Lees de brief op "
                   "{link}\n\nVragen? {contact}")),
    _application("amendment_requested", _("Een bestuur vraagt een wijziging"),
                 _("{bestuur} vraagt een wijziging van aanvraag {nummer}"),
                 _("{bestuur} vraagt een wijziging na de beslissing: {link}")),
    _application("amendment_accepted", _("Een wijziging is aanvaard"),
                 _("Uw wijziging van aanvraag {nummer} is aanvaard"),
                 _("De wijziging die {bestuur} vroeg, is aanvaard: {link}\n\nVragen? {contact}")),
    _application("amendment_refused", _("Een wijziging is geweigerd"),
                 _("Uw wijziging van aanvraag {nummer} is geweigerd"),
                 _("De wijziging die {bestuur} vroeg, is geweigerd.\n\nReden: {reden}\n\n{link}\n\nVragen? {contact}"),
                 "reden"),
    _application("payment_done", _("Een bedrag is betaald"),
                 _("Betaling voor aanvraag {nummer} van {bestuur}"),
                 _("Voor ronde {ronde} van {programma} is {bedrag} betaald aan {bestuur}: {link}"), "bedrag"),
    _application("payment_failed", _("Een betaling is mislukt of teruggestort"),
                 _("Betaling voor aanvraag {nummer} van {bestuur} niet gelukt"),
                 _("De betaling van {bedrag} aan {bestuur} is niet gelukt. Kijk het rekeningnummer na en neem contact "
                   "op: {contact}\n\n{link}"), "bedrag"),
]  # fmt: skip

MAILS: dict[str, MailKind] = {kind.key: kind for kind in _ALL}
