"""Tables for spreadsheets: numbers are numbers, days are days, and words are never a formula."""

import csv
import io
import re
import zipfile
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk.spreadsheets import Table, as_csv, as_xlsx

WEEKS = Table("❓ សំណួរ", ["week", "answered", "lost"], [[date(2026, 11, 23), 12, None]])
# How spreadsheets are talked into running something.
FORMULAS = (
    '=HYPERLINK("http://x.example","y")', "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", " =1",
    "\n=1", "%0A=1", "|calc", "'=1", '"=1',
)  # fmt: skip


def _cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _inside(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_a_table_opens_as_utf8_and_says_under_five_and_nothing_more() -> None:
    assert as_csv(WEEKS).startswith("\ufeff".encode())
    assert _cells(as_csv(WEEKS)) == [["week", "answered", "lost"], ["2026-11-23", "12", "<5"]]


def test_a_workbook_has_a_sheet_for_each_table_with_typed_cells() -> None:
    inside = _inside(as_xlsx([WEEKS, Table("two", ["what", "n"], [])]))
    names = re.findall(r'<sheet name="([^"]+)"', inside["xl/workbook.xml"])
    assert names == ["❓ សំណួរ", "two"]
    sheet = inside["xl/worksheets/sheet1.xml"]
    # 23 November 2026, as spreadsheets count days; in a style of its own.
    assert re.search(r'<c r="A2" s="\d"><v>46349</v></c>', sheet)
    assert '<c r="B2"><v>12</v></c>' in sheet
    assert re.search(r'<c r="C2" t="s">', sheet)
    assert "&lt;5" in inside["xl/sharedStrings.xml"]


def test_what_begins_like_a_formula_is_text_in_both() -> None:
    table = Table("events", ["=1", "n"], [[words, 7] for words in FORMULAS])
    for first, _ in _cells(as_csv(table)):
        assert first.startswith("'"), first
    inside = _inside(as_xlsx([table]))
    assert not re.search(r"<f[ >]", inside["xl/worksheets/sheet1.xml"])
    assert "hyperlink" not in inside["xl/worksheets/sheet1.xml"].lower()


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_whatever_a_coordinator_called_an_event_is_a_cell_of_text(words: str) -> None:
    table = Table("events", ["what", "n"], [[words, 7]])
    inside = _inside(as_xlsx([table]))["xl/worksheets/sheet1.xml"]
    assert "<f>" not in inside
    assert '<c r="B2"><v>7</v></c>' in inside
    cell = _cells(as_csv(table))[1][0]
    assert cell in (words, f"'{words}")
    assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_a_name_that_no_sheet_can_have_is_made_one() -> None:
    inside = _inside(as_xlsx([Table("a/b: [c]?", ["n"], [])]))
    assert '<sheet name="a b   c  "' in inside["xl/workbook.xml"]
