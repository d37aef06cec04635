from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Remark, Source, Unreadable
from jisseki_check.readers.json_data import read_json

LIMITS = Limits()


def source_of(text: str, limits: Limits = LIMITS) -> Source:
    return read_json(text.encode(), "a.json", limits)


def refused(text: str, limits: Limits = LIMITS) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        source_of(text, limits)
    return caught.value


def place(fault: Unreadable) -> tuple[int | None, int | None]:
    assert fault.at
    assert fault.at.path == "a.json"
    return fault.at.line, fault.at.column


def locate(source: Source, pointer: str) -> Location:
    assert source.pointers
    return source.pointers.locate(pointer)


@pytest.mark.parametrize(
    ("text", "said", "line", "column"),
    [
        ("items", "JSON ではありません", 1, 1),
        ("\n  <p>", "JSON ではありません", 2, 3),
        ("{'a': 1}", "名前", 1, 2),
        ('{"a" 1}', "「:」", 1, 6),
        ('{"a": 1\r\n "b": 2}', "「,」", 2, 2),
        ('{"a": }', "値", 1, 7),
        ("[1, 2] 3", "余分", 1, 8),
        ('["a\nb"]', "制御文字", 1, 4),
        ('["\\q"]', "「\\」", 1, 3),
        ('["\\u12x4"]', "16進数", 1, 4),
        ('["abc]', "閉じられていません", 1, 2),
        ('{"あ": [01]}', "「,」", 1, 9),
        ('{"a": 1', "途中で終わっています", 1, 8),
        ('{"a":\n\n', "途中で終わっています", 1, 6),
        ("[1,", "途中で終わっています", 1, 4),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "「b」", 1, 24),
        ('{"a": {"x": 1},\r"a": {"x": 1, "x": 2}}', "「a」", 2, 1),
        ('{"\\u0061": 1, "a": 2}', "「a」", 1, 15),
        ('{"\\ud800": 1, "\\udfff": 2}', "\ufffd", 1, 15),
        ("[1, NaN]", "「NaN」", 1, 5),
        ("[1, NaN年]", "「NaN年」", 1, 5),
        ("[-Infinity]", "「-Infinity」", 1, 2),
        ('{"NaN": Infinity}', "「Infinity」", 1, 9),
        ("[1e308, 1e309]", "「1e309」", 1, 9),
        ("[-1.5e999]", "「-1.5e999」", 1, 2),
        (f"[{'9' * 1001}]", "…」", 1, 2),
        (f"[0.{'9' * 1001}]", "…」", 1, 2),
    ],
)
def test_what_is_refused_is_named_with_its_place(text: str, said: str, line: int, column: int) -> None:
    fault = refused(text)
    assert said in fault.message
    assert fault.fix
    assert place(fault) == (line, column)
    repeated = "2回" in fault.message
    assert fault.rule == ("DOC005" if repeated else "DOC001")


def test_a_comma_too_many_is_refused() -> None:
    assert "名前" in refused('{"a": 1,}').message  # versions of Python differ in the column


@pytest.mark.parametrize("text", ["null", "[]", '"a"', "0", "{}", "-1.5e-3", "[true, false, null]"])
def test_what_is_no_report_is_left_to_the_schema(text: str) -> None:
    assert source_of(text).data == json.loads(text)


def test_integers_stay_integers_of_any_size() -> None:
    assert source_of("[9007199254740993, 1.0, 1e2, -0]").data == [9007199254740993, 1.0, 100.0, 0]
    assert source_of(f"[{'9' * 300}]").data == [int("9" * 300)]


def test_depth_is_limited_exactly() -> None:
    assert source_of("[" * 100 + "]" * 100)
    assert source_of('{"a":' * 99 + "[1]" + "}" * 99)
    assert place(refused("[" * 101 + "]" * 101)) == (1, 101)
    assert place(refused('{"a":' * 100 + "[1]" + "}" * 100)) == (1, 501)
    assert "3段" in refused("[[[[]]]]", Limits(max_depth=3)).message
    assert source_of("[[[1]]]", Limits(max_depth=3))


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":', '[1, {"b": 2, "a":'])
@pytest.mark.parametrize("is_closed", [True, False])
def test_a_hundred_thousand_levels_are_refused(opening: str, is_closed: bool) -> None:
    closing = "".join({"[": "]", "{": "}"}[sign] for sign in reversed(opening) if sign in "[{")
    text = opening * 100_000 + "1" + (closing * 100_000 if is_closed else "")
    assert "入れ子が深すぎます" in refused(text).message


def test_values_are_limited_but_not_commas_in_texts() -> None:
    limits = Limits(max_values=5)
    assert source_of('["a,,,,[[[[{{{{\\",,,,"]', limits)
    assert source_of("[1, 2, 3, 4, 5]", limits)
    assert "5個" in refused("[1, 2, 3, 4, 5, 6]", limits).message
    assert "5個" in refused("[[], [], [[]]]", limits).message
    assert "5個" in refused('[1, 2, 3, 4, 5, 6, "' + '\\"' * 1_000_000, limits).message


def test_lone_surrogates_are_replaced_and_remarked() -> None:
    source = source_of('{"a": "\\\\ud800 \\ud83d\\ude00",\n "b": ["x\\uD800y", {"\\udc00k": "\\ud83dA"}]}')
    assert source.data == {"a": "\\ud800 😀", "b": ["x\ufffdy", {"\ufffdk": "\ufffdA"}]}
    assert source.remarks == (
        Remark(kind="lenient", text="\\uD800", read_as="\ufffd", count=3, at=Location(line=2, column=10)),
    )
    assert locate(source, "/b/1/\ufffdk").column == 32
    assert source_of('["\\ud83d\\ude00", "\\\\ud800"]').remarks == ()
    assert source_of('"\\ud800"').data == "\ufffd"


def test_cp932_and_a_byte_order_mark_shift_no_column() -> None:
    text = '{"部": "総務部",\r\n "値": 1}'
    for encoding in ("utf-8", "utf-8-sig", "cp932"):
        source = read_json(text.encode(encoding), "a.json", LIMITS)
        assert source.data == {"部": "総務部", "値": 1}
        assert locate(source, "/部") == Location(line=1, column=7, end_line=1, end_column=12, pointer="/部")
        assert locate(source, "/値") == Location(line=2, column=7, end_line=2, end_column=8, pointer="/値")


@pytest.mark.parametrize(
    ("pointer", "span"),
    [
        ("", (1, 1, 4, 2)),
        ("/", (1, 8, 1, 9)),
        ("/items", (2, 11, 3, 26)),
        ("/items/0", (2, 12, 2, 13)),
        ("/items/2", (3, 3, 3, 25)),
        ("/items/2/a~1b~0c", (3, 13, 3, 16)),
        ("/items/2/~01", (3, 23, 3, 24)),
        ("/items/2/absent", (3, 3, 3, 25)),
        ("/items/2/a~1b~0c/deeper", (3, 13, 3, 16)),
        ("/items/3", (2, 11, 3, 26)),
        ("/items/00", (2, 11, 3, 26)),
        ("/items/-", (2, 11, 3, 26)),
        ("/absent/x", (1, 1, 4, 2)),
        ("nonsense", (1, 1, 4, 2)),
    ],
)
def test_a_pointer_finds_its_value_or_the_nearest_parent(pointer: str, span: tuple[int, ...]) -> None:
    source = source_of('{  "": 0,\n "items": [1, 2,\n  {"a/b~c": "x", "~1":3}]\n}')
    at = locate(source, pointer)
    assert (at.line, at.column, at.end_line, at.end_column) == span
    assert at.pointer == pointer
    assert at.path is None


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


def pointers_of(value: Any, pointer: str = "") -> Iterator[tuple[str, Any]]:
    yield pointer, value
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        yield from pointers_of(member, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


@given(
    value=JSON,
    ascii_only=st.booleans(),
    indent=st.sampled_from([None, 0, 2]),
    line_break=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_every_located_span_holds_its_value(
    value: Any, ascii_only: bool, indent: int | None, line_break: str
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    source = source_of(text.replace("\n", line_break))
    assert source.data == value
    lines = text.split("\n")
    for pointer, expected in pointers_of(value):
        at = locate(source, pointer)
        assert at.line
        assert at.end_line
        inside = lines[at.line - 1 : at.end_line]
        inside[-1] = inside[-1][: (at.end_column or 0) - 1]
        inside[0] = inside[0][(at.column or 0) - 1 :]
        assert json.loads("\n".join(inside)) == expected


@given(JSON)
def test_reading_agrees_with_the_standard_library(value: Any) -> None:
    text = json.dumps(value)
    data = source_of(text).data
    assert json.dumps(data) == text
    assert not any(isinstance(leaf, float) and not math.isfinite(leaf) for _, leaf in pointers_of(data))
