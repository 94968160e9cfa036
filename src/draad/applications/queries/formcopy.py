"""What of an earlier application can be copied to a round with its own terms, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from draad.applications.models import ApplicationLine, Call
from draad.applications.policies.checklist import named
from draad.applications.queries.corrections import counts_otherwise
from draad.applications.queries.form import Filled, offered
from draad.organisations.models import Organisation
from draad.programmes.models import IndicatorTerms
from draad.programmes.values import FIELD_LABELS

COMPARED = ("label", "unit_amount", "max_units")


@dataclass(frozen=True)
class Match:
    """A line of an earlier application, and the indicator line of now that asks the same; None when nothing does."""

    line: ApplicationLine
    now: IndicatorTerms | None

    @property
    def recounts(self) -> bool:
        """Whether another unit or counting rule holds: the numbers say something else now."""
        return self.now is not None and counts_otherwise(self.line.indicator, self.now)

    @property
    def differs(self) -> list[str]:
        """What else of the line is another now, by name of the field."""
        if self.now is None:
            return []
        return [name for name in COMPARED if getattr(self.line.indicator, name) != getattr(self.now, name)]


def matches(earlier: Filled, call: Call) -> list[Match]:
    """Every line of an earlier application with what asks the same in a call; nothing of now is matched twice.

    Lines are matched by the action and what counts, else by the action and the number of the line in the terms.
    """
    left, found = offered(call.round), []
    for line in earlier.lines:
        now = _match(line.indicator, left)
        if now is not None:
            left.remove(now)
        found.append(Match(line, now))
    return found


def _match(indicator: IndicatorTerms, left: Sequence[IndicatorTerms]) -> IndicatorTerms | None:
    of_action = [line for line in left if line.terms.action_id == indicator.terms.action_id]
    label = indicator.label.casefold()
    same = next((line for line in of_action if line.label.casefold() == label), None)
    return same or next((line for line in of_action if line.line == indicator.line), None)


def notes(earlier: Filled, found: Sequence[Match], call: Call, applicant: Organisation) -> list[str]:
    """What was not copied, what has to be confirmed, what changed and what can be asked anew: a sentence for each."""
    gone = [match for match in found if match.now is None]
    counted = [match for match in found if match.recounts]
    other = [match for match in found if match.differs and not match.recounts]
    sentences = [
        (gone, _("Niet overgenomen, want in deze ronde niet aan te vragen: %(what)s."), _names(gone)),
        (counted, _("Bevestig of verbeter uw cijfers, want de eenheid of de telregel is anders: %(what)s."),
         _names(counted)),
        (other, _("Overgenomen, met andere voorwaarden: %(what)s."), "; ".join(map(_changed, other))),
    ]  # fmt: skip
    said = [sentence % {"what": what} for matched, sentence, what in sentences if matched]
    return [*said, *_new(earlier, call), *_left(earlier, applicant)]


def _names(found: Iterable[Match]) -> str:
    return "; ".join(named(match.line) for match in found)


def _changed(match: Match) -> str:
    what = [str(FIELD_LABELS[name]).lower() for name in match.differs]
    return f"{named(match.line)} ({get_text_list(what, _('en'))})"


def _new(earlier: Filled, call: Call) -> list[str]:
    """The actions that can be asked now and could not be in the earlier round."""
    then = {line.terms.action_id for line in offered(earlier.round)}
    fresh = {line.terms.action_id: str(line.terms.action) for line in offered(call.round)}
    names = [name for action, name in fresh.items() if action not in then]
    return [_("Nieuw aan te vragen in deze ronde: actie %(what)s.") % {"what": "; ".join(names)}] if names else []


def _left(earlier: Filled, applicant: Organisation) -> list[str]:
    """What never comes along: members, incentives and attachments; of a merged government also the account."""
    others = [str(member.organisation) for member in earlier.partners if not member.is_applicant]
    parts = [
        (others, _("de leden (%(who)s): nodig hen opnieuw uit") % {"who": get_text_list(others, _("en"))}),
        (earlier.incentives, _("de stimulansen")),
        (earlier.attachments, _("de bijlagen")),
        (applicant != earlier.application.applicant, _("het rekeningnummer van %(who)s")
         % {"who": earlier.application.applicant}),
    ]  # fmt: skip
    left = [words for there, words in parts if there]
    return [_("Niet overgenomen: %(what)s.") % {"what": "; ".join(left)}] if left else []
