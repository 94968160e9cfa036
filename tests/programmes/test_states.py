"""The table of transitions: complete, and written in the reference."""

from __future__ import annotations

from pathlib import Path

from draad.programmes.models import TermsState
from draad.programmes.states import DRAFT, NOTHING, PUBLISHED, TRANSITIONS, reference

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "terms-states.md"


def test_the_reference_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == reference(), (
        "write it again with the text of draad.programmes.states.reference()"
    )


def test_every_state_can_be_reached_and_published_is_final() -> None:
    assert {t.after for t in TRANSITIONS} - {NOTHING} == {state.value for state in TermsState}
    assert not [t for t in TRANSITIONS if t.before == PUBLISHED]
    assert {t.before for t in TRANSITIONS} == {NOTHING, DRAFT}


def test_verbs_are_unique_and_of_this_room() -> None:
    verbs = [t.verb for t in TRANSITIONS]
    assert len(set(verbs)) == len(verbs)
    assert all(verb.startswith("programmes.terms.") for verb in verbs)
    assert all(str(t.notice) for t in TRANSITIONS)
