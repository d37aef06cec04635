"""The `items` table: an item's number, mark, money and telling words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jisseki_check.facts import money
from jisseki_check.facts.tense import future_statement
from jisseki_check.facts.views import ItemView, ReportView, says
from jisseki_check.model import Item
from jisseki_check.notation.marks import code_point
from jisseki_check.notation.width import fold, squeeze

Row = dict[str, Any]

_RATE = re.compile(r"執行率[^0-9。\n]{0,6}([0-9]+(?:\.([0-9]+))?)\s*(?:%|パーセント)")
# Words that a plan may promise in so many words: then having done just that is an achievement.
_MODEST = ("検討", "準備", "調整", "協議")


def item_rows(view: ReportView) -> Iterator[Row]:
    """The rows of `items`."""
    numbering = _numbering(view)
    plan_numbers: dict[str, int] = {}
    titles: dict[tuple[str, int | None, str | None, str], int] = {}
    for item in view.items:
        yield {
            "report": view.number,
            "item": item.item.index,
            "kind": item.item.kind,
            "number": item.item.number,
            "title": item.item.title,
            **numbering.get(item.item.index, {}),
            **_plan_number(view, item.item, plan_numbers),
            "title_first": _first_title(item.item, titles),
            **_mark(view, item),
            **money.pair(item, view.profile.carried_out_sign),
            **_printed_rate(item),
            **_words(item),
        }


def _numbering(view: ReportView) -> dict[int, Row]:
    """Faults of (1)…(n). One misprint is one fault: the count goes on as if it had been right."""
    faults: dict[int, Row] = {}
    seen: set[int] = set()
    expected = 1
    numbered = [item for item in view.report.items if _is_running(view, item)]
    values = [_number(item) for item in numbered]
    for place, (item, value) in enumerate(zip(numbered, values, strict=True)):
        if value is None or value == expected:
            expected = expected + 1
        else:
            kind = "repeated" if value in seen else "gap"
            faults[item.index] = {"number_fault": kind, "number_expected": str(expected)}
            following = next((v for v in values[place + 1 :] if v is not None), None)
            misprint = following == expected + 1 or (following is None and value in seen)
            expected = expected + 1 if misprint else value + 1
        if value is not None:
            seen.add(value)
    return faults


def _is_running(view: ReportView, item: Item) -> bool:
    """Whether an item is one of (1)…(n); one whose kind cannot be read keeps its place in its section."""
    name = item.kind or next((s.kind for s in view.profile.sections if s.number == item.section), None)
    kind = view.profile.item_kinds.get(name or "")
    return kind is not None and kind.opens == "parenthesis"


def _number(item: Item) -> int | None:
    digits = squeeze(fold(item.number or ""))
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else None


def _plan_number(view: ReportView, item: Item, seen: dict[str, int]) -> Row:
    kind = view.profile.item_kinds.get(item.kind)
    if kind is None or kind.numbering != "plan" or not item.number:
        return {}
    number = squeeze(fold(item.number))
    first = seen.setdefault(number, item.index)
    return {"plan_number": number, "plan_number_first": first if first != item.index else None}


def _first_title(item: Item, seen: dict[tuple[str, int | None, str | None, str], int]) -> int | None:
    if not item.title:
        return None
    first = seen.setdefault((item.kind, item.section, item.group, squeeze(fold(item.title))), item.index)
    return first if first != item.index else None


def _mark(view: ReportView, item: ItemView) -> Row:
    mark = item.mark
    if mark is None:
        return {"mark": None, "mark_kind": "absent"}
    sign = mark.sign or item.item.mark or ""
    in_form = {s.sign for s in view.profile.signs if s.in_form} | set(view.profile.not_evaluated)
    return {
        "mark": item.item.mark,
        "mark_kind": mark.kind,
        "mark_meant": mark.meant,
        "mark_code_point": "、".join(code_point(char) for char in sign if not char.isspace()) or None,
        "mark_rank": item.mark_rank,
        "mark_explained": mark.kind != "mark" or sign in in_form or sign in view.explained_signs,
        "lowest_rank": len(view.profile.signs),
    }


def _printed_rate(item: ItemView) -> Row:
    """The rate that the result states, or the note behind an amount."""
    notes = ((f"amounts/{at}", amount.note or "") for at, amount in enumerate(item.item.amounts))
    for field, text in (("result", item.result), *notes):
        match = _RATE.search(fold(text)) if "執行率" in text else None
        if match is not None:
            in_result = field == "result"
            return {
                "printed_rate": float(match[1]) / 100,
                "printed_rate_half": 0.5 / 10 ** len(match[2] or "") / 100,
                "printed_rate_field": field,
                "printed_rate_start": match.start() if in_result else None,
                "printed_rate_end": match.end() if in_result else None,
            }
    return {}


@lru_cache(maxsize=32)
def _alternation(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


def _words(item: ItemView) -> Row:
    words = item.profile.words
    notes = "".join(amount.note or "" for amount in item.item.amounts)
    row: Row = {
        "overrun_explained": says(notes + item.result, words["overrun"]),
        "underspend_explained": says(notes + item.result, words["underspend"]),
        "shortfall_explained": says(item.result, words["shortfall"]),
    }
    for match in _alternation(words["unfinished"]).finditer(item.result):
        stem = match.group()[:2]
        if stem not in _MODEST or stem not in item.plan_text:
            row |= {
                "unfinished": match.group(),
                "unfinished_start": match.start(),
                "unfinished_end": match.end(),
            }
            break
    future = future_statement(item.result)
    if future is not None:
        row |= {"future": item.result[slice(*future)], "future_start": future[0], "future_end": future[1]}
    part = money.part_year(item)
    if part is not None:
        row |= {"part_year": item.result[slice(*part)], "part_year_start": part[0], "part_year_end": part[1]}
    return row
