"""Many reports: files a second, and memory."""

from __future__ import annotations

import json

from tests.benchmarks import ours
from tests.benchmarks.environments import CHECK_JSONSCHEMA, PLAIN, python
from tests.benchmarks.measuring import Command, Timed, in_turns, run
from tests.benchmarks.results import Section, cpu, duration, memory, rate, share
from tests.benchmarks.setting import Setting
from tests.benchmarks.table.rules import SPECS

_BY_HAND = "jsonschema＋pandera"


def measure(setting: Setting) -> Section:
    count, batch = setting.reports, setting.batch(setting.reports)
    rules = setting.folder / "rules.json"
    rules.write_text(json.dumps(SPECS), encoding="utf-8")
    files = [str(path) for path in sorted(batch.rglob("*.json"))]
    checker = str(python(CHECK_JSONSCHEMA).parent / "check-jsonschema")
    script = str(ours.ROOT / "tests" / "benchmarks" / "peers" / "files_in_jsonschema_pandera.py")
    by_hand = (str(python(PLAIN)), script, str(batch), str(ours.SCHEMA), str(rules))
    commands = [
        ours.check(f"この道具 `--select {ours.SUBSET}`", "--select", ours.SUBSET, str(batch)),
        ours.check("この道具 全規則", str(batch)),
        ours.check("この道具 全規則、`--jobs 1`", "--jobs", "1", str(batch)),
        Command("check-jsonschema（スキーマだけ）", (checker, "--schemafile", str(ours.SCHEMA), *files)),
        Command(f"{_BY_HAND}（スキーマと15規則）", by_hand),
    ]
    # So many files need no run to warm up: what starts is small beside them, and they have just been written.
    told = in_turns(commands, setting.rounds, warm_up=False)
    checked = told[3]
    rows = [_row(command, each, checked, count) for command, each in zip(commands, told, strict=True)]
    return Section(
        f"報告{count:,}件（各35項目、約 75 KB、JSON）",
        f"同じファイルを、交互に {setting.rounds} 回ずつ点検しました。"
        "この道具は、`--jobs` を省くと使えるコアの数だけの処理に分けます。"
        "check-jsonschema と、二つの部品をそのまま使った短いスクリプトは、一つの処理で動きます。"
        "check-jsonschema には、全てのファイルを一度に渡しました。"
        "メモリーは、時間に数えない別の1回で測りました。",
        ("道具", "時間", "CPU", "件／秒", "速さの比（check-jsonschema の時間÷この時間）", "メモリー"),
        tuple(rows),
    )


def _row(command: Command, timed: Timed, checked: Timed, count: int) -> tuple[str, ...]:
    peak = run(command, watch_memory=True).peak_bytes
    return timed.name, duration(timed), cpu(timed), rate(timed, count), share(checked, timed), memory(peak)
