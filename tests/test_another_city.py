"""A city that the project does not know: its own profile and its own rules, all through the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jisseki_check import catalogue, profiles
from jisseki_check.engine import examples
from jisseki_check.engine.trial import cases
from tests.cli.conftest import Ended, command

__all__ = ["command"]
Command = Callable[..., Ended]

EDITS = [
    ("○○市「取り組み実績」の様式", "あおば野市「主要事業の成果」の様式"),
    ("municipality: ○○市", "municipality: あおば野市"),
    ("results: [取り組み実績, 取組実績]", "results: [主要事業の成果]"),
    ("composition: [部の構成]", "composition: [局の組織]"),
    ("goal: [目標]", "goal: [めざす姿]"),
    ("initiative: [取り組み, 取組]", "initiative: [事業の内容]"),
    ("result: [実績]", "result: [成果]"),
    ("mark: [達成状況]", "mark: [評価]"),
    ("title: ◆の項目", "title: ▶の項目"),
    ("sign: ◆", "sign: ▶"),
    (
        "  - {number: 1, title: 重点事業, kind: priority}\n"
        "  - {number: 2, title: 組織運営, kind: bullet, plan: title}\n",
        "  - {number: 1, title: 重点プロジェクト, kind: priority}\n"
        "  - {number: 2, title: 仕事の進め方, kind: bullet, plan: title}\n"
        "  - {number: 3, title: 人づくり, kind: bullet, plan: title}\n",
    ),
    ("  unit: 千円", "  unit: 百万円"),
    ("form: [initial_budget, settlement]", "form: [revised_budget, settlement]"),
    ("revised_budget: [予算現額,", "revised_budget: [最終予算額, 予算現額,"),
    ("settlement: [決算, 決算額, 執行額]", "settlement: [決算額, 決算]"),
    ("brackets: [【】,", "brackets: [〔〕, 【】,"),
    (
        "  legend: null",
        "  legend: A 達成率90％以上、B 70％以上90％未満、C 50％以上70％未満、D 50％未満、－ 評価の対象外",
    ),
    (
        "    - {sign: ◎, meaning: 計画を上回って達成した, in_form: true}\n"
        "    - {sign: ○, meaning: 計画どおり達成した, in_form: true}\n"
        "    - {sign: △, meaning: 一部を達成した, in_form: true}\n"
        "    - {sign: ×, meaning: 達成できなかった, in_form: true}\n",
        "    - {sign: A, meaning: 達成率90％以上, in_form: true, least_percent: 90}\n"
        "    - {sign: B, meaning: 達成率70％以上90％未満, in_form: true, least_percent: 70}\n"
        "    - {sign: C, meaning: 達成率50％以上70％未満, in_form: true, least_percent: 50}\n"
        "    - {sign: D, meaning: 達成率50％未満, in_form: true, least_percent: 0}\n",
    ),
]

FOLDER = Path(__file__).parent.parent / "examples" / "another-city"
RULE_NAME = "AOB101-low-mark-without-next-step.yaml"
RULE = (FOLDER / "rules" / RULE_NAME).read_text(encoding="utf-8")
REPORT = (FOLDER / "children.txt").read_text(encoding="utf-8")

FAULTS = {
    "評価の書き忘れ": ("MRK101", "決算額：12.1百万円\n評価 〔 A 〕\n", "決算額：12.1百万円\n"),
    "評価の括弧が空": ("MRK101", "決算額：12.1百万円\n評価 〔 A 〕", "決算額：12.1百万円\n評価 〔　〕"),
    "様式にない評価": ("MRK102", "評価 〔 B 〕", "評価 〔 E 〕"),
    "全角の評価": ("MRK103", "評価 〔 B 〕", "評価 〔 Ｂ 〕"),
    "達成率に合わない評価": ("MRK109", "評価 〔 B 〕", "評価 〔 A 〕"),
    "目標の数に合わない評価": ("MRK109", "4か所開設し", "3か所開設し"),
    "決算の書き忘れ": ("FIN103", "令和5年度決算額：12.1百万円\n", ""),
    "予算の書き忘れ": ("FIN104", "令和5年度最終予算額：12.5百万円\n", ""),
    "予算の超過": ("FIN101", "決算額：12.1百万円", "決算額：12.9百万円"),
    "合わない合計": ("FIN115", "合計 4.4百万円", "合計 5.4百万円"),
    "合わない予算現額": ("FIN117", "補正予算：0.6百万円", "補正予算：0.9百万円"),
    "読めない金額": ("FIN111", "決算額：12.1百万円", "決算額：12,1百万円"),
    "節の抜け": ("STR106", REPORT[REPORT.index("2. 仕事") : REPORT.index("3. 人づくり")], ""),
    "成果の抜け": (
        "STR102",
        "成果\t会議の資料を電子化し、印刷の費用を前の年度より2割減らしました。職員が資料を探す時間も短くなりました。\n",
        "",
    ),
    "自分の規則": ("AOB101", "保育課の窓口は翌年度に移します。", ""),
}


@pytest.fixture
def city(command: Command, tmp_path: Path) -> Command:
    """A folder in which a user has made a profile and a rule, and has written a report."""
    (tmp_path / "報告.txt").unlink()
    assert command("profile", "new", "aobano.yaml").code == 0
    path = tmp_path / "aobano.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in EDITS:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    (tmp_path / "規則").mkdir()
    (tmp_path / "規則" / RULE_NAME).write_text(RULE, encoding="utf-8")
    (tmp_path / "こども未来局.txt").write_text(REPORT, encoding="utf-8")
    return command


def check(command: Command) -> tuple[int, dict[str, Any]]:
    ended = command(
        "check", "--profile", "aobano.yaml", "--rules", "規則", "--as-of", "2026-05-31",
        "--output-format", "json", "こども未来局.txt",
    )  # fmt: skip
    assert ended.err == ""
    return ended.code, json.loads(ended.out)


def test_profile_has_no_mistakes(city: Command) -> None:
    ended = city("profile", "check", "aobano.yaml", "--rules", "規則")
    assert (ended.code, ended.out) == (0, "様式設定 1件に誤りはありません。\n")


def test_clean_report_passes(city: Command) -> None:
    code, outcome = check(city)
    assert [(each["rule"], each["message"]) for each in outcome["findings"]] == []
    assert (code, outcome["verdict"], outcome["counts"]["items"]) == (0, "pass", 5)
    judged = {entry["rule"] for entry in outcome["coverage"] if entry["evaluated"]}
    assert {rule for rule, _, _ in FAULTS.values()} <= judged


@pytest.mark.parametrize("name", FAULTS)
def test_planted_fault_is_reported_once_and_nothing_else(city: Command, tmp_path: Path, name: str) -> None:
    rule, old, new = FAULTS[name]
    assert REPORT.count(old) == 1
    (tmp_path / "こども未来局.txt").write_text(REPORT.replace(old, new), encoding="utf-8")
    _, outcome = check(city)
    assert [each["rule"] for each in outcome["findings"]] == [rule], outcome["findings"]


@pytest.mark.parametrize(
    "name", ["", "予算の超過", "合わない予算現額", "読めない金額", "達成率に合わない評価"]
)
@pytest.mark.parametrize("engine", ["local", "pandera"])
def test_converted_report_says_the_same(city: Command, tmp_path: Path, name: str, engine: str) -> None:
    """12.5百万円 is no whole number of anything that a report's value may count, and is kept all the same."""
    text = REPORT.replace(*FAULTS[name][1:]) if name else REPORT
    (tmp_path / "こども未来局.txt").write_text(text, encoding="utf-8")
    assert city("convert", "--profile", "aobano.yaml", "こども未来局.txt", "局.json").code == 0
    ended = city(
        "check", "--profile", "aobano.yaml", "--rules", "規則", "--engine", engine, "--output-format", "json",
        "局.json",
    )  # fmt: skip
    expected = [(each["rule"], each["message"]) for each in check(city)[1]["findings"]]
    assert [(each["rule"], each["message"]) for each in json.loads(ended.out)["findings"]] == expected


def test_findings_speak_of_the_own_form(city: Command, tmp_path: Path) -> None:
    faulty = REPORT
    for name in ("評価の書き忘れ", "様式にない評価", "予算の超過"):
        faulty = faulty.replace(*FAULTS[name][1:])
    faulty = faulty.replace("決算額：12.1百万円", "決算額：12.9百万円")
    (tmp_path / "こども未来局.txt").write_text(faulty, encoding="utf-8")
    _, outcome = check(city)
    told = {each["rule"]: each["message"] + each["fix"] for each in outcome["findings"]}
    assert "「評価」がありません" in told["MRK101"]
    assert "「評価」に、様式の記号（A、B、C、D）を" in told["MRK101"]
    assert "決算額 12.9百万円 が予算額 12.5百万円 を 0.4百万円 上回っています" in told["FIN101"]
    for words in told.values():
        assert not {"◎", "千円", "【"} & set(words)


def test_own_rule_is_explained_listed_and_tried(city: Command) -> None:
    assert "作成要領で、C と D の項目には" in city("explain", "AOB101", "--rules", "規則").out
    assert city("rules", "AOB", "--rules", "規則").out.startswith("AOB101  誤り")
    tried = city("test", "AOB", "--rules", "規則", "--profile", "aobano.yaml")
    assert (tried.code, tried.out) == (0, "規則 1件、例 3件、すべて期待どおりです。\n")


def test_settings_name_profile_and_rules(city: Command, tmp_path: Path) -> None:
    settings = 'profile = "aobano.yaml"\nrules = "規則"\n'
    (tmp_path / "jisseki-check.toml").write_text(settings, encoding="utf-8")
    told = json.loads(city("check", "--output-format", "json", "こども未来局.txt").out)
    assert told == check(city)[1] | {"as_of": told["as_of"]}
    assert any(entry["rule"] == "AOB101" for entry in told["coverage"])


def test_digest_covers_the_own_rules(city: Command, tmp_path: Path) -> None:
    before = check(city)[1]["tool"]["rules_digest"]
    path = tmp_path / "規則" / RULE_NAME
    path.write_text(RULE.replace("low_rank: 3", "low_rank: 4"), encoding="utf-8")
    assert check(city)[1]["tool"]["rules_digest"] != before


def test_example_of_another_city_says_the_same(city: Command, tmp_path: Path) -> None:
    """examples/another-city: the same form, as a profile that takes over the rest from ours."""
    own = FOLDER / "aobano.yaml"
    assert city("profile", "check", str(own)).code == 0
    for name in ("自分の規則", "達成率に合わない評価", "合わない合計"):
        (tmp_path / "こども未来局.txt").write_text(REPORT.replace(*FAULTS[name][1:]), encoding="utf-8")
        expected = check(city)[1]["findings"]
        (tmp_path / "aobano.yaml").write_text(own.read_text(encoding="utf-8"), encoding="utf-8")
        assert check(city)[1]["findings"] == expected


def test_marks_may_be_words(command: Command, tmp_path: Path) -> None:
    """達成, 一部達成, 未達成: with and without brackets, and explained in a legend."""
    text = profiles.beginning("minato")
    for old, new in (("◎", "達成"), ("○", "一部達成"), ("△", "未達成"), ("×", "中止"), ("－", "対象外")):
        text = text.replace(f"sign: {old},", f"sign: {new},").replace(f"[{old}]", f"[{new}]")
    (tmp_path / "minato.yaml").write_text(text, encoding="utf-8")
    assert command("profile", "check", "minato.yaml").code == 0
    (tmp_path / "報告.txt").write_text(WORDS, encoding="utf-8")
    assert command("convert", "--profile", "minato.yaml", "報告.txt", "報告.json").code == 0
    report = json.loads((tmp_path / "報告.json").read_text(encoding="utf-8"))
    assert [item["mark"] for item in report["items"]] == ["達成", "一部達成", "対象外", "達成度"]
    assert report["legend"].startswith("達成：計画のとおり")
    assert [remark["kind"] for remark in report.get("remarks", ()) if remark["kind"] != "lenient"] == []


WORDS = """\
令和6年度港湾部の取り組み実績
<部の構成> 港湾課、振興課
達成：計画のとおりにできた　一部達成：一部ができた　未達成：できなかった　中止：行わなかった

1. 重点事業

(1) 岸壁の補修
目標\t船が安全に着けるようにします。
取り組み\t岸壁の補修工事を、南地区で行います。
実績\t岸壁の補修工事を、南地区の延長120メートルで行いました。
達成状況【達成】

(2) 荷さばき地の舗装
目標\t荷を傷めずに運べるようにします。
取り組み\t荷さばき地を舗装します。
実績\t荷さばき地を2区画舗装しました。残りの1区画は翌年度に舗装します。
達成状況：一部達成

2. 組織運営

◆港湾の安全のための訓練を行います。
実績\t訓練は、他市の当番の年に当たるため行いませんでした。
達成状況　対象外

◆職員の研修を行います。
実績\t職員の研修を2回行いました。
達成状況【達成度】
"""


def test_our_rules_say_nothing_of_what_is_right_in_another_form() -> None:
    """The good examples of our rules, written as this city's form has them."""
    path = str(FOLDER / "aobano.yaml")
    form = profiles.load(path)
    tried = 0
    for case in cases([rule for rule in catalogue.load().rules if rule.family in _FAMILIES], path):
        # Its form has no initial budget that a supplementary one could change, and no other kinds of items.
        is_of_stages = (case.rule.id == "FIN101" and "amounts" in case.example) or any(
            place.endswith("/kind") for place in case.example.get("set", ())
        )
        if case.kind == "good" and not is_of_stages and not examples.EDITS & set(case.example):
            tried += 1
            found = {finding.rule for finding in case.outcome(form).findings if finding.rule[:3] in _FAMILIES}
            assert found <= set(case.example.get("also", ())), (case.rule.id, case.example["name"])
    assert tried > 60


_FAMILIES = ("STR", "FIN", "MRK", "DAT")
