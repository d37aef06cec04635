"""The examples of a rule → files to check. An example says how a clean report is changed.

The clean report is the first example of schemas/report.schema.json, with a legend. What an example may
hold is described in schemas/rule.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from jisseki_check.engine.schema import report_schema
from jisseki_check.forms.report_json import from_json
from jisseki_check.forms.report_text import to_text
from jisseki_check.model import Amount, Item, Report
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.money import read_amount
from jisseki_check.profiles import Profile

LEGEND = "※ ◎：計画どおり達成　○：おおむね達成　△：一部を達成　×：達成できず"

_BASES = {"priority": 0, "reform": 1, "improvement": 2, "bullet": 3, "publicity": 5}
"""The kinds that an example may name, and the item of the clean report that it changes."""

_TEXTS = ("number", "title", "goal", "initiative", "result", "mark")
Example = Mapping[str, Any]


def document(example: Example, profile: Profile) -> tuple[bytes, str]:
    """The file of an example: its bytes and its name."""
    if "file" in example:
        return example["content"].encode("utf-8"), example["file"]
    if "set" in example or "remove" in example:
        return _edited_json(example), "報告.json"
    return _text(example, profile).encode("utf-8"), "報告.txt"


def clean_report() -> Report:
    """The report that examples change."""
    return replace(from_json(_clean_data()), legend=LEGEND)


def _clean_data() -> dict[str, Any]:
    return deepcopy(dict(report_schema()["examples"][0])) | {"legend": LEGEND}


def _edited_json(example: Example) -> bytes:
    data = _clean_data()
    for pointer, value in example.get("set", {}).items():
        holder, key = _holder(data, pointer)
        if isinstance(holder, list) and int(key) == len(holder):
            holder.append(value)
        else:
            holder[key if isinstance(holder, dict) else int(key)] = value
    for pointer in example.get("remove", ()):
        holder, key = _holder(data, pointer)
        del holder[key if isinstance(holder, dict) else int(key)]
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8")


def _holder(data: Any, pointer: str) -> tuple[Any, str]:
    *path, key = pointer.removeprefix("/").split("/")
    for part in path:
        data = data[int(part)] if isinstance(data, list) else data[part]
    return data, key


def _text(example: Example, profile: Profile) -> str:
    text = to_text(_report(example), profile)
    for old, new in example.get("edit", ()):
        if old not in text:
            raise ValueError(f"example {example['name']!r}: {old!r} does not stand in its text")
        text = text.replace(old, new, 1)
    if "cut_after" in example:
        text = text[: text.index(example["cut_after"]) + len(example["cut_after"])]
    if "after_mark" in example:
        at = text.index("\n", text.index("達成状況 【")) + 1
        text = f"{text[:at]}{example['after_mark']}\n{text[at:]}"
    return text


def _report(example: Example) -> Report:
    report = clean_report()
    changes = {key: example[key] for key in ("divisions", "legend") if key in example}
    if changes.get("divisions") is not None:
        changes["divisions"] = tuple(changes["divisions"])
    given = example.get("items")
    if given is None:
        if "title" in example and not {"kind", "number"} & set(example):
            changes["title"] = example["title"]
            example = {key: value for key, value in example.items() if key != "title"}
        given = [example]
    report = replace(report, **changes)
    items = list(report.items)
    newest: dict[int, Item] = {}
    for entry in given:
        base = _BASES[entry.get("kind", "priority")]
        item = _changed(report.items[base], entry)
        # The first of a kind takes the place of the clean report's item, the next ones follow it.
        before = newest.get(base, report.items[base])
        at = next(number for number, held in enumerate(items) if held is before)
        items[at : at + 1] = [before, item] if base in newest else [item]
        newest[base] = item
    return replace(report, items=tuple(replace(item, index=at + 1) for at, item in enumerate(items)))


def _changed(item: Item, entry: Example) -> Item:
    item = replace(item, **{key: entry[key] for key in _TEXTS if key in entry})
    if "amounts" in entry:
        lines = entry["amounts"]
        return replace(item, amounts=tuple(_labelled(line, line is lines[-1]) for line in lines))
    for key, label, field in (("budget", "当初予算", "initiative"), ("settlement", "決算", "result")):
        if key in entry:
            stage = "initial_budget" if key == "budget" else "settlement"
            kept = tuple(amount for amount in item.amounts if amount.stage != stage)
            new = () if entry[key] is None else (_amount(stage, f"平成29年度{label}", entry[key], field),)
            item = replace(item, amounts=new + kept if key == "budget" else kept + new)
    return item


def _labelled(line: str, is_last: bool) -> Amount:
    """An amount line of an example: the last one stands in the result, the others in the plan."""
    label, _, value = line.partition("：")
    return _amount("", label, value, "result" if is_last else "initiative")


def _amount(stage: str, label: str, text: str, field: str) -> Amount:
    money = read_amount(text)
    years = find_fiscal_years(label)
    return Amount(
        stage=stage,
        label=label,
        fiscal_year=years[0].year if years else None,
        value=None,
        unit=money.unit,
        field=field,
        text=text,
    )
