from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from draad.methods.errors import MethodError
from draad.methods.tabular import (
    LARGEST_CENTS,
    parse_cents,
    parse_date,
    parse_number,
    parse_whole,
    read_rows,
    read_table,
)


def write(folder: Path, text: str | bytes, name: str = "claims.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path, required: list[str], optional: list[str] | None = None) -> str:
    with pytest.raises(MethodError) as caught:
        read_rows(path, required, optional or [])
    return str(caught.value)


class TestReading:
    @pytest.mark.parametrize("delimiter", [",", ";"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    def test_delimiter_mark_and_line_end_make_no_difference(
        self, tmp_path: Path, delimiter: str, mark: str, end: str
    ) -> None:
        text = mark + end.join(["claim,amount", "A,100", " Gent é , 7 ", ""]).replace(",", delimiter)
        rows = read_rows(write(tmp_path, text), ["claim"], ["amount"])
        assert [(row.number, row["claim"], row["amount"]) for row in rows] == [(2, "A", "100"), (3, "Gent é", "7")]

    def test_row_numbers_count_empty_rows_and_rows_before_the_heading(self, tmp_path: Path) -> None:
        rows = read_rows(write(tmp_path, "\n,\nclaim,amount\n\nA,1\n,\nB,2\n"), ["claim", "amount"])
        assert [row.number for row in rows] == [5, 7]

    def test_quoted_cells_hold_delimiters_and_line_ends(self, tmp_path: Path) -> None:
        rows = read_rows(write(tmp_path, 'claim,amount\n"A, ""first""\nline",1\nB,2\n'), ["claim", "amount"])
        assert rows[0]["claim"] == 'A, "first"\nline'
        assert rows[1].number == 3

    def test_a_decimal_comma_lives_in_a_semicolon_file(self, tmp_path: Path) -> None:
        rows = read_rows(write(tmp_path, "claim;amount\nA;28600,00\n"), ["claim", "amount"])
        assert parse_cents(rows[0]["amount"], rows[0].where("amount")) == 2_860_000

    def test_an_absent_optional_column_reads_as_empty(self, tmp_path: Path) -> None:
        row = read_rows(write(tmp_path, "claim\nA\n"), ["claim"], ["units"])[0]
        assert row.get("units") == ""
        assert row.where() == "row 2"
        assert row.where("units") == "row 2, column units"

    def test_read_table_keeps_other_columns_in_their_order(self, tmp_path: Path) -> None:
        table = read_table(write(tmp_path, "region,sex,n,,\nA,F,3,,\n"), ["n"])
        assert table.columns == ("region", "sex", "n")
        assert table.rows[0].cells == {"region": "A", "sex": "F", "n": "3"}

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Claims.csv: the file is empty; the first row names the columns."),
            ("claim,claim\n", "Claims.csv: duplicate column claim; each column is named once."),
            ("claim,,amount\n", "Claims.csv: column 2 has no name in the heading."),
            ("claim\nA\n", "Claims.csv: missing column amount; the file has claim."),
            ("x\nA\n", "Claims.csv: missing columns claim, amount; the file has x."),
            ("claim,amount,x\n", "Claims.csv: unknown column x; the columns are claim, amount, units."),
            ("claim,amount\nA,1,2\n", "Row 2: 3 cells where the heading has 2 columns."),
            ("claim,amount\nA,1\nB\n", "Row 3: 1 cells where the heading has 2 columns."),
            ('claim,amount\n"A"b,1\n', "Claims.csv: the CSV cannot be read near line 2: ',' expected after '\"'."),
            (b"claim,amount\n\xe9,1\n", "Claims.csv: the file is not UTF-8; save it as CSV UTF-8 or as xlsx."),
        ],
    )
    def test_a_wrong_file_is_refused_in_a_sentence(self, tmp_path: Path, text: str | bytes, sentence: str) -> None:
        assert refusal(write(tmp_path, text), ["claim", "amount"], ["units"]) == sentence

    def test_an_absent_file_is_refused(self, tmp_path: Path) -> None:
        assert "the file cannot be read: No such file" in refusal(tmp_path / "none.csv", ["claim"])
        assert "the workbook cannot be read" in refusal(tmp_path / "none.xlsx", ["claim"])

    def test_a_file_that_is_no_workbook_is_refused(self, tmp_path: Path) -> None:
        assert "the workbook cannot be read" in refusal(write(tmp_path, "claim\nA\n", "claims.xlsx"), ["claim"])


class TestWorkbook:
    def test_cells_read_as_the_spreadsheet_shows_them(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append(["a", "b", "c", "d", "e", "f", "g"])
        moment = datetime(2022, 10, 1, 3, 30, tzinfo=UTC).replace(tzinfo=None)
        sheet.append([60, 0.1 + 0.2, date(2022, 10, 1), True, " x ", None, moment])
        sheet.append([1e15, 28600.1, "007", False, 0, -2.5, 1e-7])
        book.save(tmp_path / "t.xlsx")
        rows = read_table(tmp_path / "t.xlsx").rows
        assert list(rows[0].cells.values()) == ["60", "0.3", "2022-10-01", "true", "x", "", "2022-10-01T03:30:00"]
        assert list(rows[1].cells.values()) == [
            "1000000000000000",
            "28600.1",
            "007",
            "false",
            "0",
            "-2.5",
            "0.0000001",
        ]

    def test_row_numbers_are_those_of_the_sheet(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet["A3"], sheet["A6"] = "claim", "A"
        book.save(tmp_path / "t.xlsx")
        assert [row.number for row in read_rows(tmp_path / "t.xlsx", ["claim"])] == [6]

    @given(cents=st.integers(0, 10**13))
    def test_every_amount_survives_the_floats_of_a_workbook(self, cents: int) -> None:
        from draad.methods.tabular.reading import _cell_text

        assert parse_cents(_cell_text(cents / 100), "here") == cents


class TestAmounts:
    @pytest.mark.parametrize(
        ("text", "cents"),
        [("0", 0), ("28600", 2_860_000), ("28600.5", 2_860_050), ("28600,05", 2_860_005), ("007.10", 710)],
    )
    def test_known_amounts(self, text: str, cents: int) -> None:
        assert parse_cents(text, "here") == cents

    @given(cents=st.integers(0, LARGEST_CENTS))
    def test_written_amounts_read_back(self, cents: int) -> None:
        assert parse_cents(f"{cents // 100}.{cents % 100:02}", "here") == cents

    @pytest.mark.parametrize(
        ("text", "part"),
        [
            ("", "there is no amount"),
            ("-5.00", "-5.00 is negative"),
            ("1.234", "thousand separator or three decimals"),
            ("1.234,56", "thousand separator"),
            ("1 234,56", "thousand separator"),
            ("1\u00a0234\u00a0567.00", "thousand separator"),
            ("12345.678", "more than two decimals"),
            ("1.23456", "more than two decimals"),
            ("€ 5", "is not an amount"),
            ("1e5", "is not an amount"),
            ("nan", "is not an amount"),
            ("٣", "is not an amount"),
            (".5", "is not an amount"),
            ("5.", "is not an amount"),
            ("9" * 20, "larger than any budget"),
        ],
    )
    def test_other_texts_are_refused_with_the_place(self, text: str, part: str) -> None:
        with pytest.raises(MethodError, match=r"^Row 7, column amount: ") as caught:
            parse_cents(text, "row 7, column amount")
        assert part in str(caught.value)
        assert caught.value.where == "row 7, column amount"


class TestOtherCells:
    def test_numbers(self) -> None:
        assert parse_number("12,5", "here") == Decimal("12.5")
        assert parse_number("0", "here") == 0
        for text in ("", "-1", "1.2.3", "x", "1e3"):
            with pytest.raises(MethodError, match="not a number of zero or more"):
                parse_number(text, "here")

    def test_whole_numbers(self) -> None:
        assert parse_whole("44", "here") == 44
        for text, smallest in (("", 0), ("1.0", 0), ("-1", 0), ("0", 1), ("²", 0)):
            with pytest.raises(MethodError, match=f"whole number of {smallest} or more"):
                parse_whole(text, "here", smallest)

    @given(day=st.dates())
    def test_dates_read_back(self, day: date) -> None:
        assert parse_date(day.isoformat(), "here") == day

    @pytest.mark.parametrize("text", ["", "01/10/2022", "20221001", "2022-02-30", "2022-W01-1", "0000-01-01"])
    def test_other_dates_are_refused(self, text: str) -> None:
        with pytest.raises(MethodError, match="is not a date; write year-month-day"):
            parse_date(text, "here")


def test_an_error_without_a_place_is_its_own_sentence() -> None:
    assert str(MethodError("Nothing fits.")) == "Nothing fits."
