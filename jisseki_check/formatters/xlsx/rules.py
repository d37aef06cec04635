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
    Head("コード", 9), Head("標準の段階", 8), Head("指摘名", 32), Head("この点検", 8),
    Head("指摘", 7, "number"), Head("判定した", 9, "number"), Head("控えた", 8, "number"), Head("理由", 42),
    Head("根拠", 26), Head("直し方", 42, is_printed=False), Head("分類", 16, is_printed=False),
    Head("免除", 7, "number", False), Head("既知", 7, "number", False), Head("対象外", 9, "number", False),
    Head("止まった", 8, "number", False), Head("基準の値（標準）", 20, is_printed=False),
    Head("名前", 30, "code", False),
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
        numbers = {status: statuses[code, status] for status in ("new", "waived", "baselined")}
        told_of: dict[str, Value] = {
            "コード": clean(code),
            "指摘名": clean(names.get(code, "")),
            "この点検": "使用" if held is not None or any(numbers.values()) else "不使用",
            "指摘": numbers["new"],
            "免除": numbers["waived"],
            "既知": numbers["baselined"],
            **_judged(held),
            **(_about(entries[code]) if code in entries else {}),
        }
        yield [told_of.get(head.heading, None if head.sort == "number" else "") for head in _HEADS]


def _about(rule: Entry) -> dict[str, Value]:
    said = {name: " ".join(map(clean, paragraphs)) for name, paragraphs in told(rule, examples=0)}
    return {
        "標準の段階": LEVELS[rule["level"]],
        "分類": clean(FAMILIES.get(rule["id"][:3], "市の規則")),
        "指摘名": clean(rule["title"]),
        **{name: said.get(name, "") for name in ("理由", "根拠", "直し方")},
        "基準の値（標準）": said.get("基準の値", ""),
        "名前": clean(rule["name"]),
    }


def _judged(held: Coverage | None) -> dict[str, Value]:
    if held is None:
        return {}
    return {
        "判定した": held.evaluated,
        "対象外": held.not_applicable,
        "控えた": held.blocked,
        "止まった": held.crashed,
    }
