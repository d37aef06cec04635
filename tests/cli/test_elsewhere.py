"""Reports that are given by URLs, clusters that judge them, and results that are folders."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import fsspec
import pytest

from jisseki_check.cli import cluster
from jisseki_check.engine import run
from jisseki_check.formatters import parquet
from tests.cli.conftest import Ended, Engine
from tests.example_files import EXAMPLES

Command = Callable[..., Ended]
MONEY = EXAMPLES / "faulty" / "money.txt"
AT = ("--as-of", "2026-05-31")


@pytest.fixture
def store() -> Iterator[str]:
    """A folder of a store with one report."""
    system = fsspec.filesystem("memory")
    system.pipe("/box/報告/money.txt", MONEY.read_bytes())
    yield "memory://box/報告"
    system.store.clear()


# --- URLs -------------------------------------------------------------------------------------------


def test_report_of_a_store_is_judged_as_one_of_the_disk(command: Command, store: str, tmp_path: Path) -> None:
    ended = command("check", store, *AT, "-o", "json=遠く.json")
    shutil.copy(MONEY, tmp_path / "money.txt")
    near = command("check", "money.txt", *AT, "-o", "json=近く.json")
    assert (ended.code, ended.err) == (near.code, near.err) == (1, "")
    far = (tmp_path / "遠く.json").read_text(encoding="utf-8")
    assert f'"path": "{store}/money.txt"' in far
    told = [json.loads(text) for text in (far, (tmp_path / "近く.json").read_text(encoding="utf-8"))]
    assert told[0]["counts"] == told[1]["counts"]
    assert [each["message"] for each in told[0]["findings"]] == [
        each["message"] for each in told[1]["findings"]
    ]


def test_files_of_the_disk_and_of_a_store_together(command: Command, store: str, tmp_path: Path) -> None:
    shutil.copy(MONEY, tmp_path / "money.txt")
    ended = command("check", "money.txt", store, f"file://{tmp_path}/money.txt", *AT, "-o", "json=x.json")
    assert ended.code == 1
    told = json.loads((tmp_path / "x.json").read_bytes())
    assert [each["path"] for each in told["inputs"]] == [f"{store}/money.txt", "money.txt"]


def test_file_url_is_a_path(command: Command, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "名 前.txt").touch()
    command("check", f"file://{tmp_path}/%E5%90%8D%20%E5%89%8D.txt")
    assert engine.paths == [tmp_path / "名 前.txt"]


def test_store_without_what_was_named_is_inconclusive_beside_others(
    command: Command, store: str, tmp_path: Path
) -> None:
    ended = command("check", store, "memory://box/ない.txt", *AT)
    assert ended.code == 3
    assert "memory://box/ない.txt" in ended.out
    ended = command("check", "memory://box/ない.txt", *AT)
    assert ended.code == 2
    assert "見つかりません" in ended.err


def test_kind_of_url_that_is_not_known(command: Command) -> None:
    ended = command("check", "nantoka://key:himitsu@x/y", *AT)
    assert ended.code == 2
    assert "「nantoka://」" in ended.err
    assert "himitsu" not in ended.out + ended.err


def test_fsspec_is_missing(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jisseki_check.engine.inputs.find_spec", lambda name: None)
    ended = command("check", "s3://bucket/報告", *AT)
    assert ended.code == 2
    assert "jisseki-check[remote]" in ended.err


def test_two_urls_of_one_name_are_not_taken_for_one(
    command: Command, store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = fsspec.filesystem("memory")
    for version in ("1", "2"):
        system.pipe(f"/box/報告/money.txt?version={version}", MONEY.read_bytes())
    ended = command("check", *(f"{store}/money.txt?version={version}" for version in ("1", "2")))
    assert ended.code == 2
    assert "二つあり" in ended.err
    for version in ("1", "2"):
        system.rm(f"/box/報告/money.txt?version={version}")
    assert "1ファイル・" in command("check", store, f"{store}/money.txt", *AT, "-q").out


@pytest.mark.parametrize(
    "option", [("--annotate", "写し"), ("--changed-since", "main"), ("--watch",), ("-o", "record=r.jsonl")]
)
def test_what_needs_the_files_on_a_disk_says_so(
    command: Command, store: str, option: tuple[str, ...]
) -> None:
    ended = command("check", store, *option)
    assert ended.code == 2
    assert "URL で渡した報告には使えません" in ended.err


def test_what_is_in_a_store_is_not_kept_for_the_next_run(
    command: Command, store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "WORTHWHILE", 1)
    first = command("check", store, *AT, "--jobs", "1")
    fsspec.filesystem("memory").pipe("/box/報告/money.txt", (EXAMPLES / "faulty" / "dates.txt").read_bytes())
    second = command("check", store, *AT, "--jobs", "1")
    assert "FIN109" in first.out
    assert "FIN109" not in second.out


# --- clusters ---------------------------------------------------------------------------------------


def test_cluster_is_told_to_the_engine(
    command: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda name: True)
    command("check", "報告.txt", "--engine", "dask", "--cluster", "tcp://10.0.0.1:8786")
    told = engine.told()
    assert (told.engine, told.runner, told.cluster) == ("local", "dask", "tcp://10.0.0.1:8786")
    command("check", "報告.txt")
    assert (engine.told().runner, engine.told().cluster) == ("local", None)


def test_record_does_not_tell_of_the_cluster(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who verifies it need not have one."""
    monkeypatch.setattr(cluster, "find_spec", lambda name: True)
    monkeypatch.setattr(run, "_judged_anew", lambda chunks, judged, digest: run._judged_here(chunks, judged))
    shutil.copy(MONEY, tmp_path / "報告.txt")
    assert command("check", "報告.txt", *AT, "--engine", "spark", "-o", "record=記録.jsonl").code == 1
    assert "spark" not in (tmp_path / "記録.jsonl").read_text(encoding="utf-8")
    assert command("verify", "記録.jsonl").code == 0


@pytest.mark.parametrize("name", ["dask", "spark"])
def test_libraries_of_a_cluster_are_missing(
    name: str, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda library: None)
    ended = command("check", "報告.txt", "--engine", name)
    assert ended.code == 2
    assert f"jisseki-check[{name}]" in ended.err


@pytest.mark.parametrize("told", [("--cluster", "x"), ("--engine", "dask", "--cluster", "")])
def test_cluster_without_sense(told: tuple[str, ...], command: Command) -> None:
    ended = command("check", "報告.txt", *told)
    assert ended.code == 2
    assert "--cluster" in ended.err


def test_cluster_that_is_lost_is_no_verdict(command: Command, engine: Engine) -> None:
    engine.outcome = run.ClusterError("つながりません。")
    ended = command("check", "報告.txt")
    assert ended.code == 3
    assert "点検は終わっていません" in ended.err


# --- folders ----------------------------------------------------------------------------------------


def test_parquet_is_a_folder_that_is_made_anew(command: Command, tmp_path: Path) -> None:
    shutil.copy(MONEY, tmp_path / "報告.txt")
    assert command("check", "報告.txt", *AT, "-o", "parquet=結果", "-o", "json=結果.json").code == 1
    first = {path.name: path.read_bytes() for path in (tmp_path / "結果").iterdir()}
    assert set(first) == set(parquet.FILES)
    assert command("report", "結果.json", "-o", "parquet=結果").code == 0
    assert {path.name: path.read_bytes() for path in (tmp_path / "結果").iterdir()} == first
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".jisseki-check-")]


def test_folder_of_others_is_not_replaced(command: Command, tmp_path: Path) -> None:
    (tmp_path / "結果").mkdir()
    (tmp_path / "結果" / "大切.txt").touch()
    ended = command("check", "報告.txt", "-o", "parquet=結果")
    assert ended.code == 2
    assert "ほかのファイルがあります" in ended.err
    assert (tmp_path / "結果" / "大切.txt").exists()


@pytest.mark.parametrize(
    ("outputs", "why"),
    [
        (("parquet=報告.txt",), "フォルダーではありません"),
        (("parquet=ない/結果",), "先に作ってください"),
        (("parquet=結果", "parquet=結果"), "ほかでも使われています"),
    ],
)
def test_bad_folders_are_refused_before_the_work(
    outputs: tuple[str, ...], why: str, command: Command, engine: Engine
) -> None:
    ended = command("check", "報告.txt", *(part for each in outputs for part in ("-o", each)))
    assert ended.code == 2
    assert why in ended.err
    assert engine.options is None


def test_screen_shows_no_folder(command: Command) -> None:
    ended = command("check", "報告.txt", "--output-format", "parquet")
    assert ended.code == 2
    assert "-o parquet=結果" in ended.err


def test_what_fails_leaves_what_was_there(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(MONEY, tmp_path / "報告.txt")
    assert command("check", "報告.txt", *AT, "-o", "parquet=結果").code == 1
    before = {path.name: path.read_bytes() for path in (tmp_path / "結果").iterdir()}

    def full(outcome: object, folder: str) -> None:
        (Path(folder) / "findings.parquet").touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet, "write", full)
    ended = command("check", "報告.txt", *AT, "-o", "parquet=結果")
    assert ended.code == 3
    assert "空き容量" in ended.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "結果").iterdir()} == before
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".jisseki-check-")]
