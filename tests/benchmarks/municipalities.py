"""`python -m tests.benchmarks.municipalities`: one report of each municipality of the country, checked, and
its outcome rendered for a meeting; some minutes on two cores.

The check and the rendering are told apart: an office renders one outcome into as many formats as it needs.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tabulate import tabulate

from tests.benchmarks.batch import ITEMS, vary
from tests.benchmarks.measuring import Run, run

MUNICIPALITIES = 1_788  # with the special wards, and the villages that the law counts
RENDERED = ("html", "xlsx")
_MOST_SECONDS, _MOST_BYTES = 60, 1_000_000_000
_CLEAN = Path(__file__).parents[2] / "examples" / "clean" / "environment.json"
_OURS = str(Path(sys.executable).parent / "jisseki-check")
_JUDGED = (0, 1)

Row = tuple[str, str, str, str]


def write_municipalities(folder: Path, clean: Path, count: int = MUNICIPALITIES) -> None:
    """A JSON report of 35 items of each municipality in `folder`, the same ones each time."""
    report: dict[str, Any] = json.loads(clean.read_text(encoding="utf-8"))
    for number in range(count):
        data = vary(report, number, random.Random(number))
        data["municipality"] = f"第{number + 1:04}市"
        data["department"], data["title"] = report["department"], report["title"]
        text = json.dumps(data, ensure_ascii=False, indent=2)
        (folder / f"{number + 1:04}.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Print seconds, peak memory and the size of each file."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_rows(Path(folder)))
    print(f"{MUNICIPALITIES:,}の報告、{MUNICIPALITIES * ITEMS:,}項目\n")  # noqa: T201
    headers = ("計測", "秒", "最大メモリー", "大きさ")
    print(tabulate(rows, headers=headers, tablefmt="pipe", disable_numparse=True))  # noqa: T201
    limit = f"{_MOST_SECONDS} 秒、{_MOST_BYTES / 1e6:,.0f} MB"
    print(f"\n書き出しの目標：全て合わせて {limit} 以内")  # noqa: T201


def _rows(folder: Path) -> Iterator[Row]:
    reports, result = folder / "reports", folder / "result.json"
    reports.mkdir()
    write_municipalities(reports, _CLEAN)
    check = [_OURS, "check", str(reports), "-q"]
    yield _row("check", run(check, _JUDGED))
    yield _row("check と結果の JSON", run([*check, "-o", f"json={result}"], _JUDGED), result)
    targets = {name: folder / f"result.{name}" for name in RENDERED}
    for name, target in targets.items():
        yield _row(
            f"report（{name}）", run([_OURS, "report", str(result), "-q", "-o", f"{name}={target}"]), target
        )
    wanted = [word for name, target in targets.items() for word in ("-o", f"{name}={target}")]
    yield _row(f"report（{'、'.join(RENDERED)}）", run([_OURS, "report", str(result), "-q", *wanted]))
    yield _row(f"check と{'、'.join(RENDERED)}", run([*check, *wanted], _JUDGED))


def _row(title: str, measured: Run, written: Path | None = None) -> Row:
    peak = f"{measured.peak_bytes / 1e6:,.0f} MB" if measured.peak_bytes else "―"
    size = f"{written.stat().st_size / 1e6:.1f} MB" if written else "―"
    return title, f"{measured.seconds:.1f}", peak, size


if __name__ == "__main__":
    main()
