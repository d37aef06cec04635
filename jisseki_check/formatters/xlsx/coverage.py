"""`判定範囲`: how much each rule judged, and how much not and why; of all files, and of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Value, share_of
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import LEVELS
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.formatters.xlsx.grid import LEVEL_SIGNS, Grid, Head, add_grid
from jisseki_check.model import Coverage, Outcome

_NUMBERS = (
    Head("判定した", 10, "number"), Head("対象外", 10, "number"), Head("控えた", 9, "number"),
    Head("止まった", 9, "number"), Head("判定できた割合", 16, "percent"), Head("判定しなかった理由", 56),
)  # fmt: skip
_RULE = (Head("コード", 9), Head("段階", 6), Head("指摘名", 46))


def add(book: Book, outcome: Outcome, view: View, said: str) -> None:
    rules = _rules(view)
    rows = [[*_named(each, rules), *_numbers(each)] for each in outcome.coverage]
    signs = {"段階": LEVEL_SIGNS}
    add_grid(book, Grid("判定範囲", (*_RULE, *_NUMBERS), rows, len(rows), signs, frozen=1, said=said))
    if outcome.coverage_by_file:
        by_file = list(_by_file(outcome, rules))
        heads = (Head("ファイル", 30), *_RULE, *_NUMBERS)
        add_grid(
            book, Grid("判定範囲（ファイル別）", heads, by_file, len(by_file), signs, frozen=2, said=said)
        )


def _by_file(outcome: Outcome, rules: Mapping[str, tuple[str, str]]) -> Iterator[list[Value]]:
    """Of each file the rules that judged all they had to judge there, in one row, and each of the others: so
    that what was left out is seen at once, and the numbers of a file add up."""
    for path, held in outcome.coverage_by_file.items():
        left = [each for each in held if each.blocked or each.crashed]
        whole = [each for each in held if not each.blocked and not each.crashed]
        judging = sum(1 for each in whole if each.evaluated)
        summed = Coverage(
            "",
            evaluated=sum(each.evaluated for each in whole),
            not_applicable=sum(each.not_applicable for each in whole),
        )
        yield [clean(path), "", "", f"全て判定できた規則　{judging:,}件", *_numbers(summed)]
        for each in left:
            yield [clean(path), *_named(each, rules), *_numbers(each)]


def _rules(view: View) -> Mapping[str, tuple[str, str]]:
    return {rule["id"]: (LEVELS[rule["level"]], clean(rule["title"])) for rule in view.rules}


def _named(coverage: Coverage, rules: Mapping[str, tuple[str, str]]) -> tuple[str, str, str]:
    return (clean(coverage.rule), *rules.get(coverage.rule, ("", "")))


def _numbers(each: Coverage) -> list[Value]:
    return [
        each.evaluated,
        each.not_applicable,
        each.blocked,
        each.crashed,
        share_of(each.evaluated, each.evaluated + each.blocked + each.crashed),
        clean(each.explanation or ""),
    ]
