"""Which reports must be there: a text file that names one department a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import Unreadable
from jisseki_check.notation.fiscal import find_fiscal_years, label
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.os_errors import in_words
from jisseki_check.patterns import lazy_compile
from jisseki_check.readers.decoding import decode
from jisseki_check.readers.sniffing import not_text, spaced

_SAVE_AS_TEXT = (
    "1行に部名を一つずつ書いたテキスト（.txt）か CSV（.csv）を指定してください。Word や Excel の一覧は、"
    "「名前を付けて保存」で書式なしのテキストか CSV として保存すると使えます。"
)
_LINE_END = lazy_compile(r"\r\n|\r|\n")
_PARTS = lazy_compile(r"[,\t，、]")
_COMMENT = lazy_compile(r"(?:^|[\s\u3000])[#＃].*$")
_HEADS = lazy_compile(r"(?:部|部名|部の名|部署|部署名|部局|部局名|課|課名|所属|担当部|担当部署)$")
_KINDS = {
    "実績": "results",
    "実績報告": "results",
    "取り組み実績": "results",
    "取組実績": "results",
    "results": "results",
    "計画": "plan",
    "運営方針": "plan",
    "plan": "plan",
}
_GREGORIAN = lazy_compile(r"(?:19|20)[0-9]{2}(?:年度?)?")
_LETTERED = lazy_compile(r"[MTSHR](?:元|[0-9]{1,2})(?:年度?)?", re.IGNORECASE)
KIND_NAMES = {"results": "実績", "plan": "計画"}


class ExpectedError(Exception):
    """A file of expected reports that cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """A report that must be there. `department` as it is written; `fiscal_year`: None for any."""

    line: int
    department: str
    fiscal_year: int | None
    kind: str

    @property
    def words(self) -> str:
        """What it is called: 総務部の平成29年度の実績."""
        year = f"{label(self.fiscal_year)}の" if self.fiscal_year is not None else ""
        return f"{self.department}の{year}{KIND_NAMES[self.kind]}"


@dataclass(frozen=True, slots=True)
class Expected:
    """The reports that must be there, and the file that says so."""

    path: str
    reports: tuple[ExpectedReport, ...]


def read(path: Path, name: str) -> Expected:
    """The expected reports of a file; `name`: how the outcome calls it. Raises ExpectedError."""
    try:
        content = path.read_bytes()
        noun = not_text(content, DEFAULT_LIMITS)
        if noun is not None:
            raise ExpectedError(
                f"提出されるはずの報告の一覧「{name}」は{spaced(noun)}なので、読めません。{_SAVE_AS_TEXT}"
            )
        text = decode(content, name)
    except FileNotFoundError:
        raise ExpectedError(
            f"提出されるはずの報告の一覧「{name}」が見つかりません。場所と名前を確かめてください。"
        ) from None
    except OSError as error:
        raise ExpectedError(
            f"提出されるはずの報告の一覧「{name}」を読めません（{in_words(error)}）。"
        ) from None
    except Unreadable as error:
        raise ExpectedError(f"提出されるはずの報告の一覧「{name}」を読めません。{error.message}。") from None
    return parse(text, name)


def parse(text: str, name: str) -> Expected:
    """The same of a text. Raises ExpectedError."""
    found: dict[tuple[str, int | None, str], ExpectedReport] = {}
    for report in _reports(text, name):
        key = squeeze(fold(report.department)), report.fiscal_year, report.kind
        if key in found:
            raise _error(name, report.line, f"{found[key].line}行目と同じ報告です。一方を消してください。")
        found[key] = report
    if not found:
        raise ExpectedError(
            f"提出されるはずの報告の一覧「{name}」に、部名が一つもありません。1行に一つずつ書いてください。"
        )
    return Expected(name, tuple(found.values()))


def _reports(text: str, name: str) -> Iterator[ExpectedReport]:
    is_first = True
    for number, line in enumerate(_LINE_END.split(text), start=1):
        parts = [part.strip().strip('"').strip() for part in _PARTS.split(_COMMENT.sub("", line))]
        while parts and not parts[-1]:
            parts.pop()
        if not parts:
            continue
        if not (is_first and _HEADS.match(parts[0])):
            yield _report(parts, number, name)
        is_first = False


def _report(parts: list[str], line: int, name: str) -> ExpectedReport:
    department, *rest = parts
    if not department:
        raise _error(name, line, "部名がありません。行の初めに書いてください。")
    year: int | None = None
    kind: str | None = None
    for part in filter(None, rest):
        plain = squeeze(fold(part))
        if kind is None and plain.lower() in _KINDS:
            kind = _KINDS[plain.lower()]
            continue
        found = _year(plain)
        if year is not None or found is None:
            raise _error(
                name,
                line,
                f"「{part}」を読めません。部名の後には、年度（平成29年度、2017 など）と"
                "種類（実績か計画）だけを書いてください。",
            )
        year = found
    return ExpectedReport(line, department, year, kind or "results")


def _year(text: str) -> int | None:
    """The fiscal year that a cell holds: 平成29年度, 令和元, H29, 2017."""
    if _GREGORIAN.fullmatch(text):
        return int(text[:4])
    whole = text if text.endswith("年度") else f"{text.removesuffix('年')}年度"
    written = whole[0].upper() + whole[1:] if _LETTERED.fullmatch(text) else whole
    found = find_fiscal_years(written)
    is_plain = len(found) == 1 and found[0].span == (0, len(written)) and found[0].within_era
    return found[0].year if is_plain else None


def _error(name: str, line: int, what: str) -> ExpectedError:
    return ExpectedError(f"提出されるはずの報告の一覧「{name}」の{line:,}行目：{what}")
