"""Data on persons: what is one, what only looks like one, and how they are made unreadable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.notation.personal import MASK, find_personal, is_individual_number, mask, may_hold_personal

ALPHABET = "0123456789０９-－ー ()（）@.aZ様氏さん山田太郎みずき市町丁目番地号口座普通銀行支店課円\n"


def _found(text: str) -> list[tuple[str, str]]:
    return [(datum.kind, text[datum.start : datum.end]) for datum in find_personal(text)]


def _check_digit(eleven: str) -> int:
    """The check digit as a table of weights, from the left: another way than the code's."""
    remainder = (
        sum(
            int(digit) * weight
            for digit, weight in zip(eleven, (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)
        )
        % 11
    )
    return 0 if remainder <= 1 else 11 - remainder


@pytest.mark.parametrize(
    ("text", "kind", "datum"),
    [
        ("相談は 090-0000-1234 へ", "mobile", "090-0000-1234"),
        ("（０８０－１２３４－５６７８）", "mobile", "０８０－１２３４－５６７８"),
        ("担当課の携帯は07012345678です", "mobile", "07012345678"),
        ("+81-90-1234-5678", "mobile", "+81-90-1234-5678"),
        ("(090)1234-5678", "mobile", "(090)1234-5678"),
        ("山田一郎様（072-123-4567）", "telephone", "072-123-4567"),
        ("氏名：山田一郎　電話：0721(23)4567", "telephone", "0721(23)4567"),
        ("水木 花子さん 03-1234-5678", "telephone", "03-1234-5678"),
        ("t.yamada+a@example.co.jp から", "e-mail", "t.yamada+a@example.co.jp"),
        ("yamada＠example.com", "e-mail", "yamada＠example.com"),
        ("住所はみずき市中央3-5-7、氏名は山田一郎", "postal-address", "みずき市中央3-5-7"),
        ("山田一郎氏（みずき市南町三丁目五番七号）", "postal-address", "みずき市南町三丁目五番七号"),
        ("山田一郎氏 みずき市大字山中120番地の3", "postal-address", "みずき市大字山中120番地の3"),
        ("番号は123456789018です", "my-number", "123456789018"),
        ("番号は１２３４－５６７８－９０１８です", "my-number", "１２３４－５６７８－９０１８"),
        ("番号は1234 5678 9018です", "my-number", "1234 5678 9018"),
        ("口座番号：1234567", "bank-account", "1234567"),
        ("みずき銀行南支店　普通 7654321", "bank-account", "7654321"),
    ],
)
def test_found(text: str, kind: str, datum: str) -> None:
    assert _found(text) == [(kind, datum)]


@pytest.mark.parametrize(
    "text",
    [
        "kikaku@city.mizuki.lg.jp",
        "kikaku@pref.mizuki.jp",
        "info@example.co.jp",
        "総務課 t.yamada@example.com",
        "電話 072-123-4567",
        "総務課 山田（072-123-4567）",
        "総務課の山田一郎氏（072-123-4567）",
        "お客様は 0120-123-456 へ",
        "山田一郎様は 0800-123-4567 へ",
        "08001234567",
        "市民の皆様 072-123-4567",
        "みずき市中央3-5-7",
        "みずき市中央3-5-7の公民館で山田一郎氏が講演しました",
        "山田一郎氏は平成29-4-1に",
        "123456789018円",
        "123456789018 円",
        "1,123456789018",
        "1123456789018",
        "123456789018.5",
        "法人番号 123456789018",
        "123456789012",
        "000000000000",
        "2015 2016 2017",
        "2014 2015 2016 2017",
        "201803311750",
        "1234 5678 9018 1234",
        "普通 1234567",
        "普通預金の利用は1234567件",
        "義援金の振込先はみずき銀行南支店 普通 1234567",
        "口座番号は12345678",
        "同様に、様式第3-5-7",
    ],
)
def test_no_personal_datum(text: str) -> None:
    assert _found(text) == []


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(0, 9))
def test_check_digit(eleven: str, digit: int) -> None:
    assert is_individual_number(f"{eleven}{digit}") is (digit == _check_digit(eleven))


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890181", "12345678901a", "１２３４５６７８９０１８"]
)
def test_what_is_no_twelve_digits_is_no_individual_number(text: str) -> None:
    assert not is_individual_number(text)


def test_mask_leaves_two_at_each_end() -> None:
    assert mask("個人番号は123456789018です。") == f"個人番号は12{MASK * 8}18です。"


@given(st.text(ALPHABET, max_size=120) | st.text(max_size=120))
def test_any_text_is_borne(text: str) -> None:
    held = find_personal(text)
    assert not held or may_hold_personal(text)
    reached = 0
    for datum in held:
        assert reached <= datum.start < datum.end <= len(text)
        reached = datum.end
    masked = mask(text)
    assert len(masked) == len(text)
    kept = [at for at, (one, other) in enumerate(zip(text, masked, strict=True)) if one == other]
    hidden = {at for datum in held for at in range(datum.start + 2, datum.end - 2)}
    assert set(range(len(text))) - hidden <= set(kept)
    for datum in held:
        assert masked[datum.start + 2 : datum.end - 2] == MASK * (datum.end - datum.start - 4)
