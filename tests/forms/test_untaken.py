"""What reading leaves out of JSON and YAML data is known, value by value."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given

from jisseki_check.forms.report_json import to_json
from jisseki_check.forms.untaken import untaken
from jisseki_check.model import Report
from tests.strategies import reports

DATA: dict[str, Any] = {
    "title": "平成29年度総務部の取り組み実績",
    "divisions": ["人事課"],
    "items": [
        {
            "index": 1,
            "kind": "priority",
            "number": "1",
            "result": "研修を行いました。",
            "amounts": [
                {"stage": "settlement", "label": "決算", "value": 6480, "unit": "千円", "field": "result"}
            ],
            "extra": {"備考": "なし"},
        }
    ],
}


@given(reports())
def test_nothing_of_a_report_is_left_out(report: Report) -> None:
    assert untaken(to_json(report)) == ()
    assert untaken(json.loads(json.dumps(to_json(report)))) == ()


def test_what_says_nothing_is_no_loss() -> None:
    assert untaken(DATA | {"memo": None, "notes": [], "more": {}, "format": "x"}) == ()


@pytest.mark.parametrize(
    ("pointer", "value", "lost"),
    [
        ("/memo", "x", "/memo"),
        ("/fiscal_year", "2017", "/fiscal_year"),
        ("/fiscal_year", True, "/fiscal_year"),
        ("/divisions/0", 3, "/divisions/0"),
        ("/divisions", "人事課", "/divisions"),
        ("/items/0/number", 1, "/items/0/number"),
        ("/items/0/result", ["a", "b"], "/items/0/result"),
        ("/items/0/kind", "重点", "/items/0/kind"),
        ("/items/0/a~b", "x", "/items/0/a~0b"),
        ("/items/0/amounts/0/value", "6,480", "/items/0/amounts/0/value"),
        ("/items/0/amounts/0/unit", "億円", "/items/0/amounts/0/unit"),
        ("/items/0/amounts/0/stage", "合計", "/items/0/amounts/0"),
        ("/items/0/extra/備考", 3, "/items/0/extra/備考"),
        ("/items/0", "x", "/items/0"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named(pointer: str, value: object, lost: str) -> None:
    data = copy.deepcopy(DATA)
    *way, last = pointer.split("/")[1:]
    held: Any = data
    for token in way:
        held = held[int(token)] if isinstance(held, list) else held[token]
    held[int(last) if isinstance(held, list) else last] = value
    assert [each for each, _ in untaken(data)] == [lost]


def test_an_entry_behind_one_that_was_passed_over_is_still_taken() -> None:
    data = copy.deepcopy(DATA)
    data["items"][0]["amounts"].insert(0, {"stage": "合計", "value": 1})
    data["items"].insert(0, 5)
    assert [pointer for pointer, _ in untaken(data)] == ["/items/0", "/items/1/amounts/0"]


def test_data_that_are_no_report_are_left_out_whole() -> None:
    assert untaken(["x"]) == (("", ["x"]),)
