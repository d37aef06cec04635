"""The page that GitHub Actions shows of a run: the verdict, and every finding in a table."""

from __future__ import annotations

from jisseki_check.formatters import summary
from jisseki_check.formatters.markdown_page import HEAD, Page, escaped, row
from jisseki_check.formatters.unjudged import why_inconclusive
from jisseki_check.formatters.words import formats_of, known_name
from jisseki_check.model import Outcome

LIMIT = 1024 * 1024  # bytes that GitHub takes of one step


def render(outcome: Outcome, limit: int = LIMIT) -> str:
    """Markdown of at most `limit` bytes, which says so where it does not hold everything; "" where not
    even that has room."""
    page = Page(limit, lambda text: len(text.encode()), _cut)
    if not page.add([f"## 点検の結果　{outcome.verdict.label}", "", escaped(summary.numbers(outcome)), ""]):
        return ""
    _add(page, "点検できなかったもの", (), [f"- {escaped(each.text)}" for each in why_inconclusive(outcome)])
    formats = formats_of(outcome)
    new = sorted(
        (each for each in outcome.findings if each.status == "new"), key=lambda each: -each.severity.rank
    )
    excepted = [each for each in outcome.findings if each.status != "new"]
    _add(page, "指摘", HEAD, [row(each, formats) for each in new])
    _add(page, "判定に数えない指摘（免除・既知）", HEAD, [row(each, formats) for each in excepted])
    gone = outcome.baseline.unmatched if outcome.baseline is not None else ()
    _add(page, "既知の指摘の一覧から除けるもの", (), [f"- {escaped(known_name(each))}" for each in gone])
    return page.text


def _add(page: Page, title: str, head: tuple[str, ...], rows: list[str]) -> None:
    page.add_list([f"### {title}　{len(rows):,}件", "", *head], rows)


def _cut(missing: int) -> str:
    return (
        f"\n> このページに入る大きさを超えたため、この表の残り{missing:,}件と、この後の表を省きました。"
        "全ての指摘は、点検の記録（ログ）か、-o json=結果.json などで書き出したファイルにあります。\n"
    )
