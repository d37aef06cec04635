"""Completion: the scripts, in the shells that are at hand, with the Tab key where a shell needs one."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from jisseki_check.cli.app import main
from tests.cli.conftest import Ended

_LONGEST = 60  # seconds; only a shell that hangs takes them
_BIN = Path(sys.executable).parent

Command = Callable[..., Ended]
Complete = Callable[..., list[str]]


def needs(shell: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(shell) is None, reason=f"{shell} is not installed")


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMP_", "_JISSEKI"))}
    return kept | {"PATH": f"{_BIN}{os.pathsep}{kept['PATH']}", "LC_ALL": "C.UTF-8", "TERM": "dumb"}


@pytest.fixture
def complete(command: Command, monkeypatch: pytest.MonkeyPatch) -> Complete:
    """What is offered for the last of these words, as the script of bash receives it."""

    def run(*words: str) -> list[str]:
        monkeypatch.setenv("_JISSEKI_CHECK_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", "\n".join(("jisseki-check", *words)))
        monkeypatch.setenv("COMP_CWORD", str(len(words)))
        ended = command()
        assert (ended.code, ended.err) == (0, "")
        return ended.out.splitlines()

    return run


def test_commands(complete: Complete) -> None:
    assert complete("expl") == ["plain,explain"]
    assert complete("profile", "") == ["plain,new", "plain,check"]


def test_options(complete: Complete) -> None:
    assert complete("check", "--changed") == ["plain,--changed-since"]


@pytest.mark.parametrize("words", [("--fail-on", "w"), ("--fail-on=w",), ("--fail-on", "=", "w")])
def test_words_of_an_option(complete: Complete, words: tuple[str, ...]) -> None:
    assert complete("check", *words) == ["plain,warning"]


def test_formats(complete: Complete) -> None:
    assert complete("check", "--output-format", "conc") == ["plain,concise"]
    assert complete("check", "-o", "jsonl") == ["plain,jsonl="]


def test_codes(complete: Complete) -> None:
    assert complete("check", "--select", "fin10")[:2] == ["plain,FIN101", "plain,FIN102"]
    assert "plain,FIN" in complete("check", "--ignore", "")
    assert complete("check", "--select", "DAT,FIN101") == ["plain,DAT,FIN101"]
    assert complete("rules", "mrk103") == ["plain,MRK103"]


def test_a_group_that_lists(complete: Complete) -> None:
    assert complete("rules", "di") == ["plain,diff"]
    assert complete("rules", "--output-f") == ["plain,--output-format"]
    assert complete("rules", "--output-format", "j") == ["plain,json"]
    assert complete("rules", "list", "mrk103") == ["plain,MRK103"]
    assert complete("rules", "diff", "stan") == ["plain,standard"]
    assert complete("rules", "diff", "standard", "hirakata-r") == ["plain,hirakata-r2"]
    assert complete("rules", "diff", "a", "b", "--on", "報") == ["file,報"]


def test_files_of_results(complete: Complete) -> None:
    assert complete("report", "結") == ["file,結"]
    assert complete("compare", "前.json", "今") == ["file,今"]
    assert complete("compare", "前.json", "今.json", "-o", "ht") == ["plain,html="]


def test_a_rule_by_its_name(complete: Complete) -> None:
    assert complete("explain", "settlement-exceeds-b") == ["plain,settlement-exceeds-budget"]


def test_profiles(complete: Complete) -> None:
    assert complete("check", "--profile", "hirakata-r") == ["plain,hirakata-r2"]
    assert complete("check", "--profile", "みずき") == ["file,みずき"]


@pytest.mark.parametrize(
    "words", [("check", ""), ("check", "報"), ("convert", "報"), ("check", "--rules", "規")]
)
def test_files_where_nothing_else_is_known(complete: Complete, words: tuple[str, ...]) -> None:
    assert complete(*words) == [f"file,{words[-1]}"]


def test_broken_settings_are_no_message(complete: Complete, tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_text("rules = \n", encoding="utf-8")
    assert complete("explain", "FIN101") == ["file,FIN101"]


def test_an_unknown_shell(command: Command) -> None:
    ended = command("completion", "bsh")
    assert ended.code == 2
    assert "「bash」のことでしょうか。" in ended.err


def test_powershell_has_a_script(command: Command) -> None:
    assert (
        "Register-ArgumentCompleter -Native -CommandName jisseki-check"
        in command("completion", "powershell").out
    )


@pytest.fixture
def folder(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Path:
    """A folder with a report, and a script for each shell."""
    for shell in ("bash", "zsh", "fish"):
        assert main(["completion", shell]) == 0
        (tmp_path / f"script.{shell}").write_bytes(capfdbinary.readouterr().out)
    (tmp_path / "houkoku.txt").touch()
    return tmp_path


class Terminal:
    """A shell at a terminal, and what it has shown so far."""

    def __init__(self, folder: Path, *program: str) -> None:
        import pty  # not on every system

        self._screen, shell = pty.openpty()
        self._process = subprocess.Popen(
            program, cwd=folder, env=environment(), stdin=shell, stdout=shell, stderr=shell,
            start_new_session=True,
        )  # fmt: skip
        os.close(shell)
        self.shown = ""

    def type(self, keys: str, until: str) -> str:
        """What is shown from the typing of the keys to this text."""
        self.shown = ""
        os.write(self._screen, keys.encode())
        end = time.monotonic() + _LONGEST
        while until not in self.shown:
            ready, _, _ = select.select([self._screen], [], [], max(0.0, end - time.monotonic()))
            assert ready, self.shown
            self.shown += os.read(self._screen, 65_536).decode(errors="replace")
        return self.shown

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._screen)


def typed(terminal: Terminal) -> None:
    """The same keys in every shell; each line is given up with Ctrl+U."""
    terminal.type("jisseki-check expl\t", "jisseki-check explain ")
    terminal.type("FIN10\t\t", "FIN105")
    terminal.type("\x15jisseki-check check --changed\t", "--changed-since ")
    terminal.type("\x15jisseki-check check houk\t", "houkoku.txt")


@needs("bash")
def test_bash(folder: Path) -> None:
    terminal = Terminal(folder, "bash", "--norc", "--noprofile", "-i")
    try:
        terminal.type("PS1='>'; . ./script.bash; echo re''ady\n", "ready")
        typed(terminal)
    finally:
        terminal.close()


@needs("zsh")
def test_zsh(folder: Path) -> None:
    terminal = Terminal(folder, "zsh", "-f", "-i")
    try:
        terminal.type(
            "PS1='>'; autoload -U compinit; compinit -u -D; . ./script.zsh; echo re''ady\n", "ready"
        )
        typed(terminal)
    finally:
        terminal.close()


@needs("fish")
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("jisseki-check expl", "explain"),
        ("jisseki-check check --select DAT,FIN101", "DAT,FIN101"),
        ("jisseki-check check --changed", "--changed-since"),
        ("jisseki-check check houk", "houkoku.txt"),
    ],
)
def test_fish(folder: Path, line: str, offered: str) -> None:
    told = f"source script.fish; complete --do-complete '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "--command", told], cwd=folder, env=environment() | {"HOME": str(folder)},
        capture_output=True, text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert offered in [each.split("\t")[0] for each in done.stdout.splitlines()]
