"""`check`: what it tells the engine, where its results go, how it ends."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.cli import output
from jisseki_check.cli.errors import CommandError
from jisseki_check.formatters import render
from jisseki_check.formatters.view import View
from jisseki_check.limits import Limits
from jisseki_check.selection import Layer
from tests.cli.conftest import Ended, Engine
from tests.formatters.sample import FAILED, INCONCLUSIVE, OVERRUN, PASSED

Command = Callable[..., Ended]


@pytest.mark.parametrize(("outcome", "code"), [(PASSED, 0), (FAILED, 1), (INCONCLUSIVE, 3)])
def test_exit_code_is_the_verdict(command: Command, engine: Engine, outcome: object, code: int) -> None:
    engine.outcome = outcome  # type: ignore[assignment]
    assert command("check", "報告.txt").code == code


def test_defaults(command: Command, engine: Engine) -> None:
    ended = command("check", "報告.txt")
    told = engine.told()
    assert engine.paths == [Path("報告.txt")]
    assert (told.profile, told.fail_on, told.engine) == (None, "error", "local")
    assert (told.select, told.ignore, told.extend_select) == ((), (), ())
    assert told.limits == Limits()
    assert told.stdin is None
    assert told.as_of == dt.date.today()
    assert ended.out.startswith("判定　適合")


def test_all_that_the_command_line_says_reaches_the_engine(command: Command, engine: Engine) -> None:
    command(
        "check", "報告.txt", "--profile", "x.yaml", "--select", "sch001, SCH", "--select", "SCH002",
        "--ignore", "SCH003", "--extend-select", "SCH004", "--fail-on", "never", "--as-of", "2026-05-31",
        "--engine", "pandera", "--max-bytes", "1000",
    )  # fmt: skip
    told = engine.told()
    assert told.profile == "x.yaml"
    assert told.select == ("SCH001", "SCH", "SCH002")
    assert told.ignore == ("SCH003",)
    assert told.extend_select == ("SCH004",)
    assert told.fail_on == "never"
    assert told.as_of == dt.date(2026, 5, 31)
    assert told.engine == "pandera"
    assert told.limits == Limits(max_bytes=1000)


def test_settings_hold_where_the_command_line_is_silent(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "jisseki-check.toml").write_text(
        'profile = "forms/mizuki.yaml"\nselect = ["SCH"]\nfail-on = "info"\noutput-format = "concise"\n',
        encoding="utf-8",
    )
    ended = command("check", "報告.txt", "--fail-on", "warning")
    told = engine.told()
    assert told.profile == str(tmp_path / "forms/mizuki.yaml")
    assert told.selection.layers == (Layer(select=("SCH",)),)
    assert told.fail_on == "warning"
    assert ended.out.startswith("判定 適合")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('fail-on = "errors"', "「error」のことでしょうか。"),
        ('output-format = "tabel"', "「table」のことでしょうか。"),
        ('fail-onn = "error"', "「fail-onn」という設定はありません。「fail-on」のことでしょうか。"),
        ('select = ["SHC001"]', "select: 「SHC001」で始まる規則はありません。「SCH001」のことでしょうか。"),
    ],
)
def test_wrong_settings_name_the_file(
    command: Command, engine: Engine, tmp_path: Path, line: str, said: str
) -> None:
    (tmp_path / "jisseki-check.toml").write_text(line, encoding="utf-8")
    ended = command("check", "報告.txt")
    assert ended.code == 2
    assert said in ended.err
    assert "jisseki-check.toml" in ended.err


def test_one_run_many_files(command: Command, engine: Engine, tmp_path: Path) -> None:
    engine.outcome = FAILED
    ended = command(
        "check", "報告.txt", "-o", "json=結果.json", "-o", "concise=結果.log", "--color", "always"
    )
    assert (tmp_path / "結果.json").read_text(encoding="utf-8") == render("json", FAILED, View())
    assert (tmp_path / "結果.log").read_text(encoding="utf-8") == render("concise", FAILED, View())
    assert "\x1b[31;1m誤り" in ended.out
    assert sorted(os.listdir(tmp_path)) == ["報告.txt", "結果.json", "結果.log"]


def test_nothing_is_written_over_an_input_through_a_link(
    command: Command, engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "別名.json").symlink_to("報告.txt")
    before = (tmp_path / "報告.txt").read_bytes()
    assert command("check", "報告.txt", "-o", "json=別名.json").code == 2
    assert (tmp_path / "報告.txt").read_bytes() == before


def test_one_missing_file_among_others_is_left_to_the_engine(command: Command, engine: Engine) -> None:
    command("check", "報告.txt", "ない.txt")
    assert engine.paths == [Path("報告.txt"), Path("ない.txt")]


def test_standard_input(command: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("表題\n".encode())))
    command("check", "-", "--stdin-filename", "総務部.txt")
    assert engine.told().stdin == ("表題\n".encode(), "総務部.txt")
    assert engine.paths == []


def test_standard_input_is_read_no_further_than_the_limit(
    command: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 1000)))
    command("check", "-", "--stdin-filename", "a.txt", "--max-bytes", "10")
    assert engine.told().stdin == (b"x" * 11, "a.txt")


def test_quiet_shows_the_verdict_only(command: Command, engine: Engine) -> None:
    engine.outcome = FAILED
    ended = command("check", "報告.txt", "-q")
    assert "FIN101" not in ended.out
    assert ended.out.startswith("判定　不適合")


def test_statistics_has_the_rules_titles(command: Command, engine: Engine) -> None:
    engine.outcome = replace(FAILED, findings=(replace(OVERRUN, rule="SCH001"),))
    assert "必要な名前がありません" in command("check", "報告.txt", "--statistics").out


@pytest.mark.parametrize(
    ("environment", "choice", "coloured"),
    [
        ({}, "auto", False),
        ({}, "always", True),
        ({"FORCE_COLOR": "1"}, "auto", True),
        ({"FORCE_COLOR": "1"}, "never", False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, "auto", False),
        ({"NO_COLOR": "1"}, "always", True),
    ],
)
def test_colour(
    command: Command,
    engine: Engine,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    choice: str,
    coloured: bool,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (
        "\x1b[" in command("check", "報告.txt", "--output-format", "table", "--color", choice).out
    ) is coloured


def test_json_is_utf8_whatever_the_terminal_speaks(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from jisseki_check.cli.output import write_stdout\n"
        'write_stdout(\'{"mark": "◎\\ud800"}\\n\', for_people=False)\n'
        "write_stdout('◎①\\u2763\\n')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, env={"PYTHONIOENCODING": "cp932", "PATH": ""}
    )
    lines = done.stdout.splitlines()
    assert json.loads(lines[0]) == {"mark": "◎\ud800"}
    assert lines[1].decode("cp932") == "◎①\\u2763"


def test_a_reader_that_leaves_is_no_fault(tmp_path: Path) -> None:
    script = "from jisseki_check.cli.app import main\nimport sys\nsys.exit(main(['rules']))\n"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", script], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")
def test_a_result_that_cannot_be_shown_is_no_verdict() -> None:
    script = "from jisseki_check.cli.app import main\nimport sys\nsys.exit(main(['rules']))\n"
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", script], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3
    assert "書けませんでした" in done.stderr.decode()


def test_no_half_written_file_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    real = os.replace

    def fails(source: str, target: str) -> None:
        if target.endswith("b"):
            raise PermissionError(13, "Permission denied", target)
        real(source, target)

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(CommandError) as caught:
        output.write_files({str(tmp_path / "a"): b"new", str(tmp_path / "b"): b"new"})
    assert caught.value.exit_code == 3
    assert os.listdir(tmp_path) == ["a"]


def test_a_device_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    output.write_files({str(pipe): b"result"})
    assert reader.communicate(timeout=10)[0] == b"result"
    assert stat.S_ISFIFO(os.stat(pipe).st_mode)


def test_a_link_as_target_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    output.write_files({str(tmp_path / "link"): b"new"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
