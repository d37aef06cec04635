"""Files in, the tables of facts of all their reports out: batch by batch, and no report is held longer."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from jisseki_check import facts
from jisseki_check.engine.convert import load_report
from jisseki_check.engine.jobs import workers
from jisseki_check.engine.kept import Kept, KeptReports, PackedKept, pack_kept
from jisseki_check.engine.pieces import Pieces, packed
from jisseki_check.engine.shards import Shards, runs_of
from jisseki_check.engine.shelf import dumped, loaded
from jisseki_check.facts.across.digests import ReportDigest, digest_of
from jisseki_check.facts.across.reports import name_of
from jisseki_check.facts.across.tables import BUILDERS, table
from jisseki_check.facts.contracts import TABLES
from jisseki_check.facts.views import ReportView
from jisseki_check.forms import Chooser
from jisseki_check.forms.report_json import JsonPlaces
from jisseki_check.model import Document, Unreadable
from jisseki_check.os_errors import in_words
from jisseki_check.profiles import Profile

_AT_ONCE = 50  # files whose reports are held in memory
_COMPARED = 200  # reports whose texts are held in memory, to be held against one another
_GROUP = 1_000  # reports whose rows in a table across reports are put in order at once
_AHEAD = 3  # batches for each worker, that none of them waits

_Batch = Sequence[tuple[Path, str]]
"""Files, and the names by which the tables call them."""


class TabulationError(Exception):
    """The tables cannot be made; the message is for people."""


class Tabulated(NamedTuple):
    """`reports`: how many could be read; `unread`: the files that could not, in their order."""

    reports: int
    tables: Pieces
    unread: Sequence[tuple[Path, Unreadable]]


class _Made(NamedTuple):
    """What is made of a batch; `tables`: frames as `packed` has them, the reports numbered from 0."""

    reports: int
    tables: Mapping[str, bytes]
    kept: PackedKept
    unread: Sequence[tuple[Path, Unreadable]]


def tabulate(
    files: Sequence[Path],
    names: Mapping[Path, str],
    chooser: Chooser,
    *,
    jobs: int | None = None,
    at_once: int = _AT_ONCE,
    progress: Callable[[int, int], None],
) -> Tabulated:
    """The tables of the reports that can be read, numbered in the order of the files; those of single reports
    and those that hold one against another. `names`: by which the tables call the files; `jobs`: how many
    processes, None for as many as are worthwhile; `at_once`: files of a batch. Raises TabulationError."""
    batches = [files[start : start + at_once] for start in range(0, len(files), at_once)]
    named = ([(path, names[path]) for path in batch] for batch in batches)
    shared = workers(jobs, len(files))
    make = partial(_shared_out, jobs=shared) if shared > 1 else _made_here
    tables, kept = Pieces(), KeptReports()
    unread: list[tuple[Path, Unreadable]] = []
    reports = done = 0
    progress(0, len(files))
    for number, made in enumerate(make(named, chooser)):
        with _keeping():
            for name, piece in made.tables.items():
                tables.put(name, number, piece, reports)
            kept.put(made.kept)
        unread += made.unread
        reports += made.reports
        done += len(batches[number])
        progress(done, len(files))
    if reports:
        with _keeping():
            _compare(kept, tables)
    return Tabulated(reports, tables, unread)


@contextmanager
def _keeping() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TabulationError(
            f"作りかけの表を一時ファイルに書けませんでした（{in_words(error)}）。"
            "一時ファイルのフォルダーの空き容量を確かめてください。"
        ) from None


# --- batches ----------------------------------------------------------------------------------------


def _made_here(batches: Iterator[_Batch], chooser: Chooser) -> Iterator[_Made]:
    return (_made(batch, chooser) for batch in batches)


def _shared_out(batches: Iterator[_Batch], chooser: Chooser, jobs: int) -> Iterator[_Made]:
    """The same by worker processes. Raises TabulationError."""
    from jisseki_check.engine.runners.processes import pool  # few files need not wait for it

    how = dumped(chooser)
    crew = pool(jobs)
    waiting: deque[Future[_Made]] = deque()
    try:
        for batch in batches:
            waiting.append(crew.submit(_made_elsewhere, batch, how))
            if len(waiting) == jobs * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise TabulationError(
            "表を作る処理の一つが、途中で強制的に終わりました（メモリの不足など）。"
            "--jobs 1 を付けて、もう一度実行してください。"
        ) from None
    finally:
        crew.shutdown(wait=False, cancel_futures=True)


def _made_elsewhere(batch: _Batch, how: bytes) -> _Made:
    return _made(batch, _chooser(how))


@lru_cache(maxsize=1)
def _chooser(how: bytes) -> Chooser:
    chooser: Chooser = loaded(how)
    return chooser


def _made(batch: _Batch, chooser: Chooser) -> _Made:
    documents: list[tuple[Document, Profile]] = []
    unread: list[tuple[Path, Unreadable]] = []
    for path, name in batch:
        try:
            document, profile = load_report(path, chooser)
            documents.append((replace(document, path=name), profile))
        except Unreadable as error:
            unread.append((path, error))
    digests: dict[int, ReportDigest] = {}
    tables = {name: packed(frame) for name, frame in _tables(documents, digests).items()}
    kept = [Kept(digest) for _, digest in sorted(digests.items())]
    hashes = dict.fromkeys(name_of(each.report) for each in kept)
    return _Made(len(documents), tables, pack_kept(kept, hashes), unread)


def _tables(
    documents: Sequence[tuple[Document, Profile]], digests: dict[int, ReportDigest]
) -> dict[str, pl.DataFrame]:
    """The facts of a batch, each report's as its own form has them, in the order of the reports; `digests`
    takes in what is kept of each."""
    by_form: dict[int, list[int]] = {}
    for number, (_, profile) in enumerate(documents):
        # Two forms may have one name: a profile is known by itself.
        by_form.setdefault(id(profile), []).append(number)
    parts: dict[str, list[pl.DataFrame]] = {}
    for numbers in by_form.values():

        def keep(view: ReportView, numbers: Sequence[int] = numbers) -> None:
            is_data = isinstance(view.document.places, JsonPlaces)
            digests[numbers[view.number]] = digest_of(view, is_data=is_data)

        held = [documents[number][0] for number in numbers]
        for name, frame in facts.tables(held, documents[numbers[0]][1], look=keep).items():
            own = pl.Series("report", numbers, dtype=frame.schema["report"])
            column = own.gather(frame.get_column("report"))
            parts.setdefault(name, []).append(frame.with_columns(column))
    found = {name: pl.concat(frames).sort("report", maintain_order=True) for name, frames in parts.items()}
    if "reports" in found:  # the only table that says which file a report was
        paths = pl.Series("path", [document.path for document, _ in documents], dtype=pl.String)
        found["reports"] = found["reports"].with_columns(paths.gather(found["reports"].get_column("report")))
    return found


# --- reports against one another ----------------------------------------------------------------------


def _compare(kept: KeptReports, tables: Pieces) -> None:
    """The tables that hold one report against another; their reports numbered as in the other tables."""
    for name in BUILDERS:  # one without rows is there too
        tables.put(name, 0, packed(facts.frame(TABLES[name], ())))
    heads = kept.heads
    for shard, run in runs_of(kept, Shards(heads, _COMPARED)):
        numbers = {heads[number].path: number for number in shard.numbers}
        own = {place: numbers[report.path] for place, report in enumerate(run.reports)}
        renumbered = pl.col("report", "other_report").replace_strict(own, return_dtype=pl.Int64)
        for name in shard.tables:
            frame = table(name, run).with_columns(renumbered)
            for (group,), part in frame.group_by(pl.col("report") // _GROUP, maintain_order=True):
                tables.put(name, int(group), packed(part))
        del run  # it is large, and the next one as well
