"""The runners for clusters against the local one, on this machine."""

from __future__ import annotations

import importlib.util
import shutil

from tests.benchmarks import ours
from tests.benchmarks.measuring import in_turns
from tests.benchmarks.results import Section, cpu, duration, share
from tests.benchmarks.setting import Setting

_TITLE = "クラスター用の実行（この1台で）"
# Engine, the library that it takes, and the program without which that does not run.
_ENGINES = (("dask", "distributed", None), ("spark", "pyspark", "java"))
_JOBS = "2"


def measure(setting: Setting) -> Section:
    usable = [engine for engine, library, program in _ENGINES if _is_usable(engine, library, program)]
    left_out = "、".join(engine for engine, _, _ in _ENGINES if engine not in usable)
    if not usable:
        return Section(_TITLE, f"今回は測っていません（{left_out} の部品か Java がありません）。")
    batch = str(setting.batch(setting.reports))
    engines = ["local", *usable]
    commands = [ours.check(each, "--engine", each, "--jobs", _JOBS, batch) for each in engines]
    told = in_turns(commands, setting.rounds, warm_up=False)
    return Section(
        _TITLE,
        f"報告 {setting.reports:,} 件を、処理 {_JOBS} つで、交互に {setting.rounds} 回ずつ点検しました。"
        "全規則です。"
        "どれも起動から終わりまでで、クラスターの立ち上げを含みます。"
        + (f"{left_out} は、部品か Java がないため測っていません。" if left_out else ""),
        ("--engine", "時間", "CPU", "速さの比（local の時間÷この時間）"),
        tuple((each.name, duration(each), cpu(each), share(told[0], each)) for each in told),
    )


def _is_usable(engine: str, library: str, program: str | None) -> bool:
    return (
        ours.has_engine(engine)
        and importlib.util.find_spec(library) is not None
        and (program is None or shutil.which(program) is not None)
    )
