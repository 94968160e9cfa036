"""Parts that higher rooms put on pages of lower ones: order, silence, and who names a station first."""

from __future__ import annotations

from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from draad.web.sections import Section, Sections, rendered, stops_of
from draad.web.thread import Stop


def part(name: str, **stops: Stop) -> Section:
    return Section("web/empty.html", {"name": name}, stops)


def names(found: list[Section]) -> list[str]:
    return [section.context["name"] for section in found]


def test_a_lower_order_comes_first_and_equal_ones_as_they_were_added() -> None:
    sections = Sections[str]()
    sections.add(lambda who: part(f"c {who}"), order=20)
    sections.add(lambda who: part(f"a {who}"), order=5)
    sections.add(lambda who: part(f"b {who}"), order=20)
    assert names(sections.of("gent")) == ["a gent", "c gent", "b gent"]


def test_who_has_nothing_to_say_is_left_out() -> None:
    sections = Sections[str]()
    sections.add(lambda who: part("only gent") if who == "gent" else None, order=1)
    assert names(sections.of("gent")) == ["only gent"]
    assert sections.of("aalst") == []


def test_adding_twice_is_adding_once() -> None:
    def maker(who: str) -> Section:
        return part(who)

    sections = Sections[str]()
    sections.add(maker, order=1)
    sections.add(maker, order=9)
    assert len(sections.of("gent")) == 1


def test_two_pages_do_not_share_their_parts() -> None:
    one, other = Sections[str](), Sections[str]()
    one.add(lambda who: part(who), order=1)
    assert other.of("gent") == []


@given(st.lists(st.integers(-5, 5), max_size=8))
def test_parts_always_stand_in_their_order(orders: list[int]) -> None:
    sections = Sections[int]()
    for order in orders:
        sections.add(lambda _subject, order=order: part(str(order)), order=order)  # type: ignore[misc]  # its own order
    assert names(sections.of(0)) == [str(order) for order in sorted(orders)]


def test_the_first_to_name_a_station_wins() -> None:
    first, second = Stop("eerst"), Stop("dan")
    found = stops_of([part("a", grant=first), part("b", grant=second, result=second)])
    assert found == {"grant": first, "result": second}


def test_parts_are_written_with_what_they_need(db: None, client: Client) -> None:
    request = client.get("/over/privacy/").wsgi_request
    parts = [Section("web/menu.html", {"menus": {"main": [{"label": "<Gent>", "address": "/gent/"}]}})]
    (written,) = rendered(parts, request)
    assert '<a href="/gent/">&lt;Gent&gt;</a>' in written
    assert rendered([], request) == []
