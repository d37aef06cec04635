"""What readers of a stored result must know of it, beside what it says."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome

# Names of the JSON, as people call them; what is not named here is missed by nobody.
_PARTS = {
    "fail_on": "不適合とする段階",
    "waivers": "免除の一覧",
    "skipped": "未読のファイル",
    "reports": "項目の記号と金額",
    "coverage_by_file": "ファイルごとの判定範囲",
}


def notes(outcome: Outcome, view: View) -> list[str]:
    """One sentence each, for people; none where the rules at hand are those of the run, and all was kept."""
    return list(_notes(outcome, view))


def _notes(outcome: Outcome, view: View) -> Iterator[str]:
    if view.rules_digest not in (None, outcome.rules_digest):
        yield (
            "この結果は別の版の規則で点検したものです。"
            "指摘と判定はそのときのまま、規則の題名と説明はいま入っている規則のものを示します。"
        )
    lacking = unrecorded(outcome)
    if lacking:
        yield (
            f"この結果には、{'・'.join(lacking)}が書かれていません。"
            f"版 {outcome.version} で書き出したもので、「なかった」という意味ではありません。"
        )


def unrecorded(outcome: Outcome) -> list[str]:
    """What an earlier version did not write into the result, in words for people."""
    return [words for name, words in _PARTS.items() if name in outcome.unrecorded]
