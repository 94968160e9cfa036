"""The words that are printed around the sheets, in Dutch and in English.

The labels of a sheet itself are those of the template (``reading.labels``) and stay Dutch: by them it is read back.
"""

from __future__ import annotations

from dataclasses import dataclass

from draad.plans.reading.goals import Goal
from draad.plans.writing.printed import PrintedSheet


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Args:
        language: the language of the words, ISO 639-1.
        page: number of the page, with ``{n}`` and ``{total}``.
        progress: heading above what was reported in ``{year}``.
        progress_columns: milestone or indicator, state, value, explanation.
        budget: heading above the amounts per year.
        budget_columns: year, source, amount.
    """

    language: str = "nl"
    contents: str = "Inhoud"
    page: str = "bladzijde {n} van {total}"
    example: str = "Voorbeeld: verzonnen gegevens"
    no_goal: str = "Zonder operationele doelstelling"
    no_title: str = "Zonder titel"
    no_sheets: str = "Dit plan heeft nog geen actiefiches."
    progress: str = "Voortgang in {year}"
    progress_columns: tuple[str, str, str, str] = ("Mijlpaal of indicator", "Stand", "Waarde", "Toelichting")
    budget: str = "Budget per jaar"
    budget_columns: tuple[str, str, str] = ("Jaar", "Bron", "Bedrag")


DUTCH = Words()
ENGLISH = Words(
    language="en",
    contents="Contents",
    page="page {n} of {total}",
    example="Example: invented data",
    no_goal="Without operational goal",
    no_title="Without title",
    no_sheets="This plan has no action sheets yet.",
    progress="Progress in {year}",
    progress_columns=("Milestone or indicator", "State", "Value", "Explanation"),
    budget="Budget per year",
    budget_columns=("Year", "Source", "Amount"),
)


def heading(goal: Goal | None, words: Words) -> str:
    """A goal as the heading above its sheets."""
    return f"{goal.code}: {goal.text}" if goal else words.no_goal


def contents_line(goal: Goal | None, words: Words) -> str:
    """A goal in the table of contents, its code behind it: a line that begins with its code is read as the goal
    itself."""
    return f"{goal.text} ({goal.code})" if goal else words.no_goal


def listed_title(sheet: PrintedSheet, words: Words) -> str:
    """The title of a sheet in the table of contents, on one line."""
    return " ".join(sheet.values.get("title", "").split()) or words.no_title
