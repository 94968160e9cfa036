"""What can be answered of a round and what cannot; the file again byte for byte; the command and the pages."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from openpyxl import load_workbook

from draad.accountability.overview import overview
from draad.accountability.overview.facts import RoundFacts
from draad.accountability.overview.questions import questions
from draad.accountability.queries import round_numbered, rounds_of
from draad.accounts import audit
from draad.accounts.actor import system
from draad.accounts.models import User
from draad.documents.tables import Gap
from draad.figures.models import PublishedFigure
from tests.accountability.conftest import Open
from tests.accountability.reading import read

pytestmark = pytest.mark.django_db


def answers(number: int) -> dict[str, Any]:
    return {question.text: question for question in questions(RoundFacts(round_numbered(number)))}


def test_what_every_municipality_received_cannot_be_answered() -> None:
    for number in (1, 2, 3):
        question = answers(number)["Hoeveel euro kreeg elke gemeente, per actie?"]
        assert question.sheets == ()
        assert "niet openbaar" in question.missing
        assert question.answer == Gap("niet te beantwoorden")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Welke besturen werkten samen, hoeveel zijn het er per provincie?", "ja"),
        ("Hoeveel aanvragen werden geweigerd, en waarom?", "ja"),
        ("Hoeveel besturen vroegen aan, hoeveel namen deel?", "ten dele"),
        ("Hoeveel is er toegekend, en hoe groot was het budget?", "ja"),
        ("Wie is mentorbestuur, en voor welke actie?", "ja"),
        ("Welke sociale-impactobligaties zijn er?", "ten dele"),
        ("Wat is bereikt?", "ten dele"),
        ("Waar spreken de bronnen elkaar tegen?", "ja"),
    ],
)
def test_round_1(question: str, answer: str) -> None:
    assert answers(1)[question].answer == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Welke besturen werkten samen, hoeveel zijn het er per provincie?", Gap("niet te beantwoorden")),
        ("Hoeveel aanvragen werden geweigerd, en waarom?", Gap("niet te beantwoorden")),
        ("Wie is mentorbestuur, en voor welke actie?", Gap("niet te beantwoorden")),
        ("Hoeveel is er toegekend, en hoe groot was het budget?", "ten dele"),
        ("Wat vraagt en geeft elke actie?", "ten dele"),
    ],
)
def test_round_2(question: str, answer: Any) -> None:
    assert answers(2)[question].answer == answer


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_sheet_that_an_answer_names_is_there_with_rows(opened: Open, number: int) -> None:
    book = opened(number)
    for question in answers(number).values():
        for name in question.sheets:
            assert name in book.sheetnames
            assert name == "Bevindingen" or read(book[name]).rows


def test_a_round_without_findings_says_so(opened: Open) -> None:
    texts = [cell.value for row in opened(3)["Bevindingen"].iter_rows() for cell in row]
    assert "Draad vond in de bronnen over deze ronde geen tegenspraak." in texts


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_same_data_give_the_same_bytes(language: str) -> None:
    assert overview(round_numbered(1), language) == overview(round_numbered(1), language)


def test_other_data_give_other_bytes() -> None:
    before = overview(round_numbered(1), "nl")
    with audit.recording(by=system("test")) as log:
        log.change(PublishedFigure.objects.get(value=118178), verb="test.change", value=118179)
    assert overview(round_numbered(1), "nl") != before


def test_what_has_nothing_to_do_with_the_data_changes_nothing() -> None:
    before = overview(round_numbered(1), "nl")
    with audit.recording(by=system("test")) as log:
        user = User(email="iemand@example.org", name="Iemand")
        user.set_unusable_password()
        log.create(user, verb="accounts.user.add")
    assert overview(round_numbered(1), "nl") == before


def test_the_workbook_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    round_ = round_numbered(1)
    with django_assert_max_num_queries(40):
        overview(round_, "nl")


def test_rounds_in_their_order() -> None:
    assert [round_.number for round_ in rounds_of()] == [1, 2, 3]
    assert rounds_of("bestaat-niet") == []


def test_a_round_that_is_not_there_is_named() -> None:
    with pytest.raises(LookupError, match=r"there is no round 4; known are: 1, 2, 3"):
        round_numbered(4)
    with pytest.raises(LookupError, match="run: draad load plan-samenleven"):
        round_numbered(1, programme="bestaat-niet")


@pytest.mark.parametrize(("language", "first"), [("nl", "Leeswijzer"), ("en", "Guide")])
def test_the_command_writes_the_file(tmp_path: Path, language: str, first: str, capsys: Any) -> None:
    path = tmp_path / "overzicht.xlsx"
    call_command("overview", "--round", "1", "--out", str(path), "--language", language)
    assert load_workbook(path).sheetnames[0] == first
    assert "overview of Plan Samenleven, round 1" in capsys.readouterr().out


def test_the_command_and_the_page_give_the_same_file(tmp_path: Path, client: Client) -> None:
    path = tmp_path / "overzicht.xlsx"
    call_command("overview", "--round", "1", "--out", str(path))
    assert path.read_bytes() == client.get("/overzicht/ronde-1.xlsx").content


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--round", "9", "--out", "{}/x.xlsx"], "there is no round 9"),
        (["--round", "1", "--out", "{}/x.pdf"], "ends in .xlsx"),
        (["--round", "1", "--out", "{}/niet/x.xlsx"], "there is no folder"),
        (["--round", "1", "--out", "{}/x.xlsx", "--programme", "ander"], "there is no round 1"),
        (["--round", "een", "--out", "{}/x.xlsx"], "invalid int value"),
        (["--out", "{}/x.xlsx"], "--round"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("overview", *[argument.format(tmp_path) for argument in arguments])
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_the_page(client: Client) -> None:
    answer = client.get("/overzicht/ronde-1.xlsx")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan-samenleven-ronde-1.xlsx"'
    assert load_workbook(BytesIO(answer.content)).sheetnames[0] == "Leeswijzer"


def test_the_file_of_the_english_page(client: Client) -> None:
    answer = client.get("/en/overzicht/ronde-2.xlsx")
    assert 'filename="plan-samenleven-round-2.xlsx"' in answer.headers["Content-Disposition"]
    assert load_workbook(BytesIO(answer.content)).sheetnames[0] == "Guide"


@pytest.mark.parametrize("address", ["/overzicht/ronde-0.xlsx", "/overzicht/ronde-4.xlsx"])
def test_a_round_that_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("query", "number"), [("", 1), ("?ronde=2", 2), ("?ronde=9", 1), ("?ronde=x", 1)])
def test_the_page_says_what_the_file_answers(client: Client, query: str, number: int) -> None:
    text = client.get(f"/overzicht/{query}").content.decode()
    assert f"Wat het overzicht van ronde {number} kan beantwoorden" in text
    assert f'href="/overzicht/ronde-{number}.xlsx"' in text
    assert "niet te beantwoorden" in text


def test_the_page_takes_few_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(15):
        client.get("/overzicht/")
