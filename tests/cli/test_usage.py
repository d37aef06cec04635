"""Wrong commands: exit code 2, in Japanese, with the nearest right word, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jisseki_check.cli.errors import INCONCLUSIVE
from tests.cli.conftest import Ended, Engine

Command = Callable[..., Ended]
COMMANDS = ("check", "explain", "rules", "convert", "template", "facts", "test", "profile", "schema")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek", "報告.txt"], "「chek」というコマンドはありません。「check」のことでしょうか。"),
        (["--"], "コマンドを指定してください。"),
        (["--frobnicate"], "「--frobnicate」というオプションはありません。"),
        (["check"], "「パス」を指定してください。"),
        (["check", ""], "ファイルの名前が空です。"),
        (["check", "ない.txt"], "「ない.txt」が見つかりません。"),
        (["check", "--fail-onn", "error", "報告.txt"], "「--fail-on」のことでしょうか。"),
        (["check", "報告.txt", "--fail-on", "eror"], "「error」のことでしょうか。"),
        (["check", "報告.txt", "--fail-on"], "「--fail-on」の後に値を書いてください。"),
        (["check", "報告.txt", "--quiet=yes"], "「--quiet」に値は付けられません。"),
        (["check", "報告.txt", "--output-format", "jsno"], "「json」のことでしょうか。"),
        (["check", "報告.txt", "--as-of", "2026-02-30"], "「2026-02-30」という日はありません。"),
        (["check", "報告.txt", "--as-of", "20260531"], "2026-05-31 のように書いてください。"),
        (["check", "報告.txt", "--as-of", "２０２６-05-31"], "2026-05-31 のように書いてください。"),
        (["check", "報告.txt", "--max-bytes", "0"], "1以上の整数"),
        (["check", "報告.txt", "-o", "json=-"], "書き出し先に - は使えません。"),
        (["check", "報告.txt", "--select", ""], "空です。規則のコードを書いてください。"),
        (["check", "報告.txt", "--max-bytes", "9" * 5000], "1以上の整数"),
        (["check", "報告.txt", "-o", "json"], "json=結果.json のように、"),
        (["check", "報告.txt", "-o", "json="], "json=結果.json のように、"),
        (["check", "報告.txt", "-o", "xml=a"], "「xml」という形式はありません。"),
        (["check", "報告.txt", "-o", "json=ない/a.json"], "フォルダー「ない」がありません。"),
        (["check", "報告.txt", "-o", "json=."], "「.」はフォルダーです。"),
        (["check", "報告.txt", "-o", "json=a", "-o", "jsonl=./a"], "「./a」が2回あります。"),
        (["check", "報告.txt", "-o", "json=報告.txt"], "「報告.txt」は読み込むファイルなので、"),
        (["check", ".", "-o", "json=報告.txt"], "「報告.txt」は読み込むファイルなので、"),
        (
            ["check", "報告.txt", "--select", "SHC001"],
            "--select: 「SHC001」で始まる規則は",
        ),
        (["check", "-"], "--stdin-filename 報告.txt のように名前を付けてください。"),
        (["check", "報告.txt", "--stdin-filename", "a.txt"], "パスに - を指定したときに使います。"),
        (["explain"], "「コード」を指定してください。"),
        (["explain", "SCH01"], "「SCH01」という規則はありません。「SCH001」のことでしょうか。"),
        (["explain", "mising-property"], "「missing-property」のことでしょうか。"),
        (["rules", "XYZ"], "「XYZ」で始まる規則はありません。"),
        (["schema", "repot"], "「report」のことでしょうか。"),
        (["schema", "report", "extra"], "「extra」は余分です。"),
        (["convert", "報告.txt"], "「書き出し先」を指定してください。"),
        (["convert", "報告.txt", "報告.jsn"], "「.json」のことでしょうか。"),
        (["convert", "ない.txt", "a.json"], "「ない.txt」というファイルが見つかりません。"),
        (["profile"], "使い方: jisseki-check profile"),
        (["profile", "nwe"], "「new」のことでしょうか。"),
        (["profile", "check"], "「ファイル」を指定してください。"),
        (["test", "--rules"], "「--rules」の後に値を書いてください。"),
        (["check", "報告.txt", "--rules", "ない"], "規則のフォルダー「ない」が見つかりません。"),
        (["facts", "報告.txt"], "「-o」を指定してください。"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_wrong_command(command: Command, engine: Engine, arguments: list[str], said: str) -> None:
    ended = command(*arguments)
    assert ended.code == 2
    assert said in ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert engine.options is None


def test_no_command_at_all_shows_the_help(command: Command) -> None:
    ended = command()
    assert ended.code == 2
    assert "使い方: jisseki-check" in ended.err


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize(
    "name", [*COMMANDS, "report", "compare", "rules list", "rules diff", "profile new", "profile check"]
)
def test_help_is_japanese_and_has_examples(command: Command, name: str, option: str) -> None:
    ended = command(*name.split(), option)
    assert ended.code == 0
    assert f"使い方: jisseki-check {name}" in ended.out
    assert f"  jisseki-check {name}" in ended.out.partition("例:")[2]
    for english in ("Usage", "Options", "Show this message", "[required]", "Commands", "default"):
        assert english not in ended.out


def test_help_names_every_command(command: Command) -> None:
    ended = command("--help")
    assert ended.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ended.out


def test_version(command: Command) -> None:
    ended = command("--version")
    assert ended.code == 0
    assert ended.out.startswith("jisseki-check 0.")


@pytest.mark.parametrize(
    "error", [ValueError("決算額"), MemoryError(), RecursionError(), BaseException("panic")]
)
def test_a_fault_of_ours_is_no_verdict(command: Command, engine: Engine, error: BaseException) -> None:
    engine.outcome = error
    ended = command("check", "報告.txt")
    assert ended.code == 3
    assert f"内部で問題が起きました（{type(error).__name__} " in ended.err
    assert "「問題なし」ではありません" in ended.err
    assert "Traceback" not in ended.err
    assert "決算額" not in ended.err


def test_interrupted(command: Command, engine: Engine) -> None:
    engine.outcome = KeyboardInterrupt()
    ended = command("check", "報告.txt", "-o", "json=結果.json")
    assert (ended.code, ended.out) == (130, "")
    assert "中断しました。" in ended.err
    assert command("check", ".", "-o", "json=結果.json").code == 130


def test_engine_refuses(command: Command, engine: Engine) -> None:
    from jisseki_check.engine.run import UsageError

    engine.outcome = UsageError("点検する報告がありません。")
    ended = command("check", ".")
    assert (ended.code, ended.err) == (2, "jisseki-check: 点検する報告がありません。\n")


def test_a_library_that_ends_the_program_gives_no_verdict(command: Command, engine: Engine) -> None:
    engine.outcome = SystemExit(0)
    assert command("check", "報告.txt").code == INCONCLUSIVE
