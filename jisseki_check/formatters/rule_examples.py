"""A rule's example as a line that staff read: its name, and what it changes in a report that has no fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

# What an example changes in an item; a name that is not here is for the test that runs the example.
_FIELDS = {
    "kind": "種類",
    "number": "番号",
    "title": "項目名",
    "division": "担当課",
    "goal": "目標",
    "initiative": "取り組み",
    "result": "実績",
    "mark": "達成状況",
    "budget": "予算",
    "settlement": "決算",
    "amounts": "金額",
}
_ITEM_FIELD = re.compile(r"/items/(\d+)/(\w+)(?:/\d+)?")
_OF_THE_REPORT = {"divisions": "部の構成", "legend": "凡例", "file": "ファイル"}
_KINDS = {
    "priority": "重点施策・事業",
    "reform": "改革課題",
    "improvement": "テーマ",
    "bullet": "◆の項目",
    "publicity": "◆の項目（広報・情報発信）",
    "outlook": "執行の済んでいない年度",
}
_REMARKS = {
    "hidden": "隠れた文",
    "inert": "文書に残ったもの",
    "comment": "コメント",
    "tracked": "変更履歴",
    "no-column": "様式にない列",
    "column-year": "列の見出し",
    "total": "合計の行",
}


def line(example: Mapping[str, Any]) -> str:
    """Its name, and what it changes; of other reports that it is judged with, what these have otherwise."""
    return "　".join([str(example.get("name", "")), *_changes(example)])


def _changes(example: Mapping[str, Any]) -> Iterator[str]:
    yield from _fields(example)
    if "items" in example:
        yield _items(example["items"])
    for key, name in _OF_THE_REPORT.items():
        if key in example:
            yield _named(name, example[key])
    yield from _edits(example)
    held = example.get("other", [])
    yield from map(_other, [held] if isinstance(held, Mapping) else held)
    if "expect" in example:
        yield f"提出一覧{_quoted(example['expect'])}"


def _fields(entry: Mapping[str, Any]) -> Iterator[str]:
    for key, name in _FIELDS.items():
        if key in entry:
            value = entry[key]
            yield _named(name, _KINDS.get(value, value) if key == "kind" else value)


def _items(entries: list[Mapping[str, Any]]) -> str:
    """Each item by its title, or its number, and what it holds."""
    return "、".join(_item(entry) for entry in entries)


def _item(entry: Mapping[str, Any]) -> str:
    number, title = entry.get("number"), entry.get("title")
    name = f"項目{number or ''}{_quoted(title) if title else ''}"
    rest = {key: value for key, value in entry.items() if key not in ("number", "title")}
    said = "　".join(_fields(rest))
    return f"{name}（{said}）" if said else name


def _edits(example: Mapping[str, Any]) -> Iterator[str]:
    for pointer, value in example.get("set", {}).items():
        if pointer == "/remarks":
            yield from map(_remark, value)
        else:
            yield f"{_place(pointer)}を {_data(value)} とする"
    for pointer in example.get("remove", ()):
        yield f"{_place(pointer)}を消す"
    for before, after in example.get("edit", ()):
        before, after = before.strip("\n"), after.strip("\n")
        yield f"「{before}」を「{after}」とする" if after else f"「{before}」を消す"
    if "cut_after" in example:
        yield f"「{example['cut_after']}」で途切れる"
    if "after_mark" in example:
        yield f"達成状況の後に「{example['after_mark']}」"


def _place(pointer: str) -> str:
    """A place in the JSON of a report: the field of an item by its name, what is not one as it is written."""
    found = _ITEM_FIELD.fullmatch(pointer)
    if found is None or found[2] not in _FIELDS:
        return f"「{pointer}」"
    return f"項目{int(found[1]) + 1}の{_FIELDS[found[2]]}"


def _remark(told: Mapping[str, Any]) -> str:
    """What stands in the document beside the report."""
    name = _REMARKS.get(told["kind"], "文書にあるもの")
    if told["kind"] == "no-column" and not told["text"]:
        return f"「{_FIELDS.get(told['field'], '当初予算')}」の列がない"
    return _named(name, told["text"])


def _other(told: Mapping[str, Any]) -> str:
    """`平成28年度の報告：実績「…」`."""
    from jisseki_check.notation.fiscal import label  # `explain --help` needs none of it

    held = [*_fields(told), *([_items(told["items"])] if "items" in told else [])]
    year = f"{label(told['year'])}の" if "year" in told else ""
    name = "公表した計画" if told.get("report_kind") == "plan" else "報告"
    whose = f"{told['department']}の" if "department" in told else ""
    if not year and not whose and name == "報告":
        name = "もう一つの報告"
    file = f"（{told['file']}）" if "file" in told else ""
    beside = "一緒に点検する" if told.get("checked") else ""
    return f"{beside}{whose}{year}{name}{file}：{'　'.join(held) or '同じ内容'}"


def _named(name: str, value: object) -> str:
    return f"{name}なし" if value is None else f"{name}{_quoted(value)}"


def _quoted(value: object) -> str:
    """`「防災」`; of several, each so."""
    if isinstance(value, (list, tuple)):
        return "".join(f"「{each}」" for each in value)
    return f"「{value}」"


def _data(value: object) -> str:
    """As it stands in JSON; amounts as in a report."""
    if isinstance(value, Mapping) and "label" in value:
        return f"「{value['label']}：{value['value']:,}{value['unit']}」"
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return "".join(map(_data, value))
    return json.dumps(value, ensure_ascii=False)
