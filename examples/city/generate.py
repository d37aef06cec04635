"""Writes an invented city's reports: 12 departments, three fiscal years, the plan and the results of each.

`python examples/city/generate.py OUT` writes them below OUT/reports, with faults planted in single reports
and across them, OUT/expect.txt (which reports must be there) and OUT/truth.json (which fault stands where).
`--clean` plants nothing. The same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bank import YEARS, departments
from faults import City
from planted import plant_all
from reports import Data, plan, results

from jisseki_check import profiles
from jisseki_check.forms.report_json import from_json
from jisseki_check.notation.fiscal import label
from jisseki_check.writers import CannotWrite, write

_SEED = 29
_PROFILES = {"plan": "hirakata-h30-plan", "results": "hirakata"}
_KINDS = {"plan": "計画", "results": "実績"}
# Each department hands in what it works with, and each year something else.
_FORMATS = {
    "plan": (".txt", ".json", ".docx", ".yaml"),
    "results": (".txt", ".xlsx", ".json", ".csv", ".docx", ".yaml"),
}
_EXPECT = "expect.txt"


def city(seed: int) -> City:
    """All reports, without a fault."""
    held: City = {}
    for year in YEARS:
        for name, department in departments():
            held[f"{year}/plan/{name}"] = plan(department, year, seed)
            held[f"{year}/results/{name}"] = results(department, year, seed)
    return held


def main() -> None:
    """Write the city."""
    parser = argparse.ArgumentParser(description="架空の「みずき市」の報告を作ります。")
    parser.add_argument("out", type=Path, help="書き出すフォルダー")
    parser.add_argument(
        "--seed", type=int, default=_SEED, help="数字を決める種。同じ種からは同じ報告ができます"
    )
    parser.add_argument("--clean", action="store_true", help="誤りを入れない")
    given = parser.parse_args()
    held = city(given.seed)
    expected = {path: number for number, path in enumerate(held, start=2)}
    given.out.mkdir(parents=True, exist_ok=True)
    _store(given.out / _EXPECT, "\n".join(("部,年度,種類", *map(_line, held.values()))))
    truth = [] if given.clean else plant_all(held)
    written = {path: _write(given.out, path, data) for path, data in held.items()}
    for fault in truth:
        # What is not there is missed where it is asked for.
        fault["line"] = None if fault["path"] in written else expected[fault["path"]]
        fault["path"] = written.get(fault["path"], _EXPECT)
        fault["other"] = written.get(fault["other"])
    _store(given.out / "truth.json", json.dumps(truth, ensure_ascii=False, indent=2))


def _line(report: Data) -> str:
    return f"{report['department']},{label(report['fiscal_year'])},{_KINDS[report['kind']]}"


def _store(path: Path, text: str) -> None:
    path.write_bytes(f"{text}\n".encode())


def _write(out: Path, path: str, data: Data) -> str:
    """Writes a report, as text where the parts for its format are missing; its path below `out`."""
    report, profile = from_json(data), profiles.load(_PROFILES[data["kind"]])
    ending = _ending(path, data)
    try:
        content = write(report, profile, ending)
    except CannotWrite:
        ending = ".txt"
        content = write(report, profile, ending)
    target = f"reports/{path}{ending}"
    (out / target).parent.mkdir(parents=True, exist_ok=True)
    (out / target).write_bytes(content)
    return target


def _ending(path: str, data: Data) -> str:
    order = [department["name"] for _, department in departments()]
    formats, year = _FORMATS[data["kind"]], int(data["fiscal_year"])
    return formats[(order.index(data["department"]) + year) % len(formats)]


if __name__ == "__main__":
    main()
