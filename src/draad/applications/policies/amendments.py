"""What must hold for a request to change something after the decision, and for its answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from draad.accounts.actor import Actor
from draad.applications.models import Amendment, AmendmentState, Application, ApplicationState
from draad.applications.policies.fields import part, read_field
from draad.applications.policies.members import Together, check_can_join
from draad.applications.queries.agreed import Agreement
from draad.applications.queries.amendments import JOINS, MEMBER, WORDS, Place, shown, standing_grant
from draad.organisations.models import Organisation
from draad.web.formatting import day, euro, number

CAN_BE_EMPTY = ("contact_phone", *WORDS)
ACCOUNT = ("iban", "account_holder")
LONGEST = 2000
Change = dict[str, Any]


def check_decided(application: Application) -> None:
    """Refuse a request where nothing was granted.

    Raises:
        ValidationError: saying that there is nothing to change.
    """
    if application.state != ApplicationState.DECIDED or standing_grant(application) is None:
        raise ValidationError(_("Een wijziging vragen kan na een beslissing die iets toekent."))


def read_changes(places: Iterable[Place], typed: Mapping[str, str]) -> list[Change]:
    """What is asked: every field in which something else was typed than holds now.

    Args:
        places: what can be changed, as it stands now.
        typed: text by field; a field that is absent stays as it is.

    Raises:
        ValidationError: by field what is wrong with it; or that nothing differs.
    """
    found, wrong = [], {}
    for place in places:
        text = typed.get(place.field, place.text).strip()
        if text == place.text:
            continue
        try:
            value = _read(place, text)
        except ValidationError as problem:
            wrong[place.field] = problem
            continue
        if value != place.value:
            found.append(_change(place, value))
    if wrong:
        raise ValidationError(wrong)
    if not found:
        raise ValidationError(_("Er verandert niets: pas aan wat u wilt wijzigen."))
    return found


def _change(place: Place, value: str | int) -> Change:
    change: Change = {"field": place.field, "label": place.label, "before": place.value, "after": value}
    if place.field == JOINS:
        change["says"] = dict(place.choices)[str(value)]
    return change


def _read(place: Place, text: str) -> str | int:
    if place.choices:
        if text not in [value for value, _label in place.choices]:
            raise ValidationError(_("Kies iets uit de lijst."))
        return text
    if not text and place.field not in CAN_BE_EMPTY:
        raise ValidationError(_("Dit kan niet leeg worden."))
    if place.field in WORDS:
        if len(text) > LONGEST:
            raise ValidationError(_("Hou het korter: hoogstens %(most)s tekens.") % {"most": number(LONGEST)})
        return text
    value = read_field(place.field, text)
    if place.most is not None and isinstance(value, int) and value > place.most:
        raise ValidationError(
            _("De voorwaarden betalen op deze lijn hoogstens %(most)s.") % {"most": number(place.most)}
        )
    return value if isinstance(value, int) else str(value or "")


def check_money(agreement: Agreement, units: Mapping[int, int]) -> None:
    """Refuse units that together bring more than was granted, or more for an action than its ceiling.

    Raises:
        ValidationError: with the euro that it comes to, and what is possible.
    """
    total = agreement.total(units)
    if total > agreement.granted:
        raise ValidationError(
            _("Samen komt dit op %(total)s; toegekend is %(granted)s. Verlaag andere lijnen met %(over)s.")
            % {"total": euro(total), "granted": euro(agreement.granted), "over": euro(total - agreement.granted)}
        )
    problems = [
        _("Actie %(action)s komt op %(amount)s; haar voorwaarden laten hoogstens %(most)s toe.")
        % {"action": action, "amount": euro(amount), "most": euro(most)}
        for action, amount, most in agreement.above_ceilings(units)
    ]
    if problems:
        raise ValidationError(problems)


def check_members(application: Application, changes: Iterable[Change], effective_on: date | None) -> None:
    """Refuse members who come or go without a day in the round, or who cannot take part.

    Raises:
        ValidationError: for each of these.
    """
    if not changes_members(changes):
        return
    of_round = application.call.round
    if effective_on is None or not of_round.starts_on <= effective_on <= of_round.ends_on:
        raise ValidationError(
            _("Geef de dag waarop de leden wijzigen, van %(first)s tot en met %(last)s.")
            % {"first": day(of_round.starts_on), "last": day(of_round.ends_on)}
        )
    new = joining(changes)
    if new is not None:
        check_can_join(application, new)
        rules = Together(application)
        rules.check_region([new])
        rules.place_in(new, [application.applicant])


def changes_members(changes: Iterable[Change]) -> bool:
    """Whether somebody comes or goes."""
    return any(one["field"] == JOINS or one["field"].startswith(f"{MEMBER}:") for one in changes)


def joining(changes: Iterable[Change]) -> Organisation | None:
    """Who comes, if anybody does."""
    chosen = next((one["after"] for one in changes if one["field"] == JOINS), None)
    return Organisation.objects.get(pk=int(chosen)) if chosen else None


def leaving(changes: Iterable[Change]) -> list[int]:
    """Who goes: primary keys of memberships."""
    return [part(one["field"], 1) for one in changes if one["field"].startswith(f"{MEMBER}:")]


def needs_proof(changes: Iterable[Change]) -> bool:
    """Whether a request needs a document: another account number, or a new member."""
    return any(one["field"] in ("iban", JOINS) for one in changes)


def check_proof(changes: Iterable[Change], files: Sequence[object]) -> None:
    """Refuse another account number or a new member without a document.

    Raises:
        ValidationError: saying what to add.
    """
    if needs_proof(changes) and not files:
        raise ValidationError(
            {"proof": _("Voeg een bewijs toe: een bankattest bij een nieuwe rekening, de beslissing van het bestuur "
                        "bij een nieuw lid.")}
        )  # fmt: skip


def needs_four_eyes(amendment: Amendment) -> bool:
    """Whether two managers look at a request: money would go to another account."""
    return any(one["field"] in ACCOUNT for one in amendment.changes)


def check_four_eyes(amendment: Amendment, by: Actor) -> None:
    """Refuse to accept another account by the one who checked it, or before anybody did.

    Raises:
        ValidationError: saying who still has to look at it.
    """
    if not needs_four_eyes(amendment):
        return
    if amendment.state != AmendmentState.CHECKED:
        raise ValidationError(
            _("Een andere rekening vraagt vier ogen: een eerste beheerder kijkt na, een tweede aanvaardt.")
        )
    if by.user is None or by.user.pk == amendment.checked_by_id:
        raise ValidationError(_("U keek dit verzoek na. Een andere beheerder aanvaardt of weigert het."))


def can_accept(amendment: Amendment, by: Actor) -> bool:
    """Whether this person may accept the request as it stands."""
    try:
        check_four_eyes(amendment, by)
    except ValidationError:
        return False
    return True


def check_unchanged(amendment: Amendment, places: Iterable[Place]) -> None:
    """Refuse to accept a request that starts from something that no longer holds.

    Raises:
        ValidationError: naming what holds now.
    """
    now = {place.field: place.value for place in places}
    for change in amendment.changes:
        name = change["field"]
        if name not in now:
            raise ValidationError(
                _("%(label)s kan niet meer wijzigen. Weiger dit verzoek; het bestuur kan een nieuw doen.")
                % {"label": change["label"]}
            )
        if now[name] != change["before"]:
            raise ValidationError(
                _("%(label)s is intussen “%(now)s”. Weiger dit verzoek; het bestuur kan een nieuw doen.")
                % {"label": change["label"], "now": shown(name, now[name])}
            )
