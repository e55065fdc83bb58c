"""Reads files of texts as spreadsheets and programs write them, by the rules in docs/tables.md.

The page reads the same files by the same rules (`src/page/texts/table.ts`); the files in
`tests/tables` hold both readers to them.
"""

import codecs
import csv
import gzip
import io
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

LINE_END = re.compile(r"\r\n|\r|\n")
SPACES = "\t\n\v\f\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What stands around names and labels and is none of them, and what blank texts are made of: what JavaScript's trim() takes."""
SEPARATORS = "\t,;"
SAVED = ["text", "label", "answer", "score", "exit", "uncertainty", "ms", "full"]
"""How a table begins that the page saved."""
GUARDED = re.compile(rf"'+([{SPACES}]*[=+\-@＝＋－＠]|[\t\r\n])")
"""A cell that the page put an apostrophe before, so that no spreadsheet runs it as a formula."""

csv.field_size_limit(2**31 - 1)  # a cell may be as long as a text


GZIP = b"\x1f\x8b"
"""How every gzipped file begins (RFC 1952, section 2.3.1)."""


@dataclass
class Row:
    """A row's cells, and the line that it begins on, from 1: a quoted cell may run over several."""

    line: int
    cells: list[str]


@dataclass
class Table:
    """columns: the names in the header, trimmed and in lower case, `text` among them. Each row has as many cells."""

    columns: list[str]
    rows: list[Row]


def decoded(path: Path) -> str:
    """A file's text, of a gzipped one too: UTF-8, or UTF-16 where a byte order mark says so. ValueError, with the line,
    for anything else."""
    data = path.read_bytes()
    if data.startswith(GZIP):
        try:
            data = gzip.decompress(data)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ValueError(f"{path}: begins as a gzipped file and cannot be unpacked ({error}); get it again") from None
    utf_16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        if utf_16:
            raise ValueError(f"{path}: begins as UTF-16 and is not; save the file as UTF-8") from None
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ValueError(
            f"{path}:{line}: not UTF-8 (byte {error.object[error.start]:#04x}); save the file as UTF-8"
        ) from None
    if (at := text.find("\0")) >= 0:
        line = text.count("\n", 0, at) + 1
        raise ValueError(f"{path}:{line}: a NUL byte; is this a text file? Save it as UTF-8")
    return text


def read_lines(path: Path) -> list[tuple[int, str]]:
    """(line number, line) of those that are not blank."""
    return [(number, line) for number, line in enumerate(LINE_END.split(decoded(path)), 1) if line.strip(SPACES)]


def read_table(path: Path) -> Table:
    """The table in a file. Raises ValueError with the file and the line of what does not fit."""
    content = decoded(path)
    first = next((line for line in LINE_END.split(content) if not is_blank(re.split(f"[{SEPARATORS}]", line))), "")
    separator = next((one for one in SEPARATORS if "text" in names_in(first.split(one))), None)
    found = tab_separated(content, path) if separator in (None, "\t") else quoted(content, separator, path)
    header, *rows = found or [Row(1, [])]
    columns = names_in(header.cells)
    if "text" not in columns:
        raise ValueError(
            f"{path}:{header.line}: the header must name the column text, got {first[:80]!r}; name the columns in the "
            "first line, with tabs, commas or semicolons between the names"
        )
    for row in rows:
        if len(row.cells) != len(header.cells):
            raise ValueError(
                f"{path}:{row.line}: {len(row.cells)} columns, the header has {len(header.cells)}; "
                "check the line's separators"
            )
    if columns[: len(SAVED)] == SAVED:
        rows = [Row(row.line, [cell[1:] if GUARDED.match(cell) else cell for cell in row.cells]) for row in rows]
    if not rows:
        raise ValueError(f"{path}: no rows under the header")
    return Table(columns, rows)


def names_in(cells: list[str]) -> list[str]:
    return [re.sub(r'^"(.*)"\Z', r"\1", cell.strip(SPACES), flags=re.DOTALL).strip(SPACES).lower() for cell in cells]


def is_blank(cells: list[str]) -> bool:
    """Whether a row is none: spreadsheets also write rows whose cells were emptied."""
    return not any(cell.strip(SPACES) for cell in cells)


def plain(content: str) -> list[Row]:
    """Tabs separate, and nothing else means anything: a quote is a quote."""
    rows = [Row(number, line.split("\t")) for number, line in enumerate(LINE_END.split(content), 1)]
    return [row for row in rows if not is_blank(row.cells)]


def quoted(content: str, separator: str, path: Path) -> list[Row]:
    """RFC 4180: a cell in quotes may hold separators, line ends, and quotes as \"\"."""
    reader, rows, line = csv.reader(io.StringIO(content, newline=""), delimiter=separator, strict=True), [], 1
    try:
        for cells in reader:
            if not is_blank(cells):
                rows.append(Row(line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        if "expected after" in str(error):
            raise ValueError(
                f"{path}:{reader.line_num}: goes on after a closing quote; put the whole cell in quotes, and write a "
                'quote in it as ""'
            ) from None
        raise ValueError(f'{path}:{line}: opens a quote that is never closed; close it with "') from None
    return rows


def tab_separated(content: str, path: Path) -> list[Row]:
    """With tabs a quote is a quote, as most data sets have it, unless the file says otherwise: it can be
    read with quoting only, or all that begins with a quote is what a spreadsheet would have quoted. A single
    column has no separator that could tell; there all quotes that close as they should are quoting."""
    bare = plain(content)
    opened = [cell for row in bare for cell in row.cells if cell.startswith('"')]
    if not opened:
        return bare
    try:
        unquoted = quoted(content, "\t", path)
    except ValueError:
        return bare
    if not is_even(unquoted):
        return bare
    if not is_even(bare) or len(bare[0].cells) == 1:
        return unquoted
    wanted = bare[0].cells[0].startswith('"') or all("," in cell or '"' in cell[1:-1] for cell in opened)
    return unquoted if wanted and len(unquoted) == len(bare) else bare


def is_even(rows: list[Row]) -> bool:
    return all(len(row.cells) == len(rows[0].cells) for row in rows)
