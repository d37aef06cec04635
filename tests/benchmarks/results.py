"""What was measured, as a page: a section for each measure, which says how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabulate import tabulate

from tests.benchmarks.measuring import Timed, ratios

_OPENING = (
    "# 速さの計測\n\n"
    "`make bench` が書き出します。1台のコンピューターで、一度に続けて測った結果です。"
    "コンピューターが変われば秒数は変わります。見るのは、同じ回に交互に動かした相手との比です。\n\n"
    "- 時間は中央値、括弧の中は最短と最長です。比も、回ごとの比の中央値と、最小・最大です。\n"
    "- CPU は、全ての処理の CPU 時間（プログラムと OS の分）の中央値です。"
    "複数のコアを使う道具では、時間より長くなります。\n"
    "- メモリーは、全ての処理の PSS（共有するページを、共有する処理の数で割って数えたもの）を、"
    "動いている間に繰り返し合計した最大です。"
    "測る間隔は、経過した時間の 100 分の 1（0.02 秒から 0.5 秒）です。\n"
    "- どの道具も、コンパイル済みのバイトコードで動かしました。\n"
)


@dataclass(frozen=True, slots=True)
class Section:
    """One measure. `how`: what was run, and what it was held against; `rows`: none where it was not measured,
    which `how` then explains."""

    title: str
    how: str
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def page(self) -> str:
        if not self.rows:
            return f"## {self.title}\n\n{self.how}\n"
        table = tabulate(self.rows, headers=self.headers, tablefmt="pipe", disable_numparse=True)
        return f"## {self.title}\n\n{self.how}\n\n{table}\n"


def page(sections: Iterable[Section], machine: Sequence[str], versions: Sequence[str]) -> str:
    """The whole page, in Markdown. `machine` and `versions`: one line each."""
    told = [
        "## 測ったコンピューター\n\n" + "\n".join(f"- {line}" for line in machine) + "\n",
        "## 版\n\n" + "\n".join(f"- {line}" for line in versions) + "\n",
    ]
    return "\n".join([_OPENING, *(section.page() for section in sections), *told])


def duration(timed: Timed) -> str:
    """The median with its spread, in the unit that suits it."""
    low, high = timed.spread
    return f"{_seconds(timed.seconds)}（{_seconds(low)}～{_seconds(high)}）"


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} 秒" if value < 10 else f"{value:.1f} 秒"


def cpu(timed: Timed) -> str:
    return _seconds(timed.cpu_seconds)


def share(one: Timed, other: Timed) -> str:
    """How many times as long `one` takes as `other`."""
    return _ratio(ratios(one, other))


def _ratio(held: tuple[float, float, float]) -> str:
    middle, low, high = (
        f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
        for value in held
    )
    return f"{middle}（{low}～{high}）"


def memory(peak_bytes: int | None) -> str:
    return "―" if peak_bytes is None else f"{peak_bytes / 1e6:,.0f} MB"


def rate(timed: Timed, count: int) -> str:
    """How many things a second."""
    return f"{count / timed.seconds:,.0f}"
