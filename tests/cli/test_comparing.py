"""`check --prior` and `--expect`: from the command line and from settings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cities import plan, report, save
from tests.cli.conftest import Ended

Command = Callable[..., Ended]
AS_OF = ("--as-of", "2026-05-31", "--output-format", "json", "--select", "XDC")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """The results of this year, and the plan and last year's results in folders of their own."""
    save(tmp_path / "報告/実績.json", report(2017, {"goal": "広場を考えます。"}))
    save(tmp_path / "計画/計画.json", plan(2017))
    save(tmp_path / "昨年/実績.json", report(2016))
    return tmp_path


def _checked(command: Command, *arguments: str) -> dict[str, Any]:
    ended = command("check", *arguments, *AS_OF)
    assert ended.code in {0, 1, 3}, ended.err
    data: dict[str, Any] = json.loads(ended.out)
    return data


def _told(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["rule"], each["location"]["path"]) for each in data["findings"]]


def test_several_folders_are_compared_with(command: Command, city: Path) -> None:
    data = _checked(command, "報告", "--prior", "計画", "--prior", "昨年/実績.json")
    assert _told(data) == [("XDC101", "報告/実績.json")]
    assert [each["path"] for each in data["prior"]] == ["昨年/実績.json", "計画/計画.json"]
    assert [each["path"] for each in data["inputs"]] == ["報告/実績.json"]
    assert data["findings"][0]["related"][0]["path"] == "計画/計画.json"


def test_a_folder_below_the_one_that_is_checked_is_not_checked(command: Command, city: Path) -> None:
    (city / "報告.txt").unlink()
    data = _checked(command, ".", "--prior", "計画", "--prior", "昨年")
    assert [each["path"] for each in data["inputs"]] == ["報告/実績.json"]
    assert _told(data) == [("XDC101", "報告/実績.json")]


def test_the_list_is_no_report(command: Command, city: Path) -> None:
    (city / "報告/一覧.txt").write_text("こども部\n教育部,平成29年度\n", encoding="utf-8")
    data = _checked(command, "報告", "--expect", "報告/一覧.txt")
    assert [each["path"] for each in data["inputs"]] == ["報告/実績.json"]
    assert _told(data) == [("XDC105", "報告/一覧.txt")]
    assert data["findings"][0]["location"]["line"] == 2
    assert data["verdict"] == "inconclusive"


def test_settings_name_them_too(command: Command, city: Path) -> None:
    (city / "一覧.txt").write_text("教育部\n", encoding="utf-8")
    (city / "jisseki-check.toml").write_text('expect = "一覧.txt"\nprior = ["計画"]\n', encoding="utf-8")
    assert _told(_checked(command, "報告")) == [("XDC105", "一覧.txt"), ("XDC101", "報告/実績.json")]
    data = _checked(command, "報告", "--prior", "昨年")
    assert [each["path"] for each in data["prior"]] == ["昨年/実績.json"]
    shown = command("config", "show").out
    assert "一覧.txt" in shown
    assert "計画" in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--prior", "ない"), "「ない」が見つかりません"),
        (("--prior", ""), "--prior が空です"),
        (("--expect", "ない.txt"), "「ない.txt」が見つかりません"),
        (("--expect", ""), "--expect が空です"),
        (("--expect", "一覧.txt"), "「一覧.txt」の3行目"),
    ],
)
def test_what_is_wrong_ends_the_command(
    arguments: tuple[str, str], words: str, command: Command, city: Path
) -> None:
    (city / "一覧.txt").write_text("総務部\n\n教育部,いつか\n", encoding="utf-8")
    ended = command("check", "報告", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert words in ended.err


def test_results_are_not_written_over_what_is_compared_with(command: Command, city: Path) -> None:
    ended = command("check", "報告", "--prior", "計画", "-o", "json=計画/計画.json")
    assert ended.code == 2


def test_people_are_told_the_other_file(command: Command, city: Path) -> None:
    ended = command("check", "報告", "--prior", "計画", "--select", "XDC", "--as-of", "2026-05-31")
    assert "関　連　計画/計画.json 23:12" in ended.out


# --- with a choice of rules -----------------------------------------------------------------------


def _chosen(command: Command, departments: str, *arguments: str) -> dict[str, Any]:
    Path("一覧.txt").write_text(departments, encoding="utf-8")
    ended = command("check", "報告", "--expect", "一覧.txt", "--output-format", "json", *arguments)
    assert ended.code in {0, 1, 3}, ended.err
    data: dict[str, Any] = json.loads(ended.out)
    return data


@pytest.mark.parametrize(
    ("departments", "verdict", "codes"),
    [("こども部\n教育部\n", "inconclusive", ["XDC105"]), ("こども部\n", "pass", [])],
)
def test_only_that_all_reports_are_there_can_be_asked(
    departments: str, verdict: str, codes: list[str], command: Command, city: Path
) -> None:
    data = _chosen(command, departments, "--select", "XDC105")
    assert data["verdict"] == verdict
    assert [code for code, _ in _told(data)] == codes
    assert {each["status"] for each in data["inputs"]} == {"checked"}


def test_only_that_needs_the_list(command: Command, city: Path) -> None:
    ended = command("check", "報告", "--select", "XDC105")
    assert ended.code == 2
    assert "--expect" in ended.err


@pytest.mark.parametrize("ignored", ["XDC105", "XDC"])
def test_who_leaves_the_list_out_is_told_that_it_was_not_judged(
    ignored: str, command: Command, city: Path
) -> None:
    data = _chosen(command, "こども部\n教育部\n", "--ignore", ignored)
    assert data["verdict"] == "pass"
    assert "XDC105" not in {code for code, _ in _told(data)}
    [held] = [each for each in data["coverage"] if each["rule"] == "XDC105"]
    assert (held["evaluated"], held["not_applicable"]) == (0, 2)
    assert held["reason"] == "XDC105 を使わない指定（--ignore か、設定の ignore）があるため"


def test_a_choice_of_other_rules_leaves_the_list_in(command: Command, city: Path) -> None:
    data = _chosen(command, "こども部\n教育部\n", "--select", "FIN")
    assert "XDC105" in {code for code, _ in _told(data)}
    assert data["verdict"] == "inconclusive"


# --- what decides is named ------------------------------------------------------------------------


def test_the_files_that_decide_are_named_with_their_hashes(command: Command, city: Path) -> None:
    Path("一覧.txt").write_text("こども部\n", encoding="utf-8")
    Path("免除.toml").write_text('format = "jisseki-waivers/1"\n', encoding="utf-8")
    told = ("check", "報告", "--expect", "一覧.txt", "--waivers", str(city / "免除.toml"), *AS_OF)
    ended = command(*told, "-o", "html=報告.html", "-o", "xlsx=報告.xlsx")
    held = json.loads(ended.out)["sources"]
    wanted = [
        (each, hashlib.sha256(Path(each).read_bytes()).hexdigest()) for each in ("免除.toml", "一覧.txt")
    ]
    assert [(each["path"], each["sha256"]) for each in held] == wanted
    assert [each["role"] for each in held] == ["waivers", "expect"]
    page = Path("報告.html").read_text(encoding="utf-8")
    cells = {cell.value for row in load_workbook("報告.xlsx")["証跡"].iter_rows() for cell in row}
    for path, digest in wanted:
        assert f"{path}（SHA-256 {digest}）" in page
        assert f"{path}（SHA-256 {digest}）" in cells


def test_waivers_that_are_not_used_are_not_named(command: Command, city: Path) -> None:
    Path("jisseki-check.toml").write_text('waivers = "免除.toml"\n', encoding="utf-8")
    Path("免除.toml").write_text('format = "jisseki-waivers/1"\n', encoding="utf-8")
    assert [each["role"] for each in _checked(command, "報告")["sources"]] == ["waivers"]
    assert _checked(command, "報告", "--no-waivers")["sources"] == []
