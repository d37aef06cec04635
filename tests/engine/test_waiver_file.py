"""A file of waivers: what it may hold, and how every mistake in it is told at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from jisseki_check.engine.waiver_file import Terms, WaiverFile, WaiverFileError, load, read
from jisseki_check.model import KnownFinding, Waiver
from tests.readers.packages import archive

TERMS: Terms = {"FIN105": 366, "FIN106": 366, "MRK101": 30, "DOC001": 0, "WVR101": 0}
ENTRY = """\
[[waivers]]
rule = "FIN105"
department = "総務部"
fiscal_year = 2017
report_kind = "results"
section = 1
number = "7"
title = "公衆無線LAN環境整備事業"
field = "settlement"
given = "3,741千円"
value_fingerprint = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
reason = "入札の差金による"
requested_by = "総務課 山田"
approved_by = "財政課長 佐藤"
approved_on = 2026-05-20
until = 2027-03-31
"""
HEAD = '# 免除\nformat = "jisseki-waivers/1"\n\n'
OTHER = ENTRY.replace("3,741", "9,999").replace("0123", "ffff")


def _read(text: str, name: str = "w.toml") -> WaiverFile:
    return read(text.encode(), name, TERMS)


def _mistakes(text: str, name: str = "w.toml") -> list[tuple[int, str]]:
    with pytest.raises(WaiverFileError) as caught:
        _read(text, name)
    return [(each.line, each.message) for each in caught.value.mistakes]


def _changed(key: str, line: str | None) -> str:
    """The entry with another line for a key, or without it."""
    return re.sub(rf"^{key} = .*\n", "" if line is None else f"{line}\n", ENTRY, flags=re.M)


def test_what_an_entry_grants() -> None:
    (granted,) = _read(HEAD + ENTRY).waivers
    assert granted.known == KnownFinding(
        rule="FIN105",
        department="総務部",
        fiscal_year=2017,
        report_kind="results",
        section=1,
        number="7",
        title="公衆無線LAN環境整備事業",
        field="settlement",
        given="3,741千円",
        value_fingerprint="sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    )
    assert granted.waiver == Waiver(
        "入札の差金による", "総務課 山田", "財政課長 佐藤", "2027-03-31", "w.toml", 4
    )
    assert str(granted.begins) == "2026-05-20"


def test_yaml_says_the_same() -> None:
    pairs = [line.replace(" = ", ": ", 1) for line in ENTRY.splitlines()[1:]]
    text = "format: jisseki-waivers/1\nwaivers:\n  - " + "\n    ".join(pairs) + "\n"
    (granted,) = _read(text, "w.yaml").waivers
    (in_toml,) = _read(HEAD + ENTRY).waivers
    assert granted.known == in_toml.known
    assert (granted.waiver.path, granted.waiver.line) == ("w.yaml", 3)
    assert yaml.safe_load(text)["waivers"][0]["number"] == "7"


def test_a_file_that_is_no_text_is_named() -> None:
    with pytest.raises(WaiverFileError, match="中身が Excel ブックなので、読めません。YAML か TOML"):
        read(archive({"xl/workbook.xml": ""}), "免除.xlsx", TERMS)


def test_none_and_several() -> None:
    assert _read('format = "jisseki-waivers/1"\n').waivers == ()
    assert [each.waiver.line for each in _read(f"{HEAD}{ENTRY}\n# 次\n{OTHER}").waivers] == [4, 22]


def test_a_report_that_tells_nothing_of_itself_is_named_by_its_file() -> None:
    text = _changed("department", 'path = "報告/soumu.txt"')
    for key in ("fiscal_year", "report_kind"):
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.M)
    (granted,) = _read(HEAD + text).waivers
    assert (granted.known.path, granted.known.department) == ("報告/soumu.txt", None)


def test_a_finding_of_a_whole_report_has_a_subject() -> None:
    text = _changed("field", 'subject = "ウェブサイト"')
    for key in ("section", "number", "title"):
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.M)
    (granted,) = _read(HEAD + text.replace("given", "count = 3\ngiven", 1)).waivers
    assert (granted.known.subject, granted.known.count) == ("ウェブサイト", 3)


REQUIRED = (
    "rule",
    "given",
    "value_fingerprint",
    "reason",
    "requested_by",
    "approved_by",
    "approved_on",
    "until",
)


@pytest.mark.parametrize("key", REQUIRED)
def test_what_is_missing_is_told_with_what_to_write(key: str) -> None:
    ((line, message),) = _mistakes(HEAD + ENTRY + "\n" + OTHER.replace(f"{key} =", "# ") + "\n")
    assert line == 21
    assert message.startswith("2番目の免除")
    assert f"「{key}」" in message
    assert "がありません。" in message
    assert message.endswith("。")


@pytest.mark.parametrize("value", ['""', '"　 "'])
@pytest.mark.parametrize("key", ["given", "reason", "requested_by", "approved_by", "department", "title"])
def test_what_is_empty_is_told(key: str, value: str) -> None:
    text = HEAD + _changed(key, f"{key} = {value}")
    ((line, message),) = _mistakes(text)
    assert text.split("\n")[line - 1].startswith(f"{key} =")
    assert "空" in message


@pytest.mark.parametrize(
    ("key", "line", "said"),
    [
        ("rule", 'rule = "FIN999"', "「FIN999」という規則はありません。FIN106 のことでしょうか。"),
        ("rule", 'rule = "執行率"', "書き方が違います"),
        ("rule", 'rule = "DOC001"', "DOC001 の指摘は免除できません"),
        ("rule", 'rule = "WVR101"', "WVR101 の指摘は免除できません"),
        ("rule", 'rule = "MRK101"', "承認した日から30日までです。2026-06-19 まで"),
        ("fiscal_year", 'fiscal_year = "平成29年度"', "整数で書きます"),
        ("report_kind", 'report_kind = "実績"', "使えるのは"),
        ("number", "number = 7", "文字列で書きます"),
        ("reason", 'reson = "あ"', "「reson」という名前は使えません。「reason」のことでしょうか。"),
        ("value_fingerprint", 'value_fingerprint = "sha256:0"', "書き方が違います"),
        ("approved_by", 'approved_by = "総務課　山田"', "申請した人と承認した人が同じです"),
        ("approved_by", 'approved_by = "総務課山田"', "申請した人と承認した人が同じです"),
        ("requested_by", 'requested_by = "財政課長　佐藤"', "申請した人と承認した人が同じです"),
        ("approved_on", 'approved_on = "2026年5月20日"', "書き方が違います"),
        ("approved_on", "approved_on = 2026-02-30", "という日はありません"),
        ("until", "until = 2027-06-31", "という日はありません"),
        ("until", "until = 2026-05-19", "より前です"),
        ("until", "until = 2027-05-22", "2027-05-21 までにしてください"),
        ("until", "until = 9999-12-31", "期限が長すぎます"),
        ("until", "until = 2027-03-31T00:00:00", "書き方が違います"),
        ("department", 'department = "総務部"\npath = "a.txt"', "「path」の行を消してください"),
        ("field", 'field = "mark"\nsubject = "あ"', "一緒には書けません"),
        ("field", 'field = "mark"\ncount = 0', "1以上"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(key: str, line: str, said: str) -> None:
    text = HEAD + _changed(key, line)
    found = _mistakes(text)
    assert len(found) == 1, found
    ((number, message),) = found
    assert said in message
    assert message.startswith("1番目の免除")
    assert number >= 4


def test_where_the_report_is_not_told() -> None:
    text = ENTRY
    for key in ("department", "fiscal_year"):
        text = re.sub(rf"^{key} = .*\n", "", text, flags=re.M)
    assert "どの報告の免除かが分かりません" in _mistakes(HEAD + text)[0][1]
    assert "「department」（部）がありません" in _mistakes(HEAD + _changed("department", None))[0][1]
    assert "「fiscal_year」（年度）がありません" in _mistakes(HEAD + _changed("fiscal_year", None))[0][1]
    (granted,) = _read(HEAD + _changed("fiscal_year", 'path = "報告.txt"')).waivers
    assert (granted.known.path, granted.known.department) == ("報告.txt", "総務部")
    assert (
        "「report_kind」（報告の種類）がありません" in _mistakes(HEAD + _changed("report_kind", None))[0][1]
    )


def test_the_last_day_may_be_the_longest_term_away() -> None:
    assert _read(HEAD + _changed("until", "until = 2027-05-21")).waivers
    assert _read(HEAD + _changed("until", "until = 2026-05-20")).waivers


def test_twice_the_same_is_told_with_the_first_line() -> None:
    (found,) = _mistakes(f"{HEAD}{ENTRY}\n{OTHER}\n{ENTRY}")
    assert found[0] == 38
    assert "1番目の免除（4行目）と同じ指摘" in found[1]


def test_all_mistakes_are_told_at_once() -> None:
    bad = (
        ENTRY.replace("FIN105", "FIN999")
        .replace("総務課 山田", "財政課長 佐藤")
        .replace("2027-03-31", "2026-02-30")
    )
    worse = OTHER.replace("reason", "riyuu").replace("2027-03-31", "2029-03-31").replace('"7"', "7")
    found = _mistakes(f"{HEAD}{bad}\n{worse}")
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert len(found) == 7
    assert {message.partition("：")[0] for _, message in found} == {
        "1番目の免除（FIN999）",
        "2番目の免除（FIN105）",
    }


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ('format = "jisseki-waivers/2"\n', "w.toml", "jisseki-waivers/1"),
        ("waivers = []\n", "w.toml", "「format」（ファイルの種類）がありません"),
        (f"{HEAD}[waivers]\na = 1\n", "w.toml", "配列"),
        (f"{HEAD}waivers = [1]\n", "w.toml", "1番目の免除"),
        ("format: jisseki-waivers/1\nwaivers:\n- あ\n", "w.yaml", "1番目の免除"),
        ("- あ\n", "w.yaml", "オブジェクト"),
        ("a: [\n", "w.yaml", "YAML として読めません"),
        ("a = [\n", "w.toml", "TOML として読めません"),
        ("", "w.toml", "ファイルが空です"),
        ("a: &x 1\nb: *x\n", "w.yaml", "読みません"),
    ],
)
def test_another_file_is_refused(text: str, name: str, said: str) -> None:
    assert any(said in message for _, message in _mistakes(text, name)), _mistakes(text, name)


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "ない.toml", tmp_path):
        with pytest.raises(WaiverFileError, match="読めません"):
            load(path, "w.toml", TERMS)
    large = tmp_path / "large.toml"
    large.write_text(HEAD + "# " + "あ" * 2_000_000, encoding="utf-8")
    with pytest.raises(WaiverFileError, match="大きすぎます"):
        load(large, "w.toml", TERMS)
    latin = tmp_path / "latin.toml"
    latin.write_bytes(HEAD.encode() + b'a = "\xff\xff"\n')
    with pytest.raises(WaiverFileError):
        load(latin, "w.toml", TERMS)


def test_no_more_entries_than_anyone_reads() -> None:
    entries = "".join('[[waivers]]\nrule = "FIN105"\n' for _ in range(10_001))
    assert any("10,000件以内" in message for _, message in _mistakes(HEAD + entries))
