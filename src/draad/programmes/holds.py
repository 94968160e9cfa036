"""Why a round can no longer get other rules. Rooms above say so, without this room knowing them."""

from __future__ import annotations

from collections.abc import Callable

from draad.programmes.models import Round

Hold = Callable[[Round], str]
"""Gives the sentence that says why, or an empty text when nothing holds the round."""

_holds: list[Hold] = []


def add_hold(hold: Hold) -> None:
    """Let ``hold`` have a say; adding the same one twice adds it once."""
    if hold not in _holds:
        _holds.append(hold)


def why_held(of_round: Round) -> str:
    """The first sentence that says why the rules of the round stay as they are; empty when they may change."""
    return next((sentence for hold in _holds if (sentence := hold(of_round))), "")
