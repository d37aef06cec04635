"""TOML, with the line of every table of a list and of its keys."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.model import Unreadable
from jisseki_check.readers import DEFAULT_LIMITS
from jisseki_check.readers.pointers import SpanPointers
from jisseki_check.readers.toml_data import read_toml

FILE = '''\
# はじめに
format = "x"

[[waivers]]
rule = "A"
reason = """
[[waivers]]
rule = "にせもの"
"""
until = 2026-05-31
  [[ waivers ]] # 注
"rule" = "B"
list = [
  1,
  2,
]
day = 2026-02-30
x = 'a # = b'
'''


def _lines(text: str, *pointers: str) -> list[int | None]:
    places = read_toml(text.encode(), "a.toml", DEFAULT_LIMITS).pointers
    assert isinstance(places, SpanPointers)
    return [places.locate_key(pointer).line for pointer in pointers]


def test_every_entry_and_key_has_its_line() -> None:
    held = {
        "/format": 2,
        "/waivers/0": 4,
        "/waivers/0/rule": 5,
        "/waivers/0/reason": 6,
        "/waivers/0/until": 10,
        "/waivers/1": 11,
        "/waivers/1/rule": 12,
        "/waivers/1/list": 13,
        "/waivers/1/x": 18,
        "/waivers/1/ない": 11,
    }
    assert _lines(FILE, *held) == list(held.values())


def test_days_are_texts_whether_a_calendar_has_them_or_not() -> None:
    data = read_toml(FILE.encode(), "a.toml", DEFAULT_LIMITS).data
    assert isinstance(data, dict)
    assert data["waivers"][0]["until"] == "2026-05-31"
    assert data["waivers"][1]["day"] == "2026-02-30"


def test_a_list_in_one_line_has_no_wrong_line() -> None:
    text = 'format = "x"\nwaivers = [{a = 1}, {a = 2}]\n'
    assert _lines(text, "/waivers") == [2]
    assert _lines(text, "/waivers/1") == [2]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('a = "x\n', 1, "引用符"),
        ("b = 1\na =\n", 2, "値の書き方"),
        ("a = 1\na = 2\n", 2, "2回"),
        ("a b\n", 1, "「=」"),
        ("a = [1", 1, "閉じられていません"),
        ('x = "\\q"', 1, "「\\」"),
        ("[[a]]\nb = 1 2", 2, "余分"),
        ('a = """\nb', 2, "引用符"),
    ],
)
def test_faults_are_told_in_japanese_with_their_line(text: str, line: int, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_toml(text.encode(), "a.toml", DEFAULT_LIMITS)
    assert caught.value.at is not None
    assert caught.value.at.line == line
    assert said in caught.value.message


_TEXTS = st.text(alphabet="a[]=\"'#\n 　あ", max_size=20)


def _written(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{escaped}"""' if "\n" in value else f'"{escaped}"'


@given(st.lists(st.tuples(_TEXTS, _TEXTS, st.dates()), max_size=5))
def test_lines_hold_whatever_the_values_are(entries: list[tuple[str, str, dt.date]]) -> None:
    lines, wanted = ['format = "x"'], []
    for one, other, day in entries:
        wanted.append(len(lines) + 1)
        entry = f"[[waivers]]\none = {_written(one)}\nday = {day}\nother = {_written(other)} # 注"
        lines += entry.split("\n")
    text = "\n".join(lines) + "\n"
    source = read_toml(text.encode(), "a.toml", DEFAULT_LIMITS)
    assert isinstance(source.data, dict)
    assert [each["one"] for each in source.data.get("waivers", ())] == [one for one, _, _ in entries]
    assert _lines(text, *(f"/waivers/{at}" for at in range(len(entries)))) == wanted
