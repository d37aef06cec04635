"""How far a long run has come: one line on a terminal, and nothing anywhere else."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from time import monotonic
from types import TracebackType

_MANY = 20  # files; fewer are read before a line could be
_STEP = 10  # files between two updates of the line
_TELLING = 5.0  # seconds; of less no rate can be told
_TICK = 1.0  # seconds, after which the line shows that something is still being done


class Progress:
    """Called with the number of files, or of whatever is gone through, done and the number of all; its line
    is gone when the run is over. One that takes long shows the seconds, whatever it is at."""

    def __init__(self, *, quiet: bool, doing: str = "点検中") -> None:
        self._doing = doing
        self._wanted = not quiet and _is_terminal()
        self._shown = False
        self._done = self._total = 0
        self._began = monotonic()
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __call__(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        if self._wanted and total > _MANY and (done % _STEP == 0 or done == total):
            self._show()

    def __enter__(self) -> Progress:
        if self._wanted:
            self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._ticker.is_alive():
            self._ticker.join()
        if self._shown:
            self._write("\r\x1b[K")

    def _tick(self) -> None:
        while not self._over.wait(_TICK):
            self._show()

    def _show(self) -> None:
        self._shown = True
        count = f" {self._done:,}／{self._total:,}" if self._total > 1 else ""
        told = "、".join(self._times(monotonic() - self._began))
        self._write(f"\r{self._doing}{count}{f'（{told}）' if told else ''}\x1b[K")

    def _times(self, seconds: float) -> Iterator[str]:
        """How long it has taken, and at what rate; and how long it will take, once that can be told."""
        if seconds >= 1:
            yield _duration(seconds)
        if seconds >= _TELLING and 0 < self._done < self._total:
            rate = self._done / seconds
            yield f"毎秒{rate:,.0f}件" if rate >= 1 else f"1件{seconds / self._done:,.1f}秒"
            yield f"残り約{_duration((self._total - self._done) / rate)}"

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:
            self._wanted = False


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours:,}時間{minutes}分"
    return f"{minutes}分{rest}秒" if minutes else f"{rest}秒"


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
