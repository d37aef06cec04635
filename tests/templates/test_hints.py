"""The colours of a form say what the rules say, one step to each side of every limit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from jisseki_check.engine import run
from jisseki_check.engine.examples import clean_report
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Amount, Item, Rule, Severity
from jisseki_check.profiles import Profile, RuleSetting
from jisseki_check.templates import form, hints
from jisseki_check.templates.hints import Hint
from tests.edits import AS_OF, profile
from tests.templates.formulas import Sheet, Value

FIRST = 10
YEAR = 2017


def layout(of: Profile | None = None) -> hints.Sheet:
    held = of or profile()
    return hints.Sheet(held, form.columns(held, YEAR), form.places(held), FIRST)


@cache
def rules() -> Mapping[str, Rule]:
    return form.rules(profile())


def of(code: str, column: str | None = None) -> list[Hint]:
    held = [each for each in hints.hints(layout(), rules()) if each.code == code]
    return [each for each in held if column is None or each.column == column]


def sheet(*rows: Mapping[str, Value], title: str = "平成29年度総務部の取り組み実績") -> Sheet:
    """A form with these rows: the values of the columns by name; the formulas look at the first row."""
    cells: dict[str, Value] = {"A1": title}
    for at, row in enumerate(rows, start=FIRST):
        cells |= {f"{layout().letters[name]}{at}": value for name, value in row.items() if value is not None}
    words = profile().words
    return Sheet(
        cells,
        {
            hints.OVERRUN: list(words["overrun"]),
            hints.UNDERSPEND: list(words["underspend"]),
            hints.SIGNS: list(profile().mark_signs),
        },
    )


def row(item: Item) -> dict[str, Value]:
    """An item as it stands in the form."""
    place = next(
        p for p in form.places(profile()) if p.section.number == item.section and p.group == item.group
    )
    held: dict[str, Value] = {
        name: getattr(item, name)
        for name in ("group", "number", "title", "goal", "initiative", "result", "mark")
    }
    held["section"] = form.heading(place, profile())
    for amount in item.amounts:
        held[amount.stage] = amount.value
        held["note"] = amount.note or held.get("note")
    return held


def coloured(code: str, *items: Item, of_row: int = 0) -> bool:
    """Whether the form colours a cell of that row for the rule."""
    held = sheet(*map(row, items))
    # A formula is written for the first row; in the others its relative rows move along.
    return any(held.is_true(_moved(each.formula, of_row)) for each in of(code))


def _moved(formula: str, by: int) -> str:
    return re.sub(rf"(?<=\$[A-Z]){FIRST}(?![0-9])", str(FIRST + by), formula)


def found(code: str, *items: Item, index: int = 1) -> bool:
    """Whether the rule speaks of that item in the check."""
    numbered = tuple(replace(item, index=at) for at, item in enumerate(items, start=1))
    report = replace(clean_report(), items=numbered)
    data = json.dumps(to_json(report), ensure_ascii=False).encode()
    outcome = run.check([], options=run.Options(as_of=AS_OF, stdin=(data, "報告.json")))
    assert outcome.faults == ()
    return any(f.rule == code and f.item is not None and f.item.index == index for f in outcome.findings)


def clean(index: int = 1) -> Item:
    return clean_report().items[index - 1]


def priced(budget: int | None, settlement: int | None, **changes: Any) -> Item:
    """The clean 重点施策 with these amounts, in 千円."""
    note = changes.pop("note", None)
    amounts = [
        Amount(
            stage, f"平成29年度{label}", YEAR, value, "千円", note if stage == "settlement" else None, field
        )
        for stage, label, value, field in (
            ("initial_budget", "当初予算", budget, "initiative"),
            ("settlement", "決算", settlement, "result"),
        )
        if value is not None
    ]
    return replace(clean(), amounts=tuple(amounts), **changes)


PLAIN = "南小学校の校庭に防災備蓄倉庫を設置し、平成30年1月15日に使用を開始しました。"
LOW, MODERATE = (float(rules()["FIN106"].params[name]) for name in ("low_rate", "moderate_rate"))
UNSPENT = int(rules()["FIN121"].params["least_unspent_yen"]) // 1000


@pytest.mark.parametrize(
    ("code", "budget", "settlement"),
    [
        *(("FIN101", 490, 490 + step) for step in (-1, 0, 1)),
        *(("FIN103", budget, settlement) for budget in (None, 0, 1) for settlement in (None, 0, 1)),
        *(("FIN104", budget, settlement) for budget in (None, 0, 1) for settlement in (None, 0, 1)),
        *(("FIN105", 1000, int(1000 * LOW) + step) for step in (-1, 0, 1)),
        *(("FIN105", 1000, spent) for spent in (0, 4)),
        *(("FIN106", 1000, int(1000 * limit) + step) for limit in (LOW, MODERATE) for step in (-1, 0, 1)),
        *(("FIN106", 1000, spent) for spent in (0, 4)),
        *(("FIN107", budget, spent) for budget in (0, 1) for spent in (0, 1)),
        *(("FIN121", 200_000, 200_000 - UNSPENT + step) for step in (-1, 0, 1)),
        *(("FIN122", 490, spent) for spent in (-1, 0, 1)),
    ],
)
def test_limits_of_money(code: str, budget: int | None, settlement: int | None) -> None:
    item = priced(budget, settlement, result=PLAIN)
    assert coloured(code, item) == found(code, item)


def test_the_limits_above_are_met_on_both_sides() -> None:
    """Else a formula that is never true would do."""
    for code, spent in (("FIN101", 491), ("FIN105", 200), ("FIN106", 300), ("FIN107", 0), ("FIN122", -1)):
        budget = 490
        assert coloured(code, priced(budget, spent, result=PLAIN)), code
        assert not coloured(code, priced(budget, 480, result=PLAIN)), code


@pytest.mark.parametrize("word", ["補正予算", "流用", "繰越"])
@pytest.mark.parametrize("where", ["note", "result"])
def test_a_reason_for_more_than_the_budget(word: str, where: str) -> None:
    changes = {"note": f"{word}による"} if where == "note" else {"result": f"{PLAIN}{word}で対応しました。"}
    item = priced(490, 512, **({"result": PLAIN} | changes))
    assert coloured("FIN101", item) is found("FIN101", item) is False


@pytest.mark.parametrize("code", ["FIN105", "FIN106", "FIN107"])
def test_a_reason_for_less_than_the_budget(code: str) -> None:
    spent = {"FIN105": 100, "FIN106": 300, "FIN107": 0}[code]
    item = priced(490, spent, result=f"{PLAIN}入札により費用が安くなりました。")
    assert coloured(code, item) is found(code, item) is False
    bare = priced(490, spent, result=PLAIN)
    assert coloured(code, bare) is found(code, bare) is True


@pytest.mark.parametrize("mark", [None, "", "◎", "○", "△", "×", "－", "〇", "A", "◎○"])
def test_marks(mark: str | None) -> None:
    item = replace(clean(), mark=mark)
    missing = coloured("MRK101", item)
    assert missing == found("MRK101", item)
    other = any(found(code, item) for code in ("MRK102", "MRK103", "MRK104"))
    assert coloured("MRK102", item) == other


@pytest.mark.parametrize("index", range(1, 7))
@pytest.mark.parametrize("field", ["title", "goal", "initiative", "result"])
@pytest.mark.parametrize("text", ["", "　", "文"])
def test_fields_that_must_not_be_empty(index: int, field: str, text: str) -> None:
    """For every kind of item; a field that its kind does not have may be blank."""
    has_none = field != "title" and getattr(clean(index), field) is None
    item = _with_text(clean(index), field, None if has_none and text != "文" else text)
    said = any(found(code, item) and _of_field(code, item, field) for code in ("STR102", "STR103"))
    assert any(sheet(row(item)).is_true(each.formula) for each in of("STR103", field)) == said


def _with_text(item: Item, field: str, text: str | None) -> Item:
    return {
        "title": replace(item, title=text),
        "goal": replace(item, goal=text),
        "initiative": replace(item, initiative=text),
        "result": replace(item, result=text),
    }[field]


def _of_field(code: str, item: Item, field: str) -> bool:
    report = replace(clean_report(), items=(replace(item, index=1),))
    data = json.dumps(to_json(report), ensure_ascii=False).encode()
    outcome = run.check([], options=run.Options(as_of=AS_OF, stdin=(data, "報告.json")))
    return any(each.rule == code and each.field == field for each in outcome.findings)


@pytest.mark.parametrize(
    ("numbers", "at"),
    [
        (("17", "17"), 1),
        (("17", "18-1"), 1),
        (("17", "18-1", "17"), 2),
        (("18-1", "18-2"), 1),
        (("17", "17"), 0),
    ],
)
def test_a_plan_s_number_stands_once(numbers: tuple[str, ...], at: int) -> None:
    items = [replace(clean(2), number=number, title=f"課題{place}") for place, number in enumerate(numbers)]
    assert coloured("STR105", *items, of_row=at) == found("STR105", *items, index=at + 1)


def test_numbers_of_other_parts_do_not_count() -> None:
    items = (replace(clean(1), number="17"), replace(clean(2), number="17"))
    assert not coloured("STR105", *items, of_row=1)
    assert not found("STR105", *items, index=2)


def test_a_clean_report_has_no_colour() -> None:
    items = clean_report().items
    for hint in hints.hints(layout(), rules()):
        held = sheet(*map(row, items))
        assert not any(held.is_true(_moved(hint.formula, at)) for at in range(len(items))), hint


def test_a_blank_row_has_no_colour() -> None:
    assert not any(sheet({}).is_true(hint.formula) for hint in hints.hints(layout(), rules()) if hint.column)


def test_what_a_choice_waits_for() -> None:
    waiting = [hint for hint in hints.hints(layout(), rules()) if hint.code is None]
    title_only = sheet({"title": "防災備蓄倉庫の整備"})
    assert [hint.column for hint in waiting if title_only.is_true(hint.formula)] == ["section"]
    ungrouped = sheet({"title": "手引の見直し", "section": "2. 行政改革・業務改善"})
    assert [hint.column for hint in waiting if ungrouped.is_true(hint.formula)] == ["group"]


def test_the_title_is_to_be_completed() -> None:
    (hint,) = of("PLH101")
    assert sheet(title="○○年度○○部の取り組み実績").is_true(hint.formula)
    assert not sheet().is_true(hint.formula)


def test_profiles_decide() -> None:
    """A rule that is off gives no colour; a profile's own limits and levels count."""
    own = replace(
        profile(),
        rules={
            "FIN103": RuleSetting(enabled=False),
            "FIN105": RuleSetting(level=Severity.ERROR, params={"low_rate": 0.25}),
        },
    )
    held = hints.hints(layout(own), form.rules(own))
    assert not any(hint.code == "FIN103" for hint in held)
    (low,) = (hint for hint in held if hint.code == "FIN105")
    assert low.level is Severity.ERROR
    assert sheet(row(priced(1000, 249, result=PLAIN))).is_true(low.formula)
    assert not sheet(row(priced(1000, 250, result=PLAIN))).is_true(low.formula)


def test_large_units_may_differ_by_their_rounding() -> None:
    own = replace(profile(), unit="百万円")
    held = {hint.code: hint for hint in hints.hints(layout(own), form.rules(own))}
    assert "FIN107" not in held
    for spent, is_more in ((155, False), (156, False), (157, True)):
        assert sheet(row(priced(155, spent, result=PLAIN))).is_true(held["FIN101"].formula) is is_more
