"""`compare`: two stored results on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended
from tests.comparing.desk import MONEY, edited

Command = Callable[..., Ended]
FIXED = edited(MONEY, ("決算：462\t", "決算：462 千円\t"))


@pytest.fixture
def results(command: Command, tmp_path: Path) -> None:
    """前.json with one finding more than 今回.json."""
    for name, text in (("前", MONEY), ("今回", FIXED)):
        (tmp_path / "報告.txt").write_text(text, encoding="utf-8")
        command("check", "報告.txt", "--as-of", "2026-05-31", "-q", "-o", f"json={name}.json")


@pytest.mark.usefixtures("results")
@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        (["前.json", "前.json"], 0, "新しい 0・確かめられない 0・残る 10・直った 0"),
        (["前.json", "今回.json"], 0, "新しい 0・確かめられない 0・残る 9・直った 1"),
        (["今回.json", "前.json"], 1, "新しい 1・確かめられない 0・残る 9・直った 0"),
    ],
)
def test_the_exit_code_says_whether_something_is_new(
    command: Command, files: list[str], code: int, said: str
) -> None:
    ended = command("compare", *files)
    assert (ended.code, ended.err) == (code, "")
    assert ended.out.endswith(f"{said}\n")


@pytest.mark.usefixtures("results")
def test_one_run_writes_every_format(command: Command, tmp_path: Path) -> None:
    outputs = ["-o", "html=比較.html", "-o", "json=比較.json", "-o", "table=比較.txt"]
    ended = command("compare", "今回.json", "前.json", "--output-format", "json", *outputs)
    assert ended.code == 1
    assert ended.out == (tmp_path / "比較.json").read_text(encoding="utf-8")
    assert json.loads(ended.out)["old"]["path"] == "今回.json"
    assert "FIN110" in (tmp_path / "比較.txt").read_text(encoding="utf-8")
    page = (tmp_path / "比較.html").read_text(encoding="utf-8")
    assert "点検結果の比較" in page
    assert str(tmp_path) not in page + ended.out


@pytest.mark.usefixtures("results")
def test_colours_and_more_only_where_wanted(command: Command) -> None:
    plain = command("compare", "今回.json", "前.json").out
    assert "\x1b[" not in plain
    assert "\x1b[" in command("compare", "今回.json", "前.json", "--color", "always").out
    assert "7.940" not in plain
    assert "7.940" in command("compare", "今回.json", "前.json", "-v").out
    assert "FIN" not in command("compare", "今回.json", "前.json", "-q").out


def test_what_could_not_be_judged_either_time_is_no_all_clear(command: Command, tmp_path: Path) -> None:
    (tmp_path / "報告.txt").write_bytes(b"\xff\xff")
    for name in ("前", "今回"):
        assert command("check", "報告.txt", "-q", "-o", f"json={name}.json").code == 3
    ended = command("compare", "前.json", "今回.json")
    assert ended.code == 3
    assert "判定できなかったところがあります" in ended.out


@pytest.mark.usefixtures("results")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["前.json"], 2, "「今回の結果」を指定してください"),
        (["前.json", "ない.json"], 3, "「ない.json」が見つかりません"),
        (["ない.json", "前.json"], 3, "「ない.json」が見つかりません"),
        (["前.json", "報告.txt"], 3, "「報告.txt」を結果として読めません"),
        (["前.json", "今回.json", "-o", "json=前.json"], 2, "読み込むファイルなので"),
        (["前.json", "今回.json", "-o", "sarif=a"], 2, "使えるのは table・json・html"),
        (["前.json", "今回.json", "--output-format", "htm"], 2, "「html」のことでしょうか"),
    ],
)
def test_what_cannot_be_done_is_said(command: Command, arguments: list[str], code: int, said: str) -> None:
    ended = command("compare", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err
