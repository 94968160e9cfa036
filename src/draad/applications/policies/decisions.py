"""What the state of things allows for lists of decisions: complete, equal to the distribution, signed by two."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from draad.accounts.models import User
from draad.applications.models import (
    Application,
    ApplicationState,
    Decision,
    DecisionList,
    DecisionListState,
    DecisionReason,
    GrantIncentive,
    GrantLine,
    Outcome,
    Scenario,
    ScenarioState,
)
from draad.applications.queries.desk_claims import Desk
from draad.documents.iban import valid_iban
from draad.web.formatting import euro

REQUIRED_SIGNATURES = 2
"""Four eyes: so many different people sign a list before it can be published."""
MOST_NAMED = 5
BEFORE_ADVICE = (ApplicationState.SUBMITTED, ApplicationState.ASSESSMENT, ApplicationState.QUESTIONED)


def check_scenario(scenario: Scenario) -> None:
    """Refuse decisions on a distribution that is not chosen, or that has decisions already.

    Raises:
        ValidationError: for each of these.
    """
    if scenario.state != ScenarioState.CHOSEN:
        raise ValidationError(_("Kies eerst een verdeling: deze is niet goedgekeurd."))
    if scenario.decision_lists.exclude(state=DecisionListState.DISCARDED).exists():
        raise ValidationError(_("De beslissingen van deze verdeling zijn al voorbereid. Werk in die lijst verder."))


def check_all_advised(applications: Iterable[Application]) -> None:
    """Refuse to decide while an application still waits for advice.

    Raises:
        ValidationError: naming the applications.
    """
    waiting = [application for application in applications if application.state in BEFORE_ADVICE]
    if waiting:
        raise ValidationError(
            ngettext(
                "Nog %(count)s aanvraag heeft geen advies: %(which)s.",
                "Nog %(count)s aanvragen hebben geen advies: %(which)s.",
                len(waiting),
            )
            % {"count": len(waiting), "which": _named(waiting)}
        )


def _named(applications: Iterable[Application]) -> str:
    return _listed([application.applicant.name for application in applications])


def _listed(names: list[str]) -> str:
    shown = names[:MOST_NAMED]
    rest = len(names) - len(shown)
    if rest:
        shown.append(_("%(count)s andere") % {"count": rest})
    return str(get_text_list(shown, _("en")))


def check_same_claims(scenario: Scenario, desk: Desk) -> None:
    """Refuse decisions on a distribution of other claims than those of today, or while eligibility is open.

    Raises:
        ValidationError: for each of these.
    """
    if desk.undecided:
        raise ValidationError(
            _("Van deze aanvragen is nog niet beslist of ze in aanmerking komen: %(which)s.")
            % {"which": _listed([application.applicant for application in desk.undecided])}
        )
    if desk.sha256 != scenario.claims_sha256:
        raise ValidationError(
            _("De aanvragen of adviezen zijn veranderd sinds deze verdeling is gemaakt. Maak de verdeling opnieuw.")
        )


def check_totals(decision_list: DecisionList) -> None:
    """Refuse a list whose amounts do not add up to the distribution, to the cent, or that spends more on incentives.

    A distribution that reserves nothing pays incentives from another budget.

    Raises:
        ValidationError: telling both totals.
    """
    lines, incentives = _sum(GrantLine, decision_list), _sum(GrantIncentive, decision_list)
    scenario = decision_list.scenario
    divided = scenario.granted if scenario else lines
    granted = decision_list.decisions.aggregate(total=Sum("granted"))["total"] or Decimal(0)
    if lines != divided or not lines + incentives == granted == decision_list.granted:
        raise ValidationError(
            _("De beslissingen tellen op tot %(decided)s, de verdeling tot %(divided)s. Maak de verdeling opnieuw.")
            % {"decided": euro(lines, cents=True), "divided": euro(divided, cents=True)}
        )
    if scenario and scenario.reserved and incentives > scenario.reserved:
        raise ValidationError(
            _("De stimulansen kosten %(asked)s, de verdeling houdt %(reserved)s opzij. Maak de verdeling opnieuw.")
            % {"asked": euro(incentives, cents=True), "reserved": euro(scenario.reserved, cents=True)}
        )


def _sum(model: type[GrantLine | GrantIncentive], decision_list: DecisionList) -> Decimal:
    parts = model._default_manager.filter(decision__decision_list=decision_list)
    return parts.aggregate(total=Sum("amount"))["total"] or Decimal(0)


def can_choose(reason: DecisionReason, outcome: str) -> bool:
    """Whether a reason is in use and meant for an outcome."""
    return reason.in_use and {Outcome.PARTLY: reason.partly, Outcome.REFUSED: reason.refused}.get(
        Outcome(outcome), True
    )


def check_reason(outcome: str, reason: DecisionReason | None, text: str) -> None:
    """Refuse less than asked without a reason, one that is not meant for it, and one that needs words without them.

    Raises:
        ValidationError: saying what is missing.
    """
    if outcome == Outcome.GRANTED and reason is None:
        return
    if reason is None:
        raise ValidationError(_("Kies waarom er minder is toegekend dan gevraagd."))
    if not can_choose(reason, outcome):
        raise ValidationError(_("“%(reason)s” kan hier niet. Kies een andere reden.") % {"reason": reason.shown})
    if reason.needs_text and not text.strip():
        raise ValidationError(_("Leg deze reden uit: zonder toelichting zegt ze te weinig."))


def check_reason_given(reason: str) -> None:
    """Refuse a step that others must be able to understand later, without a reason.

    Raises:
        ValidationError: asking for it.
    """
    if not reason.strip():
        raise ValidationError(_("Schrijf waarom."))


def check_signer(decision_list: DecisionList, user: User | None) -> None:
    """Refuse a signature of nobody, or of the same person twice.

    Raises:
        ValidationError: for each of these.
    """
    if user is None:
        raise ValidationError(_("Alleen een persoon kan ondertekenen."))
    if decision_list.signatures.filter(user=user).exists():
        raise ValidationError(_("U hebt al ondertekend. De tweede handtekening is van iemand anders."))


def check_signed(decision_list: DecisionList, sha256: str) -> None:
    """Refuse to publish what was not signed by two people exactly as it stands.

    Raises:
        ValidationError: telling how many signatures are missing.
    """
    signed = {signature.user_id for signature in decision_list.signatures.all() if signature.sha256 == sha256}
    missing = REQUIRED_SIGNATURES - len(signed)
    if missing > 0:
        raise ValidationError(
            ngettext("Er is nog %(count)s handtekening nodig.", "Er zijn nog %(count)s handtekeningen nodig.", missing)
            % {"count": missing}
        )


def check_publishable(decisions: Iterable[Decision]) -> None:
    """Refuse to publish a decision on an application that was withdrawn, or a grant that cannot be paid.

    Raises:
        ValidationError: naming the applications.
    """
    listed = list(decisions)
    gone = [d.application for d in listed if d.application.state != ApplicationState.ADVISED]
    if gone:
        raise ValidationError(
            _("Niet langer klaar om te beslissen: %(which)s. Laat deze lijst vervallen en maak de verdeling opnieuw.")
            % {"which": _named(gone)}
        )
    unpayable = [d.application for d in listed if d.granted and not _payable(d.application)]
    if unpayable:
        raise ValidationError(
            _("Zonder geldig rekeningnummer of naam van de rekeninghouder: %(which)s. Vraag die eerst.")
            % {"which": _named(unpayable)}
        )


def _payable(application: Application) -> bool:
    return bool(application.account_holder.strip()) and valid_iban(application.iban)
