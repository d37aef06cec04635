"""One report from a cold start."""

from __future__ import annotations

from tests.benchmarks import ours
from tests.benchmarks.environments import CHECK_JSONSCHEMA, python
from tests.benchmarks.measuring import Command, in_turns, run
from tests.benchmarks.results import Section, cpu, duration, share
from tests.benchmarks.setting import Setting

_TIMES = 15
_REAL = ours.ROOT.parent / "shared" / "data" / "hirakata" / "soumu-h29.txt"


def measure(setting: Setting) -> Section:
    reports = {"作った報告": next(setting.batch(1).rglob("*.json"))}
    if _REAL.is_file():
        reports["実際の報告"] = setting.folder / "real.json"
        run(ours.plain("convert", "convert", str(_REAL), str(reports["実際の報告"]), "--overwrite"))
    checker = str(python(CHECK_JSONSCHEMA).parent / "check-jsonschema")
    rows = []
    for title, report in reports.items():
        whole = ours.check("全規則", str(report))
        some = ours.check(f"`--select {ours.SUBSET}`", "--select", ours.SUBSET, str(report))
        peer = Command("", (checker, "--schemafile", str(ours.SCHEMA), str(report)))
        *told, other = in_turns([whole, some, peer], _TIMES)
        for each in told:
            rows.append((title, each.name, duration(each), cpu(each), duration(other), share(each, other)))
    return Section(
        "報告1件（起動から終わりまで）",
        f"同じ JSON を、check-jsonschema（スキーマだけ）と交互に {_TIMES} 回ずつ点検しました。"
        "作った報告は 35 項目・約 75 KB、実際の報告は 33 項目・約 41 KB です。",
        ("報告", "この道具の規則", "この道具", "CPU", "check-jsonschema", "時間の比（この道具÷相手）"),
        tuple(rows),
    )
