"""What is kept of a run for the next one: the same outcome, sooner, and never one that no longer holds."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine import run
from jisseki_check.engine.cache.session import FILE, Session
from jisseki_check.engine.cache.store import Store, secret_of_user
from jisseki_check.engine.part import PackedPart
from jisseki_check.formatters import contract
from jisseki_check.model import Finding, Outcome
from tests.cities import OPTIONS, report, save

_FILES = 110


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    for number in range(_FILES):
        save(folder / f"報告{number:03}.json", report(2017, department=f"第{number}部"))
    save(folder / "報告000の写し.json", report(2017, department="第0部"))
    _age(folder)
    return folder


def _age(folder: Path) -> None:
    """The cache waits until a file's times are sure to change with it; a test need not."""
    before = time.time_ns() - 10_000_000_000
    for path in folder.rglob("*.json"):
        os.utime(path, ns=(before, before))


@pytest.fixture(autouse=True)
def old_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jisseki_check.engine.cache.keys._TICK", -1_000_000_000)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The places of the chunks that came from the cache."""
    places: list[int] = []
    part = Session.part

    def told(self: Session, place: int) -> PackedPart | None:
        found = part(self, place)
        if found is not None:
            places.append(place)
        return found

    monkeypatch.setattr(Session, "part", told)
    return places


def _check(folder: Path, cache: Path | None, **options: object) -> Outcome:
    held = replace(OPTIONS, select=("FIN", "XDC"), jobs=1, cache=None if cache is None else str(cache))
    return run.check([folder], options=replace(held, **options))  # type: ignore[arg-type]


def _told(outcome: Outcome) -> str:
    return contract.document(contract.whole(outcome))


def test_unchanged_files_are_not_judged_again(reports: Path, tmp_path: Path, served: list[int]) -> None:
    first = _check(reports, tmp_path / "cache")
    assert not served
    second = _check(reports, tmp_path / "cache")
    assert served
    assert _told(first) == _told(second) == _told(_check(reports, None))
    assert {each.rule for each in second.findings} >= {"FIN119", "XDC104"}


def test_files_of_the_same_content_are_known_again(reports: Path, tmp_path: Path, served: list[int]) -> None:
    first = _check(reports, tmp_path / "cache")
    for path in reports.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    assert _told(_check(reports, tmp_path / "cache")) == _told(first)
    assert served


def _overspend(path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    after = before.replace("1000", "9000")
    assert after != before
    path.write_text(after, encoding="utf-8")


def _same_size_and_time(path: Path) -> None:
    """As who restores the time of a file that he has changed."""
    state = path.stat()
    _overspend(path)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))


def _remove(path: Path) -> None:
    path.unlink()


def _rename(path: Path) -> None:
    path.rename(path.with_name("別の名前.json"))


def _add(path: Path) -> None:
    shutil.copy(path, path.with_name("加えた.json"))


@pytest.mark.parametrize("change", [_overspend, _same_size_and_time, _remove, _rename, _add])
@pytest.mark.parametrize("name", ["報告000.json", "報告050.json"])
def test_what_has_changed_is_judged(
    change: Callable[[Path], None], name: str, reports: Path, tmp_path: Path, served: list[int]
) -> None:
    _check(reports, tmp_path / "cache")
    change(reports / name)
    again = _check(reports, tmp_path / "cache")
    assert served, "the other files are the same"
    assert _told(again) == _told(_check(reports, None))


@pytest.mark.parametrize(
    "options",
    [{"select": ("FIN",)}, {"as_of": OPTIONS.as_of.replace(year=2027)}, {"coverage_by_file": True}],
)
def test_another_question_is_another_answer(
    options: dict[str, object], reports: Path, tmp_path: Path, served: list[int]
) -> None:
    _check(reports, tmp_path / "cache")
    assert _told(_check(reports, tmp_path / "cache", **options)) == _told(_check(reports, None, **options))
    assert not served


def test_changed_rules_judge_anew(reports: Path, tmp_path: Path, served: list[int]) -> None:
    own = tmp_path / "rules"
    source = Path(__file__).parents[2] / "examples" / "another-city" / "rules"
    shutil.copytree(source, own)
    _check(reports, tmp_path / "cache", own_rules=str(own))
    rule = next(own.rglob("*.yaml"))
    rule.write_text(rule.read_text(encoding="utf-8") + "# \n", encoding="utf-8")
    _check(reports, tmp_path / "cache", own_rules=str(own))
    assert not served


# --- what is not believed -------------------------------------------------------------------------


def _forge(base: sqlite3.Connection) -> None:
    """Entries of a run without findings, in the place of the true ones."""
    entries = base.execute("SELECT key, content FROM entries").fetchall()
    for (key, _), (_, content) in zip(entries, [*entries[1:], entries[0]], strict=True):
        base.execute("UPDATE entries SET content = ? WHERE key = ?", (content, key))


def _flip(base: sqlite3.Connection) -> None:
    for key, content in base.execute("SELECT key, content FROM entries").fetchall():
        changed = content[:40] + bytes([content[40] ^ 1]) + content[41:]
        base.execute("UPDATE entries SET content = ? WHERE key = ?", (changed, key))


def _shorten(base: sqlite3.Connection) -> None:
    base.execute("UPDATE entries SET content = substr(content, 1, 10)")


def _point_elsewhere(base: sqlite3.Connection) -> None:
    states = base.execute("SELECT key, entry FROM states").fetchall()
    for (key, _), (_, entry) in zip(states, [*states[1:], states[0]], strict=True):
        base.execute("UPDATE states SET entry = ? WHERE key = ?", (entry, key))


@pytest.mark.parametrize("forge", [_forge, _flip, _shorten, _point_elsewhere])
def test_entries_that_were_changed_are_not_believed(
    forge: Callable[[sqlite3.Connection], None], reports: Path, tmp_path: Path
) -> None:
    first = _check(reports, tmp_path / "cache")
    with sqlite3.connect(tmp_path / "cache" / FILE) as base:
        forge(base)
    base.close()
    assert _told(_check(reports, tmp_path / "cache")) == _told(first)


def test_entries_of_someone_else_are_not_believed(
    reports: Path, tmp_path: Path, served: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _check(reports, tmp_path / "cache")
    monkeypatch.setattr("jisseki_check.engine.cache.session.secret_of_user", lambda: b"another" * 5)
    assert _told(_check(reports, tmp_path / "cache")) == _told(first)
    assert not served


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_damaged_file_is_begun_anew(content: bytes, reports: Path, tmp_path: Path, served: list[int]) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / FILE).write_bytes(content)
    first = _check(reports, tmp_path / "cache")
    assert not served
    assert _told(_check(reports, tmp_path / "cache")) == _told(first)
    assert served


@pytest.mark.parametrize("damaged", [slice(4_096, 20_000), slice(8_192, None), slice(-8_000, None)])
def test_file_damaged_within_is_soon_of_use_again(
    damaged: slice, reports: Path, tmp_path: Path, served: list[int]
) -> None:
    first = _check(reports, tmp_path / "cache")
    held = bytearray((tmp_path / "cache" / FILE).read_bytes())
    held[damaged] = b"\xff" * len(held[damaged])
    (tmp_path / "cache" / FILE).write_bytes(held)
    for _ in range(2):
        assert _told(_check(reports, tmp_path / "cache")) == _told(first)
    served.clear()
    assert _told(_check(reports, tmp_path / "cache")) == _told(first)
    assert sorted(served) == list(range(len(served)))
    assert served


def test_locked_file_is_passed_over(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jisseki_check.engine.cache.store._WAIT", 0.01)
    first = _check(reports, tmp_path / "cache")
    base = sqlite3.connect(tmp_path / "cache" / FILE, isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    try:
        assert _told(_check(reports, tmp_path / "cache")) == _told(first)
    finally:
        base.close()


def test_place_that_cannot_be_written_is_passed_over(reports: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _check(reports, tmp_path / "file" / "cache").findings == _check(reports, None).findings


# --- the file -------------------------------------------------------------------------------------


def test_what_is_longest_unused_is_dropped_first(tmp_path: Path) -> None:
    secret, path = b"s" * 32, str(tmp_path / "cache" / FILE)
    with Store(path, secret, most_bytes=3_000) as store:
        for key in (b"a", b"b"):
            store.keep(key, key * 1_000)
    with Store(path, secret, most_bytes=3_000) as store:
        assert store.entry(b"a") == b"a" * 1_000
        for key in (b"c", b"d"):
            store.keep(key, key * 1_000)
    with Store(path, secret) as store:
        assert [key for key in (b"a", b"b", b"c", b"d") if store.holds(key)] == [b"a", b"c"]


def test_secret_is_made_once_and_is_the_users_own() -> None:
    first = secret_of_user()
    assert first is not None
    assert len(first) == 32
    assert secret_of_user() == first


def test_findings_come_back_as_they_were(reports: Path, tmp_path: Path) -> None:
    first = _check(reports, tmp_path / "cache").findings
    again = _check(reports, tmp_path / "cache").findings
    assert again == first
    assert isinstance(again[0], Finding)
