"""Faults that only a text or a JSON file can have, planted into a valid report."""

from __future__ import annotations

import json
import re

from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Report
from tests.planters import PLANTERS, Planted, budget, of_kind, one, planter, settlement, text_of, with_item

__all__ = ["PLANTERS"]


def _in_text(rule: str, item: int | None, field: str | None, text: str) -> Planted:
    return Planted((("txt", text.encode()),), one(rule, item, field))


def _item_text(report: Report, index: int) -> tuple[str, str, str]:
    """The text before an item, of it, and after it."""
    text = text_of(report)
    item = next(item for item in report.items if item.index == index)
    start = text.index(f"({item.number}) {item.title}")
    end = text.index(" 】\n", start) + len(" 】\n")
    return text[:start], text[start:end], text[end:]


@planter("DOC001")
def _cut_off(report: Report, index: int) -> Planted:
    return _in_text("DOC001", None, None, text_of(report).partition("5. 広報・情報発信")[0])


@planter("DOC002")
def _another_document(report: Report, index: int) -> Planted:
    return _in_text("DOC002", None, None, f"{report.department}の会議の記録\n次の会議の日を決めました。\n")


@planter("DOC003")
def _stray(report: Report, index: int) -> Planted:
    before, own, after = _item_text(report, index)
    return _in_text(
        "DOC003", index, None, f"{before}{own}なお、詳しくは別に定めるところによります。\n{after}"
    )


@planter("DOC004")
def _spliced(report: Report, index: int) -> Planted:
    return _in_text("DOC004", None, None, re.sub(r"。?\n実績\t", " 実績 ・", text_of(report)))


@planter("DOC005")
def _key_twice(report: Report, index: int) -> Planted:
    data = json.dumps(to_json(report), ensure_ascii=False).replace('"title": ', '"title": "あ", "title": ', 1)
    return Planted((("json", data.encode()),), one("DOC005", None, None))


@planter("DOC006")
def _full_width(report: Report, index: int) -> Planted:
    year = report.fiscal_year or 0
    held = with_item(report, index, amounts=(budget(year, text="４９０千円"), settlement(year)))
    return _in_text("DOC006", index, "initial_budget", text_of(held))


@planter("STR106")
def _section_heading_lost(report: Report, index: int) -> Planted:
    return _in_text("STR106", None, None, text_of(report).replace("4. 組織運営・人材育成\n", ""))


@planter("STR107")
def _result_twice(report: Report, index: int) -> Planted:
    before, own, after = _item_text(report, index)
    twice = own.replace("\n実績\t", "\n実績\tこの欄は別に書きました。\n実績\t")
    return _in_text("STR107", index, "result", f"{before}{twice}{after}")


@planter("STR109")
def _odd_bullet(report: Report, index: int) -> Planted:
    item = of_kind(report, "bullet", 3)[0]
    return _in_text(
        "STR109", item.index, "title", text_of(report).replace(f"◆{item.title}", f"■{item.title}")
    )


def _in_json(rule: str, item: int | None, field: str, report: Report, pointer: str, value: object) -> Planted:
    """One value of the JSON changed; `...` takes the property away."""
    data = to_json(report)
    *path, name = pointer.strip("/").split("/")
    holder = data
    for part in path:
        holder = holder[int(part)] if isinstance(holder, list) else holder[part]
    if value is ...:
        del holder[name]
    else:
        holder[name] = value
    return Planted((("json", json.dumps(data, ensure_ascii=False).encode()),), one(rule, item, field))


def _schema(rule: str, name: str, value: object, of_item: bool = False) -> None:
    def plant(report: Report, index: int) -> Planted:
        pointer = f"/items/{index - 1}/{name}" if of_item else f"/{name}"
        return _in_json(rule, index if of_item else None, name, report, pointer, value)

    PLANTERS[rule] = plant


@planter("PUB101")
def _tag_in_json(report: Report, index: int) -> Planted:
    pointer = f"/items/{index - 1}/result"
    return _in_json("PUB101", index, "result", report, pointer, "<b>備蓄倉庫</b>を2棟設置しました。")


_schema("SCH001", "department", ...)
_schema("SCH002", "fiscal_year", "2017")
_schema("SCH003", "divison", "総務課", of_item=True)
_schema("SCH004", "kind", "重点施策・事業", of_item=True)
_schema("SCH005", "number", "(2)", of_item=True)
_schema("SCH006", "fiscal_year", 29)
