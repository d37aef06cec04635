"""`rules diff`: which reports would be judged otherwise by another choice of rules."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from jisseki_check.resources import folder, installed
from tests.cli.conftest import Ended
from tests.comparing.desk import CLEAN, MONEY
from tests.example_files import EXAMPLES

Command = Callable[..., Ended]
Diff = Callable[..., tuple[int, Any]]
CITY = EXAMPLES / "another-city"
SCHEMA = jsonschema_rs.Draft202012Validator(
    json.loads((folder("schemas") / "rules-diff.schema.json").read_text(encoding="utf-8"))
)


@pytest.fixture
def diff(command: Command, tmp_path: Path) -> Diff:
    """The exit code and the JSON of two choices, for a report that fails and one that passes."""
    (tmp_path / "報告.txt").unlink()
    (tmp_path / "報告").mkdir()
    (tmp_path / "報告" / "money.txt").write_text(MONEY, encoding="utf-8")
    (tmp_path / "報告" / "clean.txt").write_text(CLEAN, encoding="utf-8")

    def run(*arguments: str) -> tuple[int, Any]:
        told = [*arguments, "--on", "報告", "--as-of", "2026-05-31", "--output-format", "json"]
        ended = command("rules", "diff", *told)
        assert ended.err == ""
        data = json.loads(ended.out)
        assert [error.message for error in SCHEMA.iter_errors(data)] == []
        assert data["exit_code"] == ended.code
        return ended.code, data

    return run


def _verdicts(data: Any) -> dict[str, tuple[str, str]]:
    return {each["path"]: (each["a"], each["b"]) for each in data["reports"]}


def _rules(data: Any) -> dict[str, Any]:
    return {each["rule"]: each for each in data["rules"]}


def _settings(tmp_path: Path, text: str, name: str = "新.toml") -> str:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return name


def test_the_same_twice_changes_nothing(diff: Diff) -> None:
    for same in ("standard", "標準"):
        code, data = diff("standard", same)
        assert (code, data["rules"]) == (0, [])
        assert _verdicts(data) == {"報告/clean.txt": ("pass", "pass"), "報告/money.txt": ("fail", "fail")}


def test_stricter_settings_name_the_reports_that_newly_fail(diff: Diff, tmp_path: Path) -> None:
    before, _ = diff("standard", "standard")
    assert before == 0
    text = 'fail-on = "info"\n[levels]\nFIN110 = "warning"\n'
    (tmp_path / "報告" / "clean.txt").write_text(
        CLEAN.replace("平成 29 年 6 月に", "2017 年 6 月に", 1), encoding="utf-8"
    )
    code, data = diff("standard", _settings(tmp_path, text))
    assert code == 1
    assert _verdicts(data)["報告/clean.txt"] == ("pass", "fail")
    [report] = [each for each in data["reports"] if each["path"] == "報告/clean.txt"]
    assert (report["department"], report["fiscal_year"]) == ("環境部", 2017)
    assert report["failing"]
    assert (report["found"], report["gone"]) == ({}, {})
    assert data["counts"]["newly_fail"] == 1
    fin110 = _rules(data)["FIN110"]
    assert (fin110["a"], fin110["b"], fin110["differs"], fin110["regraded"]) == (
        "error",
        "warning",
        ["level"],
        1,
    )


def test_looser_settings_name_the_reports_that_newly_pass(diff: Diff, tmp_path: Path) -> None:
    code, data = diff("standard", _settings(tmp_path, 'fail-on = "never"\nignore = ["FIN109"]\n'))
    assert code == 0
    assert _verdicts(data)["報告/money.txt"] == ("fail", "pass")
    assert data["counts"]["newly_pass"] == 1
    assert _rules(data)["FIN109"]["b"] is None
    assert _rules(data)["FIN109"]["gone"] == 1
    back, data = diff("新.toml", "standard")
    assert back == 1
    assert _rules(data)["FIN109"]["found"] == 1


def test_own_rules_are_those_of_b_alone(diff: Diff, tmp_path: Path) -> None:
    rule = (CITY / "rules" / "AOB101-low-mark-without-next-step.yaml").read_text(encoding="utf-8")
    assert "violated_when" in rule
    own = tmp_path / "規則"
    own.mkdir()
    (own / "AOB101-low-mark-without-next-step.yaml").write_text(rule, encoding="utf-8")
    code, data = diff("standard", "規則")
    aob = _rules(data)["AOB101"]
    assert (aob["a"], aob["b"]) == (None, "error")
    assert aob["found"] == sum(each["found"].get("AOB101", 0) for each in data["reports"]) > 0
    assert code == 1
    assert data["a"]["tool"]["rules_digest"] != data["b"]["tool"]["rules_digest"]
    _, both = diff("standard", "hirakata", "--rules", "規則")
    assert "AOB101" not in _rules(both)


def test_another_form_is_a_choice(diff: Diff) -> None:
    _, data = diff("hirakata", "hirakata-r2")
    assert (data["a"]["kind"], data["b"]["profile"]) == ("profile", "hirakata-r2")
    assert _rules(data)["MRK101"]["b"] is None


def test_the_project_s_own_settings_are_not_used_unless_named(diff: Diff, tmp_path: Path) -> None:
    _settings(tmp_path, 'ignore = ["FIN"]\n', "jisseki-check.toml")
    assert diff("standard", "standard")[1]["rules"] == []
    _, data = diff("standard", "jisseki-check.toml")
    assert _rules(data)["FIN110"]["gone"] == 1


def test_a_report_that_neither_can_judge_is_no_all_clear(diff: Diff, tmp_path: Path) -> None:
    (tmp_path / "報告" / "broken.txt").write_bytes(b"\xff\xff")
    code, data = diff("standard", "standard")
    assert code == 3
    assert _verdicts(data)["報告/broken.txt"] == ("inconclusive", "inconclusive")


def test_what_becomes_inconclusive_is_said(diff: Diff, tmp_path: Path) -> None:
    code, data = diff("standard", _settings(tmp_path, "max-bytes = 6000\n"))
    assert code == 3
    assert {verdicts[1] for verdicts in _verdicts(data).values()} == {"inconclusive"}
    assert data["counts"]["newly_inconclusive"] == 2


# --- the whole rules of another version ---------------------------------------------------------


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """The rules of another version: as they are, to be changed."""
    shutil.copytree(installed("rules"), tmp_path / "前の版")
    return tmp_path / "前の版"


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_whole_rules_of_another_version(diff: Diff, version: Path) -> None:
    next((version / "money").glob("FIN110-*")).unlink()
    _edit(next((version / "money").glob("FIN109-*")), "level: error", "level: warning")
    code, data = diff("前の版", "standard")
    assert code == 0
    assert data["a"]["kind"] == "version"
    rules = _rules(data)
    assert (rules["FIN110"]["a"], rules["FIN110"]["found"]) == (None, 1)
    assert (rules["FIN109"]["a"], rules["FIN109"]["b"], rules["FIN109"]["regraded"]) == (
        "warning",
        "error",
        1,
    )


def test_profiles_and_lists_of_the_version_are_its_own(diff: Diff, version: Path, tmp_path: Path) -> None:
    _edit(version / "lists" / "confused.yaml", "の一貫として", "の壱貫として")
    text = CLEAN.replace("説明会を市内の", "減量の一貫として説明会を市内の", 1)
    (tmp_path / "報告" / "clean.txt").write_text(text, encoding="utf-8")
    _, data = diff("前の版", "standard")
    assert _rules(data)["STY103"]["found"] == 1
    _edit(version / "profiles" / "hirakata.yaml", "name: hirakata\n", "name: mukashi\n")
    _, data = diff("前の版", "standard", "--profile", "hirakata")
    assert (data["a"]["profile"], data["b"]["profile"]) == ("mukashi", "hirakata")


def test_what_the_program_says_of_itself_is_said_by_any_version(
    diff: Diff, version: Path, tmp_path: Path
) -> None:
    for path in (version / "reading").glob("DOC001-*"):
        path.unlink()
    (tmp_path / "報告" / "broken.txt").write_bytes(b"\xff\xff")
    code, data = diff("前の版", "standard")
    assert code == 3
    assert _verdicts(data)["報告/broken.txt"] == ("inconclusive", "inconclusive")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("violated_when: ", "violated_when: no_such_column = 1 AND ", "no_such_column"),
        ("table: amounts", "table: no_such_table", "「no_such_table」という名前は使えません"),
        ("level: error", "level: error\nnewer: true", "「newer」という名前は使えません"),
        ("level: error", "level: [", "YAML"),
        ("id: FIN110", "id: FIN199", "ファイルの名前が id と name に合いません"),
    ],
)
def test_a_version_that_asks_for_what_this_one_lacks_is_refused(
    command: Command, version: Path, before: str, after: str, said: str
) -> None:
    path = next((version / "money").glob("FIN110-*"))
    _edit(path, before, after)
    ended = command("rules", "diff", "前の版", "standard", "--on", "報告.txt")
    assert (ended.code, ended.out) == (2, "")
    assert "この版の点検プログラムでは使えません" in ended.err
    assert path.name in ended.err
    assert said in ended.err


def test_rules_of_the_program_that_this_one_does_not_know_are_refused(
    command: Command, version: Path
) -> None:
    old = next((version / "reading").glob("DOC001-*"))
    text = old.read_text(encoding="utf-8").replace("DOC001", "DOC099", 1)
    (version / "reading" / old.name.replace("DOC001", "DOC099")).write_text(text, encoding="utf-8")
    ended = command("rules", "diff", "前の版", "standard", "--on", "報告.txt")
    assert ended.code == 2
    assert "この版の点検プログラムは、この規則を判定できません" in ended.err


def test_lists_that_this_version_cannot_read_are_refused(command: Command, version: Path) -> None:
    (version / "lists" / "names.yaml").unlink()
    ended = command("rules", "diff", "前の版", "standard", "--on", "報告.txt")
    assert ended.code == 2
    assert "言葉の一覧が" in ended.err


def test_profiles_that_this_version_cannot_read_are_refused(command: Command, version: Path) -> None:
    _edit(version / "profiles" / "hirakata-r2.yaml", "name: hirakata-r2", "namae: hirakata-r2")
    ended = command("rules", "diff", "前の版", "standard", "--on", "報告.txt")
    assert ended.code == 2
    assert "hirakata-r2.yaml" in ended.err


# --- the command line ---------------------------------------------------------------------------


def test_the_table_says_what_changes(command: Command, tmp_path: Path) -> None:
    (tmp_path / "報告.txt").write_text(CLEAN.replace("当初予算：6,480", "当初予算：6,080"), encoding="utf-8")
    new = _settings(tmp_path, '[levels]\nFIN101 = "info"\n')
    told = ["--on", "報告.txt", "--as-of", "2026-05-31"]
    ended = command("rules", "diff", new, "standard", *told)
    assert ended.code == 1
    assert "新しく不適合になる報告　1件\n  報告.txt　環境部　平成29年度\n    適合 → 不適合" in ended.out
    assert "段階が変わる FIN101 1件" in ended.out
    assert "基準日                2026-05-31\n" in ended.out
    assert "比較　A から B に変えると、新しく不適合になる報告があります。" in ended.out
    assert "\x1b[" not in ended.out
    assert "\x1b[" in command("rules", "diff", new, "standard", *told, "--color", "always").out


def test_more_paths_may_follow(command: Command, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(CLEAN, encoding="utf-8")
    ended = command(
        "rules", "diff", "standard", "standard", "--on", "a.txt", "b.txt", "--as-of", "2026-05-31"
    )
    assert "点検した報告          2ファイル" in ended.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["standard"], "「B」を指定してください"),
        (["standard", "hirakata"], "「--on」を指定してください"),
        (["standard", "hirakta", "--on", "報告.txt"], "「hirakata」のことでしょうか"),
        (["standard", "ない.toml", "--on", "報告.txt"], "設定ファイル「ない.toml」が見つかりません"),
        (["standard", "誤り.toml", "--on", "報告.txt"], "「ignored」という設定はありません"),
        (["standard", "なし.toml", "--on", "報告.txt"], "「ZZZ」で始まる規則はありません"),
        (["standard", "空", "--on", "報告.txt"], "規則のファイル（.yaml）がありません"),
        (["standard", "ない.yaml", "--on", "報告.txt"], "様式設定「ない.yaml」が見つかりません"),
        (["standard", "standard", "--on", "ない.txt"], "「ない.txt」が見つかりません"),
        (["standard", "standard", "--on", "-"], "標準入力（-）の報告は比べられません"),
    ],
)
def test_what_cannot_be_done_is_said(
    command: Command, tmp_path: Path, arguments: list[str], said: str
) -> None:
    _settings(tmp_path, 'ignored = ["FIN"]\n', "誤り.toml")
    _settings(tmp_path, 'ignore = ["ZZZ"]\n', "なし.toml")
    (tmp_path / "空").mkdir()
    ended = command("rules", "diff", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_folder_above_the_rules_is_pointed_out(command: Command, tmp_path: Path) -> None:
    shutil.copytree(installed("rules"), tmp_path / "前" / "rules")
    ended = command("rules", "diff", "前", "standard", "--on", "報告.txt")
    assert ended.code == 2
    assert "「前/rules」を指定してください" in ended.err


def test_the_rules_are_still_listed_without_a_command(command: Command) -> None:
    alone, listed = command("rules"), command("rules", "list")
    assert alone.out == listed.out
    assert (alone.code, alone.err) == (0, "")
    chosen = command("rules", "--output-format", "json", "FIN110")
    assert [each["id"] for each in json.loads(chosen.out)["rules"]] == ["FIN110"]
    assert command("rules", "fin110", "--output-format", "json").out == chosen.out
    assert command("rules", "--outptu").code == 2


def test_what_both_are_compared_with_is_told_once(diff: Diff, tmp_path: Path) -> None:
    (tmp_path / "一覧.txt").write_text("環境部\n総務部\n会計部\n", encoding="utf-8")
    code, data = diff("standard", "standard", "--expect", "一覧.txt")
    assert code == 3
    assert (data["a"]["verdict"], data["b"]["verdict"]) == ("inconclusive", "inconclusive")
    (tmp_path / "前").mkdir()
    (tmp_path / "前" / "clean.txt").write_text(CLEAN.replace("29 年", "28 年"), encoding="utf-8")
    new = _settings(tmp_path, 'ignore = ["XDC102"]\n')
    _, data = diff("standard", new, "--prior", "前")
    assert _rules(data)["XDC102"]["gone"] > 0
    told = 'prior = ["前"]\n'
    _, data = diff("standard", _settings(tmp_path, told))
    assert _rules(data)["XDC102"]["found"] > 0
