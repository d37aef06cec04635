"""The examples of a rule → files to check, and what must come of them.

An example says how a clean report is changed. The clean report is the first example of
schemas/report.schema.json, with a legend, in the form of the profile. What an example may hold is
described in schemas/rule.schema.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from jisseki_check.engine.adapting import adapted
from jisseki_check.engine.schema import report_schema
from jisseki_check.forms.report_json import from_json, to_json
from jisseki_check.model import Amount, Finding, Item, Outcome, Report, Rule
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.money import read_amount
from jisseki_check.profiles import Profile
from jisseki_check.writers.text import to_text

LEGEND = "※ ◎：計画どおり達成　○：おおむね達成　△：一部を達成　×：達成できず"

_BASES = {"priority": 0, "reform": 1, "improvement": 2, "bullet": 3, "publicity": 5}
"""The kinds that an example may name, and the item of the clean report that it changes."""

_TEXTS = ("number", "title", "goal", "initiative", "result", "mark")
_MONEY = ("budget", "settlement", "amounts")
_FILES = (
    "file",
    "content",
    "set",
    "remove",
    "edit",
    "cut_after",
    "after_mark",
    "items",
    "divisions",
    "legend",
)
_COMPANY = ("other", "expect")
NAMES = frozenset({"name", "also", "at", "kind", *_TEXTS, *_MONEY, *_FILES, *_COMPANY})
"""All that an example may hold."""

EDITS = frozenset({"edit", "cut_after", "after_mark"})
"""What changes the text of a report, and so speaks of one form."""

Example = Mapping[str, Any]


class ExampleError(Exception):
    """An example that no report can be made of; the message is for people."""


def document(example: Example, profile: Profile) -> tuple[bytes, str]:
    """The file of an example: its bytes and its name. Raises ExampleError."""
    try:
        if "file" in example:
            return example["content"].encode("utf-8"), example["file"]
        if "set" in example or "remove" in example:
            return _edited_json(example, profile), "報告.json"
        if profile.tree is not None:
            raise ExampleError("この様式はデータだけを読むので、例は set と remove で書いてください。")
        return _text(example, profile).encode("utf-8"), "報告.txt"
    except (LookupError, TypeError, ValueError, AttributeError):
        raise ExampleError(
            "欄の値の種類、項目の種類（kind）、書き換える場所（set・remove）を確かめてください。"
        ) from None


def unexpected(rule: Rule, kind: str, example: Example, outcome: Outcome, profile: Profile) -> list[str]:
    """What came of an example otherwise than it had to, in words for people; [] where all is right.

    A bad one gives the one finding of its rule, in an item that it changes, beside those that it names
    (`also`); a good one is judged by its rule and gives none but those. `profile`: the form of the report.
    """
    wanted = sorted([*([rule.id] if kind == "bad" else []), *example.get("also", ())])
    came = sorted(finding.rule for finding in outcome.findings)
    faults = []
    if came != wanted:
        faults.append(f"期待した指摘は{_listed(wanted)}ですが、出た指摘は{_listed(came)}です")
    found = next((finding for finding in outcome.findings if finding.rule == rule.id), None)
    if kind == "bad" and found is not None:
        faults += _misplaced(rule, example, found, profile)
    if kind == "good":
        coverage = next((entry for entry in outcome.coverage if entry.rule == rule.id), None)
        if coverage is None or not coverage.evaluated:
            faults.append("この規則では判定されませんでした")
    return faults + [f"点検の途中で問題が起きました（{fault.message}）" for fault in outcome.faults]


def _listed(codes: list[str]) -> str:
    return f"「{'・'.join(codes)}」" if codes else "「なし」"


def _misplaced(rule: Rule, example: Example, found: Finding, profile: Profile) -> list[str]:
    at = found.location
    if at.line is None and at.pointer is None and rule.judged_by != "reader":
        return ["指摘に場所がありません"]
    if "at" in example and at.pointer != example["at"]:
        return [f"期待した場所は「{example['at']}」ですが、指摘の場所は「{at.pointer}」です"]
    changed = _changed_items(example, profile)
    if "other" in example and not changed:  # what differs is the other report
        return []
    if changed is not None and found.item is not None and found.item.index not in changed:
        return [f"例で変えた項目ではなく、「{found.item.title}」の指摘になっています"]
    return []


def changed(example: Example) -> Report:
    """The clean report as an example without edits of its file changes it."""
    return _report(example)


def _changed_items(example: Example, profile: Profile) -> set[int] | None:
    """The items that an example changes; None where it edits the file itself."""
    if (EDITS | {"file", "set", "remove"}) & set(example):
        return None
    usual = {replace(item, index=0) for item in clean(profile).items}
    report = adapted(_report(example), profile)
    return {item.index for item in report.items if replace(item, index=0) not in usual}


def clean_report() -> Report:
    """The report that examples change."""
    return replace(from_json(_clean_data()), legend=LEGEND)


def clean(profile: Profile) -> Report:
    """The report that examples change, in the form of a profile."""
    return adapted(clean_report(), profile)


def _clean_data() -> dict[str, Any]:
    return deepcopy(dict(report_schema()["examples"][0])) | {"legend": LEGEND}


def _edited_json(example: Example, profile: Profile) -> bytes:
    data = to_json(clean(profile))
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
    report = adapted(_report(example), profile)
    text = to_text(report, profile)
    for old, new in example.get("edit", ()):
        if old not in text:
            raise ExampleError(f"edit の「{old}」が、もとになる報告の中にありません。")
        text = text.replace(old, new, 1)
    if "cut_after" in example:
        text = text[: text.index(example["cut_after"]) + len(example["cut_after"])]
    if "after_mark" in example:
        mark = f"{profile.fields['mark'][0]} {profile.brackets[0][0]}"
        at = text.index("\n", text.index(mark)) + 1
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
