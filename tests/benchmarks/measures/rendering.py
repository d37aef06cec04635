"""One report of each municipality of the country, and the outcome rendered for a meeting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks import ours
from tests.benchmarks.measuring import Run, run
from tests.benchmarks.results import Section, memory
from tests.benchmarks.setting import Setting

_MUNICIPALITIES = 1_788  # with the special wards, and the villages that the law counts
_FORMATS = ("html", "xlsx")


def measure(setting: Setting) -> Section:
    return Section(
        f"会議の資料（報告{_MUNICIPALITIES:,}件）",
        "全規則で点検した結果の JSON を、`report` で資料の形式に1回ずつ書き出しました。"
        "メモリーも同じ回に測っています。",
        ("命令", "時間", "CPU", "メモリー", "ファイルの大きさ"),
        tuple(_rows(setting)),
    )


def _rows(setting: Setting) -> Iterator[tuple[str, ...]]:
    result = setting.folder / "result.json"
    batch = str(setting.batch(_MUNICIPALITIES))
    yield _row(
        "check -o json", run(ours.check("check", batch, "-o", f"json={result}"), watch_memory=True), result
    )
    for name in _FORMATS:
        target = setting.folder / f"result.{name}"
        command = ours.plain("report", "report", str(result), "-q", "-o", f"{name}={target}")
        yield _row(f"report -o {name}", run(command, watch_memory=True), target)


def _row(title: str, held: Run, written: Path) -> tuple[str, ...]:
    size = f"{written.stat().st_size / 1e6:.1f} MB"
    return title, f"{held.seconds:.1f} 秒", f"{held.cpu_seconds:.1f} 秒", memory(held.peak_bytes), size
