"""`convert` and `facts`: what is read, written out again."""

from __future__ import annotations

import errno
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import yaml

from jisseki_check.engine import jobs, shelf
from jisseki_check.formatters import facts as fact_files
from jisseki_check.formatters import parquet
from tests.cli.conftest import Ended
from tests.example_files import CLEAN, EXAMPLES

Command = Callable[..., Ended]


def item(index: int, **given: Any) -> dict[str, Any]:
    return {
        "index": index,
        "section": 1,
        "section_title": "重点施策・事業",
        "group": None,
        "kind": "priority",
        "number": str(index),
        "title": "窓口の案内表示の見直し",
        "division": None,
        "goal": "市民が迷わない窓口にします。",
        "initiative": "案内表示を見直します。",
        "result": "平成31年1月に、本館1階の案内表示12枚を取り替えました。",
        "mark": "◎",
        "amounts": [],
        "indicators": [],
    } | given


REPORT: dict[str, Any] = {
    "format": "jisseki-report/1",
    "municipality": "みずき市",
    "department": "市民部",
    "divisions": ["市民課"],
    "title": "平成30年度市民部の取り組み実績",
    "kind": "results",
    "fiscal_year": 2018,
    "fiscal_year_label": "平成30年度",
    "legend": None,
    "items": [item(1), item(2, title="=1+1", mark="no")],
}


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "市民部.json"
    path.write_text(json.dumps(REPORT, ensure_ascii=False), encoding="utf-8")
    return path


def test_there_and_back_again(command: Command, report: Path, tmp_path: Path) -> None:
    assert command("convert", "市民部.json", "市民部.yaml").code == 0
    assert yaml.safe_load((tmp_path / "市民部.yaml").read_text(encoding="utf-8")) == REPORT
    assert command("convert", "市民部.yaml", "もう一度.json").code == 0
    again = (tmp_path / "もう一度.json").read_text(encoding="utf-8")
    assert json.loads(again) == REPORT
    assert "みずき市" in again
    assert again.endswith("}\n")


def test_a_file_that_is_there_is_kept_unless_asked(command: Command, report: Path, tmp_path: Path) -> None:
    (tmp_path / "市民部.yaml").write_text("大切な内容", encoding="utf-8")
    ended = command("convert", "市民部.json", "市民部.yaml")
    assert ended.code == 2
    assert "--overwrite" in ended.err
    assert (tmp_path / "市民部.yaml").read_text(encoding="utf-8") == "大切な内容"
    assert command("convert", "市民部.json", "市民部.yaml", "--overwrite").code == 0


def test_the_source_is_never_written_over(command: Command, report: Path) -> None:
    before = report.read_bytes()
    assert command("convert", "市民部.json", "./市民部.json", "--overwrite").code == 2
    assert report.read_bytes() == before


def test_what_cannot_be_read_is_not_converted(command: Command, tmp_path: Path) -> None:
    (tmp_path / "壊れ.json").write_text("{", encoding="utf-8")
    ended = command("convert", "壊れ.json", "a.yaml")
    assert ended.code == 3
    assert "「壊れ.json」を読めませんでした。" in ended.err
    assert not (tmp_path / "a.yaml").exists()


def test_unknown_profile(command: Command, report: Path) -> None:
    ended = command("convert", "市民部.json", "a.yaml", "--profile", "mizuki")
    assert ended.code == 2
    assert "様式設定「mizuki」が見つかりません" in ended.err


def test_facts_are_written_twice(command: Command, report: Path, tmp_path: Path) -> None:
    assert command("facts", ".", "-o", "表/平成30").code == 3  # 報告.txt holds no report
    folder = tmp_path / "表/平成30"
    names = {path.stem for path in folder.iterdir()}
    assert {"reports", "items", "amounts"} <= names
    assert {path.name for path in folder.iterdir()} == {
        f"{n}{e}" for n in names for e in (".csv", ".parquet")
    }
    assert pl.read_parquet(folder / "reports.parquet")["path"].to_list() == ["市民部.json"]
    assert pl.read_parquet(folder / "items.parquet").height == 2


def test_facts_tell_files_of_one_name_apart(command: Command, report: Path, tmp_path: Path) -> None:
    for folder in ("平成29", "平成30"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / report.name).write_bytes(report.read_bytes())
    assert command("facts", "平成29", "平成30", "-o", "表").code == 0
    paths = pl.read_parquet(tmp_path / "表/reports.parquet")["path"].to_list()
    assert paths == ["平成29/市民部.json", "平成30/市民部.json"]


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(command: Command, report: Path, tmp_path: Path) -> None:
    assert command("facts", "市民部.json", "-o", "表").code == 0
    data = (tmp_path / "表/items.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    text = data.decode("utf-8-sig")
    assert "'=1+1" in text
    assert ",=1+1" not in text


def test_facts_of_several_forms_by_any_number_of_processes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "WORTHWHILE", 1)
    folder = tmp_path / "報告"
    folder.mkdir()
    given = [*sorted((EXAMPLES / "forms").glob("h2*.txt")), CLEAN] * 12
    for number, path in enumerate(given):
        (folder / f"{number:03}.txt").write_bytes(path.read_bytes())
    (folder / "030.json").write_text("{", encoding="utf-8")
    written = []
    for count in ("1", "2"):
        # Workers may have another working folder than a test has.
        ended = command("facts", str(folder), "-o", f"表{count}", "--jobs", count)
        assert ended.code == 3
        assert f"「{folder}/030.json」を読めませんでした。" in ended.err
        written.append({path.name: path.read_bytes() for path in (tmp_path / f"表{count}").iterdir()})
    assert written[0] == written[1]
    reports = pl.read_parquet(tmp_path / "表1/reports.parquet")
    assert reports.get_column("path").to_list() == [f"報告/{number:03}.txt" for number in range(len(given))]
    assert reports.get_column("fiscal_year").n_unique() > 1


def test_facts_that_cannot_all_be_written_leave_what_was_there(
    command: Command, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("facts", "市民部.json", "-o", "表").code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "表").iterdir()}
    report.write_text(json.dumps(REPORT | {"department": "市民生活部"}), encoding="utf-8")
    written = []

    def fill_the_disk(*given: Any, **more: Any) -> None:
        written.append(given)
        if len(written) > 3:
            raise OSError(errno.ENOSPC, "full")
        parquet.sink(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(fact_files, "sink", fill_the_disk)
        ended = command("facts", "市民部.json", "-o", "表")
    assert ended.code == 3
    assert "書けませんでした（空き容量がありません）" in ended.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "表").iterdir()} == before
    assert command("facts", "市民部.json", "-o", "表").code == 0
    assert (tmp_path / "表/reports.csv").read_bytes() != before["reports.csv"]


def test_facts_for_which_no_temporary_file_can_be_written(
    command: Command, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shelf, "_IN_MEMORY", 100)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    ended = command("facts", "市民部.json", "-o", "表")
    assert ended.code == 3
    assert "表は書き出していません。" in ended.err
    assert not (tmp_path / "表").exists()


def test_facts_of_a_missing_file_among_others(command: Command, report: Path) -> None:
    ended = command("facts", "市民部.json", "ない.json", "-o", "表")
    assert ended.code == 3
    assert "「ない.json」を読めませんでした。" in ended.err


def test_nothing_readable_makes_no_folder(command: Command, tmp_path: Path) -> None:
    ended = command("facts", "報告.txt", "-o", "表")
    assert ended.code == 3
    assert not (tmp_path / "表").exists()


def test_a_value_that_would_be_lost_is_named_and_nothing_is_written(command: Command, tmp_path: Path) -> None:
    amount = {"stage": "settlement", "label": "平成30年度決算", "value": "6,480", "unit": "千円"}
    data = REPORT | {"memo": "x" * 50, "items": [item(1, number=1, amounts=[amount]), item(2)]}
    (tmp_path / "報告.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    ended = command("convert", "報告.json", "失われる.txt")
    assert ended.code == 3
    assert not (tmp_path / "失われる.txt").exists()
    named = ("/memo：「" + "x" * 30 + "…」", "/items/0/number：「1」", "/items/0/amounts/0/value：「6,480」")
    assert [words for words in named if words not in ended.err] == []
    assert "check で点検すると" in ended.err
