"""CSV files and their like (tabs, semicolons) → blocks, a record a table row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Cell, Location, Run, Source, Unreadable
from jisseki_check.notation.neutral import restored
from jisseki_check.readers.budget import Budget
from jisseki_check.readers.cell_names import cell_name
from jisseki_check.readers.decoding import BLANKS, decode

_UTF_16_LE = b"\xff\xfe"
_TABS = (".tsv", ".tab")
_DELIMITERS = (",", "\t", ";")
_NAMES = {",": "カンマ（,）", "\t": "タブ", ";": "セミコロン（;）"}
_SAID = re.compile(r"sep=(?P<delimiter>[^\w\s\"]|\t)[ \t]*(?:\r\n|\r|\n|\Z)", re.IGNORECASE)
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTED = re.compile(r'"([^"]*+(?:""[^"]*+)*+)"')
_KEPT_AS_TEXT = re.compile(r'="(?P<text>(?:[^"]|"")*)"')
_KEPT_ZEROS = re.compile(r"'0[0-9]+")
_SAMPLE = 100_000
_SAMPLE_LINES = 200
_MOST_COLUMNS = 16_384  # as spreadsheets have it
_LONGEST = 131_072  # characters of a field; a quotation that is never closed makes one much longer
_TABLE = 3  # columns; what is narrower is a title, or a label and its text
_THOUSANDS = re.compile(r"[▲△\-−(（]?[0-9]{1,3}")
_REST = re.compile(r"[0-9]{3}(?![0-9])")


_Field = tuple[str, int]  # its text, and the line on which it begins


@dataclass(frozen=True, slots=True)
class _Record:
    """`held`: how many fields there are up to the last that is not blank. `spans`: where each stands."""

    fields: tuple[_Field, ...]
    held: int
    spans: tuple[tuple[int, int], ...]

    @property
    def line(self) -> int:
        return self.fields[0][1]


def read_csv(data: bytes, name: str, limits: Limits) -> Source:
    """One block a record. Lines count from 1, and a cell stands on the line on which its text begins.

    Raises Unreadable if the bytes are no text, if quotation marks do not pair, or if a record has more
    columns than its table: then nobody knows which text belongs to which column.
    """
    text = _decoded(data, name)
    lines = len(_BREAK.findall(text)) + 1
    if lines > limits.max_lines:
        raise Unreadable(
            f"行が多すぎます（{lines:,}行。上限は{limits.max_lines:,}行）",
            fix="部ごとのファイルに分けてください。",
            at=Location(path=name, line=limits.max_lines + 1),
        )
    said = _SAID.match(text)
    delimiter = said["delimiter"] if said else _delimiter(text, name)
    start = said.end() if said else 0
    budget = Budget(limits, name)
    blocks: list[Block] = []
    outlines: list[_Outline] = []
    for row, record in enumerate(_Parser(text, delimiter, name).records(start, 2 if said else 1), 1):
        budget.take_row(len(record.fields), Location(line=record.line))
        outlines.append(_outline(record, delimiter))
        block = _block(record, row, budget)
        if block.cells or (blocks and blocks[-1].cells):  # blank records in a row are one block
            blocks.append(block)
    if not blocks:
        raise Unreadable(
            "ファイルに文字がありません（区切りの文字だけです）",
            fix="報告の本文が入っているファイルかどうかを確かめてください。",
            at=Location(path=name),
        )
    _refuse_shifted(outlines, delimiter, name)
    return Source(path=name, format="csv", sha256=sha256(data).hexdigest(), blocks=tuple(blocks))


def raw_fields(data: bytes, name: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of a file that was read, and where in it each cell (C5) stands, quotation marks included."""
    text = _decoded(data, name)
    said = _SAID.match(text)
    parser = _Parser(text, said["delimiter"] if said else _delimiter(text, name), name)
    spans = {}
    for row, record in enumerate(parser.records(said.end() if said else 0, 1), 1):
        for column, (start, end) in enumerate(record.spans):
            spans[cell_name(row, column)] = start, end
    return text, spans


def _decoded(data: bytes, name: str) -> str:
    """The text; Excel's own "Unicode text" is UTF-16."""
    if data.startswith(_UTF_16_LE) and not data.startswith(_UTF_16_LE + b"\0\0"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            raise Unreadable(
                "UTF-16 として読めない文字があります",
                fix="Excel で開き、「CSV UTF-8（コンマ区切り）」として保存し直してください。",
                at=Location(path=name),
            ) from None
    return decode(data, name)


def _delimiter(text: str, name: str) -> str:
    """What stands between fields: that which most lines have, and have equally often."""
    if name.lower().endswith(_TABS) and "\t" in text:
        return "\t"
    sample = _QUOTED.sub("", text[:_SAMPLE])
    lines = _BREAK.split(sample)[:_SAMPLE_LINES]

    def fitness(delimiter: str) -> tuple[int, int]:
        counts = Counter(line.count(delimiter) for line in lines)
        del counts[0]
        return sum(counts.values()), max(counts.values(), default=0)

    return max(_DELIMITERS, key=fitness)


# --- records ------------------------------------------------------------------------------------


class _Parser:
    """Takes a text apart into records, knowing the line of every field."""

    def __init__(self, text: str, delimiter: str, name: str) -> None:
        self._text = text
        self._name = name
        end = re.escape(delimiter)
        self._field = re.compile(
            rf'(?:{_QUOTED.pattern}[ \u3000]*+|([^"{end}\r\n][^{end}\r\n]*+|))({end}|\r\n|\r|\n|\Z)'
        )
        self._delimiter = delimiter

    def records(self, at: int, line: int) -> Iterator[_Record]:
        """`at`: where the first one begins; `line`: the number of that line."""
        fields: list[_Field] = []
        spans: list[tuple[int, int]] = []
        held = 0
        while at < len(self._text) or fields:
            match = self._field.match(self._text, at)
            if match is None:
                raise self._bad_quotes(at, line)
            quoted, plain, end = match.groups()
            text = plain if quoted is None else quoted.replace('""', '"')
            if text[:1] in ("=", "'"):
                text = _as_text(text)
            fields.append((text, line))
            spans.append((at, match.start(3)))
            if text and text.strip(BLANKS):
                held = len(fields)
            if len(text) > _LONGEST or len(fields) > _MOST_COLUMNS:
                raise self._endless(len(fields), line)
            at = match.end()
            if quoted is not None:
                line += len(_BREAK.findall(quoted))
            if end != self._delimiter:
                yield _Record(tuple(fields), held, tuple(spans))
                fields, spans, held = [], [], 0
                line += 1

    def _endless(self, columns: int, line: int) -> Unreadable:
        if columns > _MOST_COLUMNS:
            return self._refusal(
                f"{line:,}行目の列が多すぎます（上限は{_MOST_COLUMNS:,}列）",
                "報告のファイルかどうかを確かめてください。",
                line,
            )
        return self._refusal(
            f"{line:,}行目に、{_LONGEST:,}字を超える欄があります",
            '引用符「"」の閉じ忘れがないかを確かめてください。',
            line,
        )

    def _bad_quotes(self, at: int, line: int) -> Unreadable:
        match = _QUOTED.match(self._text, at)
        if match is None:
            return self._refusal(
                f'{line:,}行目で始まる引用符「"」が閉じられていません',
                'その欄の終わりに「"」を付けるか、Excel で開いて CSV として保存し直してください。',
                line,
            )
        line += len(_BREAK.findall(match[0]))
        return self._refusal(
            f'{line:,}行目で、引用符「"」で囲んだ欄のすぐ後に、別の文字があります',
            '欄の中の「"」は「""」と二つ続けて書くか、Excel で開いて CSV として保存し直してください。',
            line,
        )

    def _refusal(self, message: str, fix: str, line: int) -> Unreadable:
        return Unreadable(message, fix=fix, at=Location(path=self._name, line=line))


def _as_text(text: str) -> str:
    """What was kept from being taken for a number or a formula."""
    kept = _KEPT_AS_TEXT.fullmatch(text)
    if kept:
        return kept["text"].replace('""', '"')
    return text[1:] if _KEPT_ZEROS.fullmatch(text) else restored(text)


# --- columns ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Outline:
    """What a record tells of its columns. `splits_number`: two fields look like one amount, 3 and 918千円."""

    line: int
    columns: int
    held: int
    splits_number: bool


def _outline(record: _Record, delimiter: str) -> _Outline:
    texts = [text.strip(BLANKS) for text, _ in record.fields] if delimiter == "," else []
    splits_number = any(
        _THOUSANDS.fullmatch(before) and _REST.match(behind) for before, behind in pairwise(texts)
    )
    return _Outline(record.line, len(record.fields), record.held, splits_number)


def _refuse_shifted(records: Sequence[_Outline], delimiter: str, name: str) -> None:
    """A field that holds the delimiter, and is not in quotes, moves all the fields behind it."""
    widest = 0
    for at, record in enumerate(records):
        columns = record.columns
        following = records[at + 1].columns if at + 1 < len(records) else 0
        if columns > widest >= _TABLE - 1 and (
            record.splits_number or (widest >= _TABLE and following < columns)
        ):
            raise Unreadable(
                f"{record.line:,}行目の列が{columns}列あり、それより上の行（{widest}列まで）より多くなっています",
                fix=f"欄の中に{_NAMES.get(delimiter, f'「{delimiter}」')}があるときは（金額の桁区切りなど）、"
                'その欄を「"」で囲むか、Excel で列のずれを直し、CSV として保存し直してください。',
                at=Location(path=name, line=record.line),
            )
        widest = max(widest, columns) if record.held and columns >= _TABLE else min(columns, record.held)


# --- blocks -------------------------------------------------------------------------------------


def _block(record: _Record, row: int, budget: Budget) -> Block:
    held = record.fields[: record.held]
    return Block(tuple([_cell(field, row, column, budget) for column, field in enumerate(held)]), 1)


def _cell(field: _Field, row: int, column: int, budget: Budget) -> Cell:
    text, line = field
    if not text:
        return ()
    lines = _BREAK.split(text) if "\n" in text or "\r" in text else [text]
    name = cell_name(row, column)
    cell = tuple(
        (Run(stripped, Location(line=line + at, row=row, cell=name)),)
        for at, stripped in enumerate(each.strip(BLANKS) for each in lines)
        if stripped
    )
    if cell:
        budget.take_cell([paragraph[0].text for paragraph in cell], cell[0][0].at)
    return cell
