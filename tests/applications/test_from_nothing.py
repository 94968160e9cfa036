"""From a database without facts a manager clicks all the way to a published call; then governments read it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client

from draad.accounts.roles import Role
from draad.applications.models import Call, CallState
from draad.programmes.models import Objective
from tests.programmes.test_setup_pages import empty, publish, send, words  # noqa: F401  # a fixture is used by its name

pytestmark = pytest.mark.django_db
SETUP = "/beheer/programmas/"
HERE, ROUND = f"{SETUP}samen-2029/", f"{SETUP}samen-2029/rondes/1/"
WORK, READ = "/beheer/oproepen/samen-2029/ronde-1/", "/oproepen/samen-2029/ronde-1/"


@pytest.mark.usefixtures("empty")
def test_from_nothing_to_a_call(
    sign_in: Callable[[Role | None], Client], client: Client, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    manager = sign_in(Role.PROGRAMME_MANAGER)
    sign_in(Role.GOVERNMENT_EDITOR)
    send(manager, f"{SETUP}nieuw/", name="Samen 2029", owner="Agentschap", slug="samen-2029")
    send(manager, f"{HERE}doelstellingen/nieuw/", number="1", title="Samen wonen")
    objective = str(Objective.objects.get().pk)
    send(manager, f"{HERE}acties/nieuw/", number="1", title="Buurtwerk", objective=objective)
    send(manager, f"{HERE}rondes/nieuw/", number="1", starts_on="2029-10-01", ends_on="2030-09-30")

    manager.post(f"{WORK}beginnen/")
    page = words(manager.get(WORK))
    for missing in ("nog geen budget", "nog geen regels", "Van actie 1 zijn nog geen voorwaarden", "begin en einde"):
        assert missing in page

    send(manager, f"{HERE}rondes/1/wijzigen/", number="1", starts_on="2029-10-01", ends_on="2030-09-30",
         envelope="1.000.000,00")  # fmt: skip
    send(manager, f"{ROUND}regels/balance/", p_share="20", knowledge="stated")
    publish(manager, "/beheer/voorwaarden/samen-2029/1/ronde-1/")
    send(manager, f"{WORK}wijzigen/", opens_at="2099-05-01T00:00", closes_at="2099-07-02T00:00",
         introduction="Samen.", contact_name="Team", contact_email="team@example.org")  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        published = manager.post(f"{WORK}publiceren/", {"revision": "1"}, follow=True)
    assert "Ze opent en sluit vanzelf" in words(published)
    assert Call.objects.get().state == CallState.PUBLISHED
    assert [message.to for message in mail.outbox] == [["government_editor@example.org"]]

    public = words(client.get(READ))
    for said in ("1.000.000", "Buurtwerk", "20 % van het bedrag", "tot en met 1 juli 2099"):
        assert said in public
    assert "Buurtwerk" in words(client.get(f"{READ}formulier/"))
    assert "Haar regels veranderen niet meer" in words(manager.get(ROUND))
