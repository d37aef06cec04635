"""Results that are written among the reports: the next check goes past them, and says so."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ended
from tests.example_files import EXAMPLES

Command = Callable[..., Ended]
OUTPUTS = {"html": "h.html", "xlsx": "x.xlsx", "csv": "f.csv", "json": "r.json", "table": "t.txt"}


def test_results_in_the_folder_are_not_checked(command: Command, tmp_path: Path) -> None:
    (tmp_path / "S").mkdir()
    shutil.copy(EXAMPLES / "faulty" / "money.txt", tmp_path / "S")
    written = [part for name, file in OUTPUTS.items() for part in ("-o", f"{name}=S/{file}")]
    first = command("check", "S", "--select", "FIN", "-q", *written)
    before = json.loads((tmp_path / "S" / "r.json").read_text("utf-8"))
    again = command("check", "S", "--select", "FIN", *written)
    after = json.loads((tmp_path / "S" / "r.json").read_text("utf-8"))
    assert (first.code, again.code) == (1, 1)
    assert after["findings"] == before["findings"] != []
    assert [each["path"] for each in after["inputs"]] == ["S/money.txt"]
    assert after["skipped"] == sorted(f"S/{file}" for file in OUTPUTS.values())
    assert "S/f.csv（点検の結果など、jisseki-check のファイル）" in again.out.replace("\n" + " " * 18, "")


def test_of_a_folder_with_nothing_but_results_the_list_is_judged(command: Command, tmp_path: Path) -> None:
    (tmp_path / "S").mkdir()
    (tmp_path / "一覧.txt").write_text("総務部\n財務部\n", encoding="utf-8")
    shutil.copy(EXAMPLES / "faulty" / "money.txt", tmp_path / "報告.txt")
    command("check", "報告.txt", "--select", "FIN", "-q", "-o", "json=S/結果.json")
    assert command("check", "S").code == 2
    ended = command("check", "S", "--expect", "一覧.txt", "--output-format", "concise")
    assert ended.code == 3
    assert [line[:18] for line in ended.out.splitlines() if " XDC105 " in line] == [
        "一覧.txt:1:1: 誤り XDC", "一覧.txt:2:1: 誤り XDC"
    ]  # fmt: skip


def test_a_result_that_is_named_is_refused_with_a_way_on(command: Command, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "faulty" / "money.txt", tmp_path / "報告.txt")
    command("check", "報告.txt", "--select", "FIN", "-q", "-o", "json=結果.json")
    ended = command("check", "結果.json")
    assert ended.code == 3
    assert "報告ではなく、jisseki-check の点検の結果です" in ended.out
    assert "元の報告" in ended.out
