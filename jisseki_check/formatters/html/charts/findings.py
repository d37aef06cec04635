"""Findings by report and rule: how many of each rule, and how grave all of a report's are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.charts.canvas import (
    FAINT,
    INK,
    LABELS,
    LEVELS,
    LINE,
    ROW,
    SMALL,
    WIDTH,
    Canvas,
    Look,
)
from jisseki_check.formatters.html.charts.figure import Figure, Row, Table, by_department, shown
from jisseki_check.formatters.words import LEVELS as LEVEL_NAMES
from jisseki_check.model import Finding

_Counts = tuple[list[int], list[int]]
"""How many findings of each rule, and of each level."""

_MOST_RULES = 9
_CELL = 47
_BARS = 200  # width of the longest bar
_LEGEND = 226  # its width
_TOP = 66
_REST = "ほか"
_DARK = 8  # findings of a rule that make the darkest cell at least
# From pale to dark; the number is written in every cell, so that nobody depends on the shade.
_SHADES = (
    Look("#eef3f8"),
    Look("#cfe0ef"),
    Look("#9fc3e0"),
    Look("#5d97c7", INK),
    Look("#2a6aa3", "#ffffff"),
    Look("#123f6b", "#ffffff"),
)
_BLANK = Look("#f6f8fa")


def figure(held: Sequence[Group], titles: Mapping[str, str]) -> Figure | None:
    """`titles`: of the rules, by code. None where no finding counts."""
    per_rule = Counter(each.rule for group in held for each in _new(group))
    if not per_rule:
        return None
    rules = [code for code, _ in sorted(per_rule.items(), key=lambda each: (-each[1], each[0]))]
    shown_rules = rules if len(rules) <= _MOST_RULES + 1 else rules[:_MOST_RULES]
    has_rest = len(shown_rules) < len(rules)
    departments = by_department(held)
    rows, cut = shown(departments, lambda row: sum(len(_new(each)) for each in row.groups), "部", "指摘")
    cells = [_cells(row, shown_rules, has_rest) for row in rows]
    columns = [*shown_rules, *([_REST] if has_rest else [])]
    left = len(rules) - len(shown_rules)
    rest = f"件数の多い{len(shown_rules)}規則のほかは、「{_REST}」（{left}規則）にまとめています。"
    merged = "部ごとに、全ての年度の計画と実績を合わせて数えています。"
    note = "".join(
        (
            merged if any(len(row.groups) > 1 for row in departments) else "",
            "免除と既知の指摘は数えていません。",
            rest if has_rest else "",
            cut,
        )
    )
    return Figure(
        "findings",
        "部と規則ごとの指摘",
        _drawn(rows, columns, cells),
        note,
        _table(rows, columns, cells),
        key=tuple((code, titles.get(code, "")) for code in shown_rules),
    )


def _new(group: Group) -> list[Finding]:
    return [each for each in group.findings if each.status == "new"]


def _cells(row: Row, shown: Sequence[str], has_rest: bool) -> _Counts:
    found = [each for group in row.groups for each in _new(group)]
    per_rule = Counter(each.rule for each in found)
    per_level = Counter(each.severity.value for each in found)
    counts = [per_rule[code] for code in shown]
    return [*counts, *([len(found) - sum(counts)] if has_rest else [])], [per_level[each] for each in LEVELS]


def _drawn(rows: Sequence[Row], columns: Sequence[str], cells: Sequence[_Counts]) -> Markup:
    bottom = _TOP + ROW * len(rows)
    # What is summed has its numbers only: beside it, all others would be pale.
    single = [at for at, row in enumerate(rows) if not row.is_rest]
    worst = max(single, key=lambda at: sum(cells[at][1]))
    most = sum(cells[worst][1])
    largest = max((count for at in single for count in _of_rules(columns, cells[at][0])), default=0)
    canvas = Canvas(
        "findings",
        "部と規則ごとの指摘の件数",
        f"{len(rows)}行の表のような図です。指摘が最も多いのは{rows[worst].name}の{most:,}件です。"
        "同じ数字を、この下の表で読めます。",
        bottom + 12,
    )
    left = LABELS
    bars = left + _CELL * len(columns) + 18
    span = min(_BARS, WIDTH - bars - 44)
    canvas.legend(
        12, [(LEVEL_NAMES[level], look) for level, look in LEVELS.items()], x=min(bars, WIDTH - _LEGEND)
    )
    canvas.text(left, 12, "規則ごとの件数", size=SMALL, fill=FAINT)
    canvas.text(bars, _TOP - 14, "段階ごとの件数", size=SMALL, fill=FAINT)
    for at, code in enumerate(columns):
        canvas.text(left + _CELL * (at + 0.5), _TOP - 14, code, anchor="middle", size=SMALL, room=_CELL)
    for at, (row, (counts, levels)) in enumerate(zip(rows, cells, strict=True)):
        middle = _TOP + ROW * (at + 0.5)
        canvas.label(left - 10, middle, row.name, room=LABELS - 14)
        for column, count in enumerate(counts):
            is_sum = row.is_rest or columns[column] == _REST
            look = _BLANK if is_sum else _shade(count, largest)
            canvas.box(left + _CELL * column + 1, middle - ROW / 2 + 1, _CELL - 2, ROW - 2, look)
            words, ink = (f"{count:,}", look.ink) if count else ("・", FAINT)
            canvas.text(left + _CELL * (column + 0.5), middle, words, anchor="middle", fill=ink)
        if row.is_rest:
            canvas.text(bars + 6, middle, f"{sum(levels):,}", strong=True)
        else:
            _bar(canvas, bars, middle, levels, span / most)
    canvas.line(bars, _TOP, bars, bottom, LINE)
    return canvas.svg()


def _of_rules(columns: Sequence[str], counts: Sequence[int]) -> list[int]:
    return [count for code, count in zip(columns, counts, strict=True) if code != _REST]


def _bar(canvas: Canvas, x: float, middle: float, levels: Sequence[int], scale: float) -> None:
    for count, (level, look) in zip(levels, LEVELS.items(), strict=True):
        if count:
            width = max(count * scale, 1.5)
            canvas.box(x, middle - 8, width, 16, look, title=f"{LEVEL_NAMES[level]} {count:,}件")
            x += width
    canvas.text(x + 6, middle, f"{sum(levels):,}", strong=bool(sum(levels)))


def _shade(count: int, largest: int) -> Look:
    """By its share of the largest, so that one is still seen beside a thousand; one alone is never dark."""
    if not count:
        return _BLANK
    step = (count / max(largest, _DARK)) ** 0.5
    return _SHADES[min(int(step * len(_SHADES)), len(_SHADES) - 1)]


def _table(
    rows: Sequence[Row],
    columns: Sequence[str],
    cells: Sequence[_Counts],
) -> Table:
    return Table(
        "部と規則ごとの指摘の件数",
        ("部", *columns, *LEVEL_NAMES.values(), "計"),
        tuple(
            (row.name, *(f"{count:,}" for count in (*counts, *levels, sum(levels))))
            for row, (counts, levels) in zip(rows, cells, strict=True)
        ),
    )
