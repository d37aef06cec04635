"""The tables of a run: the same, however many files are gone through at once or by how many processes."""

from __future__ import annotations

import errno
import os
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from jisseki_check.engine import jobs, shelf, tabulation
from jisseki_check.engine.tabulation import Tabulated, TabulationError, tabulate
from jisseki_check.facts.across.tables import BUILDERS
from jisseki_check.forms import Chooser
from jisseki_check.selection import Layer, PathEntry, Selection
from tests.cities import plan, report, save
from tests.example_files import CLEAN, EXAMPLES

_FORMS = [EXAMPLES / "forms" / f"{name}.txt" for name in ("h27", "h28", "h30-plan", "r2")]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Path]:
    """Of several forms, years and departments, some of them held in two formats or not to be read, in no
    order."""
    folder = tmp_path_factory.mktemp("reports")
    for number, department in enumerate(("こども部", "健康部", "総務部")):
        for year in (2016, 2017):
            save(folder / f"{department}{year}.json", report(year, department=department))
            save(
                folder / "計画" / f"{department}{year}.json",
                plan(year, {"title": "別"}, department=department),
            )
        save(folder / "写し" / f"{number}.json", report(2017, department=department))
    for each in (*_FORMS, CLEAN):
        (folder / each.name).write_bytes(each.read_bytes())
    for number in range(2):
        (folder / f"壊れ{number}.json").write_text("{", encoding="utf-8")
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    random.Random(4).shuffle(found)
    return found


def _tabulated(files: Sequence[Path], chooser: Chooser | None = None, **given: Any) -> Tabulated:
    names = {path: "/".join(path.parts[-2:]) for path in files}
    given = dict[str, Any](progress=lambda done, total: None, jobs=1) | given
    return tabulate(files, names, chooser or Chooser(), **given)


def _frames(made: Tabulated) -> Mapping[str, pl.DataFrame]:
    return {name: pl.concat(made.tables.frames(name)) for name in made.tables.names}


def _are_same(one: Tabulated, other: Tabulated) -> bool:
    tables, others = _frames(one), _frames(other)
    assert [(path, error.message, error.fix) for path, error in one.unread] == [
        (path, error.message, error.fix) for path, error in other.unread
    ]
    assert one.reports == other.reports
    return tables.keys() == others.keys() and all(
        tables[name].schema == others[name].schema and tables[name].equals(others[name]) for name in tables
    )


@pytest.fixture(scope="module")
def whole(files: Sequence[Path]) -> Tabulated:
    return _tabulated(files, at_once=1_000)


def test_reports_are_numbered_in_the_order_of_the_files(files: Sequence[Path], whole: Tabulated) -> None:
    readable = ["/".join(path.parts[-2:]) for path in files if "壊れ" not in path.name]
    tables = _frames(whole)
    assert tables["reports"].get_column("path").to_list() == readable
    assert tables["reports"].get_column("report").to_list() == list(range(len(readable)))
    assert whole.reports == len(readable)
    for frame in tables.values():
        assert frame.get_column("report").is_sorted()


def test_tables_name_the_reports_that_others_are_held_against(whole: Tabulated) -> None:
    tables = _frames(whole)
    paths = tables["reports"].get_column("path")
    twins = tables["across_reports"].drop_nulls("other_report")
    assert twins.height == 3
    assert paths.gather(twins.get_column("other_report")).to_list() == twins.get_column("other").to_list()
    years = tables["across_years"].drop_nulls("other_report")
    assert years.height > 0
    for number, other in years.select("report", "other_report").unique().iter_rows():
        assert paths[number].replace("2017", "2016").rpartition("/")[2] == paths[other].rpartition("/")[2]


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_batches_make_the_tables_of_the_whole(at_once: int, files: Sequence[Path], whole: Tabulated) -> None:
    assert _are_same(_tabulated(files, at_once=at_once), whole)


@pytest.mark.parametrize("group", [1, 4])
def test_reports_are_held_against_one_another_few_at_a_time(
    group: int, files: Sequence[Path], whole: Tabulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabulation, "_COMPARED", 3)
    monkeypatch.setattr(tabulation, "_GROUP", group)
    monkeypatch.setattr(shelf, "_IN_MEMORY", 100)
    assert _are_same(_tabulated(files, at_once=5), whole)


def test_workers_make_the_same(
    files: Sequence[Path], whole: Tabulated, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "WORTHWHILE", 1)
    steps: list[tuple[int, int]] = []
    made = _tabulated(files, jobs=2, at_once=3, progress=lambda *step: steps.append(step))
    assert _are_same(made, whole)
    assert steps[0] == (0, len(files))
    assert steps[-1] == (len(files), len(files))
    assert steps == sorted(steps)


def test_form_that_is_named_and_the_same_one_that_is_recognised(tmp_path: Path) -> None:
    """They have one name, but only one of them is the city's own, which its reports need not name."""
    named, other = tmp_path / "a" / "健康.txt", tmp_path / "b" / "健康.txt"
    for path in (named, other):
        path.parent.mkdir()
        path.write_bytes(CLEAN.read_bytes())
    entry = PathEntry(str(tmp_path), ("a/*",), Layer(), profile="hirakata")

    def chooser() -> Chooser:
        return Chooser(None, Selection(entries=(entry,)))

    apart = [_tabulated([path], chooser()) for path in (other, named)]
    both = _tabulated([other, named], chooser())
    cities = [_frames(each)["reports"].get_column("municipality").to_list() for each in (*apart, both)]
    assert cities[2] == cities[0] + cities[1]
    assert _are_same(_tabulated([other, named], chooser(), at_once=1), both)


def test_tables_without_rows_are_there(tmp_path: Path) -> None:
    tables = _frames(_tabulated([save(tmp_path / "計画.json", plan(2017))]))
    assert tables.keys() >= {"items", "repeats", *BUILDERS}
    assert tables["across_plans"].height == 0


def test_nothing_that_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "壊れ.json").write_text("{", encoding="utf-8")
    made = _tabulated([tmp_path / "壊れ.json"])
    assert made.reports == 0
    assert [path for path, _ in made.unread] == [tmp_path / "壊れ.json"]


class _Deadly(str):
    """A name that kills the worker which is given it."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os._exit, (9,)


def test_worker_that_dies_is_told(files: Sequence[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "WORTHWHILE", 1)
    names = {path: _Deadly(path.name) if number == 5 else path.name for number, path in enumerate(files)}
    with pytest.raises(TabulationError, match="--jobs 1"):
        tabulate(files, names, Chooser(), jobs=2, at_once=3, progress=lambda done, total: None)


def test_temporary_file_that_cannot_be_written_is_told(
    files: Sequence[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(shelf, "_IN_MEMORY", 100)
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(TabulationError, match="空き容量がありません"):
        _tabulated(files)
