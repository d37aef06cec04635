"""An auditor's folder: reports of the invented みずき市, and all that a verdict on them can rest on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisseki_check.records.book import line_of
from tests.example_files import EXAMPLES

if TYPE_CHECKING:
    from tests.cli.conftest import Ended

Command = Callable[..., "Ended"]
BOOK = "記録.jsonl"
MONEY, CLEAN = "報告/財務部.txt", "報告/環境部.txt"
RULES = EXAMPLES / "another-city" / "rules"
AS_OF = ("--as-of", "2026-05-31")
# Without the rules of words, whose dictionary takes longer than all the rest.
CHECK = ("check", "報告", *AS_OF, "--ignore", "PVR,STY", "-q", "-o", f"record={BOOK}")
SETTINGS = """# 財務課が管理する設定
rules = "規則"
waivers = "免除.toml"
baseline = "既知.json"
"""


def lay_out(folder: Path) -> None:
    """Two reports."""
    for name, example in {MONEY: "faulty/money.txt", CLEAN: "clean/environment.txt"}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(EXAMPLES / example, folder / name)


def settle(folder: Path, command: Command) -> None:
    """Settings, a city's own rule, a waiver and known findings besides."""
    shutil.copytree(RULES, folder / "規則")
    added = command(
        "waiver", "add", MONEY, *AS_OF, "--file", "免除.toml", "--rule", "FIN105", "--item", "8",
        "--reason", "契約が翌年度にまたがったため", "--requested-by", "総務課 山田",
        "--approved-by", "財政課長 佐藤", "--until", "2027-03-31",
    )  # fmt: skip
    assert added.code == 0, added.err
    (folder / "免除.toml").write_text("# 監査課の写し\n" + (folder / "免除.toml").read_text("utf-8"), "utf-8")
    created = command("baseline", "create", MONEY, "--select", "FIN110", "-o", "既知.json")
    assert created.code == 0, created.err
    (folder / "jisseki-check.toml").write_text(SETTINGS, encoding="utf-8")


def turn_a_bit(path: Path, at: str) -> None:
    """Changes one byte: the last one of the first place where these words stand."""
    content = path.read_bytes()
    place = content.index(at.encode()) + len(at.encode()) - 1
    path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])


def verified(command: Command, *more: str) -> tuple[int, dict[str, Any]]:
    """How `verify` ends, and what it says to programs of the only record that it looks at."""
    ended = command("verify", BOOK, "--output-format", "json", *more)
    assert ended.err == "", ended.err
    (record,) = json.loads(ended.out)["records"]
    return ended.code, record


def changes(record: dict[str, Any]) -> set[tuple[str, str, str | None]]:
    return {(each["what"], each["change"], each["path"]) for each in record["differences"]}


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / BOOK).read_bytes().splitlines()]


def write(folder: Path, record: Mapping[str, Any]) -> None:
    """A book that holds that record only, as whoever has the tool could write it."""
    (folder / BOOK).write_bytes(line_of({k: v for k, v in record.items() if k != "digest"}, None))


def told(folder: Path, **said: Any) -> None:
    """The record of the folder's book, with other options."""
    (record,) = records(folder)
    write(folder, record | {"told": record["told"] | said})
