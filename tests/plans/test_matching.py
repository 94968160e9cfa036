"""Names in the boxes of sheets and the organisations that they mean."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlparse

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from draad.accounts.actor import Actor
from draad.accounts.roles import Role
from draad.organisations.models import Organisation, OrganisationKind
from draad.organisations.names import fold
from draad.plans.actions.names import NewBody, give_name, give_name_to_new, organisation_named
from draad.plans.models import MeasureParty, PartyAlias, PartyGroup, PartyRole, Plan, SheetUpload
from draad.plans.names import LONGEST_NAME, Directory, directories
from draad.plans.queries import unknown_names
from tests.plans.desk import BY, in_plan, put, sheets

BODY, CABINET = PartyGroup.BODY, PartyGroup.CABINET
KNOWN = Directory({
    "werk": 1, "onderwijs": 2, "integratie en inburgering": 3, "vdab": 4, "departement onderwijs en vorming": 5,
    "agodi": 6, "asiel en migratie": 7, "departement cultuur jeugd en media": 8,
})  # fmt: skip


@pytest.mark.parametrize(
    ("box", "names"),
    [
        ("", []),
        ("/", []),
        ("nvt", []),
        ("VDAB", [("VDAB", 4)]),
        (
            "Werk Onderwijs Integratie en Inburgering",
            [("Werk", 1), ("Onderwijs", 2), ("Integratie en Inburgering", 3)],
        ),
        ("Onderwijs en Werk", [("Onderwijs", 2), ("Werk", 1)]),
        ("Integratie en Inburgering en Onderwijs", [("Integratie en Inburgering", 3), ("Onderwijs", 2)]),
        ("Departement Onderwijs en Vorming en AGODI", [("Departement Onderwijs en Vorming", 5), ("AGODI", 6)]),
        ("VDAB, Syntra; Fedasil", [("VDAB", 4), ("Syntra", None), ("Fedasil", None)]),
        ("Werk Onbekend", [("Werk Onbekend", None)]),
        ("- Lokale besturen - Scholen", [("Lokale besturen", None), ("Scholen", None)]),
        ("Departement WSE (afdeling ESF)", [("Departement WSE (afdeling ESF)", None)]),
        ("(VDAB)", [("VDAB", 4)]),
        ("VDAB, vdab", [("VDAB", 4)]),
        (
            "VDAB, Departement Cultuur, Jeugd en Media, AGODI",
            [("VDAB", 4), ("Departement Cultuur, Jeugd en Media", 8), ("AGODI", 6)],
        ),
        (
            "Departement Cultuur, Jeugd en Media en Departement Onderwijs en Vorming",
            [("Departement Cultuur", None), ("Jeugd en Media en Departement Onderwijs en Vorming", None)],
        ),
        (
            "Een werkgroep van vele partners neemt de uitvoering op en komt daarvoor elk jaar vier keer samen in Gent",
            [],
        ),
    ],
)
def test_the_names_in_a_box(box: str, names: list[tuple[str, int | None]]) -> None:
    assert [(name.text, name.organisation_id) for name in KNOWN.names_in(box)] == names


@given(
    st.lists(st.sampled_from(sorted(KNOWN.known)), min_size=1, max_size=5, unique=True),
    st.sampled_from([" ", ", ", " en "]),
)
def test_known_names_in_a_row_are_all_found(names: list[str], between: str) -> None:
    box = between.join(names)
    found = KNOWN.names_in(box)
    assert {KNOWN.known[name] for name in names} == {name.organisation_id for name in found} or len(box) > LONGEST_NAME


@given(st.text(max_size=120))
def test_any_text_gives_names_that_stand_in_it(box: str) -> None:
    for name in KNOWN.names_in(box):
        assert fold(name.text) in fold(box)


@pytest.mark.django_db
def test_aliases_of_the_register_are_known(plan: Plan) -> None:
    measure = in_plan(plan)[0]
    (party,) = measure.parties.filter(role=PartyRole.INVOLVED_ADMINISTRATION)
    assert party.name == "AII"
    assert party.organisation
    assert party.organisation.name == "Agentschap Integratie en Inburgering"


@pytest.mark.django_db
def test_unknown_names_wait_in_a_queue_most_frequent_first(plan: Plan) -> None:
    in_plan(plan, sheets({**sheets()[0], "title": "Fietsen mee op de bus", "other_partners": "Fietsbond"}))
    assert [(name.name, name.group, name.count) for name in unknown_names()] == [
        ("Agentschap Wegen", "body", 3), ("Dienst Vervoer", "body", 3), ("Mobiliteit", "cabinet", 3),
        ("Reizigersbond", "body", 2), ("Fietsbond", "body", 1),
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_name_that_was_given_is_remembered_everywhere(plan: Plan, organisation: Organisation) -> None:
    in_plan(plan)
    assert give_name(BODY, "Dienst Vervoer", organisation, by=BY) == 2
    assert not MeasureParty.objects.filter(name="Dienst Vervoer", organisation=None).exists()
    again = put(plan, sheets({**sheets()[0], "title": "Iets nieuws"}), name="nieuw.docx")
    assert again
    assert directories()[BODY].of("dienst VERVOER") == organisation.pk
    give_name(BODY, "Dienst Vervoer", Organisation.objects.get(slug="gent"), by=BY)
    assert PartyAlias.objects.get(folded="dienst vervoer").organisation.slug == "gent"
    assert {party.organisation.slug for party in MeasureParty.objects.filter(name="Dienst Vervoer")} == {"gent"}


@pytest.mark.django_db
def test_a_name_with_a_comma_is_put_together_once_it_is_known(plan: Plan) -> None:
    (measure,) = in_plan(plan, [{**sheets()[0], "responsible_administrations": "Dienst Water, Wind en Zon, VDAB"}])
    responsible = measure.parties.filter(role=PartyRole.RESPONSIBLE_ADMINISTRATION)
    assert [party.name for party in responsible] == ["Dienst Water", "Wind en Zon", "VDAB"]
    name = "Dienst Water, Wind en Zon"
    assert give_name_to_new(BODY, name, NewBody(name, OrganisationKind.ADMINISTRATION), by=BY) == 2
    assert [party.name for party in responsible.all()] == [name, "VDAB"]
    assert not responsible.filter(organisation=None).exists()


@pytest.mark.django_db
def test_a_cabinet_and_an_administration_may_share_a_word(plan: Plan) -> None:
    in_plan(plan)
    assert give_name_to_new(CABINET, "Mobiliteit", NewBody("Kabinet Mobiliteit", OrganisationKind.CABINET), by=BY) == 2
    made = Organisation.objects.get(slug="kabinet-mobiliteit")
    assert made.kind == OrganisationKind.CABINET
    assert directories()[CABINET].of("Mobiliteit") == made.pk
    assert directories()[BODY].of("Mobiliteit") is None


@pytest.mark.django_db
def test_a_cabinet_is_known_without_the_word(plan: Plan) -> None:
    give_name_to_new(CABINET, "Kabinet Werk", NewBody("Kabinet Werk", OrganisationKind.CABINET), by=BY)
    assert directories()[CABINET].of("Werk") == Organisation.objects.get(slug="kabinet-werk").pk


@pytest.mark.django_db
def test_an_organisation_of_the_wrong_sort_is_refused(organisation: Organisation) -> None:
    with pytest.raises(ValidationError, match="juiste soort"):
        give_name(CABINET, "Mobiliteit", organisation, by=BY)
    with pytest.raises(ValidationError, match="juiste soort"):
        give_name_to_new(BODY, "Mobiliteit", NewBody("Kabinet Mobiliteit", OrganisationKind.CABINET), by=BY)
    assert not Organisation.objects.filter(slug="kabinet-mobiliteit").exists()


@pytest.mark.django_db
def test_a_second_organisation_of_one_name_is_refused(organisation: Organisation) -> None:
    with pytest.raises(ValidationError, match="Er is al een organisatie"):
        give_name_to_new(BODY, "x", NewBody("Testbestuur", OrganisationKind.AGENCY), by=BY)


@pytest.mark.django_db
def test_a_name_that_draad_does_not_have_is_answered_with_what_comes_near() -> None:
    assert (
        organisation_named("agentschap integratie en inburgering", BODY).name == "Agentschap Integratie en Inburgering"
    )
    with pytest.raises(ValidationError, match="Bedoelt u Agentschap Integratie en Inburgering"):
        organisation_named("Agentschap Integratie en Inburgerin", BODY)
    with pytest.raises(ValidationError, match="Draad kent geen organisatie"):
        organisation_named("Zzz", CABINET)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.ADMINISTRATOR, Role.PLAN_COORDINATOR}])
def test_other_roles_give_no_names(role: Role, organisation: Organisation, person_with: Callable[..., Actor]) -> None:
    by = person_with(role)
    with pytest.raises(PermissionDenied):
        give_name(BODY, "x", organisation, by=by)
    with pytest.raises(PermissionDenied):
        give_name_to_new(BODY, "x", NewBody("Nieuw", OrganisationKind.AGENCY), by=by)


@pytest.mark.django_db
def test_the_queue_on_its_pages(plan: Plan, sign_in: Callable[[Role | None], Client]) -> None:
    in_plan(plan)
    client = sign_in(Role.PLAN_COORDINATOR)
    listed = unescape(client.get(reverse("plans:names")).content.decode())
    assert "Dienst Vervoer" in listed
    address = next(name.address for name in unknown_names() if name.name == "Dienst Vervoer")
    assert parse_qs(urlparse(address).query) == {"naam": ["Dienst Vervoer"]}
    assert "De nachtbus rijdt tot drie uur" in client.get(address).content.decode()
    neither = client.post(address, {"naam": "Dienst Vervoer"})
    assert neither.status_code == 422
    assert "Vul één van beide in" in neither.content.decode()
    unknown = client.post(address, {"naam": "Dienst Vervoer", "known": "Kind en Gezinn", "new_name": ""})
    assert "Bedoelt u Kind en Gezin" in unescape(unknown.content.decode())
    assert 'value="Kind en Gezinn"' in unknown.content.decode()
    done = client.post(
        address, {"naam": "Dienst Vervoer", "known": "", "new_name": "Dienst Vervoer", "kind": "agency"}, follow=True
    )
    assert "De naam is nu bekend, op 2 plaatsen." in done.content.decode()
    assert client.get(reverse("plans:name", args=["onzin"]) + "?naam=x").status_code == 404
    assert client.get(reverse("plans:name", args=["body"]))["Location"] == reverse("plans:names")


@pytest.mark.django_db
def test_the_real_annex_names_administrations(annex: SheetUpload) -> None:
    box = directories()[BODY]
    found = [
        name for sheet in annex.sheets.all() for name in box.names_in(sheet.values["responsible_administrations"])
    ]
    assert any(name.organisation_id for name in found)
    assert all(len(name.text) <= 90 for name in found)
