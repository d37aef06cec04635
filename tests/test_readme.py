"""README.md: its commands run as written, end as it says, and print what it shows.

A block marked ```sh run is executed line by line in a copy of what a checkout has; 「# 終了コード N」 behind
a command is the exit code that it must end with. A block marked ```text output follows the command
whose output it quotes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(?P<kind>sh run|text output)\n(?P<body>.*?)^```$", re.M | re.S)
_CODE = re.compile(r"\s*# 終了コード (?P<code>[0-9]+)$")


@dataclass(frozen=True)
class Step:
    """A command, the exit code that it ends with, and lines that it prints one after another."""

    command: str
    code: int
    shown: str | None = None


def steps() -> list[Step]:
    found: list[Step] = []
    for block in _BLOCK.finditer(README):
        if block["kind"] == "text output":
            found[-1] = Step(found[-1].command, found[-1].code, block["body"])
            continue
        for line in block["body"].splitlines():
            match = _CODE.search(line)
            found.append(Step(_CODE.sub("", line), int(match["code"]) if match else 0))
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("examples", "rules", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def run(command: str, folder: Path) -> tuple[int, str]:
    """How the command ended, and what it printed."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=os.environ | {"PATH": path}, capture_output=True, text=True
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.command)
def test_command_does_as_written(step: Step, checkout: Path) -> None:
    code, printed = run(step.command, checkout)
    assert code == step.code, printed
    if step.shown:
        assert step.shown in printed


def test_commands_are_found() -> None:
    shown = [step for step in steps() if step.shown]
    assert len(steps()) >= 10
    assert len(shown) >= 3


def test_no_command_of_ours_escapes_the_test() -> None:
    """Outside the runnable blocks, only what needs the network, or takes minutes, is left."""
    others = re.findall(r"^```sh\n(.*?)^```$", README, re.M | re.S)
    assert others
    assert [block for block in others if "jisseki-check check" in block] == []


def test_settings_are_accepted(checkout: Path) -> None:
    shown = re.search(r"^```toml\n(.*?)^```$", README, re.M | re.S)
    assert shown
    folder = checkout / "settings"
    folder.mkdir()
    (folder / "jisseki-check.toml").write_text(shown[1], encoding="utf-8")
    assert run("jisseki-check check ../examples/clean", folder)[0] == 0
    (folder / "jisseki-check.toml").write_text(shown[1] + "unknown = 1\n", encoding="utf-8")
    assert run("jisseki-check check ../examples/clean", folder)[0] == 2
