"""Claims and ceilings from files."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from draad.methods.allocation import Claim
from draad.methods.allocation.reading import read_ceilings, read_claims
from draad.methods.errors import MethodError


def write(folder: Path, text: str) -> Path:
    path = folder / "claims.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_all_columns(tmp_path: Path) -> None:
    text = "maximum;minimum;priority;units;unit_amount;amount;applicant;claim\n500,5;10;2;1,5;400;600,00; Gent ;G1\n"
    assert read_claims(write(tmp_path, text)) == [
        Claim(
            "G1", "Gent", Decimal("600.00"), unit_amount=Decimal("400.00"), units=Decimal("1.5"), priority=2,
            minimum=Decimal("10.00"), maximum=Decimal("500.50"), where="row 2",
        )
    ]  # fmt: skip


def test_absent_columns_and_empty_cells_are_none_and_not_zero(tmp_path: Path) -> None:
    short = read_claims(write(tmp_path, "claim,applicant,amount\nA,x,0\n"))[0]
    empty = read_claims(write(tmp_path, "claim,applicant,amount,minimum,maximum,units\nA,x,0,,,\n"))[0]
    zero = read_claims(write(tmp_path, "claim,applicant,amount,minimum,maximum,units\nA,x,0,0,0,0\n"))[0]
    assert short == empty
    assert (empty.minimum, empty.maximum, empty.units) == (None, None, None)
    assert (zero.minimum, zero.maximum, zero.units) == (0, 0, 0)


def test_names_are_text_also_where_they_look_like_numbers(tmp_path: Path) -> None:
    claims = read_claims(write(tmp_path, "claim,applicant,amount\n001,44021,5\n1,44021,6\n"))
    assert [claim.claim for claim in claims] == ["001", "1"]


def test_a_workbook_names_its_own_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for cells in (["claim", "applicant", "amount"], ["A", "x", 12.5], [], ["B", "x", 1.005]):
        sheet.append(cells)
    path = tmp_path / "claims.xlsx"
    book.save(path)
    with pytest.raises(MethodError, match=r"^Row 4, column amount: 1\.005 has a thousand separator or three decimals"):
        read_claims(path)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("claim,applicant\nA,x\n", "Claims.csv: missing column amount; the file has claim, applicant."),
        (
            "claim,applicant,amount,Priority\nA,x,1,1\n",
            "Claims.csv: unknown column Priority; the columns are claim, applicant, amount, unit_amount, units, "
            "priority, minimum, maximum.",
        ),
        ("claim,applicant,amount\n", "Claims.csv: there are no claims under the heading."),
        ("claim,applicant,amount\nA,x,1 000\n", "Row 2, column amount: 1 000 has a thousand separator or three "
         "decimals; write for example 28600.00."),
        ("claim,applicant,amount,minimum\nA,x,1,-1\n", "Row 2, column minimum: -1 is negative; an amount is zero or "
         "more."),
    ],
)  # fmt: skip
def test_wrong_files(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(MethodError) as caught:
        read_claims(write(tmp_path, text))
    assert str(caught.value) == sentence


def test_ceilings(tmp_path: Path) -> None:
    path = write(tmp_path, "applicant;ceiling\nGent;5000,50\nMol;0\n")
    assert read_ceilings(path) == {"Gent": Decimal("5000.50"), "Mol": Decimal("0.00")}
    with pytest.raises(MethodError, match="Row 2, column ceiling: there is no amount"):
        read_ceilings(write(tmp_path, "applicant;ceiling\nGent;\n"))
