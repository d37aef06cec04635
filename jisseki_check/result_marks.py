"""By what a file that this tool wrote about reports is told from a report: results of a check above all.

Each mark stands where no report has one; where a format has no place for a mark, its beginning and its end
must both be those of a result. A report that speaks of this tool, or quotes its findings, stays a report.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping

from jisseki_check.model import Location, Unreadable
from jisseki_check.patterns import lazy_compile

HEAD = 4_096
"""Bytes from the beginning, and as many from the end, that `kind_of` needs to see."""

GENERATOR = "jisseki-check"  # <meta name="generator"> of the pages
PROPERTY = "jisseki_check_result"  # the workbook's, among the properties that Office keeps for others
PROOF = "jisseki-check/result/1"
HEADINGS = (
    "扱い", "段階", "コード", "部", "年度", "番号", "項目名", "内容", "直し方", "ファイル", "場所", "理由"
)  # fmt: skip
"""With which the table of the findings begins."""

RESULT = "点検の結果"
_COMPARISON = "結果の比較"
_RULES_DIFF = "規則の比較"
_RECORD = "点検の記録"
_FORMATS: Mapping[str, str] = {
    "jisseki-check": RESULT,
    "jisseki-comparison": _COMPARISON,
    "jisseki-rules-diff": _RULES_DIFF,
    "jisseki-record": _RECORD,
    "jisseki-verification": "記録の確認の結果",
    "jisseki-baseline": "既知の指摘の一覧",
    "jisseki-waivers": "免除の一覧",
    "jisseki-profile": "様式設定",
}

_BOM = b"\xef\xbb\xbf"
_FORMAT = re.compile(rb'\s*\{\s*"format"\s*:\s*"([a-z-]+)/[0-9]+"')
_GENERATED = f'<meta name="generator" content="{GENERATOR}">'.encode()
_PAGE = re.compile(rb"\s*<!doctype html>", re.IGNORECASE)
# What each format for programs begins with, and what must stand near that.
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], bytes, str], ...] = (
    (re.compile(rb'\{"type":"finding","rule":"[A-Z]{3}[0-9]{3}","name":"'), b'"severity":"', RESULT),
    (re.compile(rb'\{"type":"input","path":"'), b'"sha256":', RESULT),
    (re.compile(rb'\{"\$schema":"[^"]*/sarif/'), b'"driver":{"name":"jisseki-check"', RESULT),
    (re.compile(rb'\[\s*\{\s*"description": "[A-Z]{3}[0-9]{3} '), b'"check_name": "', RESULT),
    (re.compile(rb"<\?xml [^>]*>\s*<testsuites "), b'<testsuites name="jisseki-check"', RESULT),
    (re.compile(rb'\{"commits":\['), b'"counts":{"baselined":', _RECORD),
)
_VERDICT = "(?:適合|不適合|判定不能)"
_LEVEL = "(?:誤り|確認|参考)"
# What people read: how it begins, and what must stand at its end.
_TEXTS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = (
    (
        lazy_compile(
            rf"(?:\S[^\n]*: {_LEVEL} [A-Z]{{3}}[0-9]{{3}} |::(?:error|warning|notice) |"
            rf"(?:既知の指摘|判定不能|注意): |判定 {_VERDICT}　)"
        ),
        lazy_compile(
            rf"(?:\A|\n)判定 {_VERDICT}　誤り [0-9,]+・確認 [0-9,]+・参考 [0-9,]+(?:（[^\n]*）)?　[^\n]*\n?\Z"
        ),
        RESULT,
    ),
    (
        lazy_compile(
            rf"(?:\S[^\n]*\n(?:\n(?:  \S[^\n]*\n)?)?(?:    | *){_LEVEL}  [A-Z]{{3}}[0-9]{{3}}  |"
            rf"  件数  段階 +コード|判定　{_VERDICT}　)"
        ),
        lazy_compile(
            r"\n  基準 +様式設定 [^\n]*\n(?:   [^\n]*\n)*  ハッシュ値 +規則 sha256:[0-9a-f]{16,64}"
            r"(?:\n(?:  [^\n]*|点検できなかったもの)?)*\Z"
        ),
        RESULT,
    ),
    (
        lazy_compile(
            rf"## 点検の結果　{_VERDICT}\n(?:[^\n]*\n){{1,20}}?"
            r"基準日 [^\n]*規則のハッシュ値 sha256:[0-9a-f]{16}"
        ),
        lazy_compile(r"(?:\A|\n)(?:[|<*#-]|基準日 )[^\n]*\n+\Z"),
        RESULT,
    ),
    (
        lazy_compile("比べた結果\n  前の結果 "),
        lazy_compile(r"\n比較　[^\n]*\n(?:  [^\n]*\n)*\Z"),
        _COMPARISON,
    ),
)


def kind_of(head: bytes, tail: bytes) -> str | None:
    """What a file is that this tool wrote about reports, in words; None for every other one. `head` and
    `tail`: the first and the last HEAD bytes of a file that is no archive."""
    start = head.removeprefix(_BOM)
    found = _FORMAT.match(start)
    if found:
        return of_format(f"{found[1].decode()}/")
    if _PAGE.match(start):
        return RESULT if _GENERATED in start else None
    for beginning, near, kind in _BEGINNINGS:
        if beginning.match(start) and near in start:
            return kind
    return _kind_of_text(_text(start), _text(tail))


def of_format(name: object) -> str | None:
    """The same by what data say of their own format, also of what staff write for us."""
    return _FORMATS.get(str(name).partition("/")[0])


def no_report(kind: str, at: Location | None = None) -> Unreadable:
    """What to say where such a file is given to be checked."""
    return Unreadable(
        f"報告ではなく、jisseki-check の{kind}です",
        rule="DOC002",
        fix="点検するのは元の報告です。報告のファイルを指定してください。",
        at=at,
    )


def is_marked(properties: bytes) -> bool:
    """Whether a workbook is a result, by its custom properties (docProps/custom.xml)."""
    return f'name="{PROPERTY}"'.encode() in properties and PROOF.encode() in properties


def _kind_of_text(head: str, tail: str) -> str | None:
    first = next(csv.reader([head.partition("\n")[0]]), []) if HEADINGS[0] in head[:9] else []
    if tuple(first[: len(HEADINGS)]) == HEADINGS:
        return RESULT
    found = (kind for begins, ends, kind in _TEXTS if begins.match(head) and ends.search(tail))
    return next(found, None)


def _text(piece: bytes) -> str:
    """A piece of a text, which may begin and end within a character."""
    text = piece.decode("utf-8", "replace")
    if text.count("\ufffd") > 6:
        text = piece.decode("cp932", "replace")
    return text.replace("\r\n", "\n")
