"""The judging of a report's shape: each fault once, at its place, in words."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # no stubs among the tools
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check.engine.portable_schema import refuse_unlike
from jisseki_check.engine.schema import RULES, SchemaError, judge, report_schema
from jisseki_check.resources import folder

RULE_FILES = sorted((folder("rules") / "schema").glob("SCH*.yaml"))
REFERENCE = jsonschema.Draft202012Validator(dict(report_schema()))


def clean() -> dict[str, Any]:
    report: dict[str, Any] = copy.deepcopy(report_schema()["examples"][0])
    return report


def parent_and_key(report: Any, pointer: str) -> tuple[Any, Any]:
    *parents, last = (part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:])
    for part in parents:
        report = report[int(part)] if isinstance(report, list) else report[part]
    return report, int(last) if isinstance(report, list) else last


def edited(example: dict[str, Any]) -> dict[str, Any]:
    """The clean report with a rule example's `set` and `remove` done to it."""
    report = clean()
    for pointer, value in example.get("set", {}).items():
        parent, key = parent_and_key(report, pointer)
        if isinstance(parent, list) and key == len(parent):
            parent.append(value)
        else:
            parent[key] = value
    for pointer in example.get("remove", ()):
        parent, key = parent_and_key(report, pointer)
        del parent[key]
    return report


def rule_examples(kind: str) -> list[Any]:
    found = []
    for path in RULE_FILES:
        rule = yaml.safe_load(path.read_text(encoding="utf-8"))
        for example in rule["examples"][kind]:
            found.append(pytest.param(rule, example, id=f"{rule['id']}-{example['name']}"))
    return found


def places(errors: list[SchemaError]) -> list[tuple[str, str]]:
    return [(error.rule, error.pointer) for error in errors]


def test_the_clean_report_has_no_fault() -> None:
    assert judge(clean()) == []


def test_every_rule_has_its_file() -> None:
    assert [path.name[:6] for path in RULE_FILES] == sorted(set(RULES.values()))


@pytest.mark.parametrize(("rule", "example"), rule_examples("good"))
def test_a_good_example_is_silent(rule: dict[str, Any], example: dict[str, Any]) -> None:
    assert judge(edited(example)) == [], rule["id"]


@pytest.mark.parametrize(("rule", "example"), rule_examples("bad"))
def test_a_bad_example_gives_this_finding_alone(rule: dict[str, Any], example: dict[str, Any]) -> None:
    errors = judge(edited(example))
    assert places(errors) == [(rule["id"], example["at"])]
    message = rule["message"].format_map(errors[0].params)
    assert example["at"] in message
    assert "None" not in message
    assert "{" not in message
    assert "「」" not in message


@pytest.mark.parametrize(
    ("example", "message"),
    [
        (
            {
                "set": {
                    "/items/3/amounts/0": {
                        "stage": "settlement",
                        "label": "決算",
                        "unit": "千円",
                        "value": "3,918",
                    }
                }
            },
            "「/items/3/amounts/0/value」（金額）は整数（なければ null）で書きます"
            "（書かれた値：文字列「3,918」）",
        ),
        ({"remove": ["/items/3/title"]}, "「/items/3/title」（項目名）がありません"),
        (
            {"set": {"/items/0/intiative": ""}},
            "「/items/0/intiative」は様式にない名前です（「initiative」の書き誤りと思われます）",
        ),
        ({"set": {"/kind": "成果"}}, "「/kind」（文書の種類）に文字列「成果」は使えません"),
        (
            {"set": {"/fiscal_year": 29}},
            "「/fiscal_year」（年度）は1868以上2200以下で書きます（書かれた値：29）",
        ),
        (
            {"set": {"/title": "表" * 501}},
            "「/title」（表題）は500文字以内で書きます（書かれた値：501文字）",
        ),
    ],
)
def test_messages(example: dict[str, Any], message: str) -> None:
    (error,) = judge(edited(example))
    (path,) = (path for path in RULE_FILES if path.name.startswith(error.rule))
    rule = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert rule["message"].format_map(error.params) == message


def test_hints_say_what_to_write() -> None:
    def hint(example: dict[str, Any]) -> str:
        (error,) = judge(edited(example))
        return error.hint

    assert "半角の数字で 3918 と" in hint({"set": {"/items/0/amounts/0/value": "３，９１８"}})
    assert "2017" in hint({"set": {"/fiscal_year": 29}})
    assert "18-1" in hint({"set": {"/items/0/number": "(2)"}})
    assert "section_title" in hint({"set": {"/items/0/備考": ""}})


def test_a_wrong_type_is_one_fault_whatever_else_it_breaks() -> None:
    """`kind` has an enumeration, `number` a pattern, `fiscal_year` bounds."""
    report = edited({"set": {"/kind": 1, "/items/0/number": 2, "/fiscal_year": "x"}})
    assert sorted(places(judge(report))) == [
        ("SCH002", "/fiscal_year"),
        ("SCH002", "/items/0/number"),
        ("SCH002", "/kind"),
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize(
    "pointer", ["/fiscal_year", "/legend", "/items/0/goal", "/items/0/indicators/0/target", "/items/0/kind"]
)
def test_what_is_no_json_number_has_the_wrong_type_even_where_null_may_stand(
    pointer: str, value: float
) -> None:
    (error,) = judge(edited({"set": {pointer: value}}))
    assert (error.rule, error.pointer) == ("SCH002", pointer)
    assert str(value) in (error.given or "")


def test_every_unknown_name_is_its_own_finding_at_an_escaped_pointer() -> None:
    report = clean() | {"a/b": 1, "c~d": 2}
    assert places(judge(report)) == [("SCH003", "/a~1b"), ("SCH003", "/c~0d")]


@pytest.mark.parametrize("data", [None, [], "report", 3, True])
def test_what_is_no_object_is_one_fault_at_the_root(data: object) -> None:
    (error,) = judge(data)
    assert (error.rule, error.pointer) == ("SCH002", "")
    assert error.params["pointer"] == "文書全体"


def test_an_integer_beyond_64_bits_is_out_of_range() -> None:
    for value in (2**63, -(2**63) - 1, 10**999):
        report = edited({"set": {"/items/0/amounts/0/value": value}})
        assert places(judge(report)) == [("SCH006", "/items/0/amounts/0/value")]
    assert judge(edited({"set": {"/items/0/amounts/0/value": -(2**63)}})) == []


def test_what_the_rules_judge_is_left_to_them() -> None:
    """An empty report of a faulty text file must convert to valid data, so that the rules speak."""
    item = {"index": 1, "kind": "priority", "title": None, "goal": None, "result": "", "mark": None}
    amount = {"stage": "settlement", "label": "", "value": None, "unit": None, "text": "3.918千円"}
    negative = {"stage": "settlement", "label": "決算", "value": -5, "unit": None, "field": "goal"}
    report = clean() | {
        "title": None,
        "department": None,
        "fiscal_year": None,
        "items": [item | {"amounts": [amount, negative]}],
    }
    assert judge(report) == []


def test_long_hostile_text_is_judged_in_linear_time() -> None:
    for text in ("(" * 1_000_000, "1" + " " * 1_000_000, "1-" * 500_000):
        report = edited({"set": {"/items/0/number": text, "/items/0/" + text: 1}})
        assert {rule for rule, _ in places(judge(report))} >= {"SCH003", "SCH006"}


def all_pointers(value: Any, at: str = "") -> list[str]:
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    return [
        pointer for key, child in children for pointer in (f"{at}/{key}", *all_pointers(child, f"{at}/{key}"))
    ]


POINTERS = all_pointers(clean())
STRANGE_VALUES = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        29,
        2**63,
        2.0,
        2.5,
        1e300,
        "",
        "x",
        "(2)",
        "2\t",
        "2\n",
        "lenient\n",
        "平\u2028成",
        "千円",
        "priority",
        [],
        [1],
        {},
        {"a": 1},
    ]
)


def expected_places(report: object) -> set[tuple[str, str]]:
    """What jsonschema finds, with our rules and places."""
    errors = list(REFERENCE.iter_errors(report))
    mistyped = {error.json_path for error in errors if error.validator == "type"}
    found = set()
    for error in errors:
        pointer = "".join(f"/{part}" for part in error.absolute_path)
        rule = RULES[str(error.validator)]
        if error.validator == "required":
            missing = [name for name in error.validator_value if name not in error.instance]
            found |= {(rule, f"{pointer}/{name}") for name in missing}
        elif error.validator == "additionalProperties":
            unknown = set(error.instance) - set(error.schema["properties"])
            found |= {(rule, f"{pointer}/{name}") for name in unknown}
        elif error.validator == "type" or error.json_path not in mistyped:
            found.add((rule, pointer))
    return found


@settings(max_examples=2_000, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(POINTERS), STRANGE_VALUES), max_size=4),
    st.lists(st.sampled_from(POINTERS), max_size=2),
    st.lists(st.sampled_from(["", "/items/1", "/items/0/amounts/0", "/items/0/indicators/0"]), max_size=2),
)
def test_agrees_with_a_second_implementation_over_thousands_of_documents(
    values: list[tuple[str, object]], removed: list[str], strangers: list[str]
) -> None:
    report = clean()
    edits: list[dict[str, Any]] = [{"set": {pointer: value}} for pointer, value in values]
    edits += [{"set": {f"{pointer}/stranger": 1}} for pointer in strangers]
    edits += [{"remove": [pointer]} for pointer in removed]
    for edit in edits:
        report = _edit_if_there(report, edit)
    found = places(judge(report))
    assert set(found) == expected_places(report)
    assert len(found) == len(set(found)) or _breaks_two_bounds(report)


def _edit_if_there(report: dict[str, Any], edit: dict[str, Any]) -> dict[str, Any]:
    """Edits follow one another, so the place of a later one may be gone."""
    result = copy.deepcopy(report)
    try:
        for pointer, value in edit.get("set", {}).items():
            parent, key = parent_and_key(result, pointer)
            parent[key] = value
        for pointer in edit.get("remove", ()):
            parent, key = parent_and_key(result, pointer)
            del parent[key]
    except (KeyError, IndexError, TypeError, ValueError):
        return report
    return result


def _breaks_two_bounds(report: object) -> bool:
    """Too long and of the wrong pattern are two faults of one value."""
    return any(error.validator == "maxLength" for error in REFERENCE.iter_errors(report))


def subschemas(node: Any, at: str = "") -> list[tuple[str, dict[str, Any]]]:
    found = [(at, node)] if isinstance(node, dict) and ("type" in node or "$ref" in node) else []
    children = node.items() if isinstance(node, dict) else ()
    for key, child in children:
        if key not in ("examples", "enum"):
            found += subschemas(child, f"{at}/{key}")
    return found


def test_the_schema_uses_only_keywords_that_have_a_rule() -> None:
    silent = {"$schema", "$id", "$ref", "$defs", "title", "description", "properties", "items", "examples"}
    silent |= {"enumDescriptions", "default"}
    keywords = {key for _, node in subschemas(report_schema()) for key in node}
    assert keywords - silent == set(RULES)
    assert {"minimum", "maximum"} <= keywords, "bounds come in pairs"
    for at, node in subschemas(report_schema()):
        assert ("minimum" in node) == ("maximum" in node), at
        assert "pattern" not in node or "examples" in node, at
        assert not {"enum", "const"} & set(node) or "type" in node, at


@pytest.mark.parametrize(
    "node",
    [
        {"pattern": "^[0-9]+$"},
        {"pattern": r"^\d+"},
        {"pattern": r"[\w]"},
        {"pattern": r"\p{L}"},
        {"pattern": r"a\s"},
        {"patternProperties": {r"\bx": {}}},
        {"multipleOf": 0.1},
    ],
)
def test_what_validators_read_differently_is_refused_when_the_schema_is_loaded(node: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="differently"):
        refuse_unlike({"properties": {"pattern": {"items": [node]}}})


@pytest.mark.parametrize(
    "node",
    [
        {"pattern": r"^[^\t\n$]+(?![\s\S])"},
        {"pattern": r"\$\[\.\\"},
        {"multipleOf": 2.0},
        {"examples": [{"pattern": "$"}]},
    ],
)
def test_what_they_read_alike_is_not(node: dict[str, Any]) -> None:
    refuse_unlike({"$defs": {"name": node}})


def test_the_schema_is_read_from_the_project() -> None:
    path: Path = folder("schemas") / "report.schema.json"
    assert report_schema() == json.loads(path.read_text(encoding="utf-8"))
