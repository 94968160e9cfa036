"""Stores an example round at once: a closed call with its applications up to their advice or their payments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from itertools import chain
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.audit import Recording
from draad.accounts.roles import Role
from draad.applications.actions.callreasons import first_reasons
from draad.applications.actions.decisions import worded
from draad.applications.example import ExampleApplication, ExampleRound, total
from draad.applications.exampleparts import MADE_BEFORE, Dossier, Setting, at, dossier
from draad.applications.examplepayments import instalments, payments
from draad.applications.models import (
    Amendment,
    Application,
    Call,
    CallState,
    Decision,
    DecisionList,
    DecisionListState,
    Extension,
    GrantIncentive,
    GrantLine,
    Notice,
    Payment,
    PaymentOrder,
    Scenario,
    ScenarioAward,
    Submission,
)
from draad.applications.queries.decisions import reasons_of
from draad.applications.queries.eligibility import eligibility
from draad.applications.queries.form import applications, filled
from draad.applications.queries.submission import content_of, hash_of
from draad.applications.reasons import ADVICE, BUDGET
from draad.organisations.models import Organisation
from draad.programmes.models import Round
from draad.programmes.queries import as_of_version, published_terms, rule_values

VERB = "applications.example"
AT_ONCE = 250
Progress = Callable[[int], None]
T = TypeVar("T")


def record_example(
    of_round: Round,
    example: ExampleRound,
    *,
    by: Actor,
    made_from: str,
    organisations: Mapping[str, Organisation],
    progress: Progress = lambda _stored: None,
) -> Call:
    """Store an example round.

    Args:
        of_round: a round without a call.
        example: what to store.
        by: who stores it.
        made_from: what the example was made from, kept with the call.
        organisations: everyone who is named, by the name in the example.
        progress: told the number of applications stored so far, every so often.

    Raises:
        PermissionDenied: for who may not load data.
        ValidationError: when the round has a call already.
    """
    with audit.recording(by=by) as log:
        call = _begin(log, of_round, example, made_from, by)
        decided = log.create(_decision_list(call, example), verb=f"{VERB}.add")
    asked = total(application.requested for application in example.applications)
    short = of_round.envelope is not None and asked > of_round.envelope
    setting = _setting(of_round, example, call, organisations, short=short)
    _store_all(replace(setting, decision_list=decided), by, progress)
    return call


def record_advised(
    of_round: Round, example: ExampleRound, *, by: Actor, made_from: str, organisations: Mapping[str, Organisation]
) -> Call:
    """Store an example round of which the advice is ready and nothing is divided yet; what is granted is the advice.

    Raises:
        PermissionDenied: for who may not load data.
        ValidationError: when the round has a call already.
    """
    with audit.recording(by=by) as log:
        call = _begin(log, of_round, example, made_from, by)
    _store_all(_setting(of_round, example, call, organisations, short=False), by)
    return call


def _begin(log: Recording, of_round: Round, example: ExampleRound, made_from: str, by: Actor) -> Call:
    by.require(Role.ADMINISTRATOR)
    if Call.objects.filter(round=of_round).exists():
        raise ValidationError(
            _("%(round)s heeft al een oproep; een voorbeeld komt er niet bij.") % {"round": of_round}
        )
    call = log.create(_call(of_round, example, made_from), verb=f"{VERB}.add")
    log.create_many(first_reasons(call), verb=f"{VERB}.add")
    return call


def _store_all(setting: Setting, by: Actor, progress: Progress = lambda _stored: None) -> None:
    stored = 0
    for some in _chunks(setting.example.applications, AT_ONCE):
        with audit.recording(by=by) as log:
            _store(log, some, setting)
        submissions = _submissions(setting.call, {one.number for one in some})
        with audit.recording(by=by) as log:
            log.create_many(submissions, verb=f"{VERB}.add")
        stored += len(some)
        progress(stored)


def _call(of_round: Round, example: ExampleRound, made_from: str) -> Call:
    return Call(
        round=of_round,
        state=CallState.PUBLISHED,
        opens_at=at(example.opens_on, hour=0),
        closes_at=at(example.closes_on + timedelta(days=1), hour=0),
        introduction=_("Voorbeeld: alle aanvragen en bedragen zijn verzonnen."),
        contact_name=_("Voorbeeld"),
        contact_email="voorbeeld@example.org",
        cofinancing_statement=_("Voorbeeld: de besturen dragen zelf hun deel bij."),
        payer_name=_("Voorbeeld van een betaler"),
        payer_iban=example.payer_iban,
        published_at=at(example.opens_on, hour=0),
        example=True,
        made_from=made_from,
    )


def _decision_list(call: Call, example: ExampleRound) -> DecisionList:
    return DecisionList(
        call=call,
        number=1,
        state=DecisionListState.PUBLISHED,
        prepared_at=at(example.decided_on - MADE_BEFORE),
        published_at=at(example.decided_on),
        granted=total(application.granted for application in example.applications),
        appeal=call.appeal,
    )


def _setting(
    of_round: Round, example: ExampleRound, call: Call, organisations: Mapping[str, Organisation], *, short: bool
) -> Setting:
    """What the applications rest on, while nothing is decided; ``short`` when more is asked than there is."""
    terms = as_of_version(published_terms(of_round.programme), of_round.number, None)
    rules = rule_values(of_round)
    return Setting(
        example=example,
        call=call,
        decision_list=None,
        organisations=organisations,
        actions={number: version.terms.action for number, version in terms.items()},
        indicators={
            (number, line.line): line for number, version in terms.items() for line in version.terms.lines.all()
        },
        exclusive="one_partnership" in rules,
        threshold="eligibility_threshold" in rules,
        why=worded(reasons_of(call)[BUDGET if short else ADVICE]),
        why_in_words=(
            _("Voorbeeld: wat gevraagd is, past niet in het budget.")
            if short
            else _("Voorbeeld: een deel van het geplande bereik bestaat al.")
        ),
        last=not Round.objects.filter(programme=of_round.programme, number__gt=of_round.number).exists(),
    )


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _store(log: Recording, examples: Sequence[ExampleApplication], setting: Setting) -> None:
    """Store some applications table by table, then what was paid on them."""
    made = [dossier(example, setting) for example in examples]
    for table in fields(Dossier):
        rows = list(chain.from_iterable(getattr(one, table.name) for one in made))
        log.create_many(rows, verb=f"{VERB}.add")
    if setting.decision_list is None:
        return
    decided = [(example, one.decisions[0]) for example, one in zip(examples, made, strict=True)]
    for instalment in instalments(setting):
        order, paid = payments(instalment, decided, setting, _next_order(setting.call))
        if order is not None:
            log.create(order, verb=f"{VERB}.add")
        log.create_many(paid, verb=f"{VERB}.add")


def _submissions(call: Call, numbers: Collection[int]) -> list[Submission]:
    """What was handed in with these applications, under its hash.

    Read outside a recording: inside one nothing that was read before is remembered.
    """
    made = []
    for application in applications().filter(call=call, number__in=numbers):
        form, at = filled(application), application.submitted_at or application.saved_at
        known = eligibility(application, form.rules)
        content = content_of(form, known, number=1, at=at, by=application.contact_name)
        made.append(Submission(application=application, number=1, at=at, content=content, sha256=hash_of(content)))
    return made


def _next_order(call: Call) -> int:
    return (call.payment_orders.aggregate(last=Max("number"))["last"] or 0) + 1


def remove_example(call: Call, *, by: Actor) -> None:
    """Remove an example call with everything on it, also what people added; one audit event tells of the whole.

    Raises:
        PermissionDenied: for who may not load data.
        ValidationError: when the call is no example.
    """
    by.require(Role.ADMINISTRATOR)
    if not call.example:
        raise ValidationError(_("%(call)s is geen voorbeeld en wordt niet verwijderd.") % {"call": call})
    with audit.recording(by=by, reason=call.made_from) as log:
        for rows in _hanging_on(call):
            rows.delete()
        log.remove(call, verb=f"{VERB}.remove")


def _hanging_on(call: Call) -> Iterable[QuerySet[Any]]:
    """The rows of a call, what rests on others first; the rest goes with what it belongs to."""
    decisions = Decision.objects.filter(decision_list__call=call)
    applications = Application.objects.filter(call=call)
    return (
        Payment.objects.filter(decision__in=decisions),
        PaymentOrder.objects.filter(call=call),
        GrantLine.objects.filter(decision__in=decisions),
        GrantIncentive.objects.filter(decision__in=decisions),
        decisions,
        DecisionList.objects.filter(call=call),
        ScenarioAward.objects.filter(scenario__call=call),
        Scenario.objects.filter(call=call),
        Amendment.objects.filter(application__in=applications),
        Submission.objects.filter(application__in=applications),
        Notice.objects.filter(call=call),
        Extension.objects.filter(call=call),
        applications,
    )
