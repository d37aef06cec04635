"""達成状況 of every report as a bar that is as long as all others: its parts are shares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from jisseki_check.formatters.groups import Group
from jisseki_check.formatters.html.charts.canvas import (
    FAINT,
    INK,
    LABELS,
    ROW,
    SMALL,
    WIDTH,
    Canvas,
    Look,
    width_of,
)
from jisseki_check.formatters.html.charts.figure import Figure, Table, by_report, shown
from jisseki_check.formatters.html.figures import OTHER, UNMARKED, in_order, mark_order, marks_of
from jisseki_check.formatters.text import shorten

_TOP = 40
_NAMED = 6  # signs of those that are summed
_TOTAL = 64  # width kept for the number on the right
_LOOKS = {
    "◎": Look("#12508a", "#ffffff"),
    "○": Look("#a9d0ee", INK, "rising", "#7fb3da"),
    "△": Look("#f3c35b", INK, "dots", "#a86f00"),
    "×": Look("#a3271e", "#ffffff", "falling", "#c4574e"),
    "－": Look("#dfe4e9", INK, "bars", "#b4bec8"),
    UNMARKED: Look("#ffffff", INK, "cross", "#c3ccd5"),
}
_OTHERS = (
    Look("#12508a", "#ffffff"),
    Look("#a9d0ee", INK, "rising", "#7fb3da"),
    Look("#8fbf9f", INK, "bars", "#5d9471"),
    Look("#f3c35b", INK, "dots", "#a86f00"),
    Look("#d9a3c4", INK, "cross", "#b9709c"),
    Look("#a3271e", "#ffffff", "falling", "#c4574e"),
    Look("#5b2a86", "#ffffff", "dots", "#a98cc4"),
    Look("#b9ad9b", INK, "falling", "#8d7f68"),
    Look("#2f6b62", "#ffffff", "cross", "#6fa39b"),
)


def figure(held: Sequence[Group]) -> Figure | None:
    """`held`: reports of results. None where no item has a mark."""
    marked = [group for group in held if set(_counts([group])) - {UNMARKED}]
    if not marked:
        return None
    rows, cut = shown(by_report(marked), lambda row: sum(each.items for each in row.groups), "報告", "項目")
    counts = [_counts(row.groups) for row in rows]
    order = mark_order(counts)
    numbers = [in_order(each, order) for each in counts]
    names = [row.name for row in rows]
    return Figure(
        "marks",
        "報告ごとの達成状況",
        _drawn(names, order, numbers),
        f"帯の長さは、その報告の項目に占める割合です。中の数字は項目の数です。{_others(counts, order)}{cut}",
        Table(
            "報告ごとの達成状況（項目の数）",
            ("報告", *order, "計"),
            tuple(
                (name, *(f"{count:,}" for count in (*held, sum(held))))
                for name, held in zip(names, numbers, strict=True)
            ),
        ),
    )


def _others(counts: Sequence[Mapping[str, int]], order: Sequence[str]) -> str:
    """A sentence on the signs that are summed."""
    signs = sorted(set().union(*counts) - {*order})
    more = f"など{len(signs):,}種類の記号" if len(signs) > _NAMED else ""
    named = "、".join(shorten(each, 12) for each in signs[:_NAMED])
    return f"「{OTHER}」は、{named}{more}です。" if signs else ""


def _counts(held: Sequence[Group]) -> Mapping[str, int]:
    return marks_of(item for group in held if group.figures is not None for item in group.figures.items)


def looks(order: Sequence[str]) -> list[Look]:
    """Those of the marks everybody knows, or as many others, by their place."""
    spare = iter([each for each in _OTHERS if each not in {_LOOKS.get(mark) for mark in order}] + [*_OTHERS])
    return [_LOOKS[mark] if mark in _LOOKS else next(spare) for mark in order]


def legend(order: Sequence[str]) -> list[tuple[str, Look]]:
    return [(shorten(mark, 12), look) for mark, look in zip(order, looks(order), strict=True)]


def bar(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    order: Sequence[str],
    numbers: Sequence[int],
) -> None:
    """One bar; numbers where there is room for them. `box`: left, top, width and height."""
    x, top, width, height = box
    whole = sum(numbers)
    for mark, look, count in zip(order, looks(order), numbers, strict=True):
        if not count:
            continue
        part = width * count / whole
        share = count * 100 / whole
        canvas.box(x, top, part, height, look, title=f"{mark} {count:,}項目（{share:.0f}％）")
        words = f"{count:,}"
        if part > width_of(words, SMALL) + 8:
            _number(canvas, x + part / 2, top + height / 2, words, look)
        x += part


def _number(canvas: Canvas, x: float, y: float, words: str, look: Look) -> None:
    """On a hatch, a number stands on a ground of its own."""
    if look.hatch != "none":
        wide = width_of(words, SMALL) + 6
        canvas.box(x - wide / 2, y - 7, wide, 14, look.colour)
    canvas.text(x, y, words, anchor="middle", size=SMALL, fill=look.ink, strong=True)


def _drawn(names: Sequence[str], order: Sequence[str], numbers: Sequence[Sequence[int]]) -> Markup:
    canvas = Canvas(
        "marks",
        "報告ごとの達成状況の割合",
        f"{len(names)}本の帯の図です。{_said(order, numbers)}同じ数字を、この下の表で読めます。",
        _TOP + ROW * len(names) + 8,
    )
    canvas.legend(14, legend(order))
    for at, (name, held) in enumerate(zip(names, numbers, strict=True)):
        middle = _TOP + ROW * (at + 0.5)
        canvas.label(LABELS - 10, middle, name, room=LABELS - 14)
        bar(canvas, (LABELS, middle - 10, WIDTH - LABELS - _TOTAL, 20), order, held)
        canvas.text(WIDTH - _TOTAL + 8, middle, f"{sum(held):,}項目", size=SMALL, fill=FAINT)
    return canvas.svg()


def _said(order: Sequence[str], numbers: Sequence[Sequence[int]]) -> str:
    total = [sum(each) for each in zip(*numbers, strict=True)]
    told = "、".join(f"{mark}が{count:,}項目" for mark, count in zip(order, total, strict=True))
    return f"全体では{told}です。"
