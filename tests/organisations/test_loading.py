"""Loading facts: once is enough, a changed fact is an event, and what people gave stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from draad.accounts import audit
from draad.accounts.actor import Actor, system
from draad.accounts.models import AuditEvent
from draad.datasets.plan_samenleven.organisations import load
from draad.organisations.actions.places import Inhabitants, Place, lay_tiles, publish_population
from draad.organisations.actions.register import Municipality, Partner, register_municipalities, register_partners
from draad.organisations.identifiers import IdentifierError
from draad.organisations.models import (
    Jurisdiction,
    Organisation,
    OrganisationKind,
    OrganisationName,
    PopulationFigure,
    PopulationGroup,
    Succession,
    Territory,
    TilePosition,
)

pytestmark = pytest.mark.django_db
BY = system("test")
LAST, FIRST = date(2030, 12, 31), date(2031, 1, 1)


def municipality(nis: str = "99001", **changes: object) -> Municipality:
    made = Municipality(
        nis=nis, name="Aarlebeek", province="Limburg", arrondissement="Hasselt", valid_from=date(2020, 1, 1),
        valid_to=None, successor_nis="", kbo="0999000129", ovo="OVO900001", identifier_source="test",
        centre_city=False, city_title=None, regions={"2022": "Limburg"}, source="test",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_a_second_load_writes_nothing() -> None:
    before = AuditEvent.objects.count()
    counts = load(BY)
    assert {name: (count.added, count.changed) for name, count in counts.items()} == dict.fromkeys(counts, (0, 0))
    assert AuditEvent.objects.count() == before
    assert counts["territories"].same == 312


def test_a_changed_fact_is_an_update_with_an_event() -> None:
    gent = Territory.objects.get(nis="44021")
    with audit.recording(by=BY) as log:
        log.change(gent, verb="test.change", name="Ghent")
    counts = load(BY)
    assert counts["territories"].changed == 1
    event = AuditEvent.objects.latest("number")
    assert (event.verb, event.before, event.after) == (
        "organisations.territory.change", {"name": "Ghent"}, {"name": "Gent"},
    )  # fmt: skip


def test_a_name_that_the_facts_no_longer_have_goes_with_an_event() -> None:
    gent = Organisation.objects.get(slug="gent")
    with audit.recording(by=BY) as log:
        log.create(OrganisationName(organisation=gent, name="Gand", folded="gand", kind="official", source="test"),
                   verb="test.add")  # fmt: skip
    load(BY)
    assert [name.name for name in gent.names.all()] == ["Gent"]
    assert AuditEvent.objects.latest("number").verb == "organisations.organisationname.remove"


def test_a_figure_that_people_gave_is_not_overwritten_by_the_facts() -> None:
    figure = PopulationFigure.objects.get(territory__nis="44021", group="total")
    with audit.recording(by=BY) as log:
        log.change(figure, verb="test.change", persons=1, source="a person")
    load(BY)
    figure.refresh_from_db()
    assert figure.persons == 1


def test_one_number_in_two_rows_is_one_organisation_with_two_names() -> None:
    register_municipalities(
        [municipality(valid_to=LAST, successor_nis="99002"),
         municipality("99002", name="Aarlebeek-Zee", valid_from=FIRST)], by=BY,
    )  # fmt: skip
    found = Organisation.objects.get(kbo="0999000129")
    assert (found.name, found.slug, found.valid_to) == ("Aarlebeek-Zee", "aarlebeek", None)
    names = found.names.order_by("valid_from").values_list("name", "valid_from", "valid_to")
    assert list(names) == [("Aarlebeek", date(2020, 1, 1), LAST), ("Aarlebeek-Zee", FIRST, None)]
    assert Jurisdiction.objects.filter(organisation=found).count() == 2
    assert Succession.objects.get(predecessor__nis="99001").on == FIRST


def test_the_same_name_over_two_territories_is_one_name() -> None:
    register_municipalities(
        [municipality(valid_to=LAST, successor_nis="99002"), municipality("99002", valid_from=FIRST)], by=BY
    )
    assert OrganisationName.objects.filter(organisation__kbo="0999000129").count() == 1


def test_another_government_for_a_territory_replaces_the_first() -> None:
    register_municipalities([municipality()], by=BY)
    register_municipalities([municipality(kbo="0999000228", ovo="OVO900002", name="Beukendaal")], by=BY)
    assert [j.organisation.kbo for j in Jurisdiction.objects.filter(territory__nis="99001")] == ["0999000228"]


@pytest.mark.parametrize(
    ("changes", "error", "sentence"),
    [({"kbo": "0999000130"}, IdentifierError, "controlegetal"), ({"nis": "9900"}, IdentifierError, "NIS-code"),
     ({"ovo": "900001"}, IdentifierError, "OVO-code"), ({"successor_nis": "99002"}, ValueError, "no last day")],
)  # fmt: skip
def test_wrong_facts_are_refused(changes: dict[str, str], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        municipality(**changes)


def test_a_successor_that_is_not_listed_is_refused_and_nothing_stays() -> None:
    with pytest.raises(ValueError, match="successor 99002 not listed"):
        register_municipalities([municipality(valid_to=LAST, successor_nis="99002")], by=BY)
    assert not Territory.objects.filter(nis="99001").exists()


def test_partners_have_aliases_and_may_lack_numbers() -> None:
    partner = Partner("Proefhuis", OrganisationKind.ASSOCIATION, ["PH"], "", "", "test")
    register_partners([partner], by=BY)
    register_partners([replace(partner, aliases=["Huis"], kbo="0999000129")], by=BY)
    found = Organisation.objects.get(slug="proefhuis")
    assert (found.kbo, found.ovo) == ("0999000129", None)
    assert sorted(found.names.values_list("name", flat=True)) == ["Huis", "Proefhuis"]


def test_a_tile_that_moves_is_changed_and_one_that_goes_is_removed() -> None:
    places = list(TilePosition.objects.filter(edition="2025").select_related("territory"))
    rows = [Place("2025", tile.territory.nis, tile.column, tile.row) for tile in places]
    count = lay_tiles([replace(rows[0], column=90), *rows[2:]], by=BY)
    assert (count.added, count.changed) == (0, 1)
    assert TilePosition.objects.filter(edition="2025").count() == 284
    assert TilePosition.objects.filter(edition="2024").count() == 300


def test_visitors_write_nothing() -> None:
    nobody = Actor()
    with pytest.raises(PermissionDenied):
        register_municipalities([], by=nobody)
    with pytest.raises(PermissionDenied):
        register_partners([], by=nobody)
    with pytest.raises(PermissionDenied):
        lay_tiles([], by=nobody)
    with pytest.raises(PermissionDenied):
        publish_population([Inhabitants("44021", 1)], by=nobody, reference_date=FIRST, group=PopulationGroup.TOTAL,
                           source="x")  # fmt: skip
