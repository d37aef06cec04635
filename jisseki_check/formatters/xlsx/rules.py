"""`規則一覧`: all rules, what each asks for and why, and how often each fired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jisseki_check.catalogue import FAMILIES, LEVELS, Entry
from jisseki_check.formatters.rule_page import told
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.values import Value
from jisseki_check.formatters.view import View
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.formatters.xlsx.grid import LEVEL_SIGNS, Grid, Head, add_grid
from jisseki_check.model import Coverage, Outcome

_HEADS = (
    Head("コード", 9), Head("標準の段階", 10), Head("分類", 16), Head("指摘名", 34), Head("この点検", 9),
    Head("指摘", 8, "number"), Head("免除", 7, "number"), Head("既知", 7, "number"),
    Head("判定した", 9, "number"), Head("対象外", 9, "number"), Head("控えた", 8, "number"),
    Head("止まった", 8, "number"), Head("理由", 46), Head("根拠", 30), Head("直し方", 42),
    Head("基準の値（標準）", 20, is_printed=False), Head("名前", 30, "code", False),
)  # fmt: skip


def add(book: Book, outcome: Outcome, view: View, said: str) -> None:
    rows = list(_rows(outcome, view))
    add_grid(
        book,
        Grid("規則一覧", _HEADS, rows, len(rows), signs={"標準の段階": LEVEL_SIGNS}, frozen=1, said=said),
    )


def _rows(outcome: Outcome, view: View) -> Iterator[list[Value]]:
    entries = {rule["id"]: rule for rule in view.rules}
    coverage = {each.rule: each for each in outcome.coverage}
    statuses = Counter((each.rule, each.status) for each in outcome.findings)
    names = {each.rule: each.name for each in outcome.findings}
    for code in sorted({*entries, *coverage, *names}):
        held = coverage.get(code)
        numbers = [statuses[code, status] for status in ("new", "waived", "baselined")]
        about = _about(entries[code]) if code in entries else ["", "", clean(names.get(code, "")), *[""] * 5]
        yield [
            clean(code),
            *about[:3],
            "使用" if held is not None or any(numbers) else "不使用",
            *numbers,
            *_judged(held),
            *about[3:],
        ]


def _about(rule: Entry) -> list[str]:
    said = {name: " ".join(map(clean, paragraphs)) for name, paragraphs in told(rule, examples=0)}
    return [
        LEVELS[rule["level"]],
        clean(FAMILIES.get(rule["id"][:3], "市の規則")),
        clean(rule["title"]),
        *(said.get(name, "") for name in ("理由", "根拠", "直し方", "基準の値")),
        clean(rule["name"]),
    ]


def _judged(held: Coverage | None) -> list[Value]:
    if held is None:
        return [None] * 4
    return [held.evaluated, held.not_applicable, held.blocked, held.crashed]
