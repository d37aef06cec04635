"""Fifteen equal rules over one table of items."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import polars as pl

from tests.benchmarks import ours
from tests.benchmarks.environments import FRICTIONLESS, GREAT_EXPECTATIONS, PLAIN, POINTBLANK, python
from tests.benchmarks.measuring import Command, Run, Timed, run
from tests.benchmarks.results import Section, duration, share
from tests.benchmarks.setting import Setting
from tests.benchmarks.table.rules import COLUMNS, SPECS

_REPORTS = 1_000
_INSIDE = 3  # times that each process judges the table, of which the median counts
_PEERS = {
    "pandera（その組み込みの検査）": (PLAIN, "table_in_pandera.py"),
    "pointblank": (POINTBLANK, "table_in_pointblank.py"),
    "Great Expectations": (GREAT_EXPECTATIONS, "table_in_great_expectations.py"),
    "frictionless": (FRICTIONLESS, "table_in_frictionless.py"),
}


def measure(setting: Setting) -> Section:
    """Raises RuntimeError where two tools do not count the same failures."""
    frame, csv, rules = prepare(setting)
    times = str(_INSIDE)
    module = (sys.executable, "-m", "tests.benchmarks.table.ours", str(frame))
    commands = [
        Command(f"この道具（--engine {engine}）", (*module, engine, times), folder=ours.ROOT)
        for engine in ("local", "pandera")
    ]
    for name, (peer, script) in _PEERS.items():
        path = ours.ROOT / "tests" / "benchmarks" / "peers" / script
        commands.append(Command(name, (str(python(peer)), str(path), str(csv), str(rules), times)))
    rounds = [[run(command) for command in commands] for _ in range(setting.rounds)]
    failures = _agreed({command.name: held.output for command, held in zip(commands, rounds[0], strict=True)})
    told = [
        Timed(command.name, tuple(_inside(held[place]) for held in rounds))
        for place, command in enumerate(commands)
    ]
    rows = [(each.name, duration(each), share(each, told[0])) for each in told]
    return Section(
        f"15の規則、{_REPORTS * 35:,}項目の表",
        "空でない、決まった値のどれか、範囲、正規表現、長さ、二つの列の大小、組の重複の15の規則を、"
        "どの道具にもその書き方で書き、"
        f"同じ表を判定させました。道具ごとの処理を交互に {setting.rounds} 回ずつ動かし、"
        f"一つの処理の中で、暖機の1回の後に {_INSIDE} 回判定した中央値を取りました。"
        "時間は、規則の組み立てから違反の数が出るまでで、起動と表の読み込みは含みません。"
        f"どの道具も、規則ごとに同じ違反（計 {failures:,} 件）を数えました。"
        f"表は作った報告 {_REPORTS:,} 件の項目です。",
        ("道具", "時間", "速さの比（この時間÷この道具の --engine local）"),
        tuple(rows),
    )


def prepare(setting: Setting) -> tuple[Path, Path, Path]:
    """The table of items as ours reads it and as the peers do, and the rules."""
    folder = setting.folder / "facts"
    if not folder.is_dir():
        run(ours.plain("facts", "facts", str(setting.batch(_REPORTS)), "-o", str(folder)))
    # An empty text and none are one thing in CSV.
    items = pl.read_parquet(folder / "items.parquet").with_columns(pl.col(pl.String).replace("", None))
    frame, csv, rules = (setting.folder / name for name in ("items.parquet", "items.csv", "rules.json"))
    items.write_parquet(frame)
    items.select(COLUMNS).write_csv(csv)
    rules.write_text(json.dumps(SPECS), encoding="utf-8")
    return frame, csv, rules


def _agreed(outputs: dict[str, str]) -> int:
    """How many failures each tool counted."""
    counts = {name: json.loads(output)["failures"] for name, output in outputs.items()}
    first = next(iter(counts.values()))
    other = [name for name, each in counts.items() if each != first]
    if other:
        raise RuntimeError(f"other failures counted by {', '.join(other)}: {counts}")
    return sum(first.values())


def _inside(held: Run) -> Run:
    """The run with the time that the process itself took for the rules."""
    seconds = sorted(json.loads(held.output)["seconds"])
    return Run(seconds[len(seconds) // 2], held.cpu_seconds)
