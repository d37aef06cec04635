"""Whose reports a run has, in columns: of a nation's archive nothing more can be held at once."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar, overload

from jisseki_check.engine.shelf import Scratch

_T = TypeVar("_T")


class Head(NamedTuple):
    """Whose report it is, as `ReportDigest` has it. `rules`: the number of its choice of rules; `sha256`: the
    file as it was when it was read."""

    path: str
    municipality: str | None
    department: str | None
    fiscal_year: int | None
    kind: str
    is_prior: bool
    is_cut: bool
    content: int
    rules: int
    sha256: str | None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]


class _Few(Generic[_T]):
    """Values of which there are far fewer than reports, each kept once, by the number of the report."""

    def __init__(self) -> None:
        self._numbers: dict[_T, int] = {}
        self._values: list[_T] = []
        self._column = array("L")

    def append(self, value: _T) -> None:
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        self._column.append(number)

    def __getitem__(self, number: int) -> _T:
        return self._values[self._column[number]]


class Heads(Sequence[Head]):
    """Those of a run, by their numbers; each is put together when it is asked for."""

    def __init__(self) -> None:
        self._cities: _Few[str | None] = _Few()
        self._departments: _Few[str | None] = _Few()
        self._others: _Few[tuple[int | None, str, bool, bool, int]] = _Few()
        self._contents = array("Q")
        self._files = Scratch()  # hash and path

    def append(self, head: Head) -> None:
        self._cities.append(head.municipality)
        self._departments.append(head.department)
        self._others.append((head.fiscal_year, head.kind, head.is_prior, head.is_cut, head.rules))
        self._contents.append(head.content)
        self._files.add(f"{head.sha256 or ''} {head.path}".encode("utf-8", "surrogatepass"))

    def __len__(self) -> int:
        return len(self._contents)

    @overload
    def __getitem__(self, number: int) -> Head: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Head]: ...

    def __getitem__(self, number: int | slice) -> Head | Sequence[Head]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        sha256, _, path = self._files[number].decode("utf-8", "surrogatepass").partition(" ")
        year, kind, is_prior, is_cut, rules = self._others[number]
        return Head(
            path,
            self._cities[number],
            self._departments[number],
            year,
            kind,
            is_prior,
            is_cut,
            self._contents[number],
            rules,
            sha256 or None,
        )

    def __iter__(self) -> Iterator[Head]:
        return (self[number] for number in range(len(self)))
