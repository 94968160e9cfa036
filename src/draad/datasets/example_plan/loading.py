"""``draad load example-plan``: brings the invented plan in through the actions of the rooms, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management.base import CommandError
from django.db import transaction

from draad.accounts.actor import system
from draad.accounts.sync import SyncCount
from draad.datasets.example_plan.content import ExamplePlan, Measure, document_of, example_plan
from draad.datasets.example_plan.following import follow
from draad.datasets.plan_samenleven.programme import SLUG
from draad.organisations.actions.register import Partner, register_partners
from draad.organisations.models import Organisation, OrganisationKind
from draad.plans import review
from draad.plans.actions.editing import Said, change_by_hand
from draad.plans.actions.incorporate import incorporate
from draad.plans.actions.plans import PlanAbout, create_plan, publish_version
from draad.plans.actions.reading import put_on_desk, read_file
from draad.plans.actions.review import accept_certain, accept_sheet, decide, reviewed
from draad.plans.content import measure_content
from draad.plans.models import Plan, ReadSheet, SheetState
from draad.plans.queries import measures_where, with_parties
from draad.programmes.actions.measurelinks import link_actions
from draad.programmes.models import Action

LOADER = system("draad load example-plan")
SOURCE = "example: invented by Draad"
YEARS = {1: 2023, 2: 2024}
"""After which version the progress of which year is written."""


def load() -> dict[str, SyncCount]:
    """Bring in the plan with two versions and the progress of two years, unless it is there.

    Raises:
        CommandError: when the organisation that owns it is not known yet.
    """
    example = example_plan()
    if Plan.objects.filter(slug=example.about["slug"]).exists():
        return {"measures of the example plan": SyncCount(same=len(example.second))}
    with transaction.atomic():
        plan = _begin(example)
        _publish(plan, example, example.first, 1)
        _publish(plan, example, example.second, 2)
        _link(plan, example.second)
    return {"measures of the example plan": SyncCount(added=len(example.second))}


def _begin(example: ExamplePlan) -> Plan:
    about = example.about
    owner = Organisation.objects.filter(names__name=about["owner"]).first()
    if owner is None:
        raise CommandError(f"{about['owner']} owns the example plan and is not known; run: draad load plan-samenleven")
    bodies = [
        Partner(body["name"], OrganisationKind(body["kind"]), body["aliases"], kbo="", ovo="", source=SOURCE)
        for body in about["body"]
    ]
    register_partners(bodies, by=LOADER)
    plan = PlanAbout(about["slug"], about["title"], about["first_year"], about["last_year"], owner, example=True)
    return create_plan(plan, by=LOADER)


def _publish(plan: Plan, example: ExamplePlan, measures: Sequence[Measure], version: int) -> None:
    """Upload a document, look it through, take it up, publish it, and report on the year that follows."""
    name = f"{plan.slug}-versie-{version}.docx"
    file = SimpleUploadedFile(name, document_of(example, measures, version))
    upload = put_on_desk(plan, read_file(file), by=LOADER)
    accept_certain(upload, by=LOADER)
    _look_through(upload.sheets.filter(state=SheetState.OPEN))
    gone = plan.measures.filter(title__in=example.withdrawn, withdrawn=False) if version > 1 else ()
    incorporate(upload, by=LOADER, withdraw=list(gone))
    if version > 1:
        _say_sources(plan, example.funding)
    draft = plan.versions.get(number=None)
    note = example.about["versions"].get(str(version), "")
    publish_version(plan, note=note, revision=draft.revision, by=LOADER)
    follow(plan, measures, YEARS[version], by=LOADER)


def _look_through(sheets: Iterable[ReadSheet]) -> None:
    """Accept what waits in each sheet, field by field: the document is what was meant."""
    for sheet in sheets:
        current = sheet
        for field in reviewed(sheet).undecided:
            current = decide(current, field.name, review.ACCEPTED, revision=current.revision, by=LOADER)
        accept_sheet(current, revision=current.revision, by=LOADER)


def _say_sources(plan: Plan, funding: Mapping[str, str]) -> None:
    """Write by hand where the money of some measures comes from: documents do not say it in their boxes."""
    for measure in with_parties(measures_where(plan=plan, title__in=funding, withdrawn=False)):
        content = measure_content(measure)
        amounts = [{**amount, "funding": funding[measure.title]} for amount in content["amounts"]]
        rows = [row.pk for row in measure.milestones.all()]
        said = Said({**content, "amounts": amounts}, rows)
        change_by_hand(measure, said, revision=measure.revision, by=LOADER)


def _link(plan: Plan, measures: Sequence[Measure]) -> None:
    actions = {action.number: action for action in Action.objects.filter(objective__programme__slug=SLUG)}
    by_title = {measure.title: measure for measure in plan.measures.all()}
    for measure in measures:
        wanted = [actions[number] for number in measure.get("actions", ()) if number in actions]
        if wanted:
            link_actions(by_title[measure["title"]], wanted, by=LOADER)
