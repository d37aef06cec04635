"""The documents of those reports in which something was found by holding them against others, read again:
of the others no text is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import overload

from jisseki_check import forms
from jisseki_check.engine.inputs import Task
from jisseki_check.facts.across.digests import ReportDigest
from jisseki_check.model import Document, Unreadable

_HELD = 16


class Changed(Exception):
    """A file that is no longer the one that was judged."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(why)
        self.path = path
        self.why = why


class Rereading(Sequence[Document]):
    """The documents of a run's reports, by their numbers. `tasks`: how to get at the files, and at those that
    are read for comparison only, each by name. `hashes`: those that the files had when they were
    read first. Looking one up raises Changed."""

    def __init__(
        self,
        reports: Sequence[ReportDigest],
        tasks: tuple[Sequence[Task], Sequence[Task]],
        hashes: Mapping[tuple[bool, str], str | None],
        chooser: forms.Chooser,
    ) -> None:
        self._reports = reports
        self._tasks = tasks
        self._hashes = hashes
        self._chooser = chooser
        self._held: OrderedDict[int, Document] = OrderedDict()

    def __len__(self) -> int:
        return len(self._reports)

    @overload
    def __getitem__(self, number: int) -> Document: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Document]: ...

    def __getitem__(self, number: int | slice) -> Document | Sequence[Document]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        if number not in self._held:
            self._held[number] = self._read(self._reports[number])
        self._held.move_to_end(number)
        while len(self._held) > _HELD:
            self._held.popitem(last=False)
        return self._held[number]

    def _task(self, is_prior: bool, name: str) -> Task:
        tasks = self._tasks[is_prior]
        return tasks[bisect_left(tasks, name, key=lambda task: task.name)]

    def _read(self, report: ReportDigest) -> Document:
        key = report.is_prior, report.path
        task = self._task(*key)
        try:
            source = task.read()
            if source.sha256 != self._hashes[key]:
                raise Changed(report.path, "点検している間に、ファイルが書き換えられました")
            return forms.read(source, self._chooser.choose(source, task.path).profile)
        except Unreadable as error:
            raise Changed(report.path, f"点検している間に、読めなくなりました（{error.message}）") from None
