"""Whether time a report and memory stay flat as reports become many."""

from __future__ import annotations

from tests.benchmarks import ours
from tests.benchmarks.measuring import run
from tests.benchmarks.results import Section, memory
from tests.benchmarks.setting import Setting

_TITLE = "件数を増やしたとき"


def measure(setting: Setting) -> Section:
    if not setting.scaled:
        return Section(
            _TITLE,
            "今回は測っていません（`make bench SCALE=300000` で測ります。22 GB ほどの空きが要ります）。",
        )
    rows, first = [], None
    for count in (setting.reports, setting.scaled):
        batch = setting.batch(count)
        held = run(ours.check("check", str(batch)), watch_memory=True)
        each, peak = held.seconds / count, held.peak_bytes or 0
        first = first or (each, peak)
        shares = (each / first[0], peak / first[1] if first[1] else 0)
        rows.append(
            (
                f"{count:,}",
                f"{held.seconds:,.0f} 秒",
                f"{held.cpu_seconds:,.0f} 秒",
                f"{each * 1000:.2f} ms",
                f"{shares[0]:.2f}",
                memory(held.peak_bytes),
                f"{shares[1]:.2f}",
            )
        )
    return Section(
        _TITLE,
        "全規則で1回ずつ点検し、1件当たりの時間と最大のメモリーを、少ない方と比べました。メモリーも同じ回に測っています。"
        "主記憶に収まらない量のファイルは、ディスクから読みます。",
        ("件数", "時間", "CPU", "1件当たり", "1件当たりの比", "メモリー", "メモリーの比"),
        tuple(rows),
    )
