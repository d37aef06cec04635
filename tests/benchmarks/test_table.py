"""The fifteen rules of the comparison say of each row what their peers' rules say of it."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from jisseki_check import facts
from jisseki_check.facts.contracts import TABLES
from tests.benchmarks.table.ours import ENGINES, failures
from tests.benchmarks.table.rules import COLUMNS, SPECS, ours

_RIGHT: dict[str, Any] = {
    "report": 0, "item": 1, "title": "河川の清掃", "mark": "◎", "result": "5月に" + "い" * 150,
    "kind": "priority", "settlement_unit": "千円", "section": 1, "initial_yen": 2_000_000, "rate": 0.9,
    "number": "12-1", "settlement_yen": 1_800_000,
}  # fmt: skip
_WRONG: dict[str, dict[str, Any]] = {
    "BEN101": {},  # as the right one: the same report and item
    "BEN102": {"title": None},
    "BEN103": {"mark": None},
    "BEN104": {"result": None},
    "BEN105": {"mark": "〇"},
    "BEN106": {"kind": "statement"},
    "BEN107": {"settlement_unit": "円"},
    "BEN108": {"section": 5},
    "BEN109": {"initial_yen": 999_999_999},
    "BEN110": {"rate": 0.4},
    "BEN111": {"number": "012"},
    "BEN112": {"result": "い" * 160},
    "BEN113": {"title": "川"},
    "BEN114": {"result": "5月に清掃しました。"},
    "BEN115": {"settlement_yen": 2_000_001},
}


def _items(*rows: dict[str, Any]) -> pl.DataFrame:
    return facts.frame(TABLES["items"], rows)


def test_there_are_fifteen() -> None:
    assert [rule.id for rule in ours()] == list(_WRONG)
    named = {
        name for spec in SPECS for name in [*spec.get("columns", []), spec.get("column"), spec.get("other")]
    }
    assert named - {None} == set(COLUMNS)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("code", _WRONG)
def test_each_names_the_wrong_row_and_no_other_does(code: str, engine: str) -> None:
    other = {} if code == "BEN101" else {"item": 2}
    counts = failures(_items(_RIGHT, _RIGHT | other | _WRONG[code]), engine)
    assert {rule: count for rule, count in counts.items() if count} == {code: 2 if code == "BEN101" else 1}


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_absent_violates_only_what_forbids_it(engine: str) -> None:
    counts = failures(_items({"report": 0, "item": 1}), engine)
    assert {rule for rule, count in counts.items() if count} == {"BEN102", "BEN103", "BEN104"}
