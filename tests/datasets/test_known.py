"""Loading what is known of the rounds: everything once, nothing the second time, a changed fact as an update."""

from __future__ import annotations

from pathlib import Path

import pytest

from draad.accounts.actor import system
from draad.accounts.models import AuditEvent
from draad.accounts.sync import SyncCount
from draad.datasets import facts
from draad.datasets.facts import Fact
from draad.datasets.plan_samenleven import known
from draad.figures.models import PublishedFigure
from draad.findings.models import Finding

pytestmark = pytest.mark.django_db
BY = system("test")


def change(monkeypatch: pytest.MonkeyPatch, name: str, **edits: dict[str, str]) -> None:
    """Let the facts file ``name`` read otherwise: for the row whose measure or lead is the key, these cells."""
    real = facts.read

    def read(asked: str, folder: Path = facts.FOLDER) -> list[Fact]:
        rows = real(asked, folder)
        if asked == name:
            rows = [row | edits.get(row.get("lead", row.get("measure", "")), {}) for row in rows]
        return rows

    monkeypatch.setattr(known, "read", read)


def test_loading_again_writes_nothing() -> None:
    before = AuditEvent.objects.count()
    counts = known.load(BY)
    assert counts == {
        "listed partnerships": SyncCount(same=92),
        "listed mentorships": SyncCount(same=12),
        "published figures": SyncCount(same=61),
        "findings": SyncCount(same=31),
    }
    assert AuditEvent.objects.count() == before


def test_a_corrected_heading_is_an_update_and_its_findings_go(monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, "partnerships_round1", Boom={"listed_under": "Antwerpen"})
    counts = known.load(BY)
    assert counts["listed partnerships"] == SyncCount(changed=1, same=91)
    gone = Finding.objects.filter(state="gone").values_list("rule", flat=True)
    assert sorted(gone) == ["applications.lead_under_other_province", "applications.partner_under_other_province"]


def test_a_changed_value_is_an_update_with_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, "published_figures", **{"refused applications": {"value": "2"}})
    assert known.load(BY)["published figures"] == SyncCount(changed=1, same=60)
    assert PublishedFigure.objects.get(measure="refused applications").value == 2
    event = AuditEvent.objects.filter(object_type="figures.publishedfigure").order_by("-number")[0]
    assert (event.before, event.after) == ({"value": "0.00"}, {"value": "2.00"})


def test_the_second_value_no_longer_differs(monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, "further_values", **{"units achieved": {"value": "170951"}})
    known.load(BY)
    finding = Finding.objects.get(rule="figures.values_differ", subject__contains="/5/")
    assert finding.state == "gone"


def test_a_published_figure_without_a_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    change(monkeypatch, "published_figures", **{"refused applications": {"value": ""}})
    with pytest.raises(ValueError, match="published figure without value: refused applications"):
        known.load(BY)


def test_what_people_closed_survives_a_load() -> None:
    from draad.findings.actions import close

    finding = Finding.objects.get(rule="figures.stated_leads")
    close(finding, "bekend", by=BY)
    assert known.load(BY)["findings"] == SyncCount(same=31)
    finding.refresh_from_db()
    assert (finding.state, finding.state_reason) == ("closed", "bekend")


def test_every_finding_of_the_facts() -> None:
    found = {
        rule: Finding.objects.filter(rule=rule, state="open").count()
        for rule in Finding.objects.values_list("rule", flat=True)
    }
    assert found == {
        "applications.in_several_partnerships": 7,
        "applications.lead_and_partner": 5,
        "applications.lead_under_other_province": 1,
        "applications.lead_without_partners": 1,
        "applications.members_in_several_regions": 2,
        "applications.name_printed_differently": 1,
        "applications.partner_under_other_province": 3,
        "applications.partnership_printed_twice": 1,
        "figures.amount_no_multiple": 1,
        "figures.stated_governments": 1,
        "figures.stated_leads": 1,
        "figures.units_do_not_give_amount": 2,
        "figures.values_differ": 3,
        "programmes.ceiling_differs_from_lines": 1,
        "programmes.printed_action_number": 1,
    }
