"""`json`, `jsonl` and `concise`: what other programs read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest

from jisseki_check import resources
from jisseki_check.formatters import FORMATS, content, render
from jisseki_check.formatters.tally import Share, counts, share
from jisseki_check.formatters.view import View
from jisseki_check.model import Location, Outcome
from tests.formatters.sample import FAILED, INCONCLUSIVE, OVERRUN, PASSED

OUTCOMES = {"failed": FAILED, "inconclusive": INCONCLUSIVE, "passed": PASSED}


def parsed(outcome: Outcome) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(render("json", outcome, View()))
    return data


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
def test_json_keeps_the_contract(outcome: Outcome) -> None:
    schema = json.loads((resources.folder("schemas") / "outcome.schema.json").read_text(encoding="utf-8"))
    hashed = replace(
        outcome,
        inputs=tuple(replace(each, sha256="a" * 64 if each.sha256 else None) for each in outcome.inputs),
    )
    errors = [str(error) for error in jsonschema_rs.Draft202012Validator(schema).iter_errors(parsed(hashed))]
    assert errors == []


def test_json_has_the_properties_of_the_contract_in_their_order() -> None:
    data = parsed(FAILED)
    assert list(data) == [
        "format",
        "tool",
        "profile",
        "as_of",
        "fail_on",
        "scope",
        "verdict",
        "counts",
        "inputs",
        "findings",
        "coverage",
        "faults",
        "waivers",
        "skipped",
        "baseline",
        "sources",
        "prior",
        "reports",
        "coverage_by_file",
    ]
    assert data["counts"] == {
        "files": 1,
        "reports": 1,
        "items": 33,
        "error": 2,
        "warning": 0,
        "info": 8,
        "waived": 0,
        "baselined": 0,
    }
    overrun = data["findings"][1]
    assert overrun["item"] == {"index": 7, "section": 1, "number": "7", "title": "公衆無線LAN環境整備事業"}
    assert overrun["report"] == {"department": "総務部", "fiscal_year": 2018}
    assert overrun["related"] == [{"path": "mizuki-soumu-h30.txt", "line": 58, "column": 1}]
    assert overrun["location"]["pointer"] == "/items/6/amounts/1"
    assert overrun["location"]["sheet"] is None


def test_json_is_readable_japanese_and_ends_with_a_line_feed() -> None:
    text = render("json", FAILED, View())
    assert "決算額 4,620千円" in text
    assert text.startswith('{\n  "format"')
    assert text.endswith("}\n")


@pytest.mark.parametrize("name", FORMATS)
def test_same_outcome_same_bytes(name: str) -> None:
    assert content(name, FAILED, View()) == content(name, replace(FAILED), View())


def test_how_it_is_shown_does_not_change_what_programs_read() -> None:
    shown = View(width=40, color=True, summary_only=True, statistics=True, verbose=True)
    for name in ("json", "jsonl"):
        assert render(name, FAILED, shown) == render(name, FAILED, View())


def test_jsonl_holds_all_that_json_does() -> None:
    records = [json.loads(line) for line in render("jsonl", INCONCLUSIVE, View()).splitlines()]
    whole = parsed(INCONCLUSIVE)
    by_type: dict[str, list[dict[str, Any]]] = {}
    for record in records:
        by_type.setdefault(record.pop("type"), []).append(record)
    assert by_type["finding"] == whole.pop("findings")
    assert by_type["input"] == whole.pop("inputs")
    assert by_type["coverage"] == whole.pop("coverage")
    assert by_type["fault"] == whole.pop("faults")
    assert by_type.get("waiver", []) == whole.pop("waivers")
    assert by_type.get("prior", []) == whole.pop("prior")
    assert by_type.get("report", []) == whole.pop("reports")
    whole.pop("coverage_by_file")  # for one file or for a thousand, it is as long as all the rest
    assert by_type["summary"] == [whole]
    assert list(by_type)[-1] == "summary"


def test_concise_is_one_clickable_line_a_finding() -> None:
    lines = render("concise", FAILED, View()).splitlines()
    assert lines[1] == (
        "mizuki-soumu-h30.txt:62:1: 誤り FIN101 決算額 4,620千円 が予算額 490千円 を 4,130千円 上回っています"
    )
    assert len(lines) == len(FAILED.findings) + 1
    assert lines[-1].startswith("判定 不適合　誤り 2・確認 0・参考 8　")


def test_concise_keeps_a_finding_on_its_line() -> None:
    broken = replace(OVERRUN, message="一行目\n::error::二行目", location=Location("a\nb.txt", 1, 1))
    assert len(render("concise", replace(FAILED, findings=(broken,)), View()).splitlines()) == 2


def test_concise_says_what_was_not_judged() -> None:
    lines = render("concise", INCONCLUSIVE, View(summary_only=True)).splitlines()
    assert (
        lines[0] == "判定不能: zeimu.xlsx　ファイルにパスワードが設定されています。（1件も点検していません）"
    )
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("judged", "due", "label"),
    [
        (4788, 4788, "100％（4,788／4,788）"),
        (99_999, 100_000, "99.9％（99,999／100,000）"),
        (1, 2, "50％（1／2）"),
        (0, 3, "0％（0／3）"),
        (0, 0, "判定の対象になる箇所はありませんでした"),
    ],
)
def test_share_is_100_percent_only_where_nothing_is_missing(judged: int, due: int, label: str) -> None:
    assert Share(judged, due).label == label


def test_share_counts_what_was_blocked_or_crashed_as_missing() -> None:
    assert share(FAILED) == Share(73, 77)
    assert share(INCONCLUSIVE) == Share(34, 37)


def test_only_new_findings_count() -> None:
    known = replace(
        FAILED, findings=(replace(OVERRUN, status="baselined"), replace(OVERRUN, status="waived"))
    )
    number = counts(known)
    assert (number.error, number.baselined, number.waived) == (0, 1, 1)
