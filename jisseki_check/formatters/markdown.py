"""`markdown`: a comment on a merge request. What fails the run stands open, the rest is folded away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jisseki_check.formatters import summary
from jisseki_check.formatters.markdown_page import HEAD, Page, escaped, row
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.tally import counts_as_failing
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import why_inconclusive
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import LEVELS, formats_of
from jisseki_check.model import Finding, Outcome

LIMIT = 65_000  # UTF-16 units; GitHub takes 65,536 of a comment, GitLab a million
_REASONS = 20  # that are listed; the number of the others is told
_DIGEST = len("sha256:") + 16


@dataclass(frozen=True, slots=True)
class _Part:
    """Findings of one kind. `is_open`: they are shown without a click."""

    title: str
    findings: list[Finding]
    is_open: bool = False


def render(outcome: Outcome, view: View) -> str:
    """Markdown of at most LIMIT UTF-16 units, which says how many findings it leaves out."""
    comment = _Comment(len(outcome.findings))
    # Which known findings are gone is told by other formats; here it is enough that there are some.
    comment.begin(outcome, [*notes(outcome, view), *summary.gone(outcome, view)[:1]])
    formats = formats_of(outcome)
    for part in _parts(outcome):
        comment.add(part, list(_entries(part.findings, formats)))
    return comment.page.text


class _Comment:
    """`left`: how many findings are still to come after the part that is being written."""

    def __init__(self, findings: int) -> None:
        self.left = findings
        self.page = Page(LIMIT, lambda text: len(text.encode("utf-16-le")) // 2, self._cut)

    def begin(self, outcome: Outcome, told: Sequence[str]) -> None:
        verdict = [f"## 点検の結果　{outcome.verdict.label}", ""]
        said = [escaped(summary.numbers(outcome)), "", escaped(_terms(outcome)), ""]
        # What comes from outside may be of any length; the verdict always stands there.
        if not self.page.add([*verdict, *said]):
            self.page.add(verdict)
        self.page.add([line for note in told for line in (f"> {escaped(note)}", "")])
        self.page.add(_reasons(outcome))

    def add(self, part: _Part, entries: Sequence[str]) -> None:
        self.left -= len(entries)
        title = f"{part.title}　{len(entries):,}件"
        if part.is_open:
            self.page.add_list([f"### {title}", ""], entries)
        else:
            self.page.add_list(
                ["<details>", f"<summary>{title}</summary>", ""], entries, ["", "</details>", ""]
            )

    def _cut(self, missing: int) -> str:
        return (
            f"\n> 一つのコメントに入る大きさを超えるため、指摘{missing + self.left:,}件を省きました。"
            "全ての指摘は -o csv=指摘.csv や -o xlsx=結果.xlsx で書き出したファイルにあります。\n"
        )


def _terms(outcome: Outcome) -> str:
    """By what was judged."""
    digest = outcome.rules_digest[:_DIGEST]
    return f"基準日 {outcome.as_of}　様式設定 {clean(outcome.profile)}　規則のハッシュ値 {clean(digest)}"


def _reasons(outcome: Outcome) -> list[str]:
    reasons = why_inconclusive(outcome)
    if not reasons:
        return []
    rest = len(reasons) - _REASONS
    more = [f"- ほか{rest:,}件"] if rest > 0 else []
    listed = [f"- {escaped(each.text)}" for each in reasons[:_REASONS]]
    return [f"### 点検できなかったもの　{len(reasons):,}件", "", *listed, *more, ""]


def _parts(outcome: Outcome) -> Iterator[_Part]:
    new = [each for each in outcome.findings if each.status == "new"]
    failing = [each for each in new if counts_as_failing(each, outcome.fail_on)]
    others = [each for each in new if not counts_as_failing(each, outcome.fail_on)]
    yield _Part("不適合とする指摘", failing, is_open=True)
    for level, name in LEVELS.items():
        yield _Part(f"{name}の指摘", [each for each in others if each.severity.value == level])
    excepted = [each for each in outcome.findings if each.status != "new"]
    yield _Part("判定に数えない指摘（免除・既知）", excepted)


def _entries(findings: list[Finding], formats: Mapping[str, str | None]) -> Iterator[str]:
    """The rows of a part, a table for each file, the gravest first; what stands above a table belongs to its
    first row."""
    is_first = True
    for path, held in groupby(findings, key=lambda each: each.location.path or ""):
        rows = [
            row(each, formats, with_path=False) for each in sorted(held, key=lambda each: -each.severity.rank)
        ]
        name = f"**{escaped(clean(path))}**" if path.strip() else "**ファイルによらないもの**"
        above = [*([] if is_first else [""]), f"{name}　{len(rows):,}件", "", *HEAD]
        yield "\n".join([*above, rows[0]])
        yield from rows[1:]
        is_first = False
