"""What waits for a person, from every room in one list: each a sentence, where to do it, and until when.

A room adds a function in ``AppConfig.ready``; pages of any room show ``waiting_for``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.web.formatting import day, moment, until


@dataclass(frozen=True)
class Waiting:
    """Something that a person has to do.

    Args:
        sentence: what waits, in a sentence.
        link: what the link to it says.
        address: where it is done.
        before: the moment that it has to be done before, or the last day for it, if there is one.
        since: the moment or day since which it waits, if that is known.
        example: whether it is about example data.
    """

    sentence: str
    link: str
    address: str
    before: date | datetime | None = None
    since: date | datetime | None = None
    example: bool = False

    @property
    def when(self) -> str:
        """Until when it can be done, else since when it waits; empty when neither is known."""
        if self.before or self.since is None:
            return until(self.before)
        at = moment(self.since) if isinstance(self.since, datetime) else day(self.since)
        return _("sinds %(when)s") % {"when": at}


Finder = Callable[[Actor], Iterable[Waiting]]
_finders: list[Finder] = []


def add_finder(finder: Finder) -> None:
    """Let ``finder`` add to what waits for a person; adding it twice adds it once."""
    if finder not in _finders:
        _finders.append(finder)


def waiting_for(by: Actor) -> list[Waiting]:
    """All that waits for a person: what must be done soonest first, then what waits longest; nothing for visitors."""
    if not by.signed_in:
        return []
    return sorted((one for finder in _finders for one in finder(by)), key=_order)


def _order(one: Waiting) -> tuple[bool, bool, float]:
    """What has a last moment comes first, what has no date at all last."""
    at = one.before or one.since
    if at is not None and not isinstance(at, datetime):
        at = timezone.make_aware(datetime.combine(at, time()))
    return at is None, one.before is None, at.timestamp() if at else 0
