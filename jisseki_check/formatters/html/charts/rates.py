"""執行率 of every item as a dot, in a line for each report, with the thresholds of the rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.charts.canvas import (
    FAINT,
    INK,
    LABELS,
    LINE,
    ROW,
    SMALL,
    TEXT,
    WIDTH,
    Canvas,
    width_of,
)
from jisseki_check.formatters.html.charts.figure import Figure, Row, Table, by_report, shown
from jisseki_check.formatters.html.figures import (
    Rates,
    Threshold,
    faulty_items,
    parted,
    rate,
    rates,
    zone,
    zone_names,
)
from jisseki_check.formatters.words import item_name
from jisseki_check.model import ItemFigures, ItemRef
from jisseki_check.notation.percent import percent

_Rated = tuple[float, ItemFigures, Group]
"""執行率 of an item, the item, and its report."""
_Heap = tuple[list[_Rated], list[_Rated]]
"""Items of one step: those whose amounts nobody doubts, and those in whose amounts an error is found."""

_MOST = 1.3  # of the budget; whatever is above stands beyond the scale, with its rate
_STEP = 0.02  # dots of one step stand above one another
_BEYOND = -1  # the step of what is above the scale
_RADIUS = 3.3
_PITCH = 7.2  # from one dot to the next above it
_HIGHEST = 12  # dots above one another
_HEIGHT = 1150  # of all lines together: what one page holds
_NAMED = 500  # dots that say which item they are; more would make the page heavy
_TOP = 66
_PAD = 7
_LEFT = LABELS + 112  # where the scale begins: before it stand the names and the whole
_RIGHT = WIDTH - 108  # where it ends
# Colour and shape by zone, from the lowest: the last is what is above 100 %.
_LOW = (("#a3271e", "down"), ("#b26a00", "diamond"), ("#1f5fa8", "circle"))
_OVER = ("#5b2a86", "up")
_FAULTY = "誤りの指摘がある金額"


@dataclass(frozen=True, slots=True)
class _Line:
    """`told`: of the items whose amounts nobody doubts; `faulty`: how many others there are."""

    row: Row
    heaps: Mapping[int, _Heap]
    told: Rates
    faulty: int

    @property
    def number(self) -> int:
        return self.told.number + self.faulty

    def tallest(self, unit: int) -> int:
        """Dots above one another where one stands for so many items."""
        return max(
            ceil(len(sound) / unit) + ceil(len(faulty) / unit) for sound, faulty in self.heaps.values()
        )

    def height(self, unit: int) -> float:
        return max(ROW, 2 * _PAD + _PITCH * self.tallest(unit))


def figure(held: Sequence[Group], limits: Sequence[Threshold]) -> Figure | None:
    """`held`: reports of results. None where no item has both amounts."""
    shares = [each.share for each in limits]
    rated = [group for group in held if any(rate(item) is not None for item in _items(group))]
    if not rated:
        return None
    rows, cut = shown(
        by_report(rated),
        lambda row: sum(rates(_items(group), shares).zones[0] for group in row.groups),
        "報告",
        f"執行率{zone_names(limits)[0]}の項目",
    )
    lines = [_line(row, shares) for row in rows]
    unit = _unit([line for line in lines if not line.row.is_rest])
    rest_unit = max([unit, *(_unit([line]) for line in lines if line.row.is_rest)])
    number, faulty = sum(line.number for line in lines), sum(line.faulty for line in lines)
    dot = "点一つが1項目です。" if unit == 1 else f"点一つは{unit:,}項目までを表します。"
    dot += f"「ほか」の行では、点一つが{rest_unit:,}項目までを表します。" if rest_unit > unit else ""
    left = _left_out(rated)
    apart = f"×は「誤り」の指摘がある{faulty:,}項目の金額です。直るまでは、全体の率などに入れません。"
    return Figure(
        "rates",
        "全ての項目の執行率",
        _drawn(lines, limits, lambda line: rest_unit if line.row.is_rest else unit, named=number <= _NAMED),
        f"予算と決算の両方が読み取れた{number:,}項目について、決算が予算の何％かを示します。{dot}"
        f"{percent(_MOST)}を超えるものは、目盛りの外の→の後に率を書いています。"
        f"{apart if faulty else ''}{left}{cut}",
        _table(lines, limits),
    )


def _left_out(held: Sequence[Group]) -> str:
    """A sentence on items that have both amounts and still no rate."""
    number = sum(
        rate(item) is None
        for group in held
        for item in _items(group)
        if item.budget_yen is not None and item.settlement_yen is not None
    )
    if not number:
        return ""
    return (
        f"このほか、予算が0の項目と、予算か決算が負の項目（合わせて{number:,}項目）は、図に入れていません。"
    )


def _line(row: Row, shares: Sequence[float]) -> _Line:
    heaps: defaultdict[int, _Heap] = defaultdict(lambda: ([], []))
    kept: tuple[list[_Rated], list[_Rated]] = ([], [])
    for group in row.groups:
        for at, items in enumerate(parted(_items(group), faulty_items(group))):
            kept[at].extend((rate(item) or 0, item, group) for item in items)
    for at, rated in enumerate(kept):
        for each in sorted(rated, key=lambda entry: entry[0]):
            heaps[_step(each[0])][at].append(each)
    sound, faulty = kept
    return _Line(row, heaps, rates((item for _, item, _ in sound), shares), len(faulty))


def _unit(lines: Sequence[_Line]) -> int:
    """So many items to a dot that no heap of these lines is too high, nor all lines together."""
    most = max((line.tallest(1) for line in lines), default=1)
    unit = max(1, ceil(most / _HIGHEST))
    while unit < most and sum(line.height(unit) for line in lines) > _HEIGHT:
        unit += 1
    return unit


def _items(group: Group) -> Sequence[ItemFigures]:
    return group.figures.items if group.figures is not None else ()


def _step(value: float) -> int:
    """A step begins with its lower bound, except that all of the budget is no more than it."""
    return _BEYOND if value > _MOST else int(value / _STEP + 1e-6) - (value == 1)


def _drawn(
    lines: Sequence[_Line], limits: Sequence[Threshold], unit: Callable[[_Line], int], *, named: bool
) -> Markup:
    """`unit`: how many items a dot of a line stands for."""
    bottom = _TOP + sum(line.height(unit(line)) for line in lines)
    zones = [sum(line.told.zones[at] for line in lines) for at in range(len(limits) + 2)]
    faulty = sum(line.faulty for line in lines)
    said = "、".join(f"{name}が{count:,}項目" for name, count in zip(zone_names(limits), zones, strict=True))
    apart = f"ほかに、{_FAULTY}が{faulty:,}項目あります。" if faulty else ""
    canvas = Canvas(
        "rates",
        "執行率（決算÷予算）の分布",
        f"{len(lines)}行の点の図です。{said}あります。{apart}報告ごとの数は、この下の表で読めます。",
        bottom + 34,
    )
    _legend(canvas, limits, has_faulty=bool(faulty))
    _scale(canvas, limits, bottom)
    top = float(_TOP)
    shares = [each.share for each in limits]
    for line in lines:
        height = line.height(unit(line))
        middle = top + height / 2
        canvas.label(LABELS - 10, middle, line.row.name, room=LABELS - 14)
        whole = percent(line.told.whole) if line.told.whole is not None else "―"
        canvas.text(LABELS + 40, middle, f"{line.number:,}", anchor="end", size=SMALL, fill=FAINT)
        canvas.text(_LEFT - 14, middle, whole, anchor="end", size=SMALL, strong=True)
        _dots(canvas, line, top + height - _PAD - _RADIUS, shares, unit(line), named=named)
        top += height
        canvas.line(0, top, WIDTH, top, LINE)
    return canvas.svg()


def _x(value: float) -> float:
    return _LEFT + value / _MOST * (_RIGHT - _LEFT)


def _legend(canvas: Canvas, limits: Sequence[Threshold], *, has_faulty: bool) -> None:
    entries = [*zip(zone_names(limits), _signs(len(limits)), strict=True)]
    entries += [(_FAULTY, (INK, "cross"))] if has_faulty else []
    x = WIDTH - sum(width_of(name, TEXT) + 36 for name, _ in entries)
    for name, (colour, kind) in entries:
        _put(canvas, kind, x + 6, 14, 5, colour)
        canvas.text(x + 16, 14, name)
        x += width_of(name, TEXT) + 36


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
    for x, words in (
        (LABELS + 40, "項目"),
        (_LEFT - 14, "全体の率"),
        (WIDTH - 4, f"{percent(_MOST)}超"),
    ):
        canvas.text(x, _TOP - 18, words, anchor="end", size=SMALL, fill=FAINT)
    canvas.line(_RIGHT + 8, _TOP - 8, _RIGHT + 8, bottom, LINE, dashes="2 3")


def _signs(thresholds: int) -> list[tuple[str, str]]:
    """One for each zone."""
    return [*_LOW[len(_LOW) - 1 - thresholds :], _OVER]


def _dots(
    canvas: Canvas, line: _Line, base: float, shares: Sequence[float], unit: int, *, named: bool
) -> None:
    signs = _signs(len(shares))
    for step, (sound, faulty) in line.heaps.items():
        x = _RIGHT + 20 if step == _BEYOND else _x((step + 0.5) * _STEP)
        dots = [(each, False) for each in sound[::unit]] + [(each, True) for each in faulty[::unit]]
        for at, ((value, item, group), is_faulty) in enumerate(dots):
            colour, kind = (INK, "cross") if is_faulty else signs[zone(value, shares)]
            title = f"{group.short}　{_named(item)}　執行率 {percent(value)}" if named and unit == 1 else ""
            title += f"（{_FAULTY}）" if title and is_faulty else ""
            _put(canvas, kind, x, base - at * _PITCH, _RADIUS, colour, title)
        if step == _BEYOND:
            values = [value for value, _, _ in (*sound, *faulty)]
            told = f"→ {percent(max(values))}" + (f" ほか{len(values) - 1:,}" if len(values) > 1 else "")
            canvas.text(x + 9, base, told, size=SMALL, strong=True, room=WIDTH - x - 9)


def _named(item: ItemFigures) -> str:
    return item_name(ItemRef(item.index, item.section, item.number, item.title))


def _put(canvas: Canvas, kind: str, x: float, y: float, size: float, colour: str, title: str = "") -> None:
    """A sign around a point; a cross has lines only, so that it is told from all others without colour."""
    path = _sign(kind, x, y, size)
    if kind == "cross":
        canvas.shape(path, fill="none", stroke=colour, width=2, title=title)
    else:
        canvas.shape(path, fill=colour, title=title)


def _sign(kind: str, x: float, y: float, size: float) -> str:
    """The outline of a sign around a point."""
    left, top = f"{x - size:.1f}", f"{y - size:.1f}"
    wide, half = f"{size * 2:.1f}", f"{size:.1f}"
    return {
        "circle": f"M{left},{y:.1f}a{half},{half} 0 1,0 {wide},0a{half},{half} 0 1,0 -{wide},0",
        "cross": f"M{left},{top}l{wide},{wide}m-{wide},0l{wide},-{wide}",
        "diamond": f"M{x:.1f},{top}l{half},{half}l-{half},{half}l-{half},-{half}z",
        "down": f"M{left},{top}h{wide}l-{half},{wide}z",
        "up": f"M{left},{y + size:.1f}h{wide}l-{half},-{wide}z",
    }[kind]


def _table(lines: Sequence[_Line], limits: Sequence[Threshold]) -> Table:
    def told(value: float | None) -> str:
        return "" if value is None else percent(value)

    return Table(
        "報告ごとの執行率",
        ("報告", "項目", *zone_names(limits), _FAULTY, "中央値", "全体（決算の計÷予算の計）"),
        tuple(
            (
                line.row.name,
                f"{line.number:,}",
                *(f"{count:,}" for count in (*line.told.zones, line.faulty)),
                told(line.told.middle),
                told(line.told.whole),
            )
            for line in lines
        ),
    )
