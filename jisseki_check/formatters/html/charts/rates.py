"""執行率 of every item as a dot, in a line for each report, with the thresholds of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.charts.canvas import FAINT, INK, LABELS, LINE, SMALL, WIDTH, Canvas
from jisseki_check.formatters.html.charts.figure import Figure, Row, Table, rows_of
from jisseki_check.formatters.html.figures import Rates, Threshold, percent, rate, rates, zone, zone_names
from jisseki_check.formatters.words import item_name
from jisseki_check.model import ItemFigures, ItemRef

_Rated = tuple[float, ItemFigures, Group]
"""執行率 of an item, the item, and its report."""

_MOST = 1.3  # of the budget; whatever is above stands at the edge
_STEP = 0.02  # dots of one step stand above one another
_RADIUS = 3.4
_PITCH = 7.4  # from one dot to the next above it
_HIGHEST = 12  # dots above one another
_NAMED = 500  # dots that say which item they are; more would make the page heavy
_TOP = 66
_PAD = 12
_LOWEST = 36  # height that two lines of words take
# Colour and shape by zone, from the lowest: the last is what is above 100 %.
_LOW = (("#a3271e", "down"), ("#b26a00", "diamond"), ("#1f5fa8", "circle"))
_OVER = ("#5b2a86", "up")


@dataclass(frozen=True, slots=True)
class _Line:
    """`unit`: how many items a dot of it stands for."""

    row: Row
    items: list[_Rated]
    told: Rates
    unit: int

    @property
    def height(self) -> float:
        return max(_LOWEST, 2 * _PAD + _PITCH * ceil(_tallest(self.items) / self.unit))


def figure(held: Sequence[Group], limits: Sequence[Threshold]) -> Figure | None:
    """`held`: reports of results. None where no item has both amounts."""
    shares = [each.share for each in limits]
    rated = [group for group in held if any(rate(item) is not None for item in _items(group))]
    if not rated:
        return None
    rows, cut = rows_of(
        rated, lambda group: rates(_items(group), shares).zones[0], f"執行率{zone_names(limits)[0]}の項目"
    )
    found = [[*_rated(row)] for row in rows]
    unit, rest_unit = (
        _unit(items for row, items in zip(rows, found, strict=True) if row.is_rest == is_rest)
        for is_rest in (False, True)
    )
    lines = [
        _Line(row, items, rates((item for _, item, _ in items), shares), rest_unit if row.is_rest else unit)
        for row, items in zip(rows, found, strict=True)
    ]
    number = sum(len(items) for items in found)
    dot = "点一つが1項目です。" if unit == 1 else f"点一つは{unit:,}項目までを表します。"
    dot += f"「ほか」の行では、点一つが{rest_unit:,}項目までを表します。" if rest_unit > unit else ""
    return Figure(
        "rates",
        "全ての項目の執行率",
        _drawn(lines, limits, named=number <= _NAMED and unit == 1),
        f"予算と決算の両方が読み取れた{number:,}項目について、決算が予算の何％かを示します。{dot}"
        f"{percent(_MOST)}を超える項目は、右の端に置いています。{cut}",
        _table(lines, limits),
    )


def _unit(found: Iterable[Sequence[_Rated]]) -> int:
    """So many items to a dot that the tallest heap of these lines is not too high."""
    return max(1, ceil(max(map(_tallest, found), default=1) / _HIGHEST))


def _items(group: Group) -> Sequence[ItemFigures]:
    return group.figures.items if group.figures is not None else ()


def _rated(row: Row) -> Iterator[_Rated]:
    for group in row.groups:
        for item in _items(group):
            value = rate(item)
            if value is not None:
                yield value, item, group


def _steps(
    items: Sequence[_Rated],
) -> dict[int, list[_Rated]]:
    held: defaultdict[int, list[_Rated]] = defaultdict(list)
    for each in sorted(items, key=lambda entry: entry[0]):
        held[_step(each[0])].append(each)
    return held


def _step(value: float) -> int:
    """A step begins with its lower bound, except that all of the budget is no more than it."""
    return int(min(value, _MOST) / _STEP + 1e-6) - (value == 1)


def _tallest(items: Sequence[_Rated]) -> int:
    return max(map(len, _steps(items).values()))


def _drawn(lines: Sequence[_Line], limits: Sequence[Threshold], *, named: bool) -> Markup:
    bottom = _TOP + sum(line.height for line in lines)
    zones = [sum(line.told.zones[at] for line in lines) for at in range(len(limits) + 2)]
    said = "、".join(f"{name}が{count:,}項目" for name, count in zip(zone_names(limits), zones, strict=True))
    canvas = Canvas(
        "rates",
        "執行率（決算÷予算）の分布",
        f"{len(lines)}行の点の図です。{said}あります。部ごとの数は、この下の表で読めます。",
        bottom + 34,
    )
    _scale(canvas, limits, bottom)
    top = float(_TOP)
    shares = [each.share for each in limits]
    for line in lines:
        middle = top + line.height / 2
        canvas.text(LABELS - 10, middle - 7, line.row.name, anchor="end", room=LABELS - 14)
        whole = f"全体で {percent(line.told.whole)}" if line.told.whole is not None else ""
        canvas.text(
            LABELS - 10,
            middle + 8,
            f"{line.told.number:,}項目　{whole}",
            anchor="end",
            size=SMALL,
            fill=FAINT,
        )
        _dots(canvas, line, top + line.height - _PAD - _RADIUS, shares, named=named)
        top += line.height
        canvas.line(0, top, WIDTH, top, LINE)
    return canvas.svg()


def _x(value: float) -> float:
    return LABELS + 14 + min(value, _MOST) / _MOST * (WIDTH - LABELS - 34)


def _scale(canvas: Canvas, limits: Sequence[Threshold], bottom: float) -> None:
    canvas.line(0, _TOP, WIDTH, _TOP, LINE)
    for tenths in range(0, 14, 2):
        x = _x(tenths / 10)
        canvas.line(x, _TOP, x, bottom, "#e6ebf0")
        canvas.text(x, bottom + 14, percent(tenths / 10), anchor="middle", size=SMALL, fill=FAINT)
    marked = [(each.share, f"{each.percent}（{each.rule}）") for each in limits]
    for share, words in (*marked, (1.0, "100％")):
        x = _x(share)
        canvas.line(x, _TOP - 8, x, bottom, INK, dashes="5 4" if share < 1 else None)
        canvas.text(x, _TOP - 18, words, anchor="middle", size=SMALL, strong=True)
    x = float(LABELS)
    names = zone_names(limits)
    for name, (colour, kind) in zip(names, _signs(len(limits)), strict=True):
        canvas.shape(_sign(kind, x + 6, 14, 5), fill=colour)
        canvas.text(x + 16, 14, name)
        x += 150


def _signs(thresholds: int) -> list[tuple[str, str]]:
    """One for each zone."""
    return [*_LOW[len(_LOW) - 1 - thresholds :], _OVER]


def _dots(canvas: Canvas, line: _Line, base: float, shares: Sequence[float], *, named: bool) -> None:
    signs = _signs(len(shares))
    for step, entries in _steps(line.items).items():
        for at in range(ceil(len(entries) / line.unit)):
            value, item, group = entries[at * line.unit]
            colour, kind = signs[zone(value, shares)]
            x, y = _x((step + 0.5) * _STEP), base - at * _PITCH
            title = f"{group.short}　{_named(item)}　執行率 {percent(value)}" if named else ""
            canvas.shape(_sign(kind, x, y, _RADIUS), fill=colour, title=title)


def _named(item: ItemFigures) -> str:
    return item_name(ItemRef(item.index, item.section, item.number, item.title))


def _sign(kind: str, x: float, y: float, size: float) -> str:
    """The outline of a sign around a point."""
    left, top = f"{x - size:.1f}", f"{y - size:.1f}"
    wide, half = f"{size * 2:.1f}", f"{size:.1f}"
    return {
        "circle": f"M{left},{y:.1f}a{half},{half} 0 1,0 {wide},0a{half},{half} 0 1,0 -{wide},0",
        "diamond": f"M{x:.1f},{top}l{half},{half}l-{half},{half}l-{half},-{half}z",
        "down": f"M{left},{top}h{wide}l-{half},{wide}z",
        "up": f"M{left},{y + size:.1f}h{wide}l-{half},-{wide}z",
    }[kind]


def _table(lines: Sequence[_Line], limits: Sequence[Threshold]) -> Table:
    def told(value: float | None) -> str:
        return "" if value is None else percent(value)

    return Table(
        "部ごとの執行率",
        ("部", "項目", *zone_names(limits), "中央値", "全体（決算の計÷予算の計）"),
        tuple(
            (
                line.row.name,
                f"{line.told.number:,}",
                *(f"{count:,}" for count in line.told.zones),
                told(line.told.middle),
                told(line.told.whole),
            )
            for line in lines
        ),
    )
