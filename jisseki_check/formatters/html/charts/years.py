"""This year against the year before: marks as two bars, 執行率 as two signs on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from jisseki_check.formatters.html.charts import marks
from jisseki_check.formatters.html.charts.canvas import FAINT, INK, LINE, SMALL, WIDTH, Canvas
from jisseki_check.formatters.html.charts.figure import Figure, Table
from jisseki_check.formatters.html.figures import in_order, mark_order, marks_of, parted, rates
from jisseki_check.formatters.html.years import Pair, Years
from jisseki_check.formatters.words import year_name
from jisseki_check.notation.percent import in_tenths, percent, tenths

_TOP = 64
_LINE = 43  # height of a department
_MOST_LINES = 24  # that fit on a page
_NAMES = 176  # width kept for the names of the departments
_YEAR = 84  # and of the years
_BARS = _NAMES + _YEAR
_BAR = 264
_RATES = _BARS + _BAR + 40
_SPAN = WIDTH - _RATES - 96
_MOST = 1.2  # of the budget


@dataclass(frozen=True, slots=True)
class _Line:
    pair: Pair
    now: list[int]
    earlier: list[int]
    rate: float | None
    earlier_rate: float | None


def figure(held: Years) -> Figure | None:
    """None where no department has a report of an earlier year."""
    if not held.pairs:
        return None
    order = mark_order(
        marks_of(items) for pair in held.pairs for items in (pair.now.items, pair.earlier.items)
    )
    lines = [_line(pair, order) for pair in held.pairs]
    faulty = sum(
        len(parted(year.items, year.faulty)[1]) for pair in held.pairs for year in (pair.now, pair.earlier)
    )
    most = set(sorted(range(len(lines)), key=lambda at: (-abs(_change(lines[at])), at))[:_MOST_LINES])
    shown = [line for at, line in enumerate(lines) if at in most]
    note = (
        "帯は達成状況の割合、右の印は執行率（決算の計÷予算の計）です。"
        "右の印は、□が前の年度、●が新しい年度で、括弧の中は前の年度との差（ポイント）です。"
        + (f"執行率には、「誤り」の指摘がある{faulty:,}項目の金額を入れていません。" if faulty else "")
        + (
            f"図は執行率の変化が大きい{len(shown):,}部で、全ての部は表にあります。"
            if len(shown) < len(lines)
            else ""
        )
        + (f"前の年度の報告がない部は比べていません（{'、'.join(held.alone)}）。" if held.alone else "")
    )
    return Figure("years", "前の年度との比較", _drawn(shown, order), note, _table(lines, order))


def _line(pair: Pair, order: Sequence[str]) -> _Line:
    return _Line(
        pair,
        in_order(marks_of(pair.now.items), order),
        in_order(marks_of(pair.earlier.items), order),
        rates(parted(pair.now.items, pair.now.faulty)[0], ()).whole,
        rates(parted(pair.earlier.items, pair.earlier.faulty)[0], ()).whole,
    )


def _drawn(lines: Sequence[_Line], order: Sequence[str]) -> Markup:
    bottom = _TOP + _LINE * len(lines)
    up = sum(_change(line) > 0 for line in lines)
    down = sum(_change(line) < 0 for line in lines)
    canvas = Canvas(
        "years",
        "前の年度との比較",
        f"部ごとに、前の年度と新しい年度の達成状況と執行率を並べた図です。{len(lines)}部のうち、執行率は{up}部で上がり、"
        f"{down}部で下がりました。同じ数字を、この下の表で読めます。",
        bottom + 26,
    )
    canvas.legend(14, marks.legend(order), x=_BARS)
    canvas.text(_BARS, _TOP - 14, "達成状況の割合", size=SMALL, fill=FAINT)
    canvas.text(_RATES, _TOP - 14, "執行率", size=SMALL, fill=FAINT)
    for at in (0, 5, 10):
        x = _x(at / 10)
        canvas.line(x, _TOP, x, bottom, INK if at == 10 else LINE)
        canvas.text(x, bottom + 14, percent(at / 10), anchor="middle", size=SMALL, fill=FAINT)
    for at, line in enumerate(lines):
        _department(canvas, line, _TOP + _LINE * at, order)
    return canvas.svg()


def _department(canvas: Canvas, line: _Line, top: float, order: Sequence[str]) -> None:
    canvas.line(0, top, WIDTH, top, LINE)
    canvas.label(_NAMES - 10, top + _LINE / 2, line.pair.name, room=_NAMES - 14)
    for year, numbers, y in (
        (line.pair.earlier.number, line.earlier, top + 4),
        (line.pair.now.number, line.now, top + 23),
    ):
        canvas.text(_BARS - 10, y + 8, year_name(year), anchor="end", size=SMALL, fill=FAINT, room=_YEAR)
        if sum(numbers):
            marks.bar(canvas, (_BARS, y, _BAR, 16), order, numbers)
    _rates(canvas, line, top + _LINE / 2)


def _x(value: float) -> float:
    return _RATES + min(value, _MOST) / _MOST * _SPAN


def _rates(canvas: Canvas, line: _Line, y: float) -> None:
    if line.rate is not None and line.earlier_rate is not None:
        canvas.line(_x(line.earlier_rate), y, _x(line.rate), y, FAINT)
    if line.earlier_rate is not None:
        x = _x(line.earlier_rate)
        canvas.shape(
            f"M{x - 4:.1f},{y - 4:.1f}h8v8h-8z",
            fill="#ffffff",
            stroke=INK,
            title=f"{year_name(line.pair.earlier.number)} {percent(line.earlier_rate)}",
        )
    if line.rate is not None:
        x = _x(line.rate)
        canvas.shape(
            f"M{x - 5:.1f},{y:.1f}a5,5 0 1,0 10,0a5,5 0 1,0 -10,0",
            fill="#12508a",
            title=f"{year_name(line.pair.now.number)} {percent(line.rate)}",
        )
        canvas.text(WIDTH - 2, y, f"{percent(line.rate)}{_told_change(line)}", anchor="end", size=SMALL)


def _told_change(line: _Line) -> str:
    """`（+1.4）`, in points of a per cent."""
    if line.rate is None or line.earlier_rate is None:
        return ""
    change = _change(line)
    return f"（{'+' if change > 0 else '' if change else '±'}{in_tenths(change)}）"


def _change(line: _Line) -> int:
    """In tenths of a point, between the rates as they are shown, so that the three figures add up."""
    if line.rate is None or line.earlier_rate is None:
        return 0
    return tenths(line.rate) - tenths(line.earlier_rate)


def _table(lines: Sequence[_Line], order: Sequence[str]) -> Table:
    def told(value: float | None) -> str:
        return "" if value is None else percent(value)

    rows = []
    for line in lines:
        pair = line.pair
        for year, numbers, rate in (
            (pair.earlier, line.earlier, line.earlier_rate),
            (pair.now, line.now, line.rate),
        ):
            counts = (f"{count:,}" for count in numbers)
            rows.append((pair.name, year_name(year.number), f"{len(year.items):,}", *counts, told(rate)))
    return Table("前の年度との比較", ("部", "年度", "項目", *order, "執行率"), tuple(rows))
