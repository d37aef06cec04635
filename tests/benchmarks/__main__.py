"""`python -m tests.benchmarks`: measures, prints each section, and writes RESULTS.md beside this file."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import machine
from tests.benchmarks.measures import (
    cached,
    clusters,
    files,
    national,
    one_changed,
    one_report,
    rendering,
    scaling,
    start_up,
    table,
)
from tests.benchmarks.results import Section, page
from tests.benchmarks.setting import Setting

_RESULTS = Path(__file__).parent / "RESULTS.md"
_MEASURES: dict[str, Callable[[Setting], Section]] = {
    "start-up": start_up.measure,
    "one-report": one_report.measure,
    "files": files.measure,
    "table": table.measure,
    "scaling": scaling.measure,
    "cached": cached.measure,
    "clusters": clusters.measure,
    "national": national.measure,
    "one-changed": one_changed.measure,
    "rendering": rendering.measure,
}


def main() -> None:
    """Measure what is asked for; a page with only a part of the measures is printed, but not kept."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.data or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        setting = Setting(folder, given.reports, given.scale, given.rounds)
        sections = []
        for name in given.only or _MEASURES:
            sections.append(_MEASURES[name](setting))
            print(sections[-1].page(), flush=True)  # noqa: T201
    if not given.only:
        _RESULTS.write_text(page(sections, machine.machine(), machine.versions()), encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="速さを測ります。")
    parser.add_argument(
        "--reports", type=int, default=2_000, help="まとめて点検する報告の件数（省略すると 2000）"
    )
    parser.add_argument("--scale", type=int, default=0, help="件数を増やした計測の件数（省略すると測らない）")
    parser.add_argument("--rounds", type=int, default=3, help="長い計測を繰り返す回数（省略すると 3）")
    parser.add_argument(
        "--only", action="append", choices=_MEASURES, help="この計測だけを行う（RESULTS.md は書かない）"
    )
    parser.add_argument("--data", type=Path, help="作った報告を残しておき、次も使うフォルダー")
    return parser.parse_args()


if __name__ == "__main__":
    main()
