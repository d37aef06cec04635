"""Standard input, as editors give it: the text as it stands in the window, and the name of its file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FAULTY = (EXAMPLES / "faulty/money.txt").read_bytes()
AS_OF = ("--as-of", "2026-05-31")


def run(folder: Path, *arguments: str, content: bytes = b"") -> tuple[int, Any]:
    """The exit code and the outcome."""
    done = subprocess.run(
        [sys.executable, "-m", "jisseki_check", "check", *arguments, "--output-format", "json", *AS_OF],
        cwd=folder, input=content, capture_output=True, env=os.environ | {"PYTHONPATH": str(EXAMPLES.parent)},
    )  # fmt: skip
    assert done.stderr == b""
    return done.returncode, json.loads(done.stdout)


def run_stdin(folder: Path, name: str, content: bytes = FAULTY) -> tuple[int, Any]:
    return run(folder, "-", "--stdin-filename", name, content=content)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("財務部.txt", "財務部.txt"),
        ("報告/財務部.txt", "報告/財務部.txt"),
        ("./報告/財務部.txt", "報告/財務部.txt"),
        ("{folder}/報告/財務部.txt", "報告/財務部.txt"),
        ("/みずき市/財務部.txt", "財務部.txt"),
    ],
)
def test_it_is_told_what_its_file_would_be_told(tmp_path: Path, given: str, shown: str) -> None:
    told = run_stdin(tmp_path, given.format(folder=tmp_path))
    path = tmp_path / shown
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(FAULTY)
    assert told == run(tmp_path, shown)
    assert told[0] == 1


def test_settings_for_its_path_hold(tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_text(
        '[[per-path]]\npaths = ["下書き/**"]\nignore = ["FIN", "MRK"]\n', encoding="utf-8"
    )
    assert run_stdin(tmp_path, "報告/財務部.txt")[0] == 1
    assert run_stdin(tmp_path, "下書き/財務部.txt")[0] == 0
    assert run_stdin(tmp_path, f"{tmp_path}/下書き/財務部.txt")[0] == 0


def test_a_binary_format(tmp_path: Path) -> None:
    content = (EXAMPLES / "office/clean.docx").read_bytes()
    assert run_stdin(tmp_path, "報告/環境部.docx", content)[0] == 0
