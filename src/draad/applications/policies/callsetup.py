"""What a call still needs before it can be published, and what may change once it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.applications.mailtexts import MAILS, unknown_names
from draad.applications.models import ApplicationState, Call, CallState
from draad.applications.queries.calls import closes_at_for
from draad.organisations.models import Organisation
from draad.programmes.models import Action, Round
from draad.programmes.queries import as_of_version, published_terms, rule_values
from draad.programmes.values import TermsValues
from draad.web.formatting import end

AMENDABLE = ("appeal", "contact_name", "contact_email", "contact_phone", "payer_name", "payer_iban", "payer_bic")
"""What may still change once governments rely on the call; a later closing is an extension."""


@dataclass(frozen=True)
class Need:
    """Something that is missing: a sentence, where it is filled in, and whether the call can do without."""

    sentence: str
    label: str
    address: str
    blocking: bool = True


def needs_of(call: Call, now: datetime | None = None) -> list[Need]:
    """What a call still needs, what it cannot do without first."""
    rules = rule_values(call.round)
    found = [
        *_of_call(call, now or timezone.now(), cofinanced="half_of_cost" in rules),
        *_of_round(call, has_rules=bool(rules)),
        *_of_terms(call.round),
    ]
    return sorted(found, key=lambda need: not need.blocking)


def _of_call(call: Call, now: datetime, *, cofinanced: bool) -> Iterator[Need]:
    edit = reverse("applications:call_edit", args=[call.round.programme.slug, call.round.number])

    def need(sentence: str, field: str, *, blocking: bool = True) -> Need:
        return Need(sentence, _("Vul in"), f"{edit}#id_{field}", blocking)

    if call.opens_at is None or call.closes_at is None:
        yield need(_("De oproep heeft nog geen begin en einde."), "opens_at")
    elif call.closes_at <= now:
        yield need(_("De oproep zou al gesloten zijn op het moment dat u ze publiceert."), "closes_at")
    if not call.introduction:
        yield need(_("Er is nog geen inleiding die zegt waarover de oproep gaat."), "introduction")
    if not (call.contact_name and call.contact_email):
        yield need(_("Besturen weten nog niet bij wie ze terechtkunnen."), "contact_name")
    if cofinanced and not call.cofinancing_statement:
        yield need(_("Er is nog geen verklaring van eigen inbreng, terwijl een regel die vraagt."),
                   "cofinancing_statement")  # fmt: skip
    if not call.appeal:
        yield need(_("De brieven zeggen niet hoe men in beroep gaat. De termijn daarvoor begint dan niet te lopen."),
                   "appeal", blocking=False)  # fmt: skip
    if not (call.payer_name and call.payer_iban):
        yield need(_("Zonder rekening van de betaler kunt u later geen betaalopdracht maken."), "payer_name",
                   blocking=False)  # fmt: skip


def _of_round(call: Call, *, has_rules: bool) -> Iterator[Need]:
    of_round = call.round
    place = [of_round.programme.slug, of_round.number]
    if of_round.envelope is None:
        yield Need(_("De ronde heeft nog geen budget."), _("Vul in"), reverse("programmes:round_change", args=place))
    if not has_rules:
        yield Need(_("De ronde heeft nog geen regels."), _("Kies ze"),
                   reverse("programmes:round_setup", args=place) + "#regels")  # fmt: skip


def _of_terms(of_round: Round) -> Iterator[Need]:
    """What the terms of the actions lack; published terms with a gap do not hold a call up."""
    terms = as_of_version(published_terms(of_round.programme), of_round.number, None)
    actions = list(of_round.programme.actions.order_by("number"))
    paid = [action for action in actions if action.number in terms
            and terms[action.number].values.subsidised.value is True]  # fmt: skip
    if not paid:
        yield Need(_("Van geen enkele actie is gepubliceerd dat ze gesubsidieerd wordt."), _("Naar de voorwaarden"),
                   reverse("programmes:round_setup", args=[of_round.programme.slug, of_round.number])
                   + "#voorwaarden")  # fmt: skip
    for action in actions:
        if action.number not in terms:
            yield _about(action, of_round, _("Van actie %(n)s zijn nog geen voorwaarden gepubliceerd."))
    for action in paid:
        yield from _gaps(action, of_round, terms[action.number].values)


def _gaps(action: Action, of_round: Round, values: TermsValues) -> Iterator[Need]:
    if not values.lines:
        sentence = _("Actie %(n)s wordt gesubsidieerd, maar haar KPI-lijnen zijn niet gekend; niemand kan ze kiezen.")
        yield _about(action, of_round, sentence, blocking=False)
        return
    without = sum(not line["unit_amount"].known for line in values.lines.values())
    if without:
        sentence = ngettext(
            "Actie %(n)s heeft een KPI-lijn zonder bedrag per eenheid; daarvoor kan niemand een bedrag vragen.",
            "Actie %(n)s heeft KPI-lijnen zonder bedrag per eenheid; daarvoor kan niemand een bedrag vragen.",
            without,
        )
        yield _about(action, of_round, sentence, blocking=False)


def _about(action: Action, of_round: Round, sentence: str, *, blocking: bool = True) -> Need:
    address = reverse("programmes:terms_history", args=[of_round.programme.slug, action.number, of_round.number])
    return Need(sentence % {"n": action.number}, _("Naar actie %(n)s") % {"n": action.number}, address, blocking)


def check_publishable(call: Call, now: datetime | None = None) -> None:
    """Refuse to publish a call that lacks what governments need.

    Raises:
        ValidationError: with a sentence for each thing that is missing.
    """
    problems = [need.sentence for need in needs_of(call, now) if need.blocking]
    if problems:
        raise ValidationError(problems)


def check_window(opens_at: datetime | None, closes_at: datetime | None) -> None:
    """Refuse a window that closes before it opens.

    Raises:
        ValidationError: under ``closes_at``.
    """
    if opens_at and closes_at and closes_at <= opens_at:
        raise ValidationError({"closes_at": _("De oproep sluit voor ze opent. Kies een later moment.")})


def check_extension(
    call: Call, closes_at: datetime, organisation: Organisation | None, now: datetime | None = None
) -> None:
    """Refuse an extension that is not later than the closing that holds, or that is past already.

    Raises:
        ValidationError: under ``closes_at``, naming the closing that holds.
    """
    holds = closes_at_for(call, organisation)
    if holds and closes_at <= holds:
        raise ValidationError(
            {"closes_at": _("Verlengen kan alleen tot na %(when)s: dan sluit de oproep nu.") % {"when": end(holds)}}
        )
    if closes_at <= (now or timezone.now()):
        raise ValidationError({"closes_at": _("Dit moment is voorbij. Kies een later moment.")})


def check_cancellable(call: Call) -> None:
    """Refuse to cancel a call of which decisions are known.

    Raises:
        ValidationError: always when an application was decided.
    """
    if call.applications.filter(state=ApplicationState.DECIDED).exists():
        raise ValidationError(_("Over aanvragen van deze oproep is al beslist. Intrekken kan niet meer."))


def check_not_cancelled(call: Call) -> None:
    """Refuse other documents or words for a call that was cancelled.

    Raises:
        ValidationError: always for a cancelled call.
    """
    if call.state == CallState.CANCELLED:
        raise ValidationError(_("De oproep is ingetrokken. Er verandert niets meer aan."))


def check_without_applications(call: Call) -> None:
    """Refuse to begin anew once somebody applied.

    Raises:
        ValidationError: when there is an application.
    """
    if call.applications.exists():
        raise ValidationError(_("Er zijn al aanvragen voor deze oproep. Ze kan niet opnieuw beginnen."))


def check_never_told(call: Call) -> None:
    """Refuse to throw away a draft of which governments were told before: what they were told stays.

    Raises:
        ValidationError: when there is a notice or an application.
    """
    check_without_applications(call)
    if call.notices.exists():
        raise ValidationError(_("Over deze oproep zijn al mails verstuurd. Wijzig het ontwerp in plaats daarvan."))


def check_reason(reason: str) -> None:
    """Refuse to do without a reason what governments are told the reason of.

    Raises:
        ValidationError: under ``reason``.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Schrijf in een zin waarom. Besturen lezen die.")})


def check_words(key: str, subject: str, body: str) -> None:
    """Refuse words for a notice that does not exist, or with a name that it cannot fill in.

    Raises:
        ValidationError: naming the name, by field.
    """
    if key not in MAILS:
        raise ValidationError(_("Het bericht %(key)s bestaat niet.") % {"key": key})
    kind, problems = MAILS[key], {}
    for field, text in (("subject", subject), ("body", body)):
        unknown = unknown_names(kind, text)
        if unknown:
            problems[field] = _("{%(wrong)s} bestaat niet in dit bericht. Gebruik: %(known)s.") % {
                "wrong": unknown[0], "known": ", ".join(f"{{{name}}}" for name in kind.names)}  # fmt: skip
        elif not text.strip():
            problems[field] = _("Laat dit niet leeg.")
    if problems:
        raise ValidationError(problems)


def hold_rules(of_round: Round) -> str:
    """Why the rules of a round stay as they are: governments rely on them once its call is published."""
    published = Call.objects.filter(round=of_round, state=CallState.PUBLISHED).exists()
    return _("De oproep van deze ronde is gepubliceerd. Haar regels veranderen niet meer.") if published else ""
