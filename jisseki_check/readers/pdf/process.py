"""Reads one PDF in a process of its own, which `read_pdf` starts: limits and file come by the standard input,
what was read goes to the standard output."""

from __future__ import annotations

import pickle
import sys

from jisseki_check.limits import Limits
from jisseki_check.model import Block, Remark

Result = tuple[tuple[Block, ...], tuple[Remark, ...]] | Exception
"""What was read, or why nothing was."""

_MOST_MEMORY = 3 << 29


def main() -> None:
    seconds, limits, data = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    _limit_resources(seconds)
    sys.stdout.buffer.write(pickle.dumps(_read(data, limits)))


def _read(data: bytes, limits: Limits) -> Result:
    try:
        from jisseki_check.readers.pdf.document import read_document  # its libraries may be missing

        return read_document(data, limits)
    except Exception as error:
        return error.with_traceback(None)


def _limit_resources(seconds: int) -> None:
    """A file that makes the library work or take memory without end is to end this process only."""
    try:
        import resource  # not on Windows: there, only the patience of the other process ends it
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


if __name__ == "__main__":
    main()
