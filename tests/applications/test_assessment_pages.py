"""The desk of assessors on the web."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.applications.actions import assessment as act
from draad.applications.models import Application, ApplicationState, Assessment, Call, Note
from tests.applications.making import make_application, person

pytestmark = pytest.mark.django_db
SUBMITTED = ApplicationState.SUBMITTED


@pytest.fixture
def assessor() -> Actor:
    return person(Role.ASSESSOR)


@pytest.fixture
def enter() -> Callable[[Actor], Client]:
    def sign_in(who: Actor) -> Client:
        client = Client()
        client.force_login(who.user, backend="draad.accounts.backend.AccountBackend")  # type: ignore[arg-type]  # a person
        return client

    return sign_in


@pytest.fixture
def client(enter: Callable[[Actor], Client], assessor: Actor) -> Client:
    return enter(assessor)


@pytest.fixture
def application(call: Call) -> Application:
    return make_application(call, "Gent", {5: (1, 900), 9: (2, 60)}, state=SUBMITTED, members=("Aalst",))


def address(step: str, application: Application) -> str:
    return reverse(f"applications:{step}", args=[application.pk])


def test_the_desk_leads_to_the_only_queue(client: Client, application: Application) -> None:
    page = client.get(reverse("applications:assessment_desks"), follow=True).content.decode()
    assert "Gent" in page
    assert "samenwerking" in page
    assert "Oost-Vlaanderen" in page
    assert "nog niemand" in page


def test_the_queue_filters(client: Client, call: Call, application: Application) -> None:
    make_application(call, "Hasselt", {5: (1, 9)}, state=ApplicationState.ASSESSMENT)
    make_application(call, "Brugge", {5: (1, 9)})
    where = reverse("applications:queue", args=["plan-samenleven", 1])
    assert "Brugge" not in client.get(where).content.decode(), "a draft is nobody's business yet"
    only = client.get(where, {"state": "in beoordeling"}).content.decode()
    assert "Hasselt" in only
    assert ">Gent<" not in only
    assert ">Gent<" in client.get(where, {"province": "Oost-Vlaanderen", "q": "gen"}).content.decode()


@pytest.mark.parametrize("more", [0, 12])
def test_the_queue_asks_as_little_of_many(
    client: Client,
    call: Call,
    application: Application,
    more: int,
    django_assert_max_num_queries: Callable[[int], object],
) -> None:
    for name in [
        "Aalst",
        "Brugge",
        "Hasselt",
        "Genk",
        "Leuven",
        "Mechelen",
        "Kortrijk",
        "Oostende",
        "Turnhout",
        "Lier",
        "Ieper",
        "Geel",
    ][:more]:
        make_application(call, name, {5: (1, 9)}, state=SUBMITTED)
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager
        assert client.get(reverse("applications:queue", args=["plan-samenleven", 1])).status_code == 200


def test_work_is_shared_out_from_the_queue(client: Client, application: Application, assessor: Actor) -> None:
    where = reverse("applications:queue_share", args=["plan-samenleven", 1])
    nobody = client.post(where)
    assert nobody.status_code == 422
    assert "Kies een of meer beoordelaars" in nobody.content.decode()
    assert assessor.user is not None
    client.post(where, {"among": [str(assessor.user.pk)]})
    assert Assessment.objects.get(application=application).assessor == assessor.user


def test_from_beginning_to_advice(client: Client, application: Application) -> None:
    client.post(address("assessment_begin", application))
    page = client.get(address("assessment", application)).content.decode()
    assert "Bewaar en geef advies" in page
    first, second = (line.pk for line in application.lines.order_by("priority"))
    typed = {"revision": 0, f"{first}-advice": "partly", f"{first}-units": "", f"{first}-reason": "Te hoog.",
             f"{second}-advice": "grant", "summary": "Goed plan."}  # fmt: skip
    wrong = client.post(address("assessment_save", application), typed)
    assert wrong.status_code == 422
    assert "hoeveel eenheden" in wrong.content.decode()
    assert "Te hoog." in wrong.content.decode(), "nothing typed is lost"
    client.post(address("assessment_save", application), typed | {f"{first}-units": "600", "close": "1"})
    application.refresh_from_db()
    assert application.state == ApplicationState.ADVISED
    read = client.get(address("assessment", application)).content.decode()
    assert "deels toekennen" in read
    assert "600" in read
    client.post(address("assessment_reconsider", application))
    application.refresh_from_db()
    assert application.state == ApplicationState.ASSESSMENT


def test_the_second_of_two_sees_both(client: Client, application: Application, assessor: Actor) -> None:
    act.begin(application, by=assessor)
    client.post(address("assessment_save", application), {"revision": 0, "summary": "Van de eerste."})
    second = client.post(address("assessment_save", application), {"revision": 0, "summary": "Van de tweede."})
    assert second.status_code == 409
    page = second.content.decode()
    assert "Van de eerste." in page
    assert "Van de tweede." in page
    assert 'name="revision" value="1"' in page, "saving again keeps one's own"


def test_who_has_a_conflict_reads_nothing(client: Client, application: Application) -> None:
    client.post(address("assessment_note", application), {"note-text": "Vertrouwelijk."})
    assert Note.objects.count() == 1
    client.post(address("assessment_conflict", application), {"conflict-text": "Mijn zus werkt er."})
    page = client.get(address("assessment", application))
    assert page.status_code == 403
    assert "Vertrouwelijk" not in page.content.decode()
    assert "belangenconflict" in page.content.decode()


def test_a_tie_is_pointed_out(enter: Callable[[Actor], Client], application: Application) -> None:
    person(Role.ASSESSOR, mark="3")
    tied = person(Role.READER, "Aalst")
    from draad.accounts import audit
    from draad.organisations.models import Membership, Organisation
    from tests.applications.making import BY, DAY

    with audit.recording(by=BY) as log:
        abb = Organisation.objects.get(name="Agentschap Binnenlands Bestuur")
        log.create(Membership(user=tied.user, organisation=abb, role=Role.ASSESSOR, valid_from=DAY), verb="test.grant")
    assert "zelf een rol" in enter(tied).get(address("assessment", application)).content.decode()


def test_a_draft_has_no_dossier(client: Client, call: Call) -> None:
    draft = make_application(call, "Brugge", {5: (1, 9)})
    assert client.get(address("assessment", draft)).status_code == 404


@pytest.mark.parametrize("step", ["assessment", "assessment_save", "assessment_begin"])
def test_a_government_stays_out(enter: Callable[[Actor], Client], application: Application, step: str) -> None:
    stranger = enter(person(Role.GOVERNMENT_APPROVER, "Gent"))
    assert stranger.post(address(step, application)).status_code == 403


def test_the_dossier_asks_little(
    client: Client, application: Application, assessor: Actor, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    act.begin(application, by=assessor)
    client.get(address("assessment", application))  # reads what is remembered until something is written
    with django_assert_max_num_queries(15):  # type: ignore[attr-defined]  # a context manager
        client.get(address("assessment", application))


def test_a_person_decides_what_the_figures_do_not_tell(client: Client, application: Application) -> None:
    page = client.get(address("assessment", application)).content.decode()
    assert "nog niet zeker" in page
    wrong = client.post(address("assessment_eligible", application), {"eligibility-reason": ""})
    assert wrong.status_code == 422
    assert "Kies ja of nee" in wrong.content.decode()
    client.post(
        address("assessment_eligible", application),
        {"eligibility-eligible": "yes", "eligibility-reason": "Zie bijlage."},
    )
    assert "Zie bijlage." in client.get(address("assessment", application)).content.decode()
