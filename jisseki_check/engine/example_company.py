"""What an example is judged with: another report (`other`), and a list of those that must be there
(`expect`).

The other report has the items that the example names, changed once more as `other` says, and by default
nothing else: what both have in common else would be found fault with too.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jisseki_check.engine import examples, run
from jisseki_check.engine.examples import Example, ExampleError
from jisseki_check.engine.expected import ExpectedError, parse
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Amount, Item, Outcome, Report
from jisseki_check.notation.fiscal import label
from jisseki_check.notation.money import read_amount
from jisseki_check.profiles import Profile

_ITEM = ("kind", "number", "title", "goal", "initiative", "result", "mark", "budget", "settlement")
_OF_THE_REPORT = ("report_kind", "year", "department", "municipality", "checked", "file")
NAMES = frozenset({*_ITEM, *_OF_THE_REPORT, "items"})
"""All that `other` may hold."""

_FILE = "相手{}.json"
_LIST = "一覧.txt"
_TITLES = {"results": "の取り組み実績", "plan": "の運営方針"}
_YEAR = re.compile(r"平成29年度")


def check(example: Example, profile: Profile, options: run.Options) -> Outcome:
    """What comes of an example. Raises ExampleError and UsageError."""
    content, name = examples.document(example, profile)
    if "expect" in example:
        try:
            options = replace(options, expected=parse("\n".join(example["expect"]), _LIST))
        except ExpectedError as error:
            raise ExampleError(str(error)) from None
    if "other" not in example:
        return run.check([], options=replace(options, stdin=(content, name)))
    with tempfile.TemporaryDirectory() as folder:
        given, prior = Path(folder) / "given", Path(folder) / "prior"
        given.mkdir()
        prior.mkdir()
        (given / name).write_bytes(content)
        for held in others(example):
            ((prior if held.is_prior else given) / held.name).write_bytes(held.content)
        has_prior = any(prior.iterdir())
        return run.check([given], options=replace(options, prior=(prior,) if has_prior else ()))


@dataclass(frozen=True, slots=True)
class Other:
    """A file beside the example's own. `is_prior`: it is read for comparison only."""

    name: str
    content: bytes
    is_prior: bool


def others(example: Example) -> list[Other]:
    """The other reports of an example, as JSON. Raises ExampleError."""
    told = example.get("other", [])
    held = [told] if isinstance(told, Mapping) else list(told)
    return [_file(example, each, number) for number, each in enumerate(held, start=1)]


def _file(example: Example, told: Mapping[str, Any], number: int) -> Other:
    unknown = sorted(set(told) - NAMES)
    if unknown:
        raise ExampleError(f"other の「{unknown[0]}」は使えません。")
    try:
        data = json.dumps(to_json(_other(example, told)), ensure_ascii=False, indent=1)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise ExampleError("other の欄の値の種類を確かめてください。") from None
    name = str(told.get("file", _FILE.format(number)))
    return Other(name, data.encode("utf-8"), not told.get("checked"))


def _other(example: Example, told: Mapping[str, Any]) -> Report:
    own = {key: example[key] for key in (*_ITEM, "items") if key in example}
    if not {"kind", "number"} & own.keys():
        own.pop("title", None)  # the report's own
    item = {key: told[key] for key in (*_ITEM, "items") if key in told}
    entry = {**own, **item}
    report = examples.changed({"kind": "priority"} | entry if "items" not in entry else entry)
    if not told.get("checked"):
        usual = {replace(each, index=0) for each in examples.clean_report().items}
        changed = tuple(each for each in report.items if replace(each, index=0) not in usual)
        first = tuple(each for each in report.items if each.kind == entry.get("kind", "priority"))[:1]
        report = replace(report, items=changed or first)
    kind = told.get("report_kind", report.kind)
    return _of(report, kind, told.get("year", report.fiscal_year), told)


def _of(report: Report, kind: str, year: int, told: Mapping[str, Any]) -> Report:
    """The report as that of another year, kind or department."""
    department = told.get("department", report.department)
    items = tuple(
        replace(_item(item, kind, year), index=index) for index, item in enumerate(report.items, start=1)
    )
    return replace(
        report,
        municipality=told.get("municipality"),
        department=department,
        kind=kind,
        fiscal_year=year,
        fiscal_year_label=label(year),
        title=f"{label(year)}{department}{_TITLES[kind]}",
        items=items,
    )


def _item(item: Item, kind: str, year: int) -> Item:
    amounts = tuple(
        replace(
            amount,
            label=_YEAR.sub(label(year), amount.label),
            fiscal_year=year,
            value=amount.value if amount.value is not None else _value(amount),
        )
        for amount in item.amounts
        if kind == "results" or amount.stage != "settlement"
    )
    if kind == "plan":
        item = replace(item, result=None, mark=None)
    return replace(item, amounts=amounts)


def _value(amount: Amount) -> int | None:
    value = read_amount(amount.text).value
    return value if isinstance(value, int) else None
