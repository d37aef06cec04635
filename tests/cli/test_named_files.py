"""Files that are named and cannot be used: in Japanese, whatever the operating system says of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended

Command = Callable[..., Ended]
READ = [
    ["check", "報告.txt", "--expect", "{}"],
    ["check", "報告.txt", "--waivers", "{}"],
    ["check", "報告.txt", "--baseline", "{}"],
    ["check", "報告.txt", "--prior", "{}"],
    ["check", "報告.txt", "--rules", "{}"],
    ["check", "報告.txt", "--profile", "{}"],
    ["check", "報告.txt", "--profile", "{}.yaml"],
    ["check", "{}"],
    ["report", "{}"],
    ["compare", "{}", "{}"],
    ["verify", "{}"],
    ["convert", "{}", "書き直し.json"],
    ["fix", "{}", "--diff"],
    ["facts", "{}", "-o", "表"],
    ["test", "--rules", "{}"],
    ["explain", "FIN101", "--rules", "{}"],
    ["profile", "check", "{}"],
    ["baseline", "show", "{}"],
    ["waiver", "list", "{}"],
    ["rules", "diff", "{}", "standard", "--on", "報告.txt"],
    ["rules", "diff", "standard", "standard", "--on", "{}"],
]
WRITTEN = [
    ["check", "報告.txt", "-o", "json={}/結果.json"],
    ["check", "報告.txt", "-o", "record={}/記録.jsonl"],
    ["check", "報告.txt", "--annotate", "{}"],
    ["facts", "報告.txt", "-o", "{}"],
    ["fix", "報告.txt", "-o", "{}/直し.txt"],
    ["convert", "報告.txt", "{}/書き直し.json"],
    ["template", "{}/様式.xlsx"],
]
_ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}|Errno|内部で問題")


@pytest.fixture
def names(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "フォルダー").mkdir()
    (tmp_path / "輪").symlink_to("輪")
    return {
        "missing": "ない",
        "folder": "フォルダー",
        "loop": "輪",
        "long": "あ" * 200,
        "below": "報告.txt/下",
    }


@pytest.mark.parametrize("what", ["missing", "folder", "loop", "long", "below"])
def test_what_is_read(what: str, command: Command, names: dict[str, str]) -> None:
    for arguments in READ:
        ended = command(*(each.format(names[what]) for each in arguments), *_quickly(arguments))
        assert ended.code in (2, 3), arguments
        assert not _ENGLISH.search(_plain(ended)), arguments


@pytest.mark.parametrize("what", ["loop", "long", "below"])
def test_what_is_written(what: str, command: Command, names: dict[str, str]) -> None:
    for arguments in WRITTEN:
        ended = command(*(each.format(names[what]) for each in arguments), *_quickly(arguments))
        assert not _ENGLISH.search(_plain(ended)), arguments
    assert command("fix", "報告.txt", "-o", f"{names[what]}/直し.txt").code in (2, 3)


def _quickly(arguments: list[str]) -> list[str]:
    """Without what takes long to load."""
    return ["--select", "FIN101"] if arguments[0] == "check" else []


def _plain(ended: Ended) -> str:
    """What is said, without the command lines that it names."""
    return re.sub("「jisseki-check[^」]*」", "", ended.err)
