from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Source, Unreadable
from jisseki_check.readers import read_bytes, yaml_data
from jisseki_check.readers.yaml_data import read_yaml

LIMITS = Limits()


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parser in C, and the one in Python that stands in for it where it is not there."""
    monkeypatch.setattr(yaml_data, "_LOADER", getattr(yaml, request.param))


either_parser = pytest.mark.usefixtures("_either_parser")


def source_of(text: str, limits: Limits = LIMITS) -> Source:
    return read_yaml(text.encode(), "a.yaml", limits)


def refused(text: str, limits: Limits = LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        source_of(text, limits)
    assert caught.value.fix
    return caught.value


def place(fault: Unreadable) -> tuple[int | None, int | None]:
    assert fault.at
    assert fault.at.path == "a.yaml"
    return fault.at.line, fault.at.column


def locate(source: Source, pointer: str) -> Location:
    assert source.pointers
    return source.pointers.locate(pointer)


@either_parser
@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-12", -12),
        ("9007199254740993", 9007199254740993),
        ("1.10", 1.1),
        ("-1.5e3", -1500.0),
        ("1e2", 100.0),
        *(
            (text, text)
            for text in ("no", "yes", "on", "Null", "True", "010", "0x1F", "+5", "1_000", "1,000", ".5")
        ),
        *(
            (text, text)
            for text in ("12:30:45", "2017-04-01", "2017-04-01 12:00:00", "=", "-", "3 千円", "NaN", "１")
        ),
        ('"1"', "1"),
        ("'null'", "null"),
        ('""', ""),
        ("! 1", "1"),
        ("!!str 1", "1"),
        ("!!int 1", 1),
        ("!!float 1", 1.0),
        ("!!null null", None),
        ("!!bool true", True),
        ("!!seq [a]", ["a"]),
        ("!!map {a: b}", {"a": "b"}),
        ("[]", []),
        ("{}", {}),
        ('"<<"', "<<"),
    ],
)
def test_scalars_follow_a_schema_like_that_of_json(scalar: str, value: object) -> None:
    if scalar == "-":
        scalar = value = "-x"
    data = source_of(f"a: {scalar}\n").data
    assert data == {"a": value}
    assert isinstance(data, dict)
    assert type(data["a"]) is type(value)


@either_parser
@pytest.mark.parametrize(
    ("text", "said", "line", "column"),
    [
        ("# note\n", "注記だけ", None, None),
        ("a: 1\nb:\n  c: 1\n  'c': 2\n", "「c」", 4, 3),
        ("{a: 1, a: 2}", "「a」", 1, 8),
        ("a: .nan", "「.nan」", 1, 4),
        ("- -.inf", "「-.inf」", 1, 3),
        ("a: 1e999", "「1e999」", 1, 4),
        (f"a: {'9' * 1001}", "…」", 1, 4),
        ("a:\n  1: x", "名前", 2, 3),
        ("true: x", "名前", 1, 1),
        ("~: x", "名前", 1, 1),
        ("? [a]\n: b", "名前", 1, 3),
        ("{{a: 1}: b}", "名前", 1, 2),
        ("a: &x 1", "使い回す", 1, 4),
        ("a: &x [1]\nb: *x", "使い回す", 1, 4),
        ("&x a: 1", "使い回す", 1, 1),
        ("a: *x", "使い回す", 1, 4),
        ("*x : 1", "使い回す", 1, 1),
        ("a:\n  <<: {b: 1}", "使い回す", 2, 3),
        ("a: !foo 1", "「!foo」", 1, 4),
        ("a: !foo {b: 1}", "「!foo」", 1, 4),
        ("a: !!python/object:os.system 1", "「!!python/object:os.system」", 1, 4),
        ("a: !!int x", "「!!int」", 1, 4),
        ("a: !!int true", "「!!int」", 1, 4),
        ("a: !!float x", "「!!float」", 1, 4),
        ("a: !!timestamp 2017-04-01", "timestamp", 1, 4),
        ("a: !!map [1]", "「!!map」", 1, 4),
        ("a: !!set {b: null}", "「!!set」", 1, 4),
        ("a: 1\n---\nb: 2", "複数の文書", 2, 1),
        ("a: 1\n...\n---\n", "複数の文書", 3, 1),
    ],
)
def test_what_is_refused_is_named_with_its_place(
    text: str, said: str, line: int | None, column: int | None
) -> None:
    fault = refused(text)
    assert said in fault.message
    assert place(fault) == (line, column)
    assert fault.rule == ("DOC005" if "2回" in fault.message else "DOC001")


SYNTAX_FAULTS = [
    ("a: b: c", "「: 」", 1, 5),
    ("a: 1\nb\nc: 2", "「:」", 3, 1),
    ("\ta: 1", "タブ", 1, 1),
    ("a: @b", "@", 1, 4),
    ("a: 'b", "引用符", 1, 6),
    ("a: [1, 2", "「[」", 1, 9),
    ("a:\n  b: 1\n c: 2", "字下げ", 3, 2),
    ("- a\nb: c", "字下げ", 2, 1),
    ('a: "\\q"', "「\\」", 1, 5),
    ('a: "\\ud800"', "「\\u」", 1, 7),
    ('a: "\\Uffffffff"', "「\\u」", 1, 7),
    ("あ: \x01", "制御文字", 1, 4),
    ("a: !x!y z", "書き方", 1, 4),
    ("%YAML 3.0\n---\na", "書き方", 1, 1),
]


@pytest.mark.parametrize(("text", "said", "line", "column"), SYNTAX_FAULTS)
def test_a_fault_of_syntax_is_explained_at_its_place(text: str, said: str, line: int, column: int) -> None:
    fault = refused(text)
    assert said in fault.message
    assert place(fault) == (line, column)


@either_parser
@pytest.mark.parametrize("text", [text for text, *_ in SYNTAX_FAULTS])
def test_a_fault_of_syntax_is_refused_by_either_parser(text: str) -> None:
    assert "YAML" in refused(text).message


@pytest.mark.parametrize("text", ["null", "--- ~", "[]", "text", "1", "---"])
def test_what_is_no_report_is_left_to_the_schema(text: str) -> None:
    assert source_of(text).pointers


@either_parser
def test_depth_is_limited_exactly() -> None:
    assert source_of("[" * 100 + "]" * 100)
    assert place(refused("[" * 101 + "]" * 101)) == (1, 101)
    assert source_of("- " * 100 + "x")
    assert place(refused("- " * 101 + "x")) == (1, 201)


@either_parser
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "[" * 100_000 + "]" * 100_000,
        "{a: " * 100_000,
        "[{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "- [" * 100_000,
        "".join(" " * level + "a:\n" for level in range(2_000)),
        "".join(" " * level + "-\n" for level in range(2_000)),
    ],
)
def test_endless_nesting_is_refused(text: str) -> None:
    refused(text)


def test_values_are_limited() -> None:
    assert source_of("[1, 2, 3, 4]", Limits(max_values=5))
    assert "5個" in refused("[1, 2, 3, 4, 5]", Limits(max_values=5)).message


DOCUMENT = """\
# 注記
部: 総務部
items:
  - goal: "目標
      二行目"
    n: 12   # 千円
    amounts: [1, {a/b: 2}]

  - result: |
      一行目
      二行目

    empty:
    folded: >-
      三
last: 語と
  続き
"""


@either_parser
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        ("", (2, 1, 17, 5)),
        ("/部", (2, 4, 2, 7)),
        ("/items", (4, 3, 15, 8)),
        ("/items/0", (4, 5, 7, 27)),
        ("/items/0/goal", (4, 11, 5, 11)),
        ("/items/0/n", (6, 8, 6, 10)),
        ("/items/0/amounts", (7, 14, 7, 27)),
        ("/items/0/amounts/1", (7, 18, 7, 26)),
        ("/items/0/amounts/1/a~1b", (7, 24, 7, 25)),
        ("/items/0/absent", (4, 5, 7, 27)),
        ("/items/1/result", (9, 13, 11, 10)),
        ("/items/1/empty", (13, 11, 13, 11)),
        ("/items/1/folded", (14, 13, 15, 8)),
        ("/last", (16, 7, 17, 5)),
        ("/absent", (2, 1, 17, 5)),
    ],
)
def test_a_pointer_finds_its_value_or_the_nearest_parent(
    pointer: str, span: tuple[int, int, int, int], line_break: str, encoding: str
) -> None:
    data = DOCUMENT.replace("\n", line_break).encode(encoding)
    at = locate(read_yaml(data, "a.yaml", LIMITS), pointer)
    assert (at.line, at.column, at.end_line, at.end_column) == span
    assert at.pointer == pointer


TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\ufeff\x7f", exclude_categories=["Cc"]), max_size=8
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_json_is_read_as_the_same_data_at_the_same_places(value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False)
    data = read_bytes(text.encode(), "a.yaml")
    assert data.data == value
    as_json = read_bytes(text.encode(), "a.json")
    pending = [("", value)]
    while pending:
        pointer, part = pending.pop()
        assert locate(data, pointer) == locate(as_json, pointer)
        members = (
            part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
        )
        pending += [
            (f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}", member) for key, member in members
        ]


@either_parser
@given(VALUES, st.booleans())
def test_what_is_written_as_yaml_comes_back(value: Any, is_flow: bool) -> None:
    """Only quoted strings: the writer is of YAML 1.1, which takes fewer words for text."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=is_flow, default_style='"')
    assert source_of(text).data == value
