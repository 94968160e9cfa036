"""Reads of calls, and where a call stands on the clock: decided by the server, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, F, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from draad.applications.models import Call, CallState, Extension
from draad.organisations.models import Organisation
from draad.web.formatting import last_day, moment, until
from draad.web.prepared import Given, Prepared, attach, telling


class Phase(TextChoices):
    """Where a call stands now."""

    DRAFT = "draft", _("ontwerp")
    ANNOUNCED = "announced", _("aangekondigd")
    OPEN = "open", _("open")
    CLOSED = "closed", _("gesloten")
    CANCELLED = "cancelled", _("ingetrokken")


def calls() -> QuerySet[Call]:
    """All calls with what their pages need, newest first and before them what has no window yet."""
    found: QuerySet[Call] = Call.objects.select_related("round__programme").prefetch_related("extensions")
    return found.order_by(F("opens_at").desc(nulls_first=True), "-pk")


EXTENSIONS = Prepared(lambda: Extension.objects.filter(call=Given("call")).order_by("created_at", "pk"))
_CALL: Prepared[Call] = Prepared(
    lambda: telling(Call.objects.select_related("round__programme"), "extensions").filter(
        round__programme__slug=Given("slug", CharField()), round__number=Given("number")
    )
)


def call_or_404(slug: str, number: int) -> Call:
    """The call of a round, with its extensions.

    Raises:
        Http404: when there is none.
    """
    found = _CALL.or_404(slug=slug, number=number)
    attach(found, "extensions", EXTENSIONS)
    return found


def closes_at_for(call: Call, organisation: Organisation | None = None) -> datetime | None:
    """The moment from which ``organisation`` can no longer submit: the latest of the closing and its extensions.

    Without an organisation: for everybody who has no extension of their own. None while no closing is set.
    """
    theirs = organisation.pk if organisation else None
    return latest(call.closes_at, (e for e in call.extensions.all() if e.organisation_id in (None, theirs)))


def latest(closes_at: datetime | None, extensions: Iterable[Extension]) -> datetime | None:
    """The closing as the extensions move it; an extension never makes it earlier."""
    if closes_at is None:
        return None
    return max([closes_at, *(extension.closes_at for extension in extensions)])


def phase(call: Call, now: datetime | None = None, organisation: Organisation | None = None) -> Phase:
    """Where the call stands for an organisation: open while opens_at <= now < its closing.

    Args:
        call: the call, best with its extensions prefetched.
        now: the moment; the clock of the server when not given.
        organisation: for whom, because of its own extension; None for everybody else.
    """
    if call.state != CallState.PUBLISHED:
        return Phase(call.state)
    at = now or timezone.now()
    closes_at = closes_at_for(call, organisation)
    if call.opens_at is None or closes_at is None or at < call.opens_at:
        return Phase.ANNOUNCED
    return Phase.OPEN if at < closes_at else Phase.CLOSED


@dataclass(frozen=True)
class Standing:
    """A call as its pages show it now."""

    call: Call
    phase: Phase
    closes_at: datetime | None
    extended: Sequence[Extension]

    @property
    def when(self) -> str:
        """What a government should know of the clock, in a sentence."""
        words = {
            Phase.ANNOUNCED: _("Indienen kan van %(opens)s %(until)s."),
            Phase.OPEN: _("Indienen kan nu, %(until)s."),
            Phase.CLOSED: _("De oproep is gesloten: indienen kon %(until)s."),
            Phase.CANCELLED: _("De oproep is ingetrokken. Indienen kan niet."),
            Phase.DRAFT: _("Deze oproep is nog een ontwerp. Alleen programmabeheerders zien ze."),
        }
        return str(words[self.phase]) % {
            "opens": moment(self.call.opens_at), "until": until(self.closes_at),
        }  # fmt: skip

    @property
    def last_day(self) -> date | None:
        """The last whole day, when the call closes at midnight."""
        return last_day(self.closes_at) if self.closes_at else None


def standing(call: Call, now: datetime | None = None, organisation: Organisation | None = None) -> Standing:
    """Where a call stands for an organisation, with the extensions that hold for all."""
    extended = [extension for extension in call.extensions.all() if extension.organisation_id is None]
    return Standing(call, phase(call, now, organisation), closes_at_for(call, organisation), extended)
