"""Tables for spreadsheets: CSV, and a workbook with a sheet for each table.

Cells are typed: numbers are numbers, days are days. Words stay words, whatever they begin with: a
title of an event such as “=HYPERLINK(…)” must not become a formula of whoever opens the file.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.small_counts import FEWEST_SHOWN

# None is a number that may not be shown.
Cell = int | date | str | None
_FEW = f"<{FEWEST_SHOWN}"
_WIDEST = 60
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
# With these a spreadsheet begins a formula, also where quotes or white space stand before them.
_FORMULA = re.compile(r"^[\s'\"]*[=+\-@|%]")


@dataclass(frozen=True)
class Table:
    """A table; its name is no longer than a button's, so that a sheet can have it."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """Return a table as CSV in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_harmless(words) for words in table.header])
    for row in table.rows:
        writer.writerow([_plain(cell) for cell in row])
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet for each table."""
    # Only coordinators need it, and rarely: not at start.
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
    for table in tables:
        sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", table.name))
        sheet.freeze_panes(1, 0)
        for column, words in enumerate(table.header):
            sheet.write_string(0, column, words, bold)
            cells = [row[column] for row in table.rows]
            longest = max(len(str(cell)) for cell in (words, *cells))
            sheet.set_column(column, column, min(longest + 2, _WIDEST))
            for row, cell in enumerate(cells, start=1):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, int):
                    sheet.write_number(row, column, cell)
                else:
                    sheet.write_string(row, column, _FEW if cell is None else cell)
    book.close()
    return out.getvalue()


def _plain(cell: Cell) -> int | str:
    if cell is None:
        return _FEW
    if isinstance(cell, date):
        return cell.isoformat()
    return _harmless(cell) if isinstance(cell, str) else cell


def _harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula."""
    return f"'{words}" if _FORMULA.match(words) else words
