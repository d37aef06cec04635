"""A waiver is added to its file, and nothing else of the file changes."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jisseki_check.engine.waiver_entry import CannotAdd, NewWaiver, added, writable
from jisseki_check.engine.waiver_file import WaiverFileError, read
from jisseki_check.model import KnownFinding, Waiver

TERMS = {"FIN105": 366, "DOC001": 0}
KNOWN = KnownFinding(
    rule="FIN105",
    path="報告.txt",
    department="総務部",
    fiscal_year=2017,
    report_kind="results",
    section=1,
    number="7",
    title="公衆無線LAN環境整備事業",
    field="settlement",
    given="3,741千円",
    fingerprint="sha256:" + "1" * 64,
    value_fingerprint="sha256:" + "0" * 64,
)
WAIVER = Waiver("入札の差金による", "総務課 山田", "財政課長 佐藤", "2027-03-31")
DAY = dt.date(2026, 5, 20)


def new(number: int = 0, **changes: Any) -> NewWaiver:
    known = replace(KNOWN, value_fingerprint=f"sha256:{number:064}", **changes)
    return NewWaiver(writable(known), WAIVER, DAY, "執行率が低く、理由が見当たりません")


def _add(content: bytes | None, name: str, number: int = 0) -> bytes:
    return added(content, name, new(number), TERMS)[0]


@pytest.mark.parametrize("name", ["w.toml", "w.yaml", "w.yml"])
def test_a_file_is_begun_and_goes_on(name: str) -> None:
    first, line = added(None, name, new(1), TERMS)
    second, below = added(first, name, new(2), TERMS)
    assert first.decode().startswith("# 指摘の免除の一覧です。")
    assert second.startswith(first)
    assert "# 執行率が低く、理由が見当たりません" in first.decode()
    held = read(second, name, TERMS).waivers
    assert [each.known.value_fingerprint[-1] for each in held] == ["1", "2"]
    assert [each.waiver.line for each in held] == [line, below]
    assert held[0].known == new(1).known
    assert (held[0].begins, replace(held[0].waiver, path=None, line=None)) == (DAY, WAIVER)


@pytest.mark.parametrize("name", ["w.toml", "w.yaml"])
@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\n\t"])
def test_an_empty_file_is_begun_as_one_that_is_not_there(content: bytes, name: str) -> None:
    assert _add(content, name) == _add(None, name)


@pytest.mark.parametrize("name", ["w.toml", "w.yaml"])
def test_comments_that_stand_alone_stay(name: str) -> None:
    comments = "# 監査課が管理する。\r\n\r\n  # 承認は部長"
    after = _add(comments.encode(), name).decode()
    assert after.startswith(f"{comments}\r\nformat")
    assert len(read(after.encode(), name, TERMS).waivers) == 1


def test_comments_in_another_encoding_are_not_added_to() -> None:
    with pytest.raises(CannotAdd, match="UTF-8"):
        _add("# 監査課が管理する。\n".encode("cp932"), "w.toml")


def test_comments_and_blanks_of_a_toml_stay() -> None:
    text = _add(None, "w.toml", 1).decode().replace("[[waivers]]", "# 監査の指摘による\n[[ waivers ]]  # 注")
    before = f"{text}# 終わりの注記"
    after = _add(before.encode(), "w.toml", 2).decode()
    assert after.startswith(before + "\n")
    assert len(tomllib.loads(after)["waivers"]) == 2


@pytest.mark.parametrize("indent", ["", "  ", "      "])
def test_what_follows_the_list_of_a_yaml_stays_behind_it(indent: str) -> None:
    lines = _add(None, "w.yaml", 1).decode().splitlines()
    entry = [indent + line[2:] for line in lines[lines.index("waivers:") + 1 :]]
    before = ["# はじめに", "waivers: # 注", *entry]
    behind = ["# おわりに", "format: jisseki-waivers/1", "# 末尾"]
    after = _add("\n".join([*before, *behind]).encode(), "w.yaml", 2).decode().splitlines()
    assert after[: len(before)] == before
    assert after[-len(behind) :] == behind
    assert len(after) > len(before) + len(behind)
    assert len(read("\n".join(after).encode(), "w.yaml", TERMS).waivers) == 2


def test_an_empty_list_is_filled() -> None:
    for text in ("format: jisseki-waivers/1\nwaivers: []\n", "format: jisseki-waivers/1\n"):
        assert len(read(_add(text.encode(), "w.yaml"), "w.yaml", TERMS).waivers) == 1


def test_line_ends_and_byte_order_mark_stay() -> None:
    before = b"\xef\xbb\xbf" + _add(None, "w.toml", 1).replace(b"\n", b"\r\n")
    after = _add(before, "w.toml", 2)
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('format = "jisseki-waivers/1"\nwaivers = []\n', "w.toml"),
        ("{format: jisseki-waivers/1, waivers: []}\n", "w.yaml"),
    ],
)
def test_where_an_entry_does_not_fit_it_is_given_to_be_written_by_hand(text: str, name: str) -> None:
    with pytest.raises(CannotAdd, match="手で書き加えてください") as caught:
        _add(text.encode(), name)
    assert 'reason = "入札の差金による"' in str(caught.value)


def test_a_faulty_file_is_not_added_to() -> None:
    with pytest.raises(WaiverFileError):
        _add(b'format = "x"\n', "w.toml")
    with pytest.raises(CannotAdd, match="UTF-8"):
        _add('# 免除\nformat = "jisseki-waivers/1"\n'.encode("cp932"), "w.toml")


@pytest.mark.parametrize(
    ("known", "waiver", "said"),
    [
        ({"rule": "DOC001"}, {}, "DOC001 の指摘は免除できません"),
        ({"rule": "FIN999"}, {}, "「FIN999」という規則はありません"),
        ({}, {"approved_by": "総務課　山田"}, "申請した人と承認した人が同じです"),
        ({}, {"until": "2027-05-22"}, "期限が長すぎます"),
        ({}, {"until": "2026-05-19"}, "より前です"),
    ],
)
def test_what_a_reader_would_refuse_is_not_written(
    known: dict[str, Any], waiver: dict[str, Any], said: str
) -> None:
    asked = new(**known)
    with pytest.raises(CannotAdd, match=said):
        added(None, "w.toml", replace(asked, waiver=replace(WAIVER, **waiver)), TERMS)


def test_the_same_again_is_told_where_it_stands() -> None:
    with pytest.raises(CannotAdd, match=r"w\.toml:5 にあります"):
        _add(_add(None, "w.toml", 1), "w.toml", 1)


def test_a_report_without_name_is_named_by_its_file() -> None:
    known = writable(replace(KNOWN, department=None, fiscal_year=None, report_kind=""))
    data, _ = added(None, "w.toml", replace(new(), known=known), TERMS)
    assert 'path = "報告.txt"' in data.decode()
    assert 'path = "' not in _add(None, "w.toml").decode()


def test_what_cannot_be_seen_is_escaped() -> None:
    waiver = replace(WAIVER, reason='引用"と\\と\n改行\t\u202eと\x7fと\U000e0041')
    for name in ("w.toml", "w.yaml"):
        data, _ = added(None, name, replace(new(), waiver=waiver), TERMS)
        assert "\\u202E" in data.decode()
        (granted,) = read(data, name, TERMS).waivers
        assert granted.waiver.reason == waiver.reason
    with pytest.raises(CannotAdd, match="文字として読めない"):
        added(None, "w.toml", replace(new(), waiver=replace(WAIVER, reason="\ud800")), TERMS)


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(
    lambda text: text.strip() == text
)


@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=3), st.sampled_from(["w.toml", "w.yaml"]))
def test_any_words_come_back_as_they_were(words: list[tuple[str, str]], name: str) -> None:
    content: bytes | None = None
    # A reason that says something, whatever stands behind it.
    words = [(title, f"契約の都合による。{reason}") for title, reason in words]
    for number, (title, reason) in enumerate(words):
        asked = replace(new(number, title=title), waiver=replace(WAIVER, reason=reason))
        content, _ = added(content, name, asked, TERMS)
    assert content is not None
    held = read(content, name, TERMS).waivers
    assert [(each.known.title, each.waiver.reason) for each in held] == words
