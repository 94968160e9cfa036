"""Storing published figures: what identifies one, what changes, what is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import translation

from draad.accounts import audit
from draad.accounts.actor import Actor
from draad.accounts.models import AuditEvent
from draad.accounts.sync import SyncCount
from draad.figures.actions import Publication, record_figures
from draad.figures.measures import MEASURES, measure
from draad.figures.models import PublishedFigure, Unit
from draad.programmes.models import Programme
from tests.figures.conftest import BY, Publish, value


def test_a_list_replaces_the_one_before(publish: Publish, programme: Programme) -> None:
    assert len(publish(value(), value("envelope"))) == 2
    assert record_figures(programme, [value()], by=BY) == SyncCount(changed=1, same=1)
    assert PublishedFigure.objects.count() == 1


def test_storing_again_writes_nothing(publish: Publish, programme: Programme) -> None:
    rows = [value(), value(source="blad 2"), value(round_number=None, action=5)]
    publish(*rows)
    before = AuditEvent.objects.count()
    assert record_figures(programme, rows, by=BY) == SyncCount(same=3)
    assert AuditEvent.objects.count() == before


def test_a_changed_value_is_an_update_with_an_event(publish: Publish, programme: Programme) -> None:
    (before,) = publish(value(amount=100))
    assert record_figures(programme, [value(amount=101)], by=BY) == SyncCount(changed=1)
    after = PublishedFigure.objects.get()
    assert (after.pk, after.value) == (before.pk, 101)
    event = AuditEvent.objects.order_by("-number")[0]
    assert (event.verb, event.before, event.after) == (
        "figures.publishedfigure.change",
        {"value": "100.00"},
        {"value": "101.00"},
    )


def test_the_same_value_from_another_source_is_another_record(publish: Publish) -> None:
    assert len(publish(value(), value(source="blad 2"))) == 2


@pytest.mark.parametrize("place", [{}, {"action": 5}, {"round_number": None}, {"round_number": None, "action": 5}])
def test_one_source_gives_one_value_for_a_figure(programme: Programme, place: dict[str, int | None]) -> None:
    twice = [value(amount=1, **place), value(amount=2, **place)]  # type: ignore[arg-type]  # names of arguments
    with pytest.raises(ValueError, match="occurs twice"):
        record_figures(programme, twice, by=BY)


@pytest.mark.parametrize("place", [{}, {"action": 5}, {"round_number": None}, {"round_number": None, "action": 5}])
def test_the_database_holds_that_too(publish: Publish, place: dict[str, int | None]) -> None:
    (stored,) = publish(value(**place))  # type: ignore[arg-type]  # names of arguments
    stored.pk, stored._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic(), audit.recording(by=BY):
        stored.save()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (value("number of cats"), "no measure is called “number of cats”; known are: granted amount"),
        (value(unit="USD"), "no unit is called “USD”; known are: EUR, governments"),
        (value(round_number=9), "there is no round 9; known are: 1, 2, 3"),
        (value(action=25), "there is no action 25; known are: 1, 2"),
    ],
)
def test_what_draad_does_not_know_is_refused(programme: Programme, wrong: Publication, sentence: str) -> None:
    with pytest.raises(LookupError, match=sentence):
        record_figures(programme, [wrong], by=BY)


def test_a_negative_value_is_refused(programme: Programme) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        record_figures(programme, [value(amount=-1)], by=BY)


def test_who_may_not(programme: Programme) -> None:
    with pytest.raises(PermissionDenied):
        record_figures(programme, [], by=Actor())


@pytest.mark.parametrize(
    ("publication", "dutch", "english"),
    [
        (value(amount=14136359), "€\u00a014.136.359", "€14,136,359"),
        (value(amount="0.50"), "€\u00a00,50", "€0.50"),
        (value("participating governments", 0, unit="governments"), "0", "0"),
        (value("units granted", 68429, unit="units"), "68.429", "68,429"),
    ],
)
def test_values_are_written_for_the_reader(
    publish: Publish, publication: Publication, dutch: str, english: str
) -> None:
    (stored,) = publish(publication)
    assert stored.shown == dutch
    with translation.override("en"):
        assert stored.shown == english


def test_whole_values_are_whole_numbers(publish: Publish) -> None:
    whole, part = publish(value(amount=28600), value("envelope", "0.50"))
    assert isinstance(whole.whole, int)
    assert whole.whole == 28600
    assert str(part.whole) == "0.50"


@pytest.mark.parametrize("key", MEASURES)
def test_every_measure_is_explained_in_both_languages(key: str) -> None:
    known = measure(key)
    with translation.override("nl"):
        dutch = (known.label, known.definition)
    with translation.override("en"):
        english = (known.label, known.definition)
    assert all(dutch)
    assert all(english)
    assert dutch != english
    assert dutch[1].endswith(".")
    assert english[1].endswith(".")


def test_every_measure_of_the_facts_is_known_and_the_other_way_round(db: None) -> None:
    assert set(PublishedFigure.objects.values_list("measure", flat=True)) == set(MEASURES)


def test_every_unit_is_used(db: None) -> None:
    assert set(PublishedFigure.objects.values_list("unit", flat=True)) == set(Unit.values)
