"""`python -m tests.benchmarks`: measures and prints; a few minutes on two cores."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from statistics import median

from tabulate import tabulate

from tests.benchmarks.batch import ITEMS, write_batch
from tests.benchmarks.changed import REPORTS, write_repository
from tests.benchmarks.measuring import alternate, run

_ROOT = Path(__file__).parents[2]
_CLEAN = _ROOT / "examples" / "clean" / "environment.json"
_REAL = _ROOT.parent / "shared" / "data" / "hirakata" / "soumu-h29.txt"
_BIN = Path(sys.executable).parent
_OURS = str(_BIN / "jisseki-check")
_SCHEMA = str(_ROOT / "schemas" / "report.schema.json")
_JUDGED = (0, 1)
_REPORTS = 1_000

Row = tuple[str, str, str, str, str]


def main() -> None:
    """Print one table of ratios and one of the batch."""
    print(f"Python {sys.version.split()[0]}、{os.cpu_count()} コア、交互に測った中央値\n")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        rows = [*_start_up(), _one_report(Path(folder)), *_batch(Path(folder)), _changed(Path(folder))]
    headers = ("計測", "この道具", "比べた相手", "比", "目標")
    print(tabulate(rows, headers=headers, tablefmt="pipe", disable_numparse=True))  # noqa: T201


def _start_up() -> list[Row]:
    peer = [sys.executable, "-c", "import click"]
    commands = (["--help"], ["explain", "FIN105"], ["rules"])
    return [_ratio(" ".join(each), [_OURS, *each], peer, "import click", times=21) for each in commands]


def _one_report(folder: Path) -> Row:
    """The real report where it is at hand, else the clean example; the same JSON for both."""
    report = _CLEAN
    if _REAL.is_file():
        report = folder / "real.json"
        run([_OURS, "convert", str(_REAL), str(report)])
    peer = [str(_BIN / "check-jsonschema"), "--schemafile", _SCHEMA, str(report)]
    items = "実際の報告1件" if _REAL.is_file() else "見本の報告1件"
    ours = [_OURS, "check", str(report), "--output-format", "table"]
    return _ratio(f"check（{items}、JSON）", ours, peer, "check-jsonschema", times=11)


def _ratio(title: str, ours: list[str], peer: list[str], peer_name: str, times: int) -> Row:
    mine, other = alternate(ours, peer, times, _JUDGED)
    return (
        title,
        f"{mine * 1000:.0f} ms",
        f"{peer_name} {other * 1000:.0f} ms",
        f"{mine / other:.2f}",
        "1.5 以下",
    )


def _batch(folder: Path) -> list[Row]:
    reports = folder / "reports"
    reports.mkdir()
    write_batch(reports, _CLEAN, _REPORTS)
    runs = [run([_OURS, "check", str(reports), "-q"], _JUDGED) for _ in range(3)]
    peaks = [each.peak_bytes for each in runs if each.peak_bytes]
    title = f"check（{ITEMS}項目の報告{_REPORTS:,}件、JSON）"
    peak = f"{max(peaks) / 1e6:.0f} MB" if peaks else "―"
    return [
        (title, f"{median(each.seconds for each in runs):.1f} 秒", "―", "―", "60 秒以下"),
        (f"{title}の最大メモリー", peak, "―", "―", "400 MB 以下"),
    ]


def _changed(folder: Path) -> Row:
    """One changed report among many, and that report alone."""
    report = str(write_repository(folder / "repository", _CLEAN))
    whole = str(folder / "repository" / "reports")
    ours = [_OURS, "check", whole, "--changed-since", "HEAD~1", "-q"]
    mine, alone = alternate(ours, [_OURS, "check", report, "-q"], 11, _JUDGED, _JUDGED)
    return (
        f"check --changed-since（報告{REPORTS:,}件のうち変わった1件）",
        f"{mine * 1000:.0f} ms",
        f"その1件だけの check {alone * 1000:.0f} ms",
        f"{mine / alone:.2f}",
        "2 以下",
    )


if __name__ == "__main__":
    main()
