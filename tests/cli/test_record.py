"""`check -o record=FILE`: what a record holds, and that a book of records is neither lost nor spoilt."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PureWindowsPath

import pytest

from jisseki_check.cli import record, told
from jisseki_check.cli.check import check
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.evidence import LIBRARIES
from jisseki_check.records.book import read
from tests.cli.desk import AS_OF, BOOK, CHECK, CLEAN, MONEY, Command, lay_out, records, settle, turn_a_bit
from tests.example_files import EXAMPLES
from tests.test_packaging import PROJECT, plain_name

# What decides nothing about what is found: how it is shown, where it goes, how fast.
SHOWING = {
    "output_format", "outputs", "annotate", "overwrite", "cluster", "jobs", "no_cache", "statistics",
    "watch", "quiet", "verbose", "color",
}  # fmt: skip
# Libraries of ours that neither read nor judge.
OTHERS = {"click", "filelock", "platformdirs", "tabulate", "wcwidth"}


@pytest.fixture
def desk(tmp_path: Path, command: Command) -> Command:
    lay_out(tmp_path)
    return command


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(EXAMPLES.parent)} | more


def run(folder: Path, *arguments: str, **more: str) -> int:
    """The exit code, in a process of its own."""
    told = [sys.executable, "-m", "jisseki_check", *arguments]
    return subprocess.run(told, cwd=folder, env=environment(**more), capture_output=True).returncode


# --- what it holds ----------------------------------------------------------------------------------


def test_every_option_that_decides_is_recorded() -> None:
    """One that is added has to be looked at: a run that cannot be told again cannot be verified."""
    parameters = {each.name for each in check.params} - {"paths"}
    assert parameters - SHOWING <= told.DECIDING.keys()
    assert not told.DECIDING.keys() & SHOWING


def test_every_library_that_decides_is_recorded() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *extras["words"], *extras["office"]]
    assert {plain_name(each) for each in wanted} - OTHERS == {plain_name(each) for each in LIBRARIES}


def test_it_says_what_the_run_was_and_what_came_out(desk: Command, tmp_path: Path) -> None:
    settle(tmp_path, desk)
    chosen = ("--select", "FIN,AOB", "--ignore", "FIN119", "--max-pages", "9")
    assert desk(*CHECK, *chosen, "-o", "json=結果.json").code == 1
    (record,) = records(tmp_path)
    content = (tmp_path / "結果.json").read_bytes()
    outcome = json.loads(content)
    assert record["told"] == {
        "as-of": "2026-05-31", "engine": "local", "ignore": ["PVR", "STY", "FIN119"], "max-pages": 9,
        "paths": ["報告"], "select": ["FIN", "AOB"],
    }  # fmt: skip
    assert record["settled"]["limits"]["max_pages"] == 9
    assert record["settled"]["fail_on"] == "error"
    assert [(each["role"], each["path"]) for each in record["sources"]] == [
        ("baseline", "既知.json"),
        ("rules", "規則/AOB101-low-mark-without-next-step.yaml"),
        ("settings", "jisseki-check.toml"),
        ("waivers", "免除.toml"),
    ]
    for each in (*record["sources"], *record["inputs"]):
        assert each["sha256"] == hashlib.sha256((tmp_path / each["path"]).read_bytes()).hexdigest()
    assert [(each["path"], each["status"]) for each in record["inputs"]] == [
        (path, "checked") for path in sorted([MONEY, CLEAN])
    ]
    for name in ("verdict", "counts", "profile", "scope", "skipped"):
        assert record[name] == outcome[name]
    assert record["rules"]["digest"] == outcome["tool"]["rules_digest"]
    assert record["tool"] == {name: outcome["tool"][name] for name in ("name", "version")}
    assert record["digests"]["outcome"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    found = Counter(each["location"]["path"] for each in outcome["findings"])
    assert {each["path"]: each["count"] for each in record["findings"]} == found
    assert found[MONEY] > 1


def test_the_usual_day_is_written_out(desk: Command, tmp_path: Path) -> None:
    desk("check", CLEAN, "-q", "-o", f"record={BOOK}", "-o", "json=結果.json")
    outcome = json.loads((tmp_path / "結果.json").read_text(encoding="utf-8"))
    assert records(tmp_path)[0]["told"]["as-of"] == outcome["as_of"]


def test_waivers_that_are_not_used_are_not_what_it_rests_on(desk: Command, tmp_path: Path) -> None:
    settle(tmp_path, desk)
    desk(*CHECK, "--no-waivers")
    (record,) = records(tmp_path)
    assert "waivers" not in {each["role"] for each in record["sources"]}
    assert record["told"]["no-waivers"] is True


def test_nothing_tells_of_the_machine_or_the_time(desk: Command, tmp_path: Path) -> None:
    settle(tmp_path, desk)
    absolute = [str(tmp_path / each) for each in ("報告", "免除.toml", "既知.json")]
    files = ("--waivers", absolute[1], "--baseline", absolute[2])
    desk("check", absolute[0], *AS_OF, "-q", *files, "-o", f"record={tmp_path / BOOK}")
    written = (tmp_path / BOOK).read_text(encoding="utf-8")
    assert str(tmp_path) not in written
    assert records(tmp_path)[0]["told"]["paths"] == ["報告"]
    assert records(tmp_path)[0]["told"]["waivers"] == "免除.toml"


def test_a_file_that_could_not_be_read_is_known_again_too(desk: Command, tmp_path: Path) -> None:
    path = tmp_path / "報告" / "壊れた.docx"
    path.write_bytes(b"PK\x03\x04 \xe7\xa9\xba")
    assert desk(*CHECK).code == 3
    (record,) = records(tmp_path)
    held = next(each for each in record["inputs"] if each["path"] == "報告/壊れた.docx")
    assert held["status"] != "checked"
    assert held["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("given", "written"),
    [("報告\\総務部.txt", "報告/総務部.txt"), ("C:\\市\\実績\\報告", "報告"), (".\\報告\\", "報告")],
)
def test_paths_have_slashes_on_every_system(
    given: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told, "Path", _OfWindows)
    assert told.portable(given) == written


@pytest.mark.parametrize("given", ["D:\\報告", "C:\\市\\計画", "C:報告", "\\\\共有\\市\\報告", "\\報告"])
def test_no_path_of_a_machine_is_recorded(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told, "Path", _OfWindows)
    with pytest.raises(CommandError, match="絶対パス"):
        told.portable(given)


class _OfWindows(PureWindowsPath):
    @classmethod
    def cwd(cls) -> _OfWindows:
        return cls("C:\\市\\実績")


# --- the same bytes ---------------------------------------------------------------------------------


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the number of processes, the seed of hashes and the locale."""
    lay_out(tmp_path)
    for number in range(100):
        shutil.copy(tmp_path / MONEY, tmp_path / f"報告/課{number:03}.txt")
    check = ("check", "報告", *AS_OF, "--select", "FIN", "-o")
    assert run(tmp_path, *check, "record=一.jsonl", PYTHONHASHSEED="1") == 1
    assert run(tmp_path, *check, "record=二.jsonl", "--jobs", "2", PYTHONHASHSEED="2") == 1
    assert run(tmp_path, *check, "record=三.jsonl", LC_ALL="C", PYTHONUTF8="1", TZ="Asia/Tokyo") == 1
    first, *others = ((tmp_path / f"{name}.jsonl").read_bytes() for name in "一二三")
    assert others == [first, first]
    assert not read(first).breaks


# --- the book ---------------------------------------------------------------------------------------


def test_each_run_adds_one(desk: Command, tmp_path: Path) -> None:
    before = b""
    for number in range(1, 4):
        assert desk(*CHECK).code == 1
        content = (tmp_path / BOOK).read_bytes()
        assert content.startswith(before)
        assert [each["number"] for each in records(tmp_path)] == list(range(1, number + 1))
        before = content
    assert not read(before).breaks


def test_a_book_among_the_reports_is_none(tmp_path: Path, desk: Command) -> None:
    """Neither before it is there nor when it is."""
    for _ in range(2):
        desk("check", "報告", *AS_OF, "-q", "-o", f"record=報告/{BOOK}")
    first, second = (json.loads(line) for line in (tmp_path / "報告" / BOOK).read_bytes().splitlines())
    assert first["left_out"] == second["left_out"] == [f"報告/{BOOK}"]
    assert first["skipped"] == second["skipped"] == []
    assert first["digests"] == second["digests"]


def test_a_run_may_go_into_two_books(desk: Command, tmp_path: Path) -> None:
    desk(*CHECK, "-o", "record=控え.jsonl")
    assert (tmp_path / "控え.jsonl").read_bytes() == (tmp_path / BOOK).read_bytes()


def test_a_book_that_was_changed_is_not_written_to(desk: Command, tmp_path: Path) -> None:
    desk(*CHECK)
    desk(*CHECK)
    path = tmp_path / BOOK
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])
    changed = path.read_bytes()
    ended = desk(*CHECK)
    assert ended.code == 2
    assert ended.out == ""
    assert "1行目: 1件目の記録がありません" in ended.err
    assert path.read_bytes() == changed


@pytest.mark.parametrize("content", [b"", b"{}\n", b'{"format":"jisseki-check/1"}\n'], ids=repr)
def test_another_file_is_not_overwritten(content: bytes, desk: Command, tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(content)
    ended = desk(*CHECK)
    assert ended.code == 2
    assert "記録のファイル「記録.jsonl」を読めません" in ended.err
    assert (tmp_path / BOOK).read_bytes() == content


def test_interrupted_writing_leaves_the_book(
    desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk(*CHECK)
    before = (tmp_path / BOOK).read_bytes()

    def fail(source: str, target: str) -> None:
        raise OSError(28, "空き容量がありません", target)

    monkeypatch.setattr(os, "replace", fail)
    ended = desk(*CHECK)
    assert ended.code == 3
    assert "空き容量がありません" in ended.err
    assert "判定" in ended.out  # what was found is not lost with it
    assert (tmp_path / BOOK).read_bytes() == before
    assert not list(tmp_path.glob(".*.tmp"))


def test_runs_at_the_same_time_do_not_lose_a_record(tmp_path: Path) -> None:
    lay_out(tmp_path)
    arguments = [
        sys.executable,
        "-m",
        "jisseki_check",
        "check",
        CLEAN,
        *CHECK[2:6],
        "-q",
        "-o",
        f"record={BOOK}",
    ]
    started = [
        subprocess.Popen(arguments, cwd=tmp_path, env=environment(), stdout=subprocess.DEVNULL)
        for _ in range(4)
    ]
    assert [each.wait() for each in started] == [0] * 4
    assert not read((tmp_path / BOOK).read_bytes()).breaks
    assert len(records(tmp_path)) == 4
    assert {each.name for each in tmp_path.iterdir()} == {BOOK, "報告"}


def test_only_one_holds_a_book_though_its_lock_goes_away_each_time(tmp_path: Path) -> None:
    book = tmp_path / BOOK
    book.write_bytes(b"")

    def write_often(_: int) -> None:
        for _ in range(40):
            with record.alone(str(book)):
                book.write_bytes(book.read_bytes() + b".")

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write_often, range(6)))
    assert len(book.read_bytes()) == 240
    assert [each.name for each in tmp_path.iterdir()] == [BOOK]


def test_a_book_that_another_run_holds_for_too_long(
    desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    monkeypatch.setattr(record, "_PATIENCE", 0.05)
    with FileLock(tmp_path / f".{BOOK}.lock", is_singleton=False):
        ended = desk(*CHECK)
    assert ended.code == 3
    assert "ほかの点検が" in ended.err
    assert not (tmp_path / BOOK).exists()


def test_what_changes_under_the_run_is_not_recorded(
    desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from jisseki_check.engine import run as engine

    settle(tmp_path, desk)
    held = engine.check

    def meanwhile(*arguments: object, **more: object) -> object:
        turn_a_bit(tmp_path / "免除.toml", "監査課の写し")
        return held(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(engine, "check", meanwhile)
    ended = desk(*CHECK)
    assert ended.code == 3
    assert "点検している間に" in ended.err
    assert not (tmp_path / BOOK).exists()


# --- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--output-format", "record"), "「record」は、ここでは使えません。記録は書き足していくものなので、"),
        (("-o", "record"), "形式とファイル名を書いてください"),
        (("-o", "record=記録.json"), "名前の終わりを .jsonl に"),
        (("-o", "record=報告.jsonl"), "フォルダーです"),
        (("-o", "record=ない/記録.jsonl"), "フォルダー「ない」がありません"),
        (("-o", "record=記録.jsonl", "-o", "record=記録.jsonl"), "2回あります"),
        (("-o", "record=記録.jsonl", "-o", "json=報告/結果.json"), "点検するフォルダーの中にあり"),
        (("-o", "record=記録.jsonl", "--watch"), "--watch と -o record= は一緒に使えません"),
        (("-o", "record=記録.jsonl", "--profile", "/市/様式.yaml"), "「/市/様式.yaml」"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_what_cannot_be_recorded(
    arguments: tuple[str, ...], told: str, desk: Command, tmp_path: Path
) -> None:
    (tmp_path / "報告.jsonl").mkdir()
    ended = desk("check", "報告", *AS_OF, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err
    assert not (tmp_path / BOOK).exists()


def test_a_folder_that_only_this_machine_has(desk: Command, tmp_path: Path) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    shutil.copytree(tmp_path / "報告", elsewhere)
    ended = desk("check", str(elsewhere), "-o", f"record={BOOK}")
    assert ended.code == 2
    assert "（絶対パス）で指定しています" in ended.err
    assert "移動（cd）し" in ended.err


def test_a_book_cannot_be_a_report(desk: Command, tmp_path: Path) -> None:
    desk(*CHECK)
    before = (tmp_path / BOOK).read_bytes()
    ended = desk("check", BOOK, "-o", f"record={BOOK}")
    assert ended.code == 2
    assert "読み込むファイルなので" in ended.err
    assert (tmp_path / BOOK).read_bytes() == before


def test_a_pipe_is_no_book(desk: Command, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.jsonl")
    ended = desk("check", "報告", "-o", "record=管.jsonl")
    assert ended.code == 2
    assert "通常のファイルではない" in ended.err
