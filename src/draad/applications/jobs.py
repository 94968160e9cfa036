"""The long work of this room: all letters of a list of decisions, and dividing over very many claims."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draad.accounts.guards import MANAGERS
from draad.applications.actions.desk import keep_scenario
from draad.applications.models import Call, Decision, DecisionList
from draad.applications.queries import letters as read
from draad.applications.queries.desk_division import Plan
from draad.applications.queries.desk_scenarios import beside_newest
from draad.documents.letters import make_letters_pdf
from draad.jobs.kinds import MadeFile, Outcome, Place, Work, kind
from draad.methods.allocation import Rule

LETTERS_WORD, LETTERS_PDF, KEEP = (
    "applications.letters_word",
    "applications.letters_pdf",
    "applications.keep_scenario",
)
SECONDS_PER_LETTER = {LETTERS_WORD: 0.03, LETTERS_PDF: 0.015}
"""Measured: 0.02 and 0.01 seconds of processor; half as much again, because others work at the same time."""
SECONDS_PER_LINE = 1 / 20_000
"""Measured: 80,000 lines are divided and kept in some 3.7 seconds (``benchmarks/applications.py``)."""


@kind(LETTERS_WORD, title=gettext_lazy("Alle brieven in Word (zip)"), guard=MANAGERS)
def letters_word(work: Work) -> Outcome:
    """All letters of a list as Word files in a zip. Parameter: ``list``, its primary key."""
    decision_list, decisions = _letters(work)
    share, templates = read.share_paid_first(decision_list.call), read.templates_of(decision_list.call)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for place, decision in enumerate(decisions, 1):
            made = read.letter_of(decision, share)
            name = f"brief-{made.reference}-{decision.application.applicant.slug}.docx"
            archive.writestr(zipfile.ZipInfo(name, _fixed(decision)), read.word_letter(decision, made, templates))
            work.say(place, len(decisions), _("De brieven worden gemaakt."))
    return Outcome(MadeFile(f"{_name(decision_list)}.zip", "application/zip", file))


@kind(LETTERS_PDF, title=gettext_lazy("Alle brieven in één pdf"), guard=MANAGERS)
def letters_pdf(work: Work) -> Outcome:
    """All letters of a list in one PDF, to print. Parameter: ``list``, its primary key."""
    decision_list, decisions = _letters(work)
    share = read.share_paid_first(decision_list.call)
    letters = [read.letter_of(decision, share) for decision in decisions]
    work.say(0, 0, _("De brieven worden opgemaakt."))
    made = make_letters_pdf(letters, made_at=read.moment_of(decisions[0]))
    return Outcome(MadeFile(f"{_name(decision_list)}.pdf", "application/pdf", BytesIO(made)))


def _letters(work: Work) -> tuple[DecisionList, list[Decision]]:
    """A list and its decisions with all that their letters tell."""
    related = DecisionList.objects.select_related("call__round__programme")
    found = related.filter(pk=work.parameters["list"]).first()
    decisions = list(read.decisions_with_letters(Decision.objects.filter(decision_list=found)))
    if found is None or not decisions:
        raise ValidationError(_("In deze lijst staat geen beslissing."))
    return found, decisions


def _name(decision_list: DecisionList) -> str:
    return f"brieven-{decision_list.call_id}-{decision_list.number}"


def _fixed(decision: Decision) -> tuple[int, int, int, int, int, int]:
    at = timezone.localtime(read.moment_of(decision))
    return at.year, at.month, at.day, at.hour, at.minute, at.second


def plan_values(plan: Plan) -> dict[str, Any]:
    """A way to divide as plain JSON values; ``planned`` reads them back."""
    money = {"envelope": str(plan.envelope), "reserved": str(plan.reserved)}
    return {"name": plan.name, "rule": str(plan.rule), **money, **plan.parameters}


def planned(values: dict[str, Any]) -> Plan:
    """A way to divide from what ``plan_values`` wrote."""
    return Plan(
        name=values["name"],
        rule=Rule(values["rule"]),
        envelope=Decimal(values["envelope"]),
        reserved=Decimal(values["reserved"]),
        within=Rule(values["within"]) if values["within"] else None,
        whole_units=values["whole_units"],
        together=values["together"],
        ceiling=Decimal(values["ceiling"]) if values["ceiling"] else None,
    )


@kind(KEEP, title=gettext_lazy("Verdelen en bewaren"), guard=MANAGERS)
def keep(work: Work) -> Outcome:
    """Divide by a plan and keep what comes out. Parameters: ``call``, its primary key, and ``plan``."""
    call = Call.objects.select_related("round__programme").get(pk=work.parameters["call"])
    work.say(0, 0, _("Het budget wordt verdeeld."))

    def store() -> Place:
        made = keep_scenario(call, planned(work.parameters["plan"]), by=work.by)
        shown = "&".join(f"verdeling={scenario.number}" for scenario in beside_newest(call, made))
        return Place("applications:desk", [call.round.programme.slug, call.round.number], shown)

    return Outcome(store=store)
