"""The sheets of the national review that lie beside the project, where they do."""

from __future__ import annotations

from tests.benchmarks import ours
from tests.benchmarks.measuring import Command, Timed, run
from tests.benchmarks.results import Section, cpu, duration, memory, rate
from tests.benchmarks.setting import Setting

_TITLE = "国の行政事業レビューのシート"
_SAMPLE = ours.ROOT.parent / "shared" / "data" / "judgit-sample"
_PROFILE = "gyosei-review"


def measure(setting: Setting) -> Section:
    if not _SAMPLE.is_dir() or not (ours.ROOT / "rules" / "profiles" / f"{_PROFILE}.yaml").is_file():
        return Section(_TITLE, "今回は測っていません（シートの見本か様式設定がありません）。")
    count = sum(1 for _ in _SAMPLE.rglob("*.json"))
    command = ours.check("check", "--profile", _PROFILE, str(_SAMPLE))
    # Whether a sheet could be judged is another matter than how long it took.
    command = Command(command.name, command.words, (0, 1, 3))
    timed = Timed("check", tuple(run(command, watch_memory=True) for _ in range(setting.rounds)))
    return Section(
        _TITLE,
        f"見本のシート {count:,} 件を、`--profile {_PROFILE}` で {setting.rounds} 回点検しました。",
        ("件数", "時間", "CPU", "件／秒", "メモリー"),
        ((f"{count:,}", duration(timed), cpu(timed), rate(timed, count), memory(timed.peak_bytes)),),
    )
