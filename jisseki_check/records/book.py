"""A book of records: one a line, each with its own digest and that of the one before.

Whatever is altered, removed, inserted or moved in it shows, save that the last ones are gone: for that, and
against somebody who writes the whole book anew, the last digest has to be noted in another place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from jisseki_check.records.canonical import canonical, digest
from jisseki_check.resources import file

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

FORMAT = "jisseki-record/1"
MOST_BYTES = 500_000_000
"""Of a book; the record of a run of 2 000 files takes half a million."""

_MARK = b'"format":"jisseki-record/'  # what no other file has
_SHOWN = 60  # characters of what should have been a record
_MOST_BREAKS = 100


class NotABook(Exception):
    """The file cannot be read as a book of records; the message is for people."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: its place in the book, from 1; its digest; what it says."""

    number: int
    digest: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """What is wrong with the book. `line`: from 1; None where it is of the whole book."""

    line: int | None
    problem: str

    def __str__(self) -> str:
        return self.problem if self.line is None else f"{self.line}行目: {self.problem}"


@dataclass(frozen=True, slots=True)
class Book:
    """The records; or where they are not as they were written: then none of them is to be relied on."""

    content: bytes
    entries: tuple[Entry, ...]
    breaks: tuple[Break, ...] = ()

    @property
    def head(self) -> str | None:
        """The digest of the last record; None where there is none."""
        return self.entries[-1].digest if self.entries else None

    def number_of(self, noted: str | None) -> int | None:
        """The number of the record with that digest."""
        return next((each.number for each in self.entries if each.digest == noted), None)


def read(content: bytes) -> Book:
    """The book that these bytes are. Raises NotABook where nothing in them is a record."""
    if len(content) > MOST_BYTES:
        raise NotABook(f"大きすぎます（上限は{MOST_BYTES:,}バイト）。")
    if not content:
        raise NotABook("中身がありません。記録が失われたのでなければ、消してください。")
    if _MARK not in content:
        raise NotABook("点検の記録ではありません。" + _begins(content))
    *lines, rest = content.split(b"\n")
    if rest:
        lines.append(rest)
    parsed = [_parsed(line) for line in lines]
    breaks = list(islice(_breaks(parsed), _MOST_BREAKS))
    if rest:
        breaks.append(Break(len(lines), "最後の行に改行がありません。途中で切れています。"))
    if breaks:
        return Book(content, (), tuple(breaks))
    entries = (Entry(data["number"], data["digest"], data) for data in parsed if data is not None)
    return Book(content, tuple(entries))


def with_noted(book: Book, noted: str | None) -> Book:
    """The book, held against the digest of one of its records that was noted elsewhere: where there is none
    with it, the book is another one, or lacks its end."""
    if noted is None or book.breaks or book.number_of(noted) is not None:
        return book
    problem = (
        "控えたハッシュ値の記録がありません。最後の方が取り除かれたか、作り直されたか、別のファイルです。"
    )
    return Book(book.content, (), (Break(None, problem),))


def line_of(body: Mapping[str, Any], before: Book | None) -> bytes:
    """The line by which a record is appended to a book, or begins one; with its line feed."""
    data = {
        **body,
        "format": FORMAT,
        "number": len(before.entries) + 1 if before else 1,
        "previous": before.head if before else None,
    }
    return canonical({**data, "digest": digest(data)}) + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    """The object that a line holds; None where it holds none, or is not written as we write."""
    try:
        data = json.loads(line.decode("utf-8"))
        return data if isinstance(data, dict) and canonical(data) == line else None
    except (ValueError, RecursionError):
        return None


def _begins(content: bytes) -> str:
    text = content[: 4 * _SHOWN].decode("utf-8", "replace")[:_SHOWN]
    return f"「{text}」で始まっています。" if text.isprintable() else ""


def _breaks(parsed: Iterable[Mapping[str, Any] | None]) -> Iterator[Break]:
    due = 1
    before: str | None = None
    is_known = True  # what the record before is, and so what the next one must name
    for line, data in enumerate(parsed, start=1):
        problem = _altered(data)
        if data is None or problem is not None:
            yield Break(line, problem or "")
            due, is_known = due + 1, False
            continue
        problem = _moved(data["number"], due)
        if problem is None and is_known and data["previous"] != before:
            problem = "1つ前の記録が、この記録を書いたときのものではありません。別の記録に替えられています。"
        if problem is not None:
            yield Break(line, problem)
        due, before, is_known = data["number"] + 1, data["digest"], True


def _altered(data: Mapping[str, Any] | None) -> str | None:
    """What shows that a record is not as it was written; None where nothing does."""
    if data is None:
        return "記録が書き換えられています（記録の書き方になっていません）。"
    if data.get("format") != FORMAT:
        given = data.get("format")
        if not isinstance(given, str):
            return "jisseki-check の書いた記録ではありません（書式（format）が書かれていません）。"
        return f"記録の書式「{given[:_SHOWN]}」は、この版では読めません。"
    held = {name: value for name, value in data.items() if name != "digest"}
    if digest(held) != data.get("digest"):
        return "記録が書き換えられています（ハッシュ値が中身と合いません）。"
    error = next(_validator().iter_errors(data), None)
    if error is not None:
        place = "/".join(map(str, error.instance_path))[:_SHOWN]
        return f"jisseki-check の書いた記録ではありません（{place or '全体'}の形が違います）。"
    return None


def _moved(number: int, due: int) -> str | None:
    """What is wrong with a record of that number where another one is due."""
    if number > due:
        gone = f"{due}件目" if number == due + 1 else f"{due}件目から{number - 1}件目まで"
        return f"{gone}の記録がありません。取り除かれたか、並べ替えられています。"
    if number < due:
        return f"{number}件目の記録がここにあります。並べ替えられたか、差し込まれています。"
    return None


@lru_cache(maxsize=1)
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # 40 ms

    with open(file("schemas", "record.schema.json"), encoding="utf-8") as stream:
        return Draft202012Validator(json.load(stream))
