"""How much work a PDF may cost: counted, not timed, so that the same file ends the same way everywhere."""

from __future__ import annotations

from jisseki_check.model import Unreadable

_MOST = 10_000_000


class Work:
    """Counts characters, objects and strokes as they are looked at."""

    def __init__(self, most: int = _MOST) -> None:
        self._left = most

    def spend(self, units: int) -> None:
        """Raises Unreadable once more has been looked at than a report can hold."""
        self._left -= units
        if self._left < 0:
            raise Unreadable(
                "文字や図形が多すぎて、最後まで読めません",
                fix="部ごとのファイルに分けるか、細かい図（地図など）のページを除いて作り直してください。",
            )
