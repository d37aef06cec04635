"""Comments of ours beside the data, as `# jisseki-check: 免除 FIN105 理由：入札の差金による`.

They are no part of the report: the readers take them out. What they say is read elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from jisseki_check.model import Directive, Location, Unreadable
from jisseki_check.notation.width import fold
from jisseki_check.readers.decoding import BLANKS
from jisseki_check.readers.pointers import Span, place_in

_MOST = 1_000  # comments of a file
_SIGNS = "#＃"
_MARK = re.compile(r"#[ \t]*jisseki[-－‐−ー]check[ \t]*:", re.IGNORECASE)  # of a folded line
_LINE_END = re.compile(r"[\r\n]|$")
_NO_VALUE = "-? \t"  # what stands before the first value of a line in YAML
_Node = tuple[int, int, str, Span]
"""Where something of a YAML document begins (its key, if it has one), how deep it is, and its pointer."""


def may_hold(text: str) -> bool:
    """Whether it is worth a look."""
    return any(sign in text for sign in _SIGNS)


def _refuse_too_many(count: int, line: int | None) -> None:
    if count > _MOST:
        raise Unreadable(
            f"免除の注記が多すぎます（上限は{_MOST:,}か所）",
            fix="免除のファイル（--waivers）に移すか、部ごとのファイルに分けてください。",
            at=Location(line=line),
        )


# --- text ---------------------------------------------------------------------------------------


def in_text(lines: Sequence[str]) -> tuple[Mapping[int, str], tuple[Directive, ...]]:
    """The lines with a comment of ours (from 1), each without it, and the comments. Raises Unreadable where
    there are too many."""
    kept: dict[int, str] = {}
    found: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines, 1):
        mark = _MARK.search(fold(line)) if may_hold(line) else None
        if mark is not None:
            kept[number] = line[: mark.start()].rstrip(" \u3000")
            found.append((number, mark.start() + 1, line[mark.end() :].strip(BLANKS)))
            _refuse_too_many(len(found), number)
    return kept, tuple(
        Directive(text, Location(line=number, column=column), line=_line_meant(lines, kept, number))
        for number, column, text in found
    )


def _line_meant(lines: Sequence[str], kept: Mapping[int, str], number: int) -> int | None:
    """The line of a comment if more than it stands there, else the next line with text."""
    for at in range(number, len(lines) + 1):
        if kept.get(at, lines[at - 1]).strip(BLANKS):
            return at
    return None


# --- YAML ---------------------------------------------------------------------------------------


def in_yaml(text: str, root: Span) -> Iterator[Directive]:
    """The comments of a YAML document. Raises Unreadable where there are too many."""
    marks = [mark.span() for mark in _MARK.finditer(fold(text)) if _begins_comment(text, mark.start())]
    if len(marks) > _MOST:
        _refuse_too_many(len(marks), place_in(text, marks[_MOST][0]).line)
    nodes = list(_nodes(root, "", 0)) if marks else []
    for start, end in marks:
        stop = _LINE_END.search(text, end)
        assert stop is not None
        is_content = _is_content(text, start, nodes)
        yield Directive(
            text[end : stop.start()].strip(BLANKS),
            place_in(text, start),
            pointer=None if is_content else _pointer_meant(text, start, nodes),
            is_content=is_content,
        )


def _begins_comment(text: str, offset: int) -> bool:
    """Whether YAML may take a sign for the beginning of a comment."""
    return text[offset] == "#" and not text[max(0, offset - 1) : offset].strip(" \t\r\n\ufeff")


def _nodes(span: Span, pointer: str, depth: int) -> Iterator[_Node]:
    """All that a document holds, in order."""
    yield span.start if span.key is None else span.key, depth, pointer, span
    for name, child in span.children.items():
        token = name.replace("~", "~0").replace("/", "~1")
        yield from _nodes(child, f"{pointer}/{token}", depth + 1)


def _is_content(text: str, offset: int, nodes: Sequence[_Node]) -> bool:
    """Whether an offset is of a string's own characters; a comment may follow the | that begins a block."""
    at = bisect_left(nodes, offset, key=_start) - 1
    span = nodes[at][3]
    if at < 0 or span.children or not span.start <= offset < span.end:
        return False
    return text[span.start] not in "|>" or "\n" in text[span.start : offset].replace("\r", "\n")


def _pointer_meant(text: str, offset: int, nodes: Sequence[_Node]) -> str | None:
    """What the line of a comment holds or begins with, if anything, else what begins next."""
    line = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    if not text[line:offset].strip(_NO_VALUE):
        after = bisect_left(nodes, offset, key=_start)
        return nodes[after][2] if after < len(nodes) else None
    here = [node for node in nodes if line <= node[0] < offset and node[1]]
    if here:
        return here[0][2]
    before = bisect_left(nodes, line, key=_start)  # a text that began on an earlier line ends here
    return nodes[before - 1][2] if before else None


def _start(node: _Node) -> int:
    return node[0]
