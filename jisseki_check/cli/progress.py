"""How far a long run has come: one line on a terminal, and nothing anywhere else."""

from __future__ import annotations

import sys
from types import TracebackType

_MANY = 20  # files; fewer are read before a line could be
_STEP = 10  # files between two updates of the line


class Progress:
    """Called with the number of files, or of whatever is gone through, done and the number of all; its line
    is gone when the run is over."""

    def __init__(self, *, quiet: bool, doing: str = "読み取り中") -> None:
        self._doing = doing
        self._wanted = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        if self._wanted and total > _MANY and (done % _STEP == 0 or done == total):
            self._shown = True
            self._write(f"\r{self._doing} {done:,}／{total:,}\x1b[K")

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._wanted = False
