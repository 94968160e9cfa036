"""The governments of a day with their inhabitants, and the totals of areas."""

from __future__ import annotations

from datetime import date

import pytest

from draad.accounts import audit
from draad.accounts.actor import system
from draad.documents.tables import Gap
from draad.organisations.models import AreaKind, Organisation, PopulationFigure, Territory
from draad.organisations.portrait import portrait
from draad.organisations.queries.population import inhabitants, reference_dates_on
from draad.organisations.queries.register import register
from draad.organisations.queries.timeline import nis_codes_on, timeline
from draad.organisations.queries.totals import area_totals

pytestmark = pytest.mark.django_db
BEFORE, AFTER, COUNTED = date(2023, 1, 1), date(2025, 1, 1), date(2020, 1, 1)


def add_figure(nis: str, persons: int, group: str = "non_eu15", on: date = COUNTED) -> None:
    with audit.recording(by=system("test")) as log:
        log.create(
            PopulationFigure(territory=Territory.objects.get(nis=nis), reference_date=on, group=group,
                             persons=persons, source="test"),
            verb="test.add",
        )  # fmt: skip


@pytest.mark.parametrize(("on", "count"), [(BEFORE, 300), (AFTER, 285)])
def test_one_row_for_each_government_of_the_day(on: date, count: int) -> None:
    rows = register(on).governments
    assert len({row.nis for row in rows}) == len({row.kbo for row in rows}) == len(rows) == count
    assert all(row.province and row.region and row.arrondissement for row in rows)


def test_total_equals_the_sum_of_the_facts() -> None:
    total = sum(PopulationFigure.objects.filter(group="total").values_list("persons", flat=True))
    for on in (BEFORE, AFTER):
        rows = register(on).governments
        assert sum(row.inhabitants for row in rows if isinstance(row.inhabitants, int)) == total


def test_a_merged_municipality_adds_up_its_predecessors() -> None:
    row = next(row for row in register(AFTER).governments if row.nis == "46030")
    assert row.inhabitants == 49_047 + 16_846 + 19_154
    assert row.added_up


def test_a_code_that_lives_on_counts_who_joined_it() -> None:
    antwerp = {on: next(r for r in register(on).governments if r.nis == "11002") for on in (BEFORE, AFTER)}
    assert (antwerp[BEFORE].inhabitants, antwerp[BEFORE].added_up) == (529_247, False)
    assert (antwerp[AFTER].inhabitants, antwerp[AFTER].added_up) == (529_247 + 10_949, True)


def test_a_figure_of_after_the_merger_counts_the_whole_code() -> None:
    add_figure("11002", 550_000, "total", date(2025, 1, 1))
    found = next(row for row in register(date(2025, 6, 1)).governments if row.nis == "11002")
    assert (found.inhabitants, found.added_up) == (550_000, False)


def test_with_one_predecessor_missing_the_sum_is_missing() -> None:
    add_figure("46003", 4_000)
    add_figure("46013", 900)
    history, group = timeline(), "non_eu15"
    merged = Territory.objects.get(nis="46030")
    assert inhabitants(history, COUNTED, AFTER, group)[merged.pk].persons == Gap("niet openbaar")
    add_figure("11056", 3_000)
    found = inhabitants(history, COUNTED, AFTER, group)[merged.pk]
    assert (found.persons, found.parts) == (7_900, ("Beveren", "Kruibeke", "Zwijndrecht"))


def test_zero_inhabitants_is_a_figure() -> None:
    add_figure("44021", 0)
    gent = Territory.objects.get(nis="44021")
    assert inhabitants(timeline(), COUNTED, AFTER, "non_eu15")[gent.pk].persons == 0


def test_figures_of_the_newest_day_not_after_the_day_count() -> None:
    add_figure("44021", 270_000, "total", date(2023, 1, 1))
    assert reference_dates_on(date(2022, 12, 31))["total"] == COUNTED
    assert reference_dates_on(date(2023, 1, 1))["total"] == date(2023, 1, 1)
    assert reference_dates_on(date(2019, 6, 1))["total"] == COUNTED
    assert "non_eu15" not in reference_dates_on(AFTER)


def test_provinces_add_up_to_all_governments() -> None:
    found = register(AFTER)
    for kind in AreaKind:
        totals = area_totals(found, kind)
        assert sum(row.governments for row in totals) == 285
    provinces = {row.name: row for row in area_totals(found, AreaKind.PROVINCE)}
    assert set(provinces) == {"Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"}
    assert provinces["Limburg"].non_eu15 == Gap("niet openbaar")


def test_a_total_with_parts_missing_says_how_many() -> None:
    add_figure("73109", 100)
    limburg = next(row for row in area_totals(register(AFTER), AreaKind.PROVINCE) if row.name == "Limburg")
    assert limburg.non_eu15 == Gap("37 van 38 ontbreken")


def test_ground_of_governments_as_codes_of_a_day() -> None:
    ham, zwijndrecht, vgc = (
        Organisation.objects.get(slug=s) for s in ("ham", "zwijndrecht", "vlaamse-gemeenschapscommissie")
    )
    codes = nis_codes_on([ham.pk, zwijndrecht.pk, vgc.pk], AFTER)
    assert codes == {ham.pk: ["71071"], zwijndrecht.pk: ["46030"], vgc.pk: []}
    assert nis_codes_on([ham.pk], BEFORE) == {ham.pk: ["71069"]}


def test_portrait_of_a_merged_government() -> None:
    found = portrait(Organisation.objects.get(slug="hasselt"))
    assert [ground.territory.nis for ground in found.ground] == ["71022", "71072"]
    assert [merger.organisation.name for merger in found.predecessors] == ["Kortessem"]
    assert found.successor is None
    rows = {(count.group, count.note): count.persons for count in found.counts}
    assert rows["alle inwoners", "grondgebied 71072: som van Hasselt, Kortessem"] == 78_714 + 8_437
    assert rows["inwoners van herkomst buiten de EU-15", ""] == Gap("niet openbaar")


def test_portrait_of_a_government_that_ended() -> None:
    found = portrait(Organisation.objects.get(slug="kortessem"))
    assert found.successor is not None
    assert (found.successor.organisation.name, found.successor.on) == ("Hasselt", AFTER)
    assert found.province == "Limburg"


def test_portrait_without_territory() -> None:
    found = portrait(Organisation.objects.get(slug="vlaamse-gemeenschapscommissie"))
    assert (found.latest, found.province, list(found.counts)) == (None, "", [])
    assert found.aliases == ["VGC"]
