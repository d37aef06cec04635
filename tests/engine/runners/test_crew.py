"""Chunks given to workers elsewhere: in their order, none lost with a worker, none judged otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine.inputs import Task, tasks
from jisseki_check.engine.judging import judging
from jisseki_check.engine.options import ClusterError, Options, UsageError
from jisseki_check.engine.part import PackedPart
from jisseki_check.engine.runners.crew import (
    Crew,
    Died,
    for_elsewhere,
    in_order,
    introduce,
    packed,
    unpacked,
)
from jisseki_check.engine.runners.worker import Unlike, answer, judged, order_of
from jisseki_check.engine.shelf import dumped, loaded
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.selection import PathEntry, Selection
from tests.cities import AS_OF, report, save

OPTIONS = Options(as_of=AS_OF, select=("FIN",))
ORDER = order_of(OPTIONS, judging(OPTIONS)[1])


@pytest.fixture
def files(tmp_path: Path) -> list[Task]:
    for number in range(5):
        save(tmp_path / "reports" / f"{number}.json", report(2017, department=f"第{number}部"))
    return list(tasks([tmp_path / "reports"], None, DEFAULT_LIMITS)[0])


class _Here(Crew[Sequence[Task]]):
    """Judges as a worker would. `deadly`: what no worker of it survives; `most`: how many chunks it had at
    once."""

    def __init__(self, deadly: str | None = None) -> None:
        super().__init__(ORDER, ahead=2)
        self.deadly = deadly
        self.has = self.most = 0

    def ask(self, chunk: Sequence[Task]) -> Sequence[Task]:
        self.has += 1
        self.most = max(self.most, self.has)
        return chunk

    def answer(self, asked: Sequence[Task]) -> PackedPart:
        self.has -= 1
        if any(task.name == self.deadly for task in asked):
            raise Died
        return unpacked(answer(self.order, packed(asked)))


def _paths(part: PackedPart) -> list[str]:
    return [entry.path for entry in loaded(part.inputs.content)]


def test_chunks_come_back_in_their_order_a_few_at_a_time(files: list[Task]) -> None:
    crew = _Here()
    found = list(in_order([files[:2], files[2:3], files[3:]], crew, OPTIONS))
    assert [len(chunk) for chunk, _ in found] == [2, 1, 2]
    assert [path for _, part in found for path in _paths(part)] == [task.name for task in files]
    assert crew.most == 2


def test_chunk_on_which_a_worker_died_is_judged_on_this_machine(files: list[Task]) -> None:
    found = list(in_order([files[:2], files[2:]], _Here(files[0].name), OPTIONS))
    parts = [part for _, part in found]
    assert [path for part in parts for path in _paths(part)] == [task.name for task in files]
    assert all(entry.status == "checked" for part in parts for entry in loaded(part.inputs.content))


# --- workers that would judge otherwise -------------------------------------------------------------


def test_worker_of_another_version_does_not_judge(files: list[Task]) -> None:
    with pytest.raises(ClusterError, match=r"版が .* で、0\.0\.0 ではありません"):
        unpacked(answer(ORDER._replace(version="0.0.0"), packed(files)))


def test_worker_with_other_rules_does_not_judge(files: list[Task]) -> None:
    with pytest.raises(Unlike, match="規則"):
        judged(ORDER._replace(digest="sha256:other"), files)


def test_worker_without_the_profile_says_so(files: list[Task]) -> None:
    order = order_of(replace(OPTIONS, profile="ない様式"), ORDER.digest)
    with pytest.raises(ClusterError, match="ない様式"):
        unpacked(answer(order, packed(files)))


def test_what_was_known_in_one_run_is_not_taken_for_known_in_the_next(
    files: list[Task], tmp_path: Path
) -> None:
    """A worker of a cluster outlives the run."""
    own = tmp_path / "profile.yaml"
    standard = Path(__file__).parents[3] / "rules" / "profiles" / "hirakata.yaml"
    own.write_bytes(standard.read_bytes())
    options = replace(OPTIONS, profile=str(own))
    judged(order_of(options, ORDER.digest), files)
    own.unlink()
    with pytest.raises(UsageError):
        judged(order_of(options, ORDER.digest), files)


def test_cluster_that_cannot_begin_is_a_usage_error() -> None:
    class Broken(_Here):
        def answer(self, asked: Sequence[Task]) -> PackedPart:
            raise ModuleNotFoundError("No module named 'jisseki_check'")

    with pytest.raises(UsageError, match="ModuleNotFoundError"):
        introduce(Broken(), "Dask")
    introduce(_Here(), "Dask")


# --- workers that stand in another folder -----------------------------------------------------------


def test_files_are_found_from_another_folder(
    files: list[Task], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    relative = tasks([Path("reports")], None, DEFAULT_LIMITS)[0]
    sent = packed(relative)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    part = unpacked(answer(ORDER, sent))
    assert _paths(part) == [f"reports/{number}.json" for number in range(5)]
    assert {entry.status for entry in loaded(part.inputs.content)} == {"checked"}


def test_settings_are_found_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").touch()
    (tmp_path / "rules").mkdir()
    entry = PathEntry(str(tmp_path), ("*.csv",), profile="own.yaml")
    there = for_elsewhere(
        replace(OPTIONS, profile="hirakata", own_rules="rules", selection=Selection((), (entry,)))
    )
    assert there.profile == "hirakata"
    assert there.own_rules == str(tmp_path / "rules")
    assert there.selection.entries[0].profile == str(tmp_path / "own.yaml")


def test_order_holds_no_way_in() -> None:
    """What lets one into a store goes with its files only."""
    options = replace(OPTIONS, remote=("s3://name:word@bucket/x",), stdin=(b"x", "x.txt"))
    assert loaded(order_of(options, "").options) == OPTIONS
    assert dumped(OPTIONS) == order_of(options, "").options
