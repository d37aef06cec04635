"""`waiver add`, `list` and `check`, and what `check` makes of waivers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jisseki_check import profiles
from jisseki_check.engine import examples
from tests.cli.conftest import Ended

Command = Callable[..., Ended]
FILE = "jisseki-check-waivers.toml"
LOW = examples.document(
    {"name": "low", "budget": "8,500千円", "settlement": "3,740千円"}, profiles.load("hirakata")
)[0].decode()
SIGNED = (
    "--reason", "入札の差金による", "--requested-by", "総務課 山田", "--approved-by", "財政課長 佐藤",
    "--until", "2027-03-31", "--as-of", "2026-05-31",
)  # fmt: skip
AS_OF = ("--as-of", "2026-05-31")


@pytest.fixture(autouse=True)
def report(tmp_path: Path, command: Command) -> Path:
    path = tmp_path / "報告.txt"
    path.write_text(LOW, encoding="utf-8")
    return path


def add(command: Command, *more: str) -> Ended:
    return command("waiver", "add", "報告.txt", "--rule", "FIN105", *SIGNED, *more)


def outcome(command: Command, *more: str) -> Any:
    ended = command("check", "報告.txt", "--output-format", "json", *AS_OF, *more)
    assert ended.err == ""
    return json.loads(ended.out)


def said(told: Any) -> list[tuple[str, str]]:
    return [(each["rule"], each["status"]) for each in told["findings"]]


# --- add ----------------------------------------------------------------------------------------


def test_a_waiver_is_written_and_holds(command: Command, tmp_path: Path) -> None:
    ended = add(command)
    assert ended.code == 0
    assert f"{FILE}:5 に免除を書き加えました。" in ended.out
    assert f"check --waivers {FILE}" in ended.out
    told = outcome(command, "--waivers", FILE)
    assert said(told) == [("FIN105", "waived")]
    assert told["findings"][0]["waiver"] == {
        "reason": "入札の差金による",
        "requested_by": "総務課 山田",
        "approved_by": "財政課長 佐藤",
        "until": "2027-03-31",
        "path": FILE,
        "line": 5,
    }
    assert told["counts"]["waived"] == 1
    assert said(outcome(command)) == [("FIN105", "new")]


def test_settings_name_the_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_text('waivers = "免除/総務.yaml"\n', encoding="utf-8")
    (tmp_path / "免除").mkdir()
    ended = add(command)
    assert ended.code == 0
    assert "--waivers" not in ended.out
    told = outcome(command)
    assert said(told) == [("FIN105", "waived")]
    assert told["findings"][0]["waiver"]["path"] == "免除/総務.yaml"
    assert said(outcome(command, "--no-waivers")) == [("FIN105", "new")]


def test_an_empty_file_is_filled(command: Command, tmp_path: Path) -> None:
    (tmp_path / "免除.toml").touch()
    assert add(command, "--file", "免除.toml").code == 0
    assert said(outcome(command, "--waivers", "免除.toml")) == [("FIN105", "waived")]


def test_what_is_in_the_file_stays(command: Command, tmp_path: Path) -> None:
    add(command)
    before = (tmp_path / FILE).read_bytes() + "# 監査済み\n".encode()
    (tmp_path / FILE).write_bytes(before)
    report = LOW.replace("3,740千円", "3,741千円")
    (tmp_path / "報告.txt").write_text(report, encoding="utf-8")
    again = add(command)
    assert again.code == 0
    assert f"{FILE}:5 の免除は効いていません。要らなければ消してください。" in again.out
    assert (tmp_path / FILE).read_bytes().startswith(before)


def test_what_is_waived_need_not_be_waived_again(command: Command) -> None:
    add(command)
    again = add(command)
    assert again.code == 2
    assert f"{FILE}:5" in again.err


def test_findings_to_choose_from_are_listed(command: Command, report: Path) -> None:
    text = LOW.replace("確保します。", "確保する為、出来る限り備えます。")
    report.write_text(text, encoding="utf-8")
    asked = ("waiver", "add", "報告.txt", "--rule", "house-spelling", *SIGNED)
    ended = command(*asked)
    assert ended.code == 2
    assert "STY101 の指摘が2件あります。--fingerprint に番号を書いて" in ended.err
    lines = [line.split("　") for line in ended.err.splitlines() if line.startswith("  ")]
    assert len(lines) == 2
    assert not os.path.exists(FILE)
    number = lines[1][0].strip()
    assert command(*asked, "--fingerprint", number).code == 0
    told = outcome(command, "--waivers", FILE)
    statuses = [each["status"] for each in told["findings"] if each["rule"] == "STY101"]
    assert sorted(statuses) == ["new", "waived"]


@pytest.mark.parametrize("item", ["1", "防災備蓄倉庫の整備", "備蓄倉庫", "防災 備蓄 倉庫"])
def test_the_item_narrows_it(command: Command, item: str) -> None:
    assert add(command, "--item", item).code == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--item", "9"), "当てはまる FIN105 の指摘がありません"),
        (("--fingerprint", "0000"), "当てはまる FIN105 の指摘がありません"),
        (("--fingerprint", "00"), "始めの4文字以上"),
        (("--reason", " "), "--reason が空です"),
        (("--approved-by", "総務課　山田"), "申請した人と承認した人が同じです"),
        (("--until", "2027-06-02"), "期限が長すぎます"),
        (("--until", "2026-05-30"), "より前です"),
        (("--until", "来年"), "日付として読めません"),
        (("--rule", "MRK101"), "MRK101（"),
        (("--rule", "FIN999"), "という規則はありません"),
        (("--file", "免除.txt"), "名前の終わりを"),
        (("--file", ""), "名前が空です"),
    ],
)
def test_what_is_refused_writes_nothing(
    command: Command, tmp_path: Path, more: tuple[str, ...], said: str
) -> None:
    ended = add(command, *more)
    assert ended.code == 2
    assert said in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["報告.txt"]


def test_a_finding_that_cannot_be_waived_is_refused(command: Command, report: Path) -> None:
    report.write_bytes(b"\x00\x01")
    ended = command("waiver", "add", "報告.txt", "--rule", "DOC001", *SIGNED)
    assert ended.code == 2
    assert "DOC001 の指摘は免除できません" in ended.err


def test_a_report_that_cannot_be_read_is_inconclusive(command: Command, report: Path) -> None:
    report.write_bytes(b"\x00\x01")
    assert add(command).code == 3


def test_what_is_not_approved_yet_is_not_written(command: Command, tmp_path: Path) -> None:
    ended = add(command, "--approved-on", "2026-06-15")
    assert ended.code == 2
    assert "--approved-on（2026-06-15）が、基準とする日（2026-05-31）より後です。" in ended.err
    assert "まだ効きません" in ended.err
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    "reason", ["なし", "。", "理由", "特になし。", "（なし）", "ー", "１", "ああああ", "N/A"]
)
def test_a_reason_that_says_nothing_is_refused(command: Command, tmp_path: Path, reason: str) -> None:
    ended = add(command, "--reason", reason)
    assert (ended.code, (tmp_path / FILE).exists()) == (2, False)
    assert f"理由が「{reason}」だけでは、免除できません。" in ended.err
    add(command)
    path = tmp_path / FILE
    text = path.read_text(encoding="utf-8").replace("入札の差金による", reason)
    path.write_text(text, encoding="utf-8")
    checked = command("check", "報告.txt", "--waivers", FILE, *AS_OF)
    assert (checked.code, "だけでは、免除できません。" in checked.err) == (2, True)


def test_a_waiver_of_a_later_day_does_not_hold_yet(command: Command, tmp_path: Path) -> None:
    add(command)
    path = tmp_path / FILE
    text = path.read_text(encoding="utf-8").replace("approved_on = 2026-05-31", "approved_on = 2026-06-15")
    path.write_text(text, encoding="utf-8")
    assert "開始前" in command("waiver", "list", *AS_OF).out
    told = outcome(command, "--waivers", FILE)
    assert said(told) == [("FIN105", "new")]
    assert told["waivers"][0]["state"] == "pending"


# --- check --------------------------------------------------------------------------------------


def test_a_faulty_file_stops_the_run_with_every_mistake(command: Command, tmp_path: Path) -> None:
    add(command)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(
        text.replace("入札の差金による", "").replace("財政課長 佐藤", "総務課山田"), encoding="utf-8"
    )
    ended = command("check", "報告.txt", "--waivers", FILE)
    assert ended.code == 2
    assert f"{FILE}:16:1: 1番目の免除（FIN105）：「reason」（理由）が空です。" in ended.err
    assert f"{FILE}:18:1: 1番目の免除（FIN105）：申請した人と承認した人が同じです。" in ended.err
    assert command("check", "報告.txt", "--no-waivers", *AS_OF).code == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--waivers", "ない.toml"), "がありません"),
        (("--waivers", ""), "--waivers が空です"),
        (("--waivers", FILE, "--no-waivers"), "一緒に使えません"),
    ],
)
def test_wrong_options(command: Command, more: tuple[str, ...], said: str) -> None:
    ended = command("check", "報告.txt", *more)
    assert ended.code == 2
    assert said in ended.err


def test_a_waiver_lapses_with_one_thousand_yen(command: Command, report: Path) -> None:
    add(command)
    report.write_text(LOW.replace("3,740千円", "3,741千円"), encoding="utf-8")
    told = outcome(command, "--waivers", FILE)
    assert sorted(said(told)) == [("FIN105", "new"), ("WVR103", "new")]
    note = next(each for each in told["findings"] if each["rule"] == "WVR103")
    assert (note["location"]["path"], note["location"]["line"]) == (FILE, 5)
    assert "免除したときの値は「3,740千円」、いまの値は「3,741千円」です" in note["message"]


def test_what_people_are_shown(command: Command) -> None:
    add(command)
    table = command("check", "報告.txt", "--waivers", FILE, *AS_OF).out
    assert "［免除］執行率が 44％ です" in table
    assert "免　除　入札の差金による（申請 総務課 山田、承認 財政課長 佐藤、期限" in table
    assert "免除 1" in table
    assert "免除の一覧" not in table
    register = command("check", "報告.txt", "--waivers", FILE, "-v", *AS_OF).out
    assert "免除の一覧（1件）" in register
    assert f"{FILE}:5" in register
    assert "あと304日" in register
    concise = command("check", "報告.txt", "--waivers", FILE, "--output-format", "concise", *AS_OF).out
    assert "（免除：入札の差金による（申請 総務課 山田、承認 財政課長 佐藤、期限 2027-03-31））" in concise


def test_the_file_itself_is_no_report(command: Command, tmp_path: Path) -> None:
    add(command, "--file", "免除.yaml")
    ended = command("check", ".", "--waivers", "免除.yaml", "--output-format", "json", *AS_OF)
    told = json.loads(ended.out)
    assert (ended.code, [each["path"] for each in told["inputs"]], told["skipped"]) == (0, ["報告.txt"], [])


def test_of_a_report_that_is_gone_only_the_whole_folder_tells(command: Command, report: Path) -> None:
    add(command)
    report.write_text(
        LOW.replace("総務部の取り組み", "環境部の取り組み").replace("8,500千円", "3,800千円"),
        encoding="utf-8",
    )
    assert outcome(command, "--waivers", FILE)["waivers"][0]["state"] == "unchecked"
    ended = command("check", ".", "--waivers", FILE, "--output-format", "json", *AS_OF)
    told = json.loads(ended.out)
    assert told["waivers"][0]["state"] == "unused"
    assert ("WVR102", "new") in said(told)


def test_what_could_not_be_read_may_hold_what_was_waived(command: Command, tmp_path: Path) -> None:
    add(command)
    (tmp_path / "報告.txt").write_bytes(b"\x00\x01")
    (tmp_path / "別.txt").write_text(LOW.replace("総務部の", "環境部の"), encoding="utf-8")
    ended = command("check", ".", "--waivers", FILE, "--output-format", "json", *AS_OF)
    assert json.loads(ended.out)["waivers"][0]["state"] == "unchecked"


def test_a_rule_that_is_not_used_says_nothing_of_its_waivers(command: Command) -> None:
    add(command)
    told = outcome(command, "--waivers", FILE, "--ignore", "FIN105")
    assert (said(told), told["waivers"][0]["state"]) == ([], "unchecked")


# --- list and check -----------------------------------------------------------------------------


def test_list_tells_the_days_left(command: Command) -> None:
    add(command)
    listed = command("waiver", "list", *AS_OF)
    assert listed.code == 0
    assert "FIN105　総務部　平成29年度　1節 1　防災備蓄倉庫の整備「3,740千円」" in listed.out
    assert "あと304日" in listed.out
    late = command("waiver", "list", FILE, "--as-of", "2027-04-10").out
    assert "10日超過" in late
    assert "期限切れ" not in late  # states are told where the reports were checked
    told = json.loads(command("waiver", "list", "--output-format", "json", *AS_OF).out)
    assert [(each["days_left"], each["state"]) for each in told["waivers"]] == [(304, None)]
    checked = command("waiver", "list", FILE, "報告.txt", "--output-format", "json", *AS_OF)
    assert [each["state"] for each in json.loads(checked.out)["waivers"]] == ["used"]


def test_list_without_a_file(command: Command, tmp_path: Path) -> None:
    ended = command("waiver", "list")
    assert (ended.code, "waiver add" in ended.err) == (2, True)
    (tmp_path / FILE).write_text('format = "jisseki-waivers/1"\n', encoding="utf-8")
    assert command("waiver", "list").out == "免除はありません。\n"


def test_check_says_whether_all_is_well(command: Command, report: Path) -> None:
    add(command)
    well = command("waiver", "check", ".", *AS_OF)
    assert (well.code, "使用 1" in well.out, "直すもの" in well.out) == (0, True, False)
    soon = command("waiver", "check", ".", "--as-of", "2027-03-01")
    assert soon.code == 0
    assert "30日以内に期限の来るもの" in soon.out
    late = command("waiver", "check", ".", "--as-of", "2027-04-01")
    assert late.code == 1
    assert "WVR101" in late.out
    report.write_text(LOW.replace("3,740千円", "8,400千円"), encoding="utf-8")
    unused = command("waiver", "check", "報告.txt", *AS_OF)
    assert (unused.code, "WVR102" in unused.out) == (1, True)
    report.write_bytes(b"\x00\x01")
    assert command("waiver", "check", ".", *AS_OF).code == 3
    assert command("waiver", "check", ".", "--file", "ない.toml").code == 2


def test_check_sees_comments_without_a_file(command: Command, report: Path) -> None:
    comment = "# jisseki-check: 免除 FIN105「3,740千円」 理由：入札の差金による"
    report.write_text(LOW.replace("決算：3,740千円", f"決算：3,740千円 {comment}"), encoding="utf-8")
    told = json.loads(command("waiver", "check", "報告.txt", "--output-format", "json", *AS_OF).out)
    assert [(each["state"], each["waiver"]["path"]) for each in told["waivers"]] == [("used", "報告.txt")]
    assert told["problems"] == []
    report.write_text(
        LOW.replace("決算：3,740千円", "決算：3,740千円 # jisseki-check: 免除"), encoding="utf-8"
    )
    ended = command("waiver", "check", "報告.txt", *AS_OF)
    assert (ended.code, "規則のコードがありません" in ended.out) == (1, True)


# --- files with comments ------------------------------------------------------------------------


def test_convert_says_what_it_leaves_out(command: Command, report: Path) -> None:
    comment = "# jisseki-check: 免除 FIN105 理由：入札の差金による"
    report.write_text(f"{comment}\n{LOW}", encoding="utf-8")
    to_text = command("convert", "報告.txt", "写し.txt")
    assert "免除の注記が1か所あり、「写し.txt」には入れていません（1行目）。" in to_text.err
    to_json = command("convert", "報告.txt", "写し.json")
    assert "読み取りの記録（remarks）に残しました" in to_json.err
    remarks = json.loads(Path("写し.json").read_text(encoding="utf-8"))["remarks"]
    assert [each["text"] for each in remarks if each["kind"] == "waiver"] == [
        "免除 FIN105 理由：入札の差金による"
    ]
    assert command("check", "写し.json", *AS_OF).code == 0


def test_fix_keeps_comments_where_they_are(command: Command, report: Path) -> None:
    comment = "# jisseki-check: 免除 FIN105 理由：入札の差金による"
    text = LOW.replace("決算：3,740千円", f"決算：3,740千円 {comment}").replace("【 ◎ 】", "【 〇 】", 1)
    report.write_text(text, encoding="utf-8")
    assert command("fix", "報告.txt", "-o", "写し.txt").code == 0
    assert Path("写し.txt").read_text(encoding="utf-8") == text.replace("【 〇 】", "【 ○ 】", 1)


def test_schema_is_printed(command: Command) -> None:
    assert json.loads(command("schema", "waivers").out)["$id"] == "urn:jisseki-check:waivers:1"
