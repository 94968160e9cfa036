"""Long work of this room: letters of a whole list, and a division over very many claims."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts.roles import Role
from draad.applications import jobs
from draad.applications.actions.desk import drop_scenario
from draad.applications.models import Call, Scenario, ScenarioState
from draad.applications.queries.desk_claims import desk_of
from draad.applications.queries.desk_division import Plan, divide
from draad.applications.views import desk_scenario
from draad.jobs.actions import begin_again
from draad.jobs.kinds import Place, Work
from draad.jobs.models import Job, JobState
from draad.jobs.performing import perform
from draad.methods.allocation import Rule
from tests.applications.deciding import manager, prepared, published
from tests.applications.desks import advised, plan, three_towns
from tests.applications.making import CLOSES, make_call, person
from tests.applications.test_decision_pages import SHORT, client_of
from tests.jobs.conftest import silent, taken

TOWNS = ("Gent", "Aalst", "Genk", "Brugge", "Leuven", "Mechelen", "Kortrijk", "Oostende", "Hasselt", "Mol", "Geel")
KINDS = ["letters_word", "letters_pdf"]


def at(name: str, *arguments: object) -> str:
    return reverse(f"applications:{name}", args=arguments)


def content(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # a file


@pytest.fixture
def managing(db: None) -> Client:
    return client_of(manager())


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything takes too long for a request."""
    monkeypatch.setattr(jobs, "SECONDS_PER_LETTER", dict.fromkeys(jobs.SECONDS_PER_LETTER, 10.0))
    monkeypatch.setattr("draad.applications.views.letters.SECONDS_PER_LETTER", jobs.SECONDS_PER_LETTER)
    monkeypatch.setattr(desk_scenario.jobs, "SECONDS_PER_LINE", 10.0)


# letters ----------------------------------------------------------------------------------------------------------
def test_few_letters_come_at_once_in_one_file(managing: Client) -> None:
    made = published(prepared(awards=SHORT))
    response = managing.post(at("letters_word", made.pk), follow=True)
    assert "brieven-" in response.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(content(response))) as archive:  # type: ignore[arg-type]  # a response
        assert archive.namelist() == [
            "brief-plan-samenleven-1-0001-gent.docx", "brief-plan-samenleven-1-0002-aalst.docx",
        ]  # fmt: skip
        assert all(archive.read(name).startswith(b"PK") for name in archive.namelist())
    assert content(managing.post(at("letters_pdf", made.pk), follow=True)).startswith(b"%PDF")  # type: ignore[arg-type]


def test_the_same_letters_give_the_same_bytes(managing: Client) -> None:
    made = published(prepared(awards=SHORT))
    first, second = (content(managing.post(at("letters_word", made.pk), follow=True)) for _ in range(2))  # type: ignore[arg-type]
    assert first == second


@pytest.mark.parametrize("kind", KINDS)
def test_many_letters_lead_to_the_page_of_the_job(managing: Client, slow: None, kind: str) -> None:
    made = published(prepared(awards=SHORT))
    response = managing.post(at(kind, made.pk))
    job = Job.objects.get()
    assert job.state == JobState.DONE, "the queue of the tests does it in the same breath"
    assert response.headers["Location"] == reverse("jobs:file", args=[job.pk])
    page = managing.get(reverse("jobs:job", args=[job.pk])).content.decode()
    assert "Plan Samenleven, ronde 1, lijst 1" in page
    assert at("decision_list", made.pk) in page


@pytest.mark.parametrize("kind", KINDS)
def test_letters_are_asked_for_and_not_made_by_following_a_link(managing: Client, kind: str) -> None:
    made = published(prepared(awards=SHORT))
    assert managing.get(at(kind, made.pk)).status_code == 405
    assert at(kind, made.pk) in managing.get(at("decision_list", made.pk)).content.decode()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.GOVERNMENT_APPROVER])
def test_who_does_not_manage_gets_no_letters_of_others(db: None, kind: str, role: Role) -> None:
    made = published(prepared(awards=SHORT))
    assert client_of(person(role, "Gent")).post(at(kind, made.pk)).status_code == 403
    assert not Job.objects.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_that_is_gone_when_its_turn_comes_is_told(managing: Client, kind: str) -> None:
    run = {"letters_word": jobs.letters_word, "letters_pdf": jobs.letters_pdf}[kind]
    with pytest.raises(ValidationError, match="geen beslissing"):
        run(Work(manager(), {"list": 12345}, lambda *_step: None))
    assert managing.post(at(kind, 12345)).status_code == 404


@pytest.mark.parametrize("many", [2, 11])
@pytest.mark.django_db
def test_letters_take_as_many_queries_whatever_the_number(
    django_assert_max_num_queries: Callable[..., Any], many: int
) -> None:
    call = make_call()
    for number, name in enumerate(TOWNS[:many]):
        advised(call, name, {5: (1, 10 + number), 9: (2, 1)})
    made = prepared(call)
    steps: list[tuple[int, int]] = []
    for run in (jobs.letters_word, jobs.letters_pdf):
        work = Work(manager(), {"list": made.pk}, lambda done, total, _text="": steps.append((done, total)))
        with django_assert_max_num_queries(15):
            found = run(work)
        assert found.file is not None
        found.file.content.close()
    assert steps == [*((number, many) for number in range(1, many + 1)), (0, 0)]


# dividing ---------------------------------------------------------------------------------------------------------
@given(
    rule=st.sampled_from(Rule),
    within=st.sampled_from([None, Rule.PROPORTIONAL, Rule.EQUAL_AWARDS, Rule.EQUAL_LOSSES]),
    cents=st.integers(0, 10**12),
    reserved=st.integers(0, 10**6),
    ceiling=st.none() | st.integers(1, 10**9),
    switches=st.tuples(st.booleans(), st.booleans()),
)
def test_a_plan_comes_back_as_it_was_written(
    rule: Rule, within: Rule | None, cents: int, reserved: int, ceiling: int | None, switches: tuple[bool, bool]
) -> None:
    written = Plan(
        "Naam “x”", rule, Decimal(cents) / 100, Decimal(reserved) / 100, within, *switches,
        None if ceiling is None else Decimal(ceiling) / 100,
    )  # fmt: skip
    assert jobs.planned(jobs.plan_values(written)) == replace(written, within=written.inner)


def filled_in(rule: Rule = Rule.PROPORTIONAL, **values: str) -> dict[str, str]:
    given = {"rule": str(rule), "within": str(Rule.PROPORTIONAL), "compared": "lines", "name": "Eerste",
             "envelope": "5000", "reserved": "0"}  # fmt: skip
    return given | values


@pytest.fixture
def call(db: None) -> Call:
    made = make_call()
    three_towns(made)
    return made


def posted(client: Client, **values: str) -> HttpResponse:
    with time_machine.travel(CLOSES):
        return client.post(at("desk_new", "plan-samenleven", 1), filled_in(**values))  # type: ignore[return-value]


def test_a_normal_round_is_divided_at_once(call: Call, managing: Client) -> None:
    response = posted(managing)
    assert response.headers["Location"] == f"{at('desk', 'plan-samenleven', 1)}?verdeling=1"
    assert Scenario.objects.get().awards_sha256 == divide(desk_of(call.pk), plan()).sha256


def test_very_many_lines_are_divided_by_a_job_that_leads_to_the_desk(call: Call, managing: Client, slow: None) -> None:
    posted(managing)
    job = Job.objects.get()
    assert job.title == "Verdelen en bewaren"
    assert job.about == "Plan Samenleven, ronde 1, “Eerste”"
    assert job.to_address == f"{at('desk', 'plan-samenleven', 1)}?verdeling=1"
    assert Scenario.objects.get().made_by == job.by


def test_what_cannot_be_divided_is_told_at_the_form_before_anything_is_begun(
    call: Call, managing: Client, slow: None
) -> None:
    response = posted(managing, reserved="6000", name="Te veel")
    assert response.status_code == 422
    page = response.content.decode()
    assert "Dit is meer dan het budget" in page
    assert "Te veel" in page
    assert not Job.objects.exists()


def test_what_goes_wrong_at_once_is_told_at_the_form(
    call: Call, managing: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and dividing somebody else changed something: nothing typed is lost."""

    def refuse(*_arguments: object, **_options: object) -> Scenario:
        raise ValidationError("De aanvragen veranderden.")

    monkeypatch.setattr(jobs, "keep_scenario", refuse)
    response = posted(managing, name="Mijn naam")
    assert response.status_code == 422
    assert "De aanvragen veranderden." in response.content.decode()
    assert "Mijn naam" in response.content.decode()
    assert not Scenario.objects.exists()


def test_a_division_that_is_begun_again_is_kept_once(call: Call) -> None:
    """The first worker stood still after dividing; it comes back when the work was done again."""
    by = manager()
    values = {"call": call.pk, "plan": jobs.plan_values(plan())}
    with time_machine.travel(CLOSES, tick=False) as clock:
        job = taken(jobs.KEEP, values, place=Place("applications:desks"), by=by)
        outcome = jobs.keep(Work(by, values, lambda *_step: None))
        clock.shift(1)
        begin_again(silent(job), by=by)
        perform(job.pk, 1)
    assert outcome.store is not None
    assert Job.objects.get().state == JobState.DONE
    kept = Scenario.objects.get()
    assert kept.state == ScenarioState.KEPT
    drop_scenario(kept, by=by)
