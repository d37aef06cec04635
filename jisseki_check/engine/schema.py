"""The shape of a report, judged by schemas/report.schema.json: one error a fault, in words for people.

jsonschema-rs walks the data; what it says in English is said again here from the schema's own Japanese
titles, descriptions and examples, so that the schema stays the only place that explains a property.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from jisseki_check.engine.portable_schema import refuse_unlike
from jisseki_check.resources import folder

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator, ValidationError

RULES = {
    "required": "SCH001",
    "type": "SCH002",
    "additionalProperties": "SCH003",
    "enum": "SCH004",
    "const": "SCH004",
    "pattern": "SCH005",
    "minimum": "SCH006",
    "maximum": "SCH006",
    "maxLength": "SCH006",
    "maxItems": "SCH006",
}
"""Keyword of the schema → rule. A keyword that is not here must not stand in the schema."""

_TYPES = {
    "object": "オブジェクト（{ }）",
    "array": "配列（[ ]）",
    "string": "文字列",
    "integer": "整数",
    "number": "数",
    "boolean": "真偽値",
}
_SHOWN = 40  # characters of a value as written
_SHOWN_POINTER = 80

Path = tuple[str | int, ...]
Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One fault of shape. `pointer` is the property itself, also where it is missing.

    `label` is the property's Japanese name, "" where the schema knows none; `given` the value as
    written, None where there is none; `expected` what the schema asks for (SCH003: the nearest
    known name), None where it cannot be said in a word; `hint` is a sentence to go with the rule's
    advice, or "".
    """

    rule: str
    pointer: str
    label: str = ""
    given: str | None = None
    expected: str | None = None
    hint: str = ""

    @property
    def params(self) -> dict[str, str]:
        """What the message of the rule file is filled with."""
        return {
            "pointer": _cut(self.pointer, _SHOWN_POINTER) or "文書全体",
            "label": f"（{self.label}）" if self.label else "",
            "given": self.given or "",
            "expected": self.expected or "",
            "nearest": f"（「{self.expected}」の書き誤りと思われます）" if self.expected else "",
        }


def judge(data: object) -> list[SchemaError]:
    """All faults of shape of one report, given as JSON values; an empty list: none.

    Raises ValueError for what JSON does not know (dates, keys that are no strings, lone surrogates)
    and for nesting deeper than 250, both of which a reader refuses before.
    """
    errors = list(_validator().iter_errors(data))
    # null or a number of the wrong type also misses the enumeration: that is the same fault.
    mistyped = {tuple(error.instance_path) for error in errors if error.kind.name == "type"}
    return [
        found
        for error in errors
        if error.kind.name == "type" or tuple(error.instance_path) not in mistyped
        for found in _explain(error, data)
    ]


@cache
def report_schema() -> Node:
    """schemas/report.schema.json. Its first example is the clean report that rule examples edit."""
    schema: Node = json.loads((folder("schemas") / "report.schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # 40 ms that only a run over JSON or YAML needs

    refuse_unlike(report_schema())
    return Draft202012Validator(dict(report_schema()))


def _explain(error: ValidationError, data: object) -> Iterator[SchemaError]:
    """The error in our words; unknown properties come several in one error of the library."""
    keyword, path = error.kind.name, tuple(error.instance_path)
    node = _node(tuple(error.schema_path[:-1]))
    rule, value = RULES[keyword], error.kind.value
    if keyword == "required":
        yield _missing(rule, (*path, value), _resolved(node["properties"][value]))
    elif keyword == "additionalProperties":
        for name in value:
            yield _unknown(rule, (*path, name), name, list(node["properties"]))
    else:
        given = _value_at(data, path)
        expected, shown, hint = _expectation(keyword, node, given)
        yield SchemaError(rule, _pointer(path), node["title"], shown, expected, hint)


def _missing(rule: str, path: Path, node: Node) -> SchemaError:
    expected, hint = type_words(node), node["description"]
    return SchemaError(rule, _pointer(path), node["title"], expected=expected, hint=hint)


def _unknown(rule: str, path: Path, name: str, known: list[str]) -> SchemaError:
    # Comparing costs time in the square of the length, and no name of ours is long.
    nearest = get_close_matches(name[:_SHOWN], known, n=1)
    hint = "" if nearest else f"ここで使える名前は、{'、'.join(known)} です。"
    return SchemaError(rule, _pointer(path), expected=nearest[0] if nearest else None, hint=hint)


def _expectation(keyword: str, node: Node, given: object) -> tuple[str | None, str, str]:
    """What was asked for, what was given, and a hint."""
    shown, description = displayed(given), node["description"]
    if keyword == "type":
        return type_words(node), shown, _unquoted(node, given) or description
    if keyword == "enum":
        return "、".join(shown_choices(node)), shown, description
    if keyword == "const":
        return f"「{node['const']}」", shown, description
    if keyword == "pattern":
        return None, shown, f"{description}例：{'、'.join(node['examples'])}"
    if keyword == "maxLength":
        return f"{node[keyword]:,}文字以内", f"{len(str(given)):,}文字", description
    if keyword == "maxItems":
        return f"{node[keyword]:,}件以内", shown, description
    return f"{_number(node['minimum'])}以上{_number(node['maximum'])}以下", shown, description


def type_words(node: Node) -> str:
    """The types that a schema allows, in Japanese."""
    names = _type_names(node)
    said = "か".join(_TYPES[name] for name in names if name != "null")
    return f"{said}（なければ null）" if "null" in names else said


def _type_names(node: Node) -> list[str]:
    return node["type"] if isinstance(node["type"], list) else [node["type"]]


def shown_choices(node: Node) -> list[str]:
    """The words that a schema allows, each with its meaning."""
    choices = [value for value in node["enum"] if value is not None]
    meanings = node.get("enumDescriptions")
    if meanings:
        choices = [f"{value}（{meaning}）" for value, meaning in zip(choices, meanings, strict=True)]
    return [*choices, "null"] if None in node["enum"] else choices


def _unquoted(node: Node, given: object) -> str:
    """How to write a number that was written as a string; it is said only where it is certain."""
    if not isinstance(given, str) or {"integer", "number"}.isdisjoint(_type_names(node)):
        return ""
    digits = given.replace(",", "").replace("，", "")
    if not digits.isdecimal() or len(digits) > _SHOWN:
        return ""
    return f'引用符（"）も桁区切りも付けず、半角の数字で {int(digits)} と書いてください。'


def displayed(value: object) -> str:
    """A value as it was written, on one line and cut."""
    if isinstance(value, str):
        return f"文字列「{_cut(' '.join(value[: 4 * _SHOWN].split()), _SHOWN)}」"
    if isinstance(value, list):
        return f"配列（{len(value):,}件）"
    if isinstance(value, Mapping):
        return f"オブジェクト（{len(value):,}個の名前）"
    if isinstance(value, float) and not isfinite(value):
        return f"数ではない値（{value}）"
    return _cut(_number(value), _SHOWN)


def _number(value: object) -> str:
    """A number as JSON writes it, true, false or null."""
    if isinstance(value, int) and abs(value) >= 10**100:
        return "桁数の多すぎる整数"  # int → str raises beyond 4 300 digits
    return json.dumps(value)


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _pointer(path: Path) -> str:
    """RFC 6901; "" is the whole document."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)


def _value_at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


@cache
def _node(path: Path) -> Node:
    return _resolved(_value_at(report_schema(), path))


def _resolved(node: Node) -> Node:
    """A property's own schema, or the one below $defs that it points at."""
    if "$ref" in node:
        return _node(tuple(node["$ref"].removeprefix("#/").split("/")))
    return node
