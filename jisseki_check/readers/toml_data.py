"""TOML → the same tree as JSON, and the place of each table of a list and of each of its keys.

It is no format of reports: files of our own are written in it. Python's reader says nothing of lines, so the
file is cut where a table of a list begins, and each piece is read by itself.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Source, Unreadable
from jisseki_check.readers.decoding import decode
from jisseki_check.readers.pointers import Span, SpanPointers, place_in

_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*(?P<name>[A-Za-z0-9_-]+)[ \t]*\]\]", re.MULTILINE)
_KEY = re.compile(r"^[ \t]*[A-Za-z0-9_\"'][^\n=#]*=", re.MULTILINE)
_NO_DAY = re.compile(
    r"^(?P<name>[ \t]*[A-Za-z0-9_-]+[ \t]*=[ \t]*)(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?=[ \t]*(?:#|$))",
    re.MULTILINE,
)
_AT = re.compile(r" \(at line (?P<line>[0-9]+), column (?P<column>[0-9]+)\)")
# What the parser says, and what that means to a person; the first that fits.
_SYNTAX = {
    "Cannot overwrite a value": "同じ名前が2回書かれています",
    "Duplicate inline table key": "同じ名前が2回書かれています",
    "Cannot declare": "同じ見出し（［ ］）が2回書かれているか、見出しの中に見出しがあります",
    "Invalid date": "暦にない日付です",
    "Expected '='": "名前の後に「=」がありません",
    "Unclosed": "「[」か「{」が閉じられていません",
    "Unterminated string": '引用符（"）が閉じられていません',
    "Illegal character '\\n'": '引用符（"）が閉じられていません',
    "Invalid statement": "行の始めの書き方に誤りがあります（名前 = 値 のように書きます）",
    "Invalid value": '値の書き方に誤りがあります（文字は「"」で囲みます）',
    "Unescaped": "「\\」の使い方に誤りがあります（\\ そのものは \\\\ と書きます）",
    "Expected newline": "値の後に余分な文字があります",
}


def read_toml(data: bytes, name: str, limits: Limits) -> Source:
    """The data of a file; dates are texts as 2026-05-31. Raises Unreadable."""
    if len(data) > limits.max_bytes:
        raise Unreadable(
            f"ファイルが大きすぎます（上限は{limits.max_bytes:,}バイト）", at=Location(path=name, line=1)
        )
    if not data.strip():
        raise Unreadable("ファイルが空です", at=Location(path=name, line=1))
    text = _NO_DAY.sub(_quoted, decode(data, name).replace("\r\n", "\n"))
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise syntax_error(error, text, name) from None
    except RecursionError:
        raise Unreadable("入れ子が深すぎます", at=Location(path=name, line=1)) from None
    return Source(
        path=name,
        format="toml",
        sha256=sha256(data).hexdigest(),
        data=_plain(tree),
        pointers=SpanPointers(text, _spans(text, tree)),
    )


def _quoted(match: re.Match[str]) -> str:
    """A day that no calendar has as text: the file is TOML all the same, and what is said of it is more."""
    try:
        dt.date.fromisoformat(match["day"])
    except ValueError:
        return f'{match["name"]}"{match["day"]}"'
    return match[0]


def _plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, (dt.date, dt.time, dt.datetime)) else value


def _spans(text: str, tree: Mapping[str, Any]) -> Span:
    root = Span(0, len(text))
    pieces = list(_pieces(text))
    for start, end, name in pieces:
        holder = root
        if name is not None:
            entries = root.children.setdefault(name, Span(start, end, key=start))
            holder = entries.children.setdefault(str(len(entries.children)), Span(start, end))
            entries.end = end
        for key, at, stop in _keys(text, start, end):
            holder.children.setdefault(key, Span(at, stop, key=at))
    counts = {name: len(span.children) for name, span in root.children.items() if span.children}
    if any(len(tree.get(name) or ()) != count for name, count in counts.items()):
        return Span(0, len(text))  # written in a way that was not foreseen: no line rather than a wrong one
    return root


def _pieces(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Where each table of a list begins and ends, and the list's name; None for what stands before."""
    heads = list(_HEAD.finditer(text))
    ends = [head.start() for head in heads] + [len(text)]
    start, name = 0, None
    for number, end in enumerate(ends):
        # What looks like a head within a text leaves the piece before it unfinished.
        if end < len(text) and not _is_whole(text[start:end]):
            continue
        yield start, end, name
        start, name = end, heads[number]["name"] if number < len(heads) else None


def _keys(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The keys of a piece that stand at the beginning of a line, each with the end of its value."""
    found: list[tuple[str, int]] = []
    for match in _KEY.finditer(text, start, end):
        at = match.start() + len(match[0]) - len(match[0].lstrip())
        if not found or _is_whole(text[start:at]):
            found.append((match[0].partition("=")[0].strip().strip("\"'"), at))
    stops = [at for _, at in found[1:]] + [end]
    for (key, at), stop in zip(found, stops, strict=False):
        yield key, at, at + len(text[at:stop].rstrip())


def _is_whole(piece: str) -> bool:
    try:
        tomllib.loads(piece)
    except tomllib.TOMLDecodeError:
        return False
    return True


def syntax_error(error: tomllib.TOMLDecodeError, text: str, name: str) -> Unreadable:
    """What the parser says, in words for people, and where."""
    said = str(error)
    meaning = next((japanese for english, japanese in _SYNTAX.items() if english in said), None)
    at = _AT.search(said)
    place = place_in(text, len(text.rstrip()), name)
    if at is not None:
        place = Location(path=name, line=int(at["line"]), column=int(at["column"]))
    return Unreadable(
        f"TOML として読めません。{meaning or '書き方に誤りがあります'}",
        fix="この場所の前後の引用符・括弧・「=」を確かめてください。",
        at=place,
    )
