"""Reports that lie in another place than a disk, found and read by their URLs."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Unreadable
from jisseki_check.readers import remote
from jisseki_check.readers.libraries import BadUrl

SECRET = "himitsu"


@pytest.fixture
def store() -> Iterator[MemoryFileSystem]:
    system: MemoryFileSystem = fsspec.filesystem("memory")
    for path in ("a.txt", "下/b.JSON", "c.txt.bak", "下/old.doc", ".隠し/d.txt", "~$e.docx"):
        system.pipe(f"/報告/{path}", "報告".encode())
    system.pipe("/報告/jisseki-check-baseline.json", b"{}")
    yield system
    system.store.clear()


def _names(found: remote.Found) -> list[str]:
    return [file.name for file in found.files]


def test_reports_of_a_folder_are_those_that_a_disk_would_give(store: MemoryFileSystem) -> None:
    found = remote.find("memory://報告/")
    assert _names(found) == ["memory://報告/a.txt", "memory://報告/下/b.JSON", "memory://報告/下/old.doc"]
    assert found.passed_over == ("memory://報告/c.txt.bak", "memory://報告/jisseki-check-baseline.json")
    assert not found.problems


def test_file_that_is_named_is_read_whatever_its_ending(store: MemoryFileSystem) -> None:
    (file,) = remote.find("memory://報告/c.txt.bak").files
    source = pickle.loads(pickle.dumps(file)).read(DEFAULT_LIMITS)
    assert source.path == "memory://報告/c.txt.bak"


def test_files_of_a_disk_can_be_named_so_too(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("報告", encoding="utf-8")
    (file,) = remote.find(f"file://{tmp_path}").files
    assert file.name == f"file://{tmp_path}/x.txt"
    assert file.read(DEFAULT_LIMITS).blocks is not None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"s3://key:{SECRET}@bucket/報告/", "s3://bucket/報告"),
        (f"https://store.example/r.json?sig={SECRET}#{SECRET}", "https://store.example/r.json"),
        (f"abfs://box@account.example/r.json?{SECRET}", "abfs://account.example/r.json"),
        (f"sftp://name:{SECRET}/x@host:22/r@1.json", "sftp://1.json"),
        (f"sftp://name:{SECRET}/x@host/r.json", "sftp://host/r.json"),
        ("s3://bucket/r@1.json", "s3://bucket/r@1.json"),
        ("https://store.example:8080/r@1.json", "https://store.example:8080/r@1.json"),
    ],
)
def test_what_is_shown_lets_nobody_in(url: str, name: str) -> None:
    assert remote.shown(url) == name


def test_urls_in_one_another_are_refused() -> None:
    with pytest.raises(BadUrl) as raised:
        remote.find(f"zip://r.txt::sftp://name:{SECRET}@host/x.zip")
    assert SECRET not in str(raised.value)


# --- limits -----------------------------------------------------------------------------------------


def test_file_over_the_limit_is_not_fetched(store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    (file,) = remote.find("memory://報告/a.txt").files

    def fetched(*told: Any, **more: Any) -> None:
        raise AssertionError("it was fetched")

    monkeypatch.setattr(MemoryFileSystem, "open", fetched)
    with pytest.raises(Unreadable, match="大きすぎます"):
        file.read(Limits(max_bytes=3))


def test_file_of_unknown_size_is_fetched_as_far_as_the_limit(
    store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = remote.RemoteFile("memory://報告/a.txt", "memory://報告/a.txt", "/報告/a.txt")
    asked: list[int] = []

    class Endless:
        def __enter__(self) -> Endless:
            return self

        def __exit__(self, *told: object) -> None:
            return

        def read(self, most: int) -> bytes:
            asked.append(most)
            return b"x" * min(most, 4)

    monkeypatch.setattr(MemoryFileSystem, "open", lambda *told, **more: Endless())
    with pytest.raises(Unreadable, match="大きすぎます"):
        file.read(Limits(max_bytes=9))
    assert sum(4 if most > 4 else most for most in asked) == 10


# --- what goes wrong --------------------------------------------------------------------------------


def test_nothing_there(store: MemoryFileSystem) -> None:
    (problem,) = remote.find("memory://ない").problems
    assert problem[0] == "memory://ない"
    assert "見つかりません" in problem[1].message
    store.pipe("/空/x.bin", b"")
    (problem,) = remote.find("memory://空").problems
    assert "読める報告" in problem[1].message


def test_kind_of_url_that_is_not_known() -> None:
    with pytest.raises(BadUrl, match="「nantoka://」で始まる URL は読めません") as raised:
        remote.find(f"nantoka://key:{SECRET}@x/y")
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize(
    ("message", "library"),
    [
        ("Install s3fs to access S3", "pip install s3fs"),
        ('HTTPFileSystem requires "requests" and "aiohttp" to be installed', "pip install requests aiohttp"),
    ],
)
def test_library_that_is_missing_is_named(
    message: str, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(url: str) -> None:
        raise ImportError(message)

    monkeypatch.setattr(fsspec.core, "url_to_fs", missing)
    with pytest.raises(BadUrl, match=library):
        remote.find("s3://bucket/x")


class _Unreachable(Exception):
    """As a library of a store raises it: with all that it was told."""


@pytest.mark.parametrize("name", ["ls", "open"])
def test_store_that_cannot_be_reached(
    name: str, store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = remote.find("memory://報告/a.txt").files

    def fails(*told: Any, **more: Any) -> Any:
        raise _Unreachable(f"https://key:{SECRET}@store.example timed out")

    monkeypatch.setattr(MemoryFileSystem, name, fails)
    if name == "open":
        with pytest.raises(Unreadable) as raised:
            file.read(DEFAULT_LIMITS)
        error = raised.value
    else:
        (problem,) = remote.find("memory://報告").problems
        error = problem[1]
    assert error.rule == "DOC001"
    assert "_Unreachable" in error.message
    assert error.__cause__ is None
    assert SECRET not in f"{error.message}{error.fix}"


def test_folder_that_cannot_be_looked_into_is_not_passed_over(
    store: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    ls = MemoryFileSystem.ls

    def listed(self: MemoryFileSystem, path: str, *told: Any, **more: Any) -> Any:
        if path.endswith("下"):
            raise PermissionError(path)
        return ls(self, path, *told, **more)

    monkeypatch.setattr(MemoryFileSystem, "ls", listed)
    (problem,) = remote.find("memory://報告").problems
    assert "権限がありません" in problem[1].message
