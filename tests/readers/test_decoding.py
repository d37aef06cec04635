from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jisseki_check.model import Unreadable
from jisseki_check.readers.decoding import decode

TEXT = "平成29年度\r\n目標　職員の研修（①～③）を行います。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_the_two_encodings_of_offices_are_read(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "x") == TEXT


def test_private_characters_of_cp932_are_kept() -> None:
    assert decode("外字".encode("cp932") + b"\xf0\x40", "x") == "外字\ue000"


@pytest.mark.parametrize(
    ("data", "line", "byte", "value"),
    [
        ("一\n二\n".encode() + b"\xff", 3, 9, "0xFF"),
        ("一\r\n二\r三".encode() + b"\x80\n", 3, 13, "0x80"),
        ("\ufeff一二".encode() + b"\x83e", 1, 10, "0x83"),
        ("\ufeff".encode() + "みずき".encode("cp932"), 1, 4, "0x82"),
        ("みずき\n市".encode("cp932") + b"\x80x", 2, 10, "0x80"),
        ("みずき\n市".encode("cp932") + b"\xa0x", 2, 10, "0xA0"),
        ("みずき\n市".encode("cp932") + b"\x85\x40", 2, 10, "0x85"),
        ("みずき\n\n市".encode("cp932")[:-1], 3, 9, "0x8E"),
        (b"abc\xfd", 1, 4, "0xFD"),
    ],
)
def test_the_first_undecodable_byte_is_named(data: bytes, line: int, byte: int, value: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data, "x")
    assert f"先頭から{byte}バイト目" in caught.value.message
    assert value in caught.value.message
    assert caught.value.at
    assert caught.value.at.line == line


@given(st.data())
def test_damaged_utf8_is_never_taken_for_cp932(data: st.DataObject) -> None:
    good = "職員の研修を行いました。みずき市の取り組みです。".encode()
    place = data.draw(st.integers(0, len(good) - 1))
    damaged = (
        good[:place] + data.draw(st.sampled_from([b"", b"\x80", b"\xe3", b"\xff", b"A"])) + good[place + 1 :]
    )
    assume("\ufffd" in damaged.decode("utf-8", "replace"))
    with pytest.raises(Unreadable, match="UTF-8 として"):
        decode(damaged, "x")


@given(st.text(alphabet="職員の研修を行いましたアイウｱｲｳ。、 abc123\n", min_size=1))
def test_cp932_text_is_read_or_refused_but_never_garbled(text: str) -> None:
    try:
        assert decode(text.encode("cp932"), "x") == text
    except Unreadable:
        assert not text.strip(" \n") or not text.isascii()


@given(st.text(alphabet="職員の研修を行いました。、 abc123\n", min_size=8).filter(lambda text: "職" in text))
def test_cp932_text_without_half_width_kana_is_always_read(text: str) -> None:
    assert decode(text.encode("cp932"), "x") == text
