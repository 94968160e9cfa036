"""A plan for who reads it: versions, search, differences, what is missing, time line, budget and staff."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.roles import Role
from draad.plans import coverage, sums
from draad.plans.actions.plans import publish_version
from draad.plans.content import measure_content
from draad.plans.differences import Change, compare, field_changes
from draad.plans.editions import WORKING, Sheet, edition, newest, on_day, published_versions
from draad.plans.milestonechart import chart
from draad.plans.milestonelines import MilestoneLine, milestone_lines
from draad.plans.models import Measure, Milestone, Plan, PlanVersion
from draad.plans.queries import measures_of
from draad.plans.reading.sheet import TEXT_FIELDS
from draad.plans.sheetshown import shown_sheet
from tests.plans.desk import in_plan

pytestmark = pytest.mark.django_db
BY = system("test")
FIRST_DAY = datetime(2017, 3, 1, 12, tzinfo=UTC)
SECOND_DAY = datetime(2018, 3, 1, 12, tzinfo=UTC)


def publish(plan: Plan, note: str = "") -> PlanVersion:
    draft = PlanVersion.objects.filter(plan=plan, state="draft").first()
    return publish_version(plan, note=note, revision=draft.revision if draft else 0, by=BY)


def change(measure: Measure, **values: Any) -> None:
    with audit.recording(by=BY) as log:
        log.change(measure, verb="test.measure", **values)


@pytest.fixture
def published(plan: Plan) -> Plan:
    """A plan of two measures with two versions: the second has another target for the first."""
    in_plan(plan)
    with time_machine.travel(FIRST_DAY, tick=False):
        publish(plan)
    change(Measure.objects.get(plan=plan, number=1), target="180 ritten")
    with time_machine.travel(SECOND_DAY, tick=False):
        publish(plan, "Meer ritten na de proef.")
    return plan


@pytest.fixture
def page(client: Client, published: Plan) -> Callable[..., str]:
    def get(name: str, *arguments: Any, **query: Any) -> str:
        response = client.get(reverse(f"plans:{name}", args=[published.slug, *arguments]), query)
        assert response.status_code == 200, response.status_code
        return response.content.decode()

    return get


class TestEditions:
    def test_a_version_keeps_what_it_was(self, published: Plan) -> None:
        assert newest(published_versions(published)) == 2
        targets = [edition(published, n).sheets[0].content["target"] for n in (1, 2, WORKING)]
        assert targets == ["150 ritten", "180 ritten", "180 ritten"]

    def test_a_version_stands_until_the_next(self, published: Plan) -> None:
        versions = published_versions(published)
        days = [date(2017, 2, 28), date(2017, 3, 1), date(2018, 2, 28), date(2018, 3, 1)]
        assert [v.number if (v := on_day(versions, day)) else None for day in days] == [None, 1, 1, 2]

    def test_frozen_content_is_the_content_that_was_published(self, published: Plan) -> None:
        working = [measure_content(measure) for measure in measures_of(published)]
        assert [sheet.content for sheet in edition(published, 2).sheets] == working

    def test_an_edition_is_read_in_few_statements(
        self, published: Plan, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        change(Measure.objects.get(plan=published, number=2), target="40 haltes")
        with django_assert_max_num_queries(10):
            edition(published, WORKING)

    def test_nothing_new_is_no_version(self, published: Plan) -> None:
        with pytest.raises(ValidationError, match="gelijk aan de laatste"):
            publish(published, "Zomaar.")


class TestDifferences:
    def test_a_changed_field_is_the_only_difference(self, published: Plan) -> None:
        changed = compare(edition(published, 1), edition(published, 2))
        assert [(s.number, f.field, f.before, f.after) for s in changed.sheets for f in s.fields] == [
            (1, "Streefwaarde", "150 ritten", "180 ritten")
        ]
        assert changed.count(Change.CHANGED) == 1

    def test_an_edition_does_not_differ_from_itself(self, published: Plan) -> None:
        assert compare(edition(published, 2), edition(published, WORKING)).nothing

    def test_a_withdrawn_measure_is_gone_and_a_new_one_is_new(self, published: Plan) -> None:
        change(Measure.objects.get(plan=published, number=2), withdrawn=True)
        there = compare(edition(published, 2), edition(published, WORKING))
        assert [(s.change, s.number) for s in there.sheets] == [(Change.REMOVED, 2)]
        back = compare(edition(published, WORKING), edition(published, 2))
        assert [(s.change, s.number) for s in back.sheets] == [(Change.ADDED, 2)]

    def test_milestones_that_stayed_are_left_out(self, published: Plan) -> None:
        old = edition(published, 1).sheets[0].content
        rows = old["milestones"]
        new = {**old, "milestones": [rows[0], {**rows[1], "text": "Drie lijnen"}, {**rows[0], "period": "2019"}]}
        found = field_changes(old, new)
        assert [(f.change, f.field) for f in found] == [
            (Change.CHANGED, "Mijlpaal 2018"),
            (Change.ADDED, "Mijlpaal 2019"),
        ]


class TestCoverage:
    def test_what_a_sheet_lacks(self, published: Plan) -> None:
        counts = {c.gap.key: [s.number for s in c.sheets] for c in coverage.gap_counts(edition(published, 2).sheets)}
        assert counts["streefwaarde"] == [2]
        assert counts["budget"] == [2]
        assert counts["personeel"] == [2]
        assert counts["effect"] == []

    def test_years_without_a_milestone(self, published: Plan) -> None:
        counts = coverage.year_counts(edition(published, 2).sheets, published.first_year, published.last_year)
        assert {c.year: [s.number for s in c.missing] for c in counts if c.year in (2016, 2017, 2018)} == {
            2016: [1], 2017: [], 2018: [],
        }  # fmt: skip
        assert all(c.covered + len(c.missing) == 2 for c in counts)

    def test_goals_without_measures(self, published: Plan) -> None:
        found = coverage.goals_without_measures(edition(published, 2))
        assert all(not goal["code"].startswith("SD 1") for goal in found), "a strategic goal is served through its own"

    def test_administrations_count_in_the_version_that_is_read(self, published: Plan) -> None:
        change(Measure.objects.get(plan=published, number=2), involved_administrations="")
        involved = [
            {count.organisation.name: count.involved for count in coverage.body_counts(coverage.body_parts(sheets))}
            for sheets in (edition(published, 2).sheets, edition(published, WORKING).sheets)
        ]
        name = next(name for name, count in involved[0].items() if count)
        assert [counts[name] for counts in involved] == [2, 1]

    def test_numbers_are_named_and_cut_off(self) -> None:
        assert coverage.named([3, 1, 2]) == "1, 2, 3"
        assert coverage.named(range(20), most=3) == "0, 1, 2 en nog 17"


class TestSums:
    def test_budget_by_year(self, published: Plan) -> None:
        found = sums.together(sums.budget_sums(edition(published, 2).sheets))
        assert [(s.period, s.least, s.most, s.amounts, s.sheets) for s in found] == [
            ((2017, 2017), Decimal(200_000), Decimal(200_000), 1, {1}),
            (sums.NO_YEAR, 0, 0, 0, {2}),
        ], "a sheet without an amount has a row of its own"

    def test_a_yearly_amount_counts_in_each_year_and_a_whole_one_once(self) -> None:
        amount = {"euro": "100.00", "euro_to": None, "year_from": 2017, "year_to": 2019, "printed": ""}
        sheet = edition_sheet([{**amount, "yearly": True}, {**amount, "yearly": False}])
        periods = [(s.period, int(s.least)) for s in sums.budget_sums([sheet])]
        assert periods == [((2017, 2017), 100), ((2017, 2019), 100), ((2018, 2018), 100), ((2019, 2019), 100)]

    def test_staff_keeps_its_units_apart(self, published: Plan) -> None:
        found = sums.staff_sums(edition(published, 2).sheets)
        assert [(s.year, s.unit, s.least, s.most, s.about) for s in found] == [
            (2017, "fte", Decimal("0.5"), Decimal("0.5"), False),
            (2018, "person_days", Decimal(28), Decimal(28), True),
        ]

    def test_an_administration_has_one_row_whatever_name_a_sheet_gives_it(self) -> None:
        amount = {"euro": "100.00", "euro_to": None, "year_from": 2017, "year_to": 2017, "yearly": False}
        names = ("AgII", "Agentschap Integratie en Inburgering", "AII", "Dienst die niemand kent")
        made = [
            Sheet(n, n, {"responsible_administrations": name, "amounts": [amount]}) for n, name in enumerate(names)
        ]
        assert {(s.body, s.amounts) for s in sums.budget_sums(made)} == {
            ("Agentschap Integratie en Inburgering", 3),
            ("Dienst die niemand kent", 1),
        }

    def test_text_is_counted_as_text(self, published: Plan) -> None:
        assert sums.typed_budgets(edition(published, 2).sheets) == sums.Typed(1, 1)
        assert sums.typed_staff(edition(published, 2).sheets) == sums.Typed(2, 2)


def edition_sheet(amounts: list[dict[str, Any]]) -> Any:
    return Sheet(1, 1, {"responsible_administrations": "Dienst", "amounts": amounts})


class TestChart:
    def test_bars_lie_in_their_years(self, published: Plan) -> None:
        rows = milestone_lines(published, 2)
        found = chart(2016, 2019, {1: ("Bus", [line for line in rows if line.number == 1])}, date(2017, 7, 1))
        (row,) = found.rows
        x = dict(found.years)
        assert [x[2017] <= bar.x and bar.x + bar.width <= x[2018] for bar in row.bars[:1]] == [True]
        assert found.today is not None
        assert x[2017] < found.today < x[2018]

    def test_what_lies_outside_is_not_drawn(self, published: Plan) -> None:
        rows = [line for line in milestone_lines(published, 2) if line.number == 1]
        assert chart(2030, 2031, {1: ("Bus", rows)}, date(2017, 7, 1)).rows[0].bars == []


class TestPages:
    def test_a_plan_that_is_not_published_is_not_there(self, client: Client, plan: Plan) -> None:
        in_plan(plan)
        assert client.get(reverse("plans:plan", args=[plan.slug])).status_code == 404
        assert plan.title not in client.get(reverse("plans:plans")).content.decode()

    def test_a_coordinator_reads_what_is_worked_on(self, plan: Plan, sign_in: Callable[[Role], Client]) -> None:
        in_plan(plan)
        page = sign_in(Role.PLAN_COORDINATOR).get(reverse("plans:plan", args=[plan.slug]), {"versie": 0})
        assert "In bewerking" in page.content.decode()

    def test_who_coordinates_the_plan_is_led_to_the_next_document(
        self, published: Plan, sign_in: Callable[[Role], Client], other_plan: Plan
    ) -> None:
        client = sign_in(Role.PLAN_COORDINATOR)
        where = reverse("plans:plan", args=[published.slug])
        assert reverse("plans:upload", args=[published.slug]) in client.get(where).content.decode()
        foreign = client.get(reverse("plans:plan", args=[other_plan.slug]), {"versie": 0}).content.decode()
        assert reverse("plans:upload", args=[other_plan.slug]) not in foreign

    def test_the_newest_version_is_read(self, page: Callable[..., str], client: Client, published: Plan) -> None:
        assert "180 ritten" in page("measure", 1)
        assert "150 ritten" in page("measure", 1, versie=1)
        assert client.get(reverse("plans:measure", args=[published.slug, 1]), {"versie": 0}).status_code == 404
        assert client.get(reverse("plans:measure", args=[published.slug, 99])).status_code == 404

    def test_search_filter_and_gap(self, page: Callable[..., str]) -> None:
        found = page("plan", zoek="nachtbussen")
        assert "De nachtbus rijdt" in found
        assert "Hellingen aan" not in found
        assert "Hellingen aan" in page("plan", leemte="streefwaarde")
        assert "De nachtbus rijdt" not in page("plan", leemte="streefwaarde")
        assert "De nachtbus rijdt" in page("plan", doel="SD 1")

    def test_missing_timeline_and_money(self, page: Callable[..., str]) -> None:
        assert "geen streefwaarde" in page("missing")
        assert "Proef op twee lijnen" in page("timeline")
        assert "200.000" in page("money")
        assert "28" in page("money")
        assert "Budget per bron" in page("money")
        assert "geen bedrag als getal" in page("money")

    def test_a_difference_between_versions_and_between_days(self, page: Callable[..., str]) -> None:
        by_number, by_day = page("difference", van=1, naar=2), page("difference", van="2017-06-01", naar="2018-06-01")
        assert "150 ritten" in by_number
        assert "180 ritten" in by_day
        assert "Er is geen verschil" in page("difference", van=2, naar=2)

    @pytest.mark.parametrize("side", ["2001-01-01", "2017-13-45", "9", "0"])
    def test_a_side_that_does_not_exist(self, client: Client, published: Plan, side: str) -> None:
        assert client.get(reverse("plans:difference", args=[published.slug]), {"van": side}).status_code == 404

    def test_a_difference_as_a_document(self, client: Client, published: Plan) -> None:
        where = reverse("plans:difference", args=[published.slug])
        assert client.get(where, {"vorm": "pdf"}).content.startswith(b"%PDF")
        assert client.get(where, {"format": "xlsx"}).content.startswith(b"PK")

    @pytest.mark.parametrize("name", ["plan", "measure", "missing", "timeline", "money", "versions", "difference"])
    def test_pages_ask_little(
        self, client: Client, published: Plan, name: str, django_assert_max_num_queries: Callable[[int], Any]
    ) -> None:
        where = reverse(f"plans:{name}", args=[published.slug, *([1] if name == "measure" else [])])
        with django_assert_max_num_queries(15):
            client.get(where)

    def test_publishing_by_clicking(self, plan: Plan, sign_in: Callable[[Role], Client]) -> None:
        in_plan(plan)
        coordinator = sign_in(Role.ADMINISTRATOR)
        where = reverse("plans:publish", args=[plan.slug])
        draft = plan.versions.get()
        stale = coordinator.post(f"{where}?versie=0", {"revision": draft.revision + 5, "note": "Eerste"})
        assert stale.status_code == 422
        assert "Eerste" in stale.content.decode()
        coordinator.post(f"{where}?versie=0", {"revision": draft.revision, "note": ""})
        assert newest(published_versions(plan)) == 1

    def test_a_stranger_does_not_publish(self, published: Plan, sign_in: Callable[[Role], Client]) -> None:
        where = reverse("plans:publish", args=[published.slug])
        assert sign_in(Role.READER).post(where, {"revision": 0}).status_code == 403


def content_with(rows: list[tuple[str, str, str]]) -> dict[str, Any]:
    """The content of a measure with nothing but milestones."""
    empty: dict[str, Any] = dict.fromkeys(TEXT_FIELDS, "")
    milestones = [{"period": period, "text": text, "fte": fte, "staff": []} for period, text, fte in rows]
    return {**empty, "strategic_goals": [], "operational_goals": [], "milestones": milestones, "amounts": []}


class TestDifferenceOfMilestones:
    def test_a_row_that_moves_to_another_year_stands_beside_itself(self) -> None:
        old = content_with([("2022", "Vijf coaches beginnen.", ""), ("2025", "Iemand onderzoekt het resultaat.", "")])
        new = content_with(
            [("2022", "Vijf coaches beginnen.", ""), ("2024", "Er komen twee bij.", "7 VTE"),
             ("2026", "Iemand onderzoekt het resultaat.", "")]
        )  # fmt: skip
        found = {change.field: (change.change, change.before) for change in field_changes(old, new)}
        assert found == {
            "Mijlpaal 2024": (Change.ADDED, ""),
            "Mijlpaal 2026": (Change.CHANGED, "2025 · Iemand onderzoekt het resultaat."),
        }

    def test_a_row_that_leaves_is_gone(self) -> None:
        old = content_with([("2022", "Vijf coaches beginnen.", ""), ("2023", "Alle gemeenten doen mee.", "")])
        (found,) = field_changes(old, content_with([("2022", "Vijf coaches beginnen.", "")]))
        assert (found.field, found.change, found.after) == ("Mijlpaal 2023", Change.REMOVED, "")


class TestMilestoneLines:
    def test_readers_see_the_milestones_of_their_version_with_the_newest_state(self, published: Plan) -> None:
        first = milestone_lines(published, 1)
        assert [line.period for line in first] == [
            row["period"] for sheet in edition(published, 1).sheets for row in sheet.content["milestones"]
        ]
        stored = Milestone.objects.filter(measure__plan=published, withdrawn=False).first()
        assert stored is not None
        with audit.recording(by=BY) as log:
            log.change(stored, verb="plans.milestone.state", state="done")
        states = {(line.period, line.text): line.state for line in milestone_lines(published, 2)}
        assert states[stored.period, stored.text] == "done"

    def test_late_is_what_is_over_and_not_done(self) -> None:
        line = MilestoneLine(1, "Bus", "2020", "Een bus rijdt.", "", "started", date(2020, 1, 1), date(2020, 12, 31))
        assert line.is_late(date(2021, 1, 1))
        assert not line.is_late(date(2020, 12, 31))
        assert not replace(line, state="done").is_late(date(2021, 1, 1))
        assert not replace(line, last_day=None).is_late(date(2021, 1, 1))


class TestStaffInWords:
    def test_a_range_keeps_both_ends_and_what_is_said_already_is_not_said_twice(self) -> None:
        line = {"number": "2", "number_to": "3", "unit": "fte", "about": True, "per": None, "printed": "2-3 VTE"}
        plain = {**line, "number": "1", "number_to": None, "about": False}
        content = content_with([("2022", "Een bus.", "ca. 2-3 VTE"), ("2023", "Een bus.", "1 VTE")])
        content["milestones"][0]["staff"], content["milestones"][1]["staff"] = [line], [plain]
        shown = shown_sheet(Sheet(1, 1, {**content, "goals": []}))
        assert [list(row.typed) for row in shown.rows] == [["ongeveer 2 tot 3 VTE"], []]
        (both, _one) = sums.staff_sums([Sheet(1, 1, content)])
        assert (both.least, both.most) == (Decimal(2), Decimal(3))
