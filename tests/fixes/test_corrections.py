"""What is corrected, what is left to a person, and that a copy holds the same report but for that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check import forms
from jisseki_check.fixes import CannotFix, Fixed, fix
from jisseki_check.fixes.respelling import respelled
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Report
from jisseki_check.wordlists import Spelling
from tests.strategies import reports

TEXT = """平成29年度市民安全部の取り組み実績
<部の構成> 危機管理課、防災課

1. 重点施策・事業

(1) 備蓄倉庫の充実
目　標 備蓄倉庫を増やします。
取り組み 小学校の校庭に備蓄倉庫を設けます。
平成29年度当初予算：８，２００千円
実績 南小学校に備蓄\u200b倉庫を設け、引続き備蓄食料を\u00a02,000食備えました。
平成29年度決算：7,950千円
取り組みに対する達成状況 【 〇 】
"""


def _fix(text: str, name: str = "報告.txt", *, spellings: bool = False) -> Fixed:
    return fix(text.encode(), name, forms.Chooser(), spellings=spellings)


def _told(fixed: Fixed) -> list[tuple[str, str, str]]:
    return [(each.kind, each.before, each.after) for each in fixed.made]


def test_everything_safe_is_corrected_and_nothing_else() -> None:
    fixed = _fix(TEXT)
    assert _told(fixed) == [
        ("mark", "〇", "○"),
        ("digits", "８，２００千円", "8,200千円"),
        ("unseen", "\u200b", ""),
        ("unseen", "\u00a0", " "),
        ("label", "目　標", "目標"),
    ]
    expected = (
        TEXT.replace("〇", "○")
        .replace("８，２００", "8,200")
        .replace("\u200b", "")
        .replace("\u00a0", " ")
        .replace("目　標", "目標")
    )
    assert fixed.data.decode() == expected
    assert fixed.left == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("7,950千円", "7,950\u200b千円"),
        ("7,950千円", "7,9\u200b50千円"),
        ("7,950千円", "7,950千\u2060円"),
        ("７，９５０千円", "７，９５０\u200b千円"),
        ("平成29年度決算", "平成29年度\u200b決算"),
        ("千円\n取り組みに対する", "千円\n\u200b\n取り組みに対する"),
        ("【 〇 】", "【 \u200b〇 】"),
        ("(1) 備", "(1)\u200b 備"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_where_the_report_reads_otherwise_without(
    before: str, after: str
) -> None:
    text = TEXT if before in TEXT else TEXT.replace("7,950", "７，９５０")
    assert before in text
    fixed = _fix(text.replace(before, after))
    assert fixed.left == ()
    wanted = _fix(text).data.decode()
    blank = after.endswith("\n\u200b\n取り組みに対する")
    assert fixed.data.decode() == (
        wanted.replace("千円\n取り組みに", "千円\n\n取り組みに") if blank else wanted
    )


def test_spellings_are_corrected_only_where_asked() -> None:
    assert "引続き" in _fix(TEXT).data.decode()
    fixed = _fix(TEXT, spellings=True)
    assert ("spelling", "引続き", "引き続き") in _told(fixed)
    assert "引き続き備蓄食料" in fixed.data.decode()


def test_places_are_those_of_the_characters() -> None:
    lines = TEXT.split("\n")
    for each in _fix(TEXT).made:
        assert each.at.line
        assert each.at.column
        assert lines[each.at.line - 1][each.at.column - 1 :].startswith(each.before)


@pytest.mark.parametrize("mark", ["●", "▲", "0", "一", "★"])
def test_a_sign_that_may_mean_something_else_is_left_alone(mark: str) -> None:
    fixed = _fix(TEXT.replace("〇", mark))
    assert not [each for each in fixed.made if each.kind == "mark"]


def test_a_copy_keeps_encoding_and_line_ends() -> None:
    data = TEXT.replace("\u200b", "").replace("\u00a0", " ").replace("\n", "\r\n").encode("cp932")
    fixed = fix(data, "報告.txt", forms.Chooser())
    assert "【 ○ 】\r\n" in fixed.data.decode("cp932")
    assert len(fixed.data.decode("cp932").split("\r\n")) == len(TEXT.split("\n"))


def test_a_report_without_faults_is_given_back_as_it_is() -> None:
    clean = _fix(TEXT).data
    again = fix(clean, "報告.txt", forms.Chooser())
    assert again.data == clean
    assert again.made == ()


def _data() -> dict[str, Any]:
    return {
        "format": "jisseki-report/1",
        "department": "市民安全部",
        "divisions": ["危機管理課"],
        "title": "平成29年度市民安全部の取り組み実績",
        "kind": "results",
        "fiscal_year": 2017,
        "items": [
            {
                "index": 1,
                "kind": "priority",
                "section": 1,
                "number": "1",
                "title": "備蓄倉庫の\u200b充実",
                "goal": "備蓄倉庫を増やします。",
                "initiative": "小学校に倉庫を設けます。",
                "result": "倉庫を設け、\n引続き食料を\u200b備えました。",
                "mark": "〇",
                "amounts": [],
            }
        ],
    }


@pytest.mark.parametrize("ensure_ascii", [False, True])
def test_json_strings_are_corrected_where_they_stand(ensure_ascii: bool) -> None:
    text = json.dumps(_data(), ensure_ascii=ensure_ascii, indent=3)
    fixed = _fix(text, "報告.json", spellings=True)
    item = json.loads(fixed.data)["items"][0]
    assert (item["title"], item["mark"]) == ("備蓄倉庫の充実", "○")
    assert item["result"] == "倉庫を設け、\n引き続き食料を備えました。"
    untouched = [line for line in text.splitlines() if "title" not in line or "年度" in line]
    changed = {"result", "mark", "title"}
    assert all(
        line in fixed.data.decode() for line in untouched if not any(f'"{name}"' in line for name in changed)
    )


def test_yaml_scalars_are_corrected_where_they_stand() -> None:
    text = "# 市民安全部の報告\n" + yaml.safe_dump(_data(), allow_unicode=True, sort_keys=False)
    fixed = _fix(text, "報告.yaml", spellings=True)
    assert fixed.data.decode().startswith("# 市民安全部の報告\n")
    item = yaml.safe_load(fixed.data)["items"][0]
    assert item["mark"] == "○"
    assert "引き続き" in item["result"]


def test_what_cannot_be_placed_is_left_and_told() -> None:
    """An escaped character of a YAML scalar does not stand there as such."""
    text = yaml.safe_dump(_data(), allow_unicode=True, sort_keys=False)
    fixed = _fix(text.replace("mark: 〇", 'mark: "\\u3007"'), "報告.yaml")
    assert [each.before for each in fixed.left] == ["〇"]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(reports(), st.data())
def test_twice_gives_the_same_as_once(report: Report, data: st.DataObject) -> None:
    text = json.dumps(to_json(report), ensure_ascii=False)
    for char in data.draw(st.lists(st.sampled_from("　\u200b\u00a0〇◯"), max_size=5)):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + char + text[at:] if text[at - 1 : at].isalpha() else text
    try:
        once = fix(text.encode(), "a.json", forms.Chooser(), spellings=True)
    except CannotFix:
        raise
    except Exception:
        return  # what was spoilt beyond reading is not for fixing
    twice = fix(once.data, "a.json", forms.Chooser(), spellings=True)
    assert twice.data == once.data
    assert twice.made == ()


@pytest.mark.parametrize(
    ("written", "write", "wrong", "after"),
    [
        ("取組", "取り組み", ("取組み", "取組"), "取り組み"),
        ("出来ました", "できる", ("出来る", "出来ました"), "できました"),
        ("従って、", "したがって、", ("従って、",), "したがって、"),
        ("て頂く", "いただく", ("て頂く",), None),
        ("の様に", "ように", ("の様に",), None),
        ("約100人程度", "一方だけ", ("約…程度",), None),
    ],
)
def test_a_spelling_is_replaced_only_by_the_same_word(
    written: str, write: str, wrong: tuple[str, ...], after: str | None
) -> None:
    assert respelled(written, Spelling(write, wrong)) == after


def test_a_format_that_cannot_be_corrected_says_so(tmp_path: Path) -> None:
    page = f"<html><body><pre>{TEXT}</pre></body></html>"
    with pytest.raises(CannotFix, match="元の文書"):
        fix(page.encode(), "報告.html", forms.Chooser())
