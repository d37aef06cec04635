"""Waivers in comments beside the data, from file to verdict."""

from __future__ import annotations

import pytest
import yaml

from jisseki_check import profiles
from jisseki_check.engine import examples, run
from jisseki_check.exceptions import Exceptions
from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Outcome, Verdict
from tests.edits import AS_OF, read

LOW = examples.document(
    {"name": "low", "budget": "8,500千円", "settlement": "3,740千円"}, profiles.load("hirakata")
)[0].decode()
OVER = LOW.replace("3,740千円", "9,740千円")
HEADING, BUDGET, SETTLED = "(1) 防災備蓄倉庫の整備", "当初予算：8,500千円", "決算：3,740千円"
COMMENT = "# jisseki-check: 免除 FIN105「3,740千円」 理由：入札の差金による"
APPROVED = "申請：総務課 山田 承認：財政課長 佐藤 期限：2027-03-31"


def check(text: str, name: str = "報告.txt", *, encoding: str = "utf-8", takes: bool = True) -> Outcome:
    exceptions = Exceptions(takes_comments=takes)
    stdin = (text.encode(encoding), name)
    return run.check([], options=run.Options(as_of=AS_OF, stdin=stdin, exceptions=exceptions))


def above(line: str, comment: str = COMMENT, text: str = LOW) -> str:
    """The text with the comment on a line of its own, above the line that holds those words."""
    lines = text.split("\n")
    place = next(at for at, each in enumerate(lines) if line in each)
    return "\n".join([*lines[:place], comment, *lines[place:]])


def behind(words: str, comment: str = COMMENT, text: str = LOW) -> str:
    return text.replace(words, f"{words}　{comment}", 1)


def said(outcome: Outcome) -> list[tuple[str, str]]:
    return [(each.rule, each.status) for each in outcome.findings]


def notes(outcome: Outcome) -> list[str]:
    return [each.message for each in outcome.findings if each.rule.startswith("WVR")]


WAIVED = [("FIN105", "waived")]


def test_the_report_itself_has_that_one_finding() -> None:
    assert said(check(LOW)) == [("FIN105", "new")]
    assert said(check(OVER)) == [("FIN101", "new")]


# --- where it may stand -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        behind(SETTLED),
        above(SETTLED),
        above(SETTLED, f"{COMMENT}\n"),
        behind(HEADING),
        above(HEADING),
        above(HEADING, f"\n{COMMENT}\n"),
        behind(SETTLED, COMMENT.replace("3,740千円", "３，７４０ 千円")),
        behind(SETTLED, "＃ｊｉｓｓｅｋｉ－ｃｈｅｃｋ：　免除　ＦＩＮ１０５『3740千円』理由：入札の差金"),
    ],
)
def test_beside_or_above_the_line_or_the_item(text: str) -> None:
    outcome = check(text)
    assert said(outcome) == WAIVED
    (finding,) = outcome.findings
    assert finding.waiver is not None
    line = next(at for at, each in enumerate(text.split("\n"), 1) if "入札の差金" in each)
    assert finding.waiver.reason.startswith("入札の差金")
    assert (finding.waiver.path, finding.waiver.line) == ("報告.txt", line)
    (use,) = outcome.waivers
    assert (use.state, use.findings, use.known.rule) == ("used", 1, "FIN105")
    assert outcome.verdict is Verdict.PASS


def test_lines_of_findings_are_those_of_the_file() -> None:
    before = check(LOW).findings[0].location.line
    assert before is not None
    assert check(above("(1)")).findings[0].location.line == before + 1
    assert check(behind(SETTLED)).findings[0].location == check(LOW).findings[0].location


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_in_every_encoding(encoding: str, line_end: str) -> None:
    text = above(SETTLED).replace("\n", line_end)
    assert said(check(text, encoding=encoding)) == WAIVED


def test_above_the_title_it_speaks_of_the_whole_report() -> None:
    text = LOW.replace("<部の構成> 総務課、人事課、危機管理課\n", "")
    waiver = "# jisseki-check: 免除 STR108 理由：組織改正の途中のため"
    assert set(said(check(text))) == {("STR108", "new"), ("FIN105", "new")}
    assert set(said(check(f"{waiver}\n{text}"))) == {("STR108", "waived"), ("FIN105", "new")}
    assert set(said(check(f"{COMMENT}\n{LOW}"))) == {("WVR102", "new"), ("FIN105", "new")}


def _yaml(*, comment: str, before: str = "", after: str = "") -> str:
    """The report as YAML, with the comment above the first line that begins so, or behind it."""
    lines = yaml.safe_dump(to_json(read(LOW).report), allow_unicode=True, sort_keys=False).split("\n")
    place = next(at for at, each in enumerate(lines) if each.startswith(before or after))
    if after:
        lines[place] += f"  {comment}"
        return "\n".join(lines)
    indent = " " * (len(lines[place]) - len(lines[place].lstrip()))
    return "\n".join([*lines[:place], indent + comment, *lines[place:]])


@pytest.mark.parametrize(
    ("place", "is_waived"),
    [
        ({"before": "- index: 1"}, True),
        ({"after": "- index: 1"}, True),
        ({"before": "  - stage: settlement"}, True),
        ({"after": "  - stage: settlement"}, True),
        ({"before": "  amounts:"}, True),
        ({"before": "items:"}, True),
        ({"before": "- index: 2"}, False),
        ({"before": "  mark:"}, False),
        ({"before": "format:"}, False),
        ({"after": "format:"}, False),
    ],
    ids=str,
)
def test_in_yaml_it_speaks_of_what_begins_next_or_stands_beside(
    place: dict[str, str], is_waived: bool
) -> None:
    outcome = check(_yaml(comment=COMMENT, **place), "報告.yaml")
    assert dict(said(outcome))["FIN105"] == ("waived" if is_waived else "new")
    assert ("WVR102" in dict(said(outcome))) is not is_waived


# --- what it may not do -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "why"),
    [
        ("# jisseki-check: 免除 FIN105", "免除の注記の書き方が違うため、効いていません（理由がありません"),
        ("# jisseki-check: 免除 FIN105 理由：特になし", "理由が「特になし」だけでは、免除できません"),
        ("# jisseki-check: FIN105 理由：あ", "「免除」で始まっていません"),
        ("# jisseki-check: 免除 FIN999 理由：あ", "「FIN999」という規則はありません"),
        ("# jisseki-check: 免除 DOC001 理由：あ", "DOC001 の指摘は免除できません"),
        ("# jisseki-check: 免除 WVR102 理由：あ", "WVR102 の指摘は免除できません。免除を直してください"),
        (f"{COMMENT} 申請：総務課　山田 承認：総務課山田", "申請した人と承認した人が同じです"),
        (f"{COMMENT} 期限：2028-03-31", "期限が長すぎます"),
        (f"{COMMENT} 承認日：2026-05-01 期限：2026-04-30", "より前です"),
        (f"{COMMENT} 期限：そのうち", "日付として読めません"),
        ("# jisseki-check: 免除 FIN106 理由：入札の差金", "当てはまる指摘がありません"),
    ],
)
def test_what_is_wrong_with_it_is_said_and_nothing_is_hidden(comment: str, why: str) -> None:
    outcome = check(behind(SETTLED, comment))
    assert ("FIN105", "new") in said(outcome)
    (note,) = [each for each in outcome.findings if each.rule == "WVR102"]
    assert why in note.message
    line = next(at for at, each in enumerate(LOW.split("\n"), 1) if SETTLED in each)
    assert (note.location.path, note.location.line) == ("報告.txt", line)
    assert (note.department, note.fiscal_year) == ("総務部", 2017)


def test_of_a_place_without_the_finding() -> None:
    outcome = check(above("(1)", text=behind(BUDGET)))
    assert said(outcome).count(("FIN105", "waived")) == 1
    assert len(notes(outcome)) == 1
    assert said(check(behind(BUDGET))) == [("WVR102", "new"), ("FIN105", "new")]
    assert "この後に、免除する箇所がありません" in notes(check(f"{LOW}\n{COMMENT}\n"))[0]


def test_of_another_value_it_has_lapsed() -> None:
    outcome = check(behind(SETTLED, COMMENT.replace("3,740", "3,741")))
    assert set(said(outcome)) == {("FIN105", "new"), ("WVR103", "new")}
    assert "免除したときの値は「3,741千円」、いまの値は「3,740千円」です" in notes(outcome)[0]
    assert outcome.waivers[0].state == "lapsed"


def test_without_the_value_it_grants_nothing_and_says_what_to_write() -> None:
    outcome = check(behind(SETTLED, COMMENT.replace("「3,740千円」", "")))
    assert set(said(outcome)) == {("FIN105", "new"), ("WVR102", "new")}
    assert "コードの後に「3,740千円」と書いてください" in notes(outcome)[0]


def test_after_its_end_the_finding_counts_again() -> None:
    outcome = check(behind(SETTLED, f"{COMMENT} 期限：2026-05-30"))
    assert set(said(outcome)) == {("FIN105", "new"), ("WVR101", "new")}
    assert said(check(behind(SETTLED, f"{COMMENT} 期限：{AS_OF}"))) == WAIVED
    assert outcome.waivers[0].state == "expired"


def test_before_its_approval_it_does_not_hold_yet() -> None:
    outcome = check(behind(SETTLED, f"{COMMENT} 承認日：2026-06-01"))
    assert said(outcome) == [("FIN105", "new")]
    assert outcome.waivers[0].state == "pending"


def test_an_error_needs_approver_and_end() -> None:
    waiver = "# jisseki-check: 免除 FIN101「9,740千円」 理由：補正予算によるため"
    settled = SETTLED.replace("3,740", "9,740")
    assert dict(said(check(OVER)))["FIN101"] == "new"
    without = check(behind(settled, waiver, OVER))
    assert dict(said(without))["FIN101"] == "new"
    assert "誤りの指摘を免除するには" in notes(without)[0]
    approved = check(behind(settled, f"{waiver} {APPROVED}", OVER))
    assert dict(said(approved))["FIN101"] == "waived"
    assert notes(approved) == []


def test_where_several_would_do_the_value_says_which() -> None:
    text = LOW.replace("確保します。", "確保する為、出来る限り備えます。")
    held = [each for each in check(text).findings if each.rule == "STY101"]
    assert len(held) > 1
    line = held[0].location.line
    assert {each.location.line for each in held} == {line}
    words = text.split("\n")[(line or 1) - 1]
    comment = "# jisseki-check: 免除 STY101 理由：引用のため"
    unclear = check(behind(words, comment, text))
    assert "指摘がいくつもあります" in notes(unclear)[0]
    assert not [each for each in unclear.findings if each.status == "waived"]
    named = check(behind(words, comment.replace("STY101", f"STY101「{held[0].given}」"), text))
    assert [each.given for each in named.findings if each.status == "waived"] == [held[0].given]
    both = "」「".join(each.given or "" for each in held)
    all_named = check(behind(words, comment.replace("STY101", f"STY101「{both}」"), text))
    assert len([each for each in all_named.findings if each.status == "waived"]) == len(held)
    assert notes(all_named) == []


def test_of_a_word_all_over_a_report_only_the_title_may_speak() -> None:
    text = LOW.replace("確保します。", "確保する取組みを進めます。").replace(
        "使用を開始します。", "取組みを始めます。"
    )
    line = next(each for each in text.split("\n") if "確保する取組み" in each)
    comment = "# jisseki-check: 免除 STY101 理由：引用のため"
    beside = check(behind(line, comment, text))
    assert dict(said(beside))["STY101"] == "new"
    assert "報告の2か所についての指摘です" in notes(beside)[0]
    named = comment.replace("STY101", "STY101「取組み」")
    assert dict(said(check(f"{named}\n{text}")))["STY101"] == "waived"


def test_the_auditor_sees_what_it_hides() -> None:
    outcome = check(behind(SETTLED), takes=False)
    assert said(outcome) == [("FIN105", "new")]
    assert outcome.waivers == ()
    (coverage,) = [each for each in outcome.coverage if each.rule == "WVR101"]
    assert (coverage.evaluated, coverage.not_applicable) == (0, 1)
    assert "--no-waivers" in (coverage.reason or "")


def test_a_string_is_no_comment() -> None:
    text = _yaml(comment="", before="items:").replace("title: 防災", f'title: "防災 {COMMENT}" #', 1)
    outcome = check(text, "報告.yaml")
    assert any("文字列の中にある" in each for each in notes(outcome))
    assert dict(said(outcome))["FIN105"] == "new"


def test_the_ledger_counts_them() -> None:
    outcome = check(above(HEADING, f"{COMMENT}\n# jisseki-check: 免除 MRK101 理由：あ\n# jisseki-check: 何"))
    counted = {each.rule: each.evaluated for each in outcome.coverage if each.rule.startswith("WVR")}
    assert counted == {"WVR101": 2, "WVR102": 3, "WVR103": 2}
