"""The schemas themselves: sound, explained in Japanese, and true of what the project holds."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # no stubs among the tools
import jsonschema_rs
import pytest
import yaml

from jisseki_check.model import (
    OUTCOME_FORMAT,
    REPORT_FORMAT,
    Amount,
    Coverage,
    Fault,
    Indicator,
    Input,
    Item,
    Location,
    Remark,
    Report,
    Rule,
    Severity,
    Verdict,
)
from jisseki_check.resources import folder

NAMES = (
    "baseline",
    "comparison",
    "outcome",
    "profile",
    "record",
    "report",
    "rule",
    "rules-diff",
    "settings",
    "verification",
    "waivers",
)
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")


def schema(name: str) -> dict[str, Any]:
    text = (folder("schemas") / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def is_valid(name: str, data: object) -> bool:
    return jsonschema_rs.Draft202012Validator(schema(name)).is_valid(data)


def nodes(node: Any, at: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every object of a schema, with its place."""
    if isinstance(node, list):
        return [found for index, child in enumerate(node) for found in nodes(child, f"{at}/{index}")]
    if not isinstance(node, dict):
        return []
    children = [(key, child) for key, child in node.items() if key not in ("examples", "enum", "default")]
    return [(at, node)] + [found for key, child in children for found in nodes(child, f"{at}/{key}")]


def properties(name: str) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{at}/properties/{key}", child)
        for at, node in nodes(schema(name))
        if isinstance(node.get("properties"), dict) and not re.search("/(if|else)$", at)
        for key, child in node["properties"].items()
    ]


def test_there_are_no_others() -> None:
    assert {path.name.split(".")[0] for path in folder("schemas").iterdir()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_is_a_sound_schema_with_sound_examples(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    jsonschema_rs.meta.validate(schema(name))
    assert schema(name)["$id"] == f"urn:jisseki-check:{name}:1"
    for example in schema(name).get("examples", ()):
        assert is_valid(name, example)


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_explained_in_japanese(name: str) -> None:
    for at, node in [("", schema(name)), *properties(name)]:
        assert JAPANESE.search(node.get("title", "")) or node["title"] == "JSON Pointer", at
        assert JAPANESE.search(node.get("description", "")), at
        assert node["description"].endswith("。"), at


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_is_explained(name: str) -> None:
    for at, node in nodes(schema(name)):
        if "enumDescriptions" in node:
            assert len(node["enumDescriptions"]) == len(node["enum"]), at


@pytest.mark.parametrize("name", NAMES)
def test_examples_of_a_property_are_valid(name: str) -> None:
    """An editor offers them."""
    whole = schema(name)
    for at, node in properties(name):
        for example in node.get("examples", ()):
            validator = jsonschema_rs.Draft202012Validator(node | {"$defs": whole.get("$defs", {})})
            assert validator.is_valid(example), f"{at}: {example}"


END = r"(?![\s\S])"
"""Of a text, for every implementation; some let `$` pass over a last line feed."""


@pytest.mark.parametrize("name", NAMES)
def test_patterns_mean_the_same_to_every_implementation(name: str) -> None:
    for at, node in nodes(schema(name)):
        pattern = node.get("pattern")
        if isinstance(pattern, str):
            assert pattern.startswith("^"), at
            assert pattern.endswith(("$", END)) or pattern == "^/", at
            assert not re.search(r"\\[dDwWsSpPbB]", pattern.removesuffix(END)), at


@pytest.mark.parametrize(
    "name",
    [
        "baseline",
        "comparison",
        "outcome",
        "profile",
        "record",
        "report",
        "rules-diff",
        "settings",
        "verification",
    ],
)
def test_objects_are_closed(name: str) -> None:
    for at, node in nodes(schema(name)):
        if "object" in str(node.get("type")) and "properties" in node:
            assert "additionalProperties" in node, at


def test_the_report_holds_what_the_model_holds() -> None:
    def names(of: dict[str, Any]) -> set[str]:
        return set(of["properties"])

    def held(by: type) -> set[str]:
        return {field.name for field in fields(by)}

    report = schema("report")
    parts = report["$defs"]
    assert names(report) == held(Report) | {"$schema", "format"}
    assert names(parts["item"]) == held(Item)
    # Decimals that data hold as numbers are written in a smaller unit.
    assert names(parts["amount"]) == held(Amount) - {"fraction"}
    assert names(parts["indicator"]) == held(Indicator)
    assert names(parts["remark"]) == held(Remark) - {"at"}
    assert report["properties"]["format"]["const"] == REPORT_FORMAT


def test_the_outcome_holds_what_the_model_holds() -> None:
    outcome = schema("outcome")
    parts = outcome["$defs"]
    for name, record in {"input": Input, "location": Location, "fault": Fault}.items():
        assert set(parts[name]["properties"]) == {field.name for field in fields(record)}
    by_file = outcome["properties"]["coverage_by_file"]["additionalProperties"]["items"]["properties"]
    assert set(by_file) == {field.name for field in fields(Coverage)}
    assert set(parts["coverage"]["properties"]) == set(by_file) - {"left"}
    assert outcome["properties"]["format"]["const"] == OUTCOME_FORMAT
    assert outcome["properties"]["verdict"]["enum"] == [verdict.value for verdict in Verdict]
    assert parts["finding"]["properties"]["severity"]["enum"] == [level.value for level in Severity]


def outcome_data() -> dict[str, Any]:
    place = {
        "path": "soumu.txt",
        "line": 62,
        "column": 1,
        "end_line": 62,
        "end_column": 20,
        "sheet": None,
        "cell": None,
        "table": None,
        "row": None,
        "page": None,
        "pointer": "/items/6/amounts/1",
    }
    finding = {
        "rule": "FIN105",
        "name": "low-execution",
        "severity": "warning",
        "message": "執行率が 44.1％ です",
        "fix": "理由を書いてください。",
        "location": place,
        "report": {"department": "総務部", "fiscal_year": 2017},
        "item": {"index": 7, "section": 1, "number": "7", "title": "防災備蓄倉庫の整備"},
        "field": "settlement",
        "excerpt": "平成29年度決算：3,741千円",
        "given": "3,741千円",
        "expected": None,
        "difference": None,
        "related": [{"path": "soumu.txt", "line": 61}],
        "correction": None,
        "fingerprint": f"sha256:{'0' * 64}",
        "status": "new",
    }
    counts = {"files": 1, "reports": 1, "items": 33, "error": 0, "warning": 1, "info": 0}
    return {
        "format": OUTCOME_FORMAT,
        "tool": {"name": "jisseki-check", "version": "1.0.0", "rules_digest": f"sha256:{'0' * 64}"},
        "profile": "hirakata",
        "as_of": "2026-05-31",
        "verdict": "fail",
        "counts": counts | {"waived": 0, "baselined": 0},
        "inputs": [
            {
                "path": "soumu.txt",
                "sha256": "0" * 64,
                "format": "text",
                "status": "checked",
                "reports": 1,
                "items": 33,
                "reason": None,
            }
        ],
        "findings": [finding],
        "coverage": [
            {
                "rule": "FIN105",
                "evaluated": 4,
                "not_applicable": 29,
                "blocked": 0,
                "crashed": 0,
                "reason": None,
            }
        ],
        "faults": [{"stage": "rules", "message": "規則を判定できませんでした。", "rule": None, "path": None}],
    }


def test_an_outcome_of_the_contract_is_valid() -> None:
    assert is_valid("outcome", outcome_data())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verdict", "ok"),
        ("as_of", "2026/05/31"),
        ("findings", None),
        ("format", "jisseki-check/2"),
        ("時刻", 1),
    ],
)
def test_another_outcome_is_not(name: str, value: object) -> None:
    assert not is_valid("outcome", outcome_data() | {name: value})


def rule_files() -> list[Any]:
    paths = sorted(
        path for path in folder("rules").glob("*/*.yaml") if path.parent.name not in ("profiles", "lists")
    )
    return [pytest.param(path, id=path.name) for path in paths]


@pytest.mark.parametrize("path", rule_files())
def test_every_rule_file_is_valid(path: Any) -> None:
    rule = yaml.safe_load(path.read_text(encoding="utf-8"))
    errors = jsonschema.Draft202012Validator(schema("rule")).iter_errors(rule)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_a_rule_file_has_the_properties_of_the_model() -> None:
    assert set(schema("rule")["properties"]) == {field.name for field in fields(Rule)}


@pytest.mark.parametrize(
    "edit",
    [
        {"id": "FIN1"},
        {"level": "fatal"},
        {"basis": []},
        {"basis": [{"law": "地方自治法"}]},
        {"basis": [{"source": "法"}]},
        {"violated_when": None},
        {"judged_by": "reader"},
        {"examples": {"good": [], "bad": []}},
        {"colour": "red"},
    ],
    ids=str,
)
def test_a_broken_rule_is_refused(edit: dict[str, Any]) -> None:
    rule = {
        "id": "FIN101",
        "name": "settlement-exceeds-budget",
        "title": "決算額が予算額を超えています",
        "level": "error",
        "table": "items",
        "at": "settlement_yen",
        "violated_when": "settlement_yen > budget_yen",
        "message": "決算額 {settlement} が予算額を上回っています",
        "fix": "理由を書いてください。",
        "why": "予算の範囲内で執行する。",
        "basis": [{"law": "地方自治法", "article": "第232条の3", "relation": "趣旨"}, {"source": "算"}],
        "params": {},
        "examples": {"good": [{"name": "範囲内", "budget": "490千円"}], "bad": [{"name": "超過"}]},
    }
    assert is_valid("rule", rule)
    assert not is_valid("rule", rule | edit)


def profile_files() -> list[Any]:
    return [
        pytest.param(path, id=path.stem) for path in sorted((folder("rules") / "profiles").glob("*.yaml"))
    ]


@pytest.mark.parametrize("path", profile_files())
def test_every_profile_is_valid(path: Any) -> None:
    profile = yaml.safe_load(path.read_text(encoding="utf-8"))
    errors = jsonschema.Draft202012Validator(schema("profile")).iter_errors(profile)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []
    assert profile["name"] == path.stem


@pytest.mark.parametrize(
    ("settings", "valid"),
    [
        ({}, True),
        ({"select": ["FIN", "FIN1", "MRK101"], "max-bytes": 1}, True),
        ({"select": ["fin"]}, False),
        ({"select": ["FI1"]}, False),
        ({"select": "FIN"}, False),
        ({"fail_on": "error"}, False),
        ({"fail-on": "誤り"}, False),
        ({"max-bytes": 0}, False),
    ],
)
def test_settings(settings: dict[str, Any], valid: bool) -> None:
    assert is_valid("settings", settings) is valid


@pytest.mark.parametrize("name", ["comparison", "rules-diff"])
def test_what_is_taken_over_from_the_outcome_is_as_it_is_there(name: str) -> None:
    outcome, own = schema("outcome"), schema(name)
    shared = own["$defs"].keys() & outcome["$defs"].keys()
    assert {"count", "rule", "text"} <= shared
    for part in shared:
        assert own["$defs"][part] == outcome["$defs"][part], part
    head = own["$defs"]["run" if name == "comparison" else "side"]["properties"]
    for part in ("tool", "as_of", "counts", "fail_on", "profile", "scope", "verdict"):
        assert head[part] == outcome["properties"][part], part
