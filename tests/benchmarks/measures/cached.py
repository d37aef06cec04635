"""A second run over the same files."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

from tests.benchmarks import ours
from tests.benchmarks.measuring import Run, Timed, run
from tests.benchmarks.results import Section, cpu, duration, share
from tests.benchmarks.setting import Setting

_TITLE = "2回目の点検（キャッシュ）"


def measure(setting: Setting) -> Section:
    if not ours.has_option(ours.NO_CACHE):
        return Section(_TITLE, "今回は測っていません（この版の `check` にキャッシュがありません）。")
    batch = setting.batch(setting.reports)
    rounds = [_round(setting.folder / "cached", batch) for _ in range(setting.rounds)]
    names = ("1回目", "2回目、ファイルはそのまま", "2回目、更新日時だけが新しい（中身で見分ける）")
    told = [Timed(name, runs) for name, runs in zip(names, zip(*rounds, strict=True), strict=True)]
    return Section(
        _TITLE,
        f"報告 {setting.reports:,} 件を、キャッシュのないフォルダーで続けて3回点検し、"
        f"これを {setting.rounds} 回繰り返しました。全規則です。",
        ("回", "時間", "CPU", "時間の比（1回目に対して）"),
        tuple((each.name, duration(each), cpu(each), share(each, told[0])) for each in told),
    )


def _round(folder: Path, batch: Path) -> tuple[Run, Run, Run]:
    """First, again, and again with every file's time of change renewed; the cache lies in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = ours.check("check", str(batch), folder=folder, cached=True)
    first, again = run(command), run(command)
    now = time.time()
    for path in batch.rglob("*.json"):
        os.utime(path, (now, now))
    return first, again, run(command)
