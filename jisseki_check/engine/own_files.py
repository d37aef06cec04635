"""Files that a city writes itself (profiles, rules, waivers): where they stand wrong, in words for people.

The words come from the schema's own Japanese titles, descriptions and examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisseki_check.engine.schema import displayed, shown_choices, type_words
from jisseki_check.model import Unreadable
from jisseki_check.os_errors import in_words
from jisseki_check.readers import DEFAULT_LIMITS, read_bytes
from jisseki_check.readers.pointers import SpanPointers
from jisseki_check.readers.sniffing import not_text, spaced

if TYPE_CHECKING:
    from jsonschema_rs import ValidationError

_TEXT_WANTED = "YAML か TOML のファイルを指定してください。"

At = tuple[str | int, ...]
Node = Mapping[str, Any]
Fault = tuple[At, str]
"""Where in the data, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong with a file, for the one who writes it. Lines and columns start at 1."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file's data, and the way back to its lines."""

    path: str
    data: Any
    text: str
    pointers: SpanPointers

    def mistake(self, fault: Fault) -> Mistake:
        """A fault with its line and column: those of the key, or of the nearest thing that is there."""
        at, message = fault
        place = self.pointers.locate_key("".join(f"/{_escaped(part)}" for part in at))
        return Mistake(self.path, place.line or 1, place.column or 1, message)


def read(path: Path, name: str | None = None) -> OwnFile | Mistake:
    """A YAML file, or why it cannot be read as one; `name` is shown instead of its path."""
    name = name or path.as_posix()
    try:
        return parsed(path.read_bytes(), name)
    except OSError as error:
        return Mistake(name, 1, 1, f"ファイルを読めません（{in_words(error)}）。")


def parsed(content: bytes, name: str) -> OwnFile | Mistake:
    """The data of a file: TOML by its ending, else YAML; or why it cannot be read as that."""
    is_toml = name.endswith(".toml")
    try:
        if is_toml:
            from jisseki_check.readers.toml_data import read_toml  # 4 ms, and most files of ours are YAML

            source = read_toml(content, name, DEFAULT_LIMITS)
        else:
            noun = not_text(content, DEFAULT_LIMITS)
            if noun is not None:
                return Mistake(name, 1, 1, f"中身が{spaced(noun)}なので、読めません。{_TEXT_WANTED}")
            as_yaml = name if name.endswith((".yaml", ".yml")) else f"{name}.yaml"
            source = read_bytes(content, as_yaml, is_report=False)
    except Unreadable as error:
        at = error.at
        fix = f"。{error.fix}" if error.fix else "。"
        return Mistake(name, (at and at.line) or 1, (at and at.column) or 1, f"{error.message}{fix}")
    if not isinstance(source.pointers, SpanPointers):
        return Mistake(name, 1, 1, f"{'TOML' if is_toml else 'YAML'} として読めません。")
    return OwnFile(name, source.data, content.decode("utf-8-sig", "replace"), source.pointers)


def _escaped(part: str | int) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


# --- what YAML may be read as -------------------------------------------------------------------


def ambiguities(data: object, usual: object, at: At = ()) -> Iterator[Fault]:
    """Values that YAML readers take for different things (no, 010, 12:30): `usual` is the other reading."""
    if isinstance(data, dict) and isinstance(usual, dict) and data.keys() == usual.keys():
        for key, value in data.items():
            yield from ambiguities(value, usual[key], (*at, key))
    elif isinstance(data, list) and isinstance(usual, list) and len(data) == len(usual):
        for position, value in enumerate(data):
            yield from ambiguities(value, usual[position], (*at, position))
    elif data != usual or type(data) is not type(usual):
        yield at, f'{displayed(data)}は、YAML では別の値とも読めます。引用符（"）で囲んでください。'


# --- shape --------------------------------------------------------------------------------------


def faults_of_shape(data: object, schema: Node) -> Iterator[Fault]:
    """All that breaks the schema, each fault once."""
    from jsonschema_rs import Draft202012Validator  # 40 ms

    errors = list(Draft202012Validator(dict(schema)).iter_errors(data))
    mistyped = {tuple(error.instance_path) for error in errors if error.kind.name == "type"}
    misspelt = set(_misspelt(errors, schema))
    told: set[Fault] = set()
    for error in errors:
        at = tuple(error.instance_path)
        if error.kind.name != "type" and at in mistyped:
            continue  # the wrong type also misses the choices: that is the same fault
        if error.kind.name == "required" and (*at, error.kind.value) in misspelt:
            continue
        for fault in _explain(error, at, data, schema):
            if fault not in told:
                told.add(fault)
                yield fault


def _misspelt(errors: Iterable[ValidationError], schema: Node) -> Iterator[At]:
    """Names that stand there in another spelling: what is misspelt is not also missing."""
    for error in errors:
        if error.kind.name == "additionalProperties":
            at = tuple(error.instance_path)
            for name in error.kind.value:
                close = _close(name, list(node_at(schema, at).get("properties", ())))
                yield from [(*at, close[0])] if close else []


def _explain(error: ValidationError, at: At, data: object, schema: Node) -> Iterator[Fault]:
    node = node_at(schema, at)
    value: Any = getattr(error.kind, "value", None)
    keyword = error.kind.name
    if keyword == "required":
        wanted = _property(node, value, schema)
        yield at, f"「{value}」（{wanted.get('title', value)}）がありません。{wanted.get('description', '')}"
    elif keyword == "additionalProperties":
        for name in value:
            yield (*at, name), unknown_name(name, list(node.get("properties", ())))
    elif keyword == "propertyNames":
        name = value.instance
        known = _resolved(node["propertyNames"], schema).get("enum")
        yield (*at, name), unknown_name(name, known) if known else f"「{name}」という名前は使えません。"
    elif keyword == "oneOf":
        yield at, _one_of(node, value_at(data, at))
    else:
        given = value_at(data, at)
        yield at, _KEYWORDS.get(keyword, _plainly)(node, given, at)


def unknown_name(name: str, known: list[str]) -> str:
    """A name that is not used here, with the nearest one that is."""
    close = _close(name, known)
    advice = f"「{close[0]}」のことでしょうか。" if close else f"使えるのは {'・'.join(known)} です。"
    return f"「{name}」という名前は使えません。{advice}"


def _close(wrong: str, known: list[str]) -> list[str]:
    # Comparing costs time in the square of the length, and no name of ours is long.
    return get_close_matches(wrong[:60], known, n=1, cutoff=0.5)


def _one_of(node: Node, given: object) -> str:
    choices = [each["required"][0] for each in node["oneOf"] if "required" in each]
    held = [name for name in choices if isinstance(given, dict) and name in given]
    either = "か".join(f"「{name}」" for name in choices)
    return f"{either}のどちらか一方だけを書いてください。" if held else f"{either}を書いてください。"


def _type(node: Node, given: object, at: At) -> str:
    return (
        f"{_title(node, at)}は{type_words(node)}で書きます（いまは{displayed(given)}）。{_description(node)}"
    )


def _choice(node: Node, given: object, at: At) -> str:
    if "const" in node:
        return f"{_title(node, at)}に{displayed(given)}は使えません。「{node['const']}」と書いてください。"
    close = _close(str(given), [str(each) for each in node.get("enum", ())])
    advice = f"「{close[0]}」のことでしょうか。" if close else ""
    known = "・".join(shown_choices(node)) if "enum" in node else ""
    return f"{_title(node, at)}に{displayed(given)}は使えません。{advice}使えるのは {known} です。"


def _pattern(node: Node, given: object, at: At) -> str:
    examples = "、".join(map(str, node.get("examples", ())))
    return f"{_title(node, at)}の書き方が違います（{displayed(given)}）。{_description(node)}" + (
        f"例：{examples}" if examples else ""
    )


def _too_little(node: Node, given: object, at: At) -> str:
    if isinstance(given, str) and given:
        length = f"{_title(node, at)}は{node['minLength']}文字で書きます（いまは{displayed(given)}）。"
        return length + _description(node)
    if isinstance(given, (str, dict)) or node.get("minItems", 1) == 1:
        return f"{_title(node, at)}が空です。{_description(node)}"
    return f"{_title(node, at)}には{node['minItems']}件以上を書きます。{_description(node)}"


def _too_much(node: Node, given: object, at: At) -> str:
    if isinstance(given, str):
        return f"{_title(node, at)}は{node['maxLength']:,}文字以内で書きます（いまは{len(given):,}文字）。"
    return f"{_title(node, at)}は{node['maxItems']:,}件以内で書きます。"


def _repeated(node: Node, given: object, at: At) -> str:
    held = given if isinstance(given, list) else []
    twice = next((each for place, each in enumerate(held) if each in held[:place]), None)
    return f"{_title(node, at)}に{displayed(twice)}が2回あります。一方を消してください。"


def _range(node: Node, given: object, at: At) -> str:
    bounds = f"{node['minimum']:,}以上{node['maximum']:,}以下"
    return f"{_title(node, at)}は{bounds}で書きます（いまは{displayed(given)}）。"


def _plainly(node: Node, given: object, at: At) -> str:
    return f"{_title(node, at)}は、ここには書けません。"


_KEYWORDS: dict[str, Callable[[Node, object, At], str]] = {
    "type": _type,
    "enum": _choice,
    "const": _choice,
    "pattern": _pattern,
    "minLength": _too_little,
    "minItems": _too_little,
    "minProperties": _too_little,
    "maxLength": _too_much,
    "maxItems": _too_much,
    "uniqueItems": _repeated,
    "minimum": _range,
    "maximum": _range,
}


def _title(node: Node, at: At) -> str:
    """The value's name in the file, and what that means."""
    key = next((part for part in reversed(at) if isinstance(part, str)), "")
    title = node.get("title", "")
    return f"「{key}」（{title}）" if key and title and title != key else f"「{key or title or '全体'}」"


def _description(node: Node) -> str:
    return str(node.get("description", ""))


# --- walking ------------------------------------------------------------------------------------


def value_at(data: Any, at: At) -> Any:
    """The value at that place."""
    for part in at:
        data = data[part]
    return data


def node_at(schema: Node, at: At) -> Node:
    """What the schema says of that place; {} where it says nothing."""
    node = schema
    for part in at:
        node = _resolved(node, schema)
        node = node.get("items", {}) if isinstance(part, int) else _property(node, part, schema)
    return _resolved(node, schema)


def _property(node: Node, name: str, schema: Node) -> Node:
    held = node.get("properties", {}).get(name)
    if held is None:
        more = node.get("additionalProperties")
        held = more if isinstance(more, dict) else {}
    return _resolved(held, schema)


def _resolved(node: Node, schema: Node) -> Node:
    """The node itself with what it points at in $defs; its own words go before those."""
    if "$ref" not in node:
        return node
    target: Any = schema
    for part in node["$ref"].removeprefix("#/").split("/"):
        target = target[part]
    return {**_resolved(target, schema), **{key: value for key, value in node.items() if key != "$ref"}}
