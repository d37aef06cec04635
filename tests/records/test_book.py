"""A book shows whatever was done to it."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.records import book
from jisseki_check.records.book import NotABook, line_of, read, with_noted
from jisseki_check.records.canonical import canonical, digest
from tests.formatters.sample import FAILED
from tests.records.sample import content, record

WHOLE = content()
LINES = WHOLE.splitlines(keepends=True)


def is_noticed(changed: bytes) -> bool:
    try:
        return bool(read(changed).breaks)
    except NotABook:
        return True


def problems(changed: bytes) -> list[str]:
    return [str(each) for each in read(changed).breaks]


def forged(line: bytes, **changes: Any) -> bytes:
    """A record with other contents, and the digest that goes with them."""
    data = json.loads(line) | changes
    held = {name: value for name, value in data.items() if name != "digest"}
    return canonical(held | {"digest": digest(held)}) + b"\n"


def test_as_it_was_written() -> None:
    held = read(WHOLE)
    assert held.breaks == ()
    assert [each.number for each in held.entries] == [1, 2, 3]
    assert [each.body["previous"] for each in held.entries] == [None, *(e.digest for e in held.entries[:2])]
    assert held.head == held.entries[2].digest
    assert held.content == WHOLE


def test_the_same_records_have_the_same_bytes() -> None:
    assert content() == WHOLE


@pytest.mark.parametrize("flip", [0x01, 0x20, 0x80])
def test_no_byte_can_be_another(flip: int) -> None:
    """Every one of them, with a bit turned over."""
    unnoticed = [
        place
        for place, byte in enumerate(WHOLE)
        if not is_noticed(WHOLE[:place] + bytes([byte ^ flip]) + WHOLE[place + 1 :])
    ]
    assert unnoticed == []


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_whatever_it_is_changed_into(place: int, step: int) -> None:
    assert is_noticed(WHOLE[:place] + bytes([(WHOLE[place] + step) % 256]) + WHOLE[place + 1 :])


@given(st.integers(0, len(WHOLE)), st.binary(min_size=1, max_size=3))
def test_nothing_can_be_put_in(place: int, added: bytes) -> None:
    assert is_noticed(WHOLE[:place] + added + WHOLE[place:])


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 200))
def test_nothing_but_whole_records_at_the_end_can_be_taken_out(place: int, size: int) -> None:
    changed = WHOLE[:place] + WHOLE[place + size :]
    is_shorter_book = changed in (LINES[0], LINES[0] + LINES[1])
    assert is_noticed(changed) is not is_shorter_book


@pytest.mark.parametrize("order", [each for each in permutations(range(3)) if each != (0, 1, 2)], ids=str)
def test_no_other_order(order: tuple[int, ...]) -> None:
    assert any("並べ替え" in each for each in problems(b"".join(LINES[each] for each in order)))


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ((1, 2), "1行目: 1件目の記録がありません"),
        ((0, 2), "2行目: 2件目の記録がありません"),
        ((2,), "1行目: 1件目から2件目までの記録がありません"),
        ((0, 1, 1, 2), "3行目: 2件目の記録がここにあります"),
    ],
    ids=str,
)
def test_it_says_which_record_is_gone_or_too_many(kept: tuple[int, ...], told: str) -> None:
    assert problems(b"".join(LINES[each] for each in kept))[0].startswith(told)


def test_the_last_ones_can_go_unless_the_head_was_noted() -> None:
    """Nothing in a file can tell what no longer stands in it."""
    shorter, head = read(LINES[0] + LINES[1]), read(WHOLE).head
    assert shorter.breaks == ()
    (found,) = with_noted(shorter, head).breaks
    assert "控えたハッシュ値の記録がありません" in str(found)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_noted_digest_may_be_that_of_any_record(number: int) -> None:
    held = read(WHOLE)
    noted = held.entries[number - 1].digest
    assert with_noted(held, noted) is held
    assert held.number_of(noted) == number


def test_a_book_that_is_broken_stays_so_whatever_was_noted() -> None:
    changed = read(LINES[1] + LINES[2])
    assert with_noted(changed, read(WHOLE).head) is changed


@pytest.mark.parametrize(
    ("number", "told"), [(0, "2行目: 1つ前の記録が"), (1, "3行目: 1つ前の記録が")], ids=str
)
def test_a_record_cannot_be_replaced_by_another_sound_one(number: int, told: str) -> None:
    lines = [*LINES]
    lines[number] = forged(lines[number], profile="ほか")
    assert [each[: len(told)] for each in problems(b"".join(lines))] == [told]


def test_an_altered_record_is_the_only_one_that_is_named() -> None:
    assert problems(WHOLE.replace(b'"number":2', b'"number":7')) == [
        "2行目: 記録が書き換えられています（ハッシュ値が中身と合いません）。"
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"number": "1"},
        {"previous": 7},
        {"told": {"paths": []}},
        {"told": {"paths": ["a"], "as-of": "2026-05-31", "jobs": 2}},
        {"verdict": "ok"},
        {"sources": [{}]},
        {"more": 1},
        {"counts": {}},
    ],
    ids=str,
)
def test_a_sound_record_of_another_shape_is_refused(changes: dict[str, Any]) -> None:
    assert "jisseki-check の書いた記録ではありません" in problems(forged(LINES[0], **changes))[0]


def test_a_later_format_is_named() -> None:
    assert (
        "「jisseki-record/2」は、この版では読めません"
        in problems(forged(LINES[0], format="jisseki-record/2"))[0]
    )


@pytest.mark.parametrize("given", [None, 1, ["jisseki-record/1"], {"jisseki-record/1": 1}])
def test_a_record_without_a_format_is_told_in_words(given: Any) -> None:
    problem = problems(WHOLE + forged(LINES[0], format=given))[0]
    assert "書式（format）が書かれていません" in problem
    assert "None" not in problem


def test_a_line_that_was_cut_off() -> None:
    assert "途中で切れています" in problems(WHOLE[:-1])[0]
    assert any("途中で切れています" in each for each in problems(WHOLE[:-9]))


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (b"", "中身がありません"),
        (b"\n", "点検の記録ではありません"),
        (b"{}\n", "点検の記録ではありません"),
        (b'{"format":"jisseki-check/1"}\n', "点検の記録ではありません"),
        ("報告の一覧".encode("cp932"), "点検の記録ではありません"),
        (b"PK\x03\x04\x00\xff", "点検の記録ではありません"),
        (b"[" * 100_000, "点検の記録ではありません"),
    ],
    ids=lambda each: repr(each)[:24],
)
def test_another_file_is_no_book(other: bytes, told: str) -> None:
    with pytest.raises(NotABook, match=told):
        read(other)


@pytest.mark.parametrize("value", ["9" * 5_000, "NaN", "1e999", "[" * 100_000, '"\\ud800', '1,"a":1'])
def test_a_line_that_nothing_of_ours_writes(value: str) -> None:
    line = f'{{"a":{value},"format":"jisseki-record/1"}}\n'.encode()
    assert problems(line) == ["1行目: 記録が書き換えられています（記録の書き方になっていません）。"]


def test_a_book_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_BYTES", len(WHOLE) - 1)
    with pytest.raises(NotABook, match="大きすぎます"):
        read(WHOLE)


def test_only_so_many_breaks_are_told() -> None:
    assert len(read(WHOLE + b"x\n" * 1_000).breaks) == 100


def test_a_name_that_is_no_text_survives() -> None:
    line = line_of(record(FAILED) | {"skipped": ["送付状\udce9.odt"]}, None)
    assert read(line).entries[0].body["skipped"] == ["送付状\udce9.odt"]
