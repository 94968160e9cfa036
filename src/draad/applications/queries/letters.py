"""The letter of a decision: what it tells the applicant, always in Dutch, the same on screen, in Word and as PDF."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from draad.applications.grants import instalments, rest_of, units_of
from draad.applications.models import (
    Application,
    Call,
    Decision,
    DecisionList,
    DecisionListState,
    GrantIncentive,
    GrantLine,
    LetterTemplate,
    MemberState,
    Outcome,
)
from draad.applications.queries.decisions import with_parts
from draad.applications.queries.successors import present_names
from draad.documents.iban import grouped_iban
from draad.documents.letter_template import own_template
from draad.documents.letters import Letter, LetterLine, Signed
from draad.documents.word_letters import fill_template
from draad.organisations.models import Organisation
from draad.programmes.models import IndicatorTerms
from draad.programmes.queries import rule_values
from draad.programmes.rules import advance_share
from draad.web.formatting import day, euro, number, percent


def decisions_with_letters(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Decisions with all that their letters tell; seven queries whatever their number."""
    return (
        with_parts(decisions)
        .select_related("decision_list__scenario", "application__applicant", "application__call__round__programme")
        .prefetch_related("decision_list__signatures__user", "application__members__organisation")
    )


def standing_decision(application: Application) -> Decision | None:
    """The published decision on an application, with all that its letter tells."""
    return decisions_with_letters(Decision.objects.filter(application=application, standing=True)).first()


def moment_of(decision: Decision) -> datetime:
    """The moment in the properties of a letter as a file: fixed, so that the same letter gives the same bytes."""
    return decision.decision_list.published_at or decision.decision_list.prepared_at


def share_paid_first(call: Call) -> int:
    """The percentage of a grant that is paid as an advance; all of it in a round without a rule on the balance."""
    rules = rule_values(call.round)
    return advance_share(rules["balance"]) if "balance" in rules else 100


def letter_of(decision: Decision, share: int) -> Letter:
    """The letter of a decision.

    Args:
        decision: from ``decisions_with_letters``.
        share: the percentage that is paid first (``share_paid_first``).
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _letter(decision, share)


def _letter(decision: Decision, share: int) -> Letter:
    application, decided_in = decision.application, decision.decision_list
    of_round = application.call.round
    advance, balance = instalments(decision.granted, share)
    published = decided_in.published_at
    return Letter(
        language=settings.LANGUAGE_CODE,
        mark=_mark(application, decided_in),
        sender=of_round.programme.owner,
        programme=of_round.programme.name,
        round=_("ronde %(number)s (%(years)s)") % {"number": of_round.number, "years": of_round.years},
        date=day(timezone.localdate(published)) if published else "",
        reference=f"{of_round.programme.slug}-{of_round.number}-{application.number:04}",
        organisation=_addressee(application.applicant, timezone.localdate(published) if published else None),
        subject=_("Beslissing over uw aanvraag voor %(programme)s, ronde %(number)s")
        % {"programme": of_round.programme.name, "number": of_round.number},
        paragraphs=tuple(_opening(decision)),
        headings=(_("Actie en KPI-lijn"), _("Gevraagd"), _("Toegekend"), _("Eenheden"), _("Beslissing")),
        lines=(*(_line(part) for part in decision.lines.all()), *(_incentive(i) for i in decision.incentives.all())),
        total=_("Samen"),
        requested=_amount(decision.requested),
        granted=_amount(decision.granted),
        advance=_amount(advance) if advance else "",
        balance=_amount(balance) if balance else "",
        iban=grouped_iban(decision.iban or application.iban),
        account_holder=decision.account_holder or application.account_holder,
        closing=tuple(_closing(decision, share)),
        signatures=tuple(
            Signed(str(signature.user), day(timezone.localdate(signature.at)))
            for signature in decided_in.signatures.all()
        ),
    )


def _addressee(applicant: Organisation, on: date | None) -> str:
    """Who gets the letter: the applicant, or who it went up in by the day of the letter, with the name of before."""
    heir = present_names([applicant], on).get(applicant.pk)
    return _("%(now)s (voorheen %(before)s)") % {"now": heir, "before": applicant.name} if heir else applicant.name


def _mark(application: Application, decided_in: DecisionList) -> str:
    marks = []
    if decided_in.state != DecisionListState.PUBLISHED:
        marks.append(_("Ontwerp, nog niet bekendgemaakt"))
    if application.call.example:
        marks.append(_("Voorbeeld, geen echte beslissing"))
    return ". ".join(marks)


def _amount(value: Decimal) -> str:
    return euro(value, cents=True)


def _opening(decision: Decision) -> Iterator[str]:
    words = {"requested": _amount(decision.requested), "granted": _amount(decision.granted)}
    if decision.outcome == Outcome.GRANTED:
        yield _("U vroeg %(requested)s. U krijgt dat bedrag volledig.") % words
    elif decision.outcome == Outcome.PARTLY:
        yield _("U vroeg %(requested)s. U krijgt %(granted)s.") % words
    else:
        yield _("U vroeg %(requested)s. U krijgt geen subsidie.") % words
    if decision.words:
        yield decision.words
    scenario = decision.decision_list.scenario
    if scenario and scenario.reason and decision.outcome != Outcome.GRANTED:
        yield _("Zo is het budget verdeeld: %(reason)s") % {"reason": scenario.reason}
    if names := _partners(decision.application):
        yield _("U diende in samen met %(names)s. Het bedrag gaat naar u als aanvrager.") % {"names": names}


def _partners(application: Application) -> str:
    members = [member for member in application.members.all() if member.state == MemberState.ACCEPTED]
    names = sorted(member.organisation.name for member in members if not member.is_applicant)
    return str(get_text_list(names, _("en"))) if names else ""


def _line(part: GrantLine) -> LetterLine:
    indicator = part.line.indicator
    why = part.words
    rest = rest_of(part.amount, indicator.unit_amount)
    if rest and part.units == units_of(part.amount, indicator.unit_amount):
        left = _("%(rest)s daarvan is geen hele eenheid.") % {"rest": _amount(rest)}
        why = f"{why} {left}".strip()
    return LetterLine(
        action=str(indicator.terms.action),
        line=_terms(indicator),
        requested=_amount(part.requested),
        granted=_amount(part.amount),
        units="" if part.units is None else number(part.units),
        outcome=str(Outcome(part.outcome).label),
        reason=why,
    )


def _terms(indicator: IndicatorTerms) -> str:
    """The indicator line, with the version of the terms by which it was decided when these were ever corrected."""
    version = indicator.terms.version or 1
    words = {"line": indicator.label, "version": version}
    return _("%(line)s (voorwaarden, versie %(version)s)") % words if version > 1 else indicator.label


def _incentive(part: GrantIncentive) -> LetterLine:
    incentive = part.incentive
    return LetterLine(
        action=_("Stimulans: %(kind)s") % {"kind": incentive.get_kind_display()},
        line=str(incentive.action) if incentive.action else "",
        requested=_amount(part.requested),
        granted=_amount(part.amount),
        units="",
        outcome=str(Outcome(part.outcome).label),
        reason=part.words,
    )


def _closing(decision: Decision, share: int) -> Iterator[str]:
    application = decision.application
    advance, balance = instalments(decision.granted, share)
    if advance and balance:
        yield _("U krijgt eerst een voorschot van %(share)s: %(advance)s. Het saldo, %(balance)s, volgt na het "
                "eindrapport.") % {"share": percent(share), "advance": _amount(advance),
                                   "balance": _amount(balance)}  # fmt: skip
    if decision.granted:
        yield _("We betalen op rekening %(iban)s van %(holder)s.") % {
            "iban": grouped_iban(decision.iban or application.iban),
            "holder": decision.account_holder or application.account_holder,
        }
    if decision.decision_list.appeal:
        yield decision.decision_list.appeal
    contact = [application.call.contact_name, application.call.contact_email, application.call.contact_phone]
    if any(contact):
        yield _("Vragen? %(contact)s") % {"contact": ", ".join(part for part in contact if part)}


def templates_of(call: Call) -> dict[str, bytes]:
    """The Word template for each outcome: that of the call, or Draad's own."""
    found = dict.fromkeys(Outcome.values, own_template())
    for template in LetterTemplate.objects.filter(call=call):
        with template.file.open("rb") as file:
            found[template.key] = file.read()
    return found


def word_letter(decision: Decision, letter: Letter, templates: dict[str, bytes]) -> bytes:
    """The letter as a Word file, in the template for its outcome."""
    return fill_template(templates[decision.outcome], letter)
