"""The red thread: eight stations, hollow where nothing is linked."""

import pytest

from draad.web.thread import STATIONS, Stop, thread


def test_there_are_always_eight_stations_in_the_order_of_a_policy() -> None:
    assert [str(station.name) for station in thread({})] == [str(name) for _key, name in STATIONS]
    assert len(STATIONS) == 8


def test_a_station_is_here_there_or_missing() -> None:
    stations = {
        key: s for (key, _n), s in zip(STATIONS, thread({"grant": Stop("x", "/g/")}, here="terms"), strict=True)
    }
    assert (stations["terms"].state, stations["terms"].gap) == ("here", False)
    assert (stations["grant"].state, stations["grant"].href, stations["grant"].gap) == ("there", "/g/", False)
    assert (stations["plan"].state, stations["plan"].gap) == ("missing", True)


def test_an_unknown_station_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such station: grnat"):
        thread({"grnat": Stop()})
