"""The page that GitHub Actions shows of a run: the verdict, and every finding in a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jisseki_check.formatters import summary
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import why_inconclusive
from jisseki_check.formatters.words import formats_of, item_name, level, message, place, waiver
from jisseki_check.model import Finding, Outcome

LIMIT = 1024 * 1024  # bytes that GitHub takes of one step
# Whatever could be markup, a link or somebody's name becomes a reference to the character.
_MARKUP = re.compile(r"[&<>|`*_~\[\]\\#@:!]|(?<=www)\.")
_HEAD = ("| 段階 | コード | 場所 | 項目 | 指摘 | 直し方 |", "|---|---|---|---|---|---|")


def render(outcome: Outcome, limit: int = LIMIT) -> str:
    """Markdown of at most `limit` bytes, which says so where it does not hold everything; "" where not
    even that has room."""
    head = [f"## 点検の結果　{outcome.verdict.label}", "", escaped(summary.line(outcome)), ""]
    reasons = [f"- {escaped(each.text)}" for each in why_inconclusive(outcome)]
    new = [each for each in outcome.findings if each.status == "new"]
    excepted = [each for each in outcome.findings if each.status != "new"]
    page = _Page(limit)
    if not page.add(head):
        return ""
    page.add_list("点検できなかったもの", (), reasons)
    formats = formats_of(outcome)
    page.add_list("指摘", _HEAD, _rows(sorted(new, key=lambda each: -each.severity.rank), formats))
    page.add_list("判定に数えない指摘（免除・既知）", _HEAD, _rows(excepted, formats))
    return page.text


class _Page:
    """Lines that fit; once one does not, the page says how many are missing and takes no more."""

    def __init__(self, limit: int) -> None:
        self._left = limit - len(_cut(10**9).encode())
        self._lines: list[str] = []
        self._is_cut = False

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self._lines)

    def add(self, lines: Sequence[str]) -> bool:
        size = sum(len(line.encode()) + 1 for line in lines)
        if self._is_cut or size > self._left:
            return False
        self._left -= size
        self._lines += lines
        return True

    def add_list(self, title: str, head: Sequence[str], rows: Sequence[str]) -> None:
        if not rows or self._is_cut:
            return
        done = 0
        if self.add([f"### {title}　{len(rows):,}件", "", *head]):
            while done < len(rows) and self.add([rows[done]]):
                done += 1
        if done < len(rows):
            self._is_cut = True
            self._lines += _cut(len(rows) - done).splitlines()
        else:
            self.add([""])


def _cut(missing: int) -> str:
    return (
        f"\n> このページに入る大きさを超えたため、この表の残り{missing:,}件と、この後の表を省きました。"
        "全ての指摘は、点検の記録（ログ）か、-o json=結果.json などで書き出したファイルにあります。\n"
    )


def _rows(findings: Iterable[Finding], formats: Mapping[str, str | None]) -> list[str]:
    return [f"| {' | '.join(_cells(each, formats))} |" for each in findings]


def _cells(finding: Finding, formats: Mapping[str, str | None]) -> Iterator[str]:
    at = finding.location
    where = " ".join(part for part in (clean(at.path or ""), place(at, formats)) if part)
    granted = "" if finding.waiver is None else f"　免除の理由: {waiver(finding.waiver)}"
    yield level(finding)
    yield escaped(finding.rule)
    yield escaped(where)
    yield escaped(item_name(finding.item)) if finding.item is not None else ""
    yield escaped(message(finding) + granted)
    yield escaped(clean(finding.fix))


def escaped(text: str) -> str:
    """Text that stays as it is in Markdown."""
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", text)
