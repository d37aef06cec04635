"""What is made from the examples: `python -m tests.example_files` writes it anew.

`examples/clean` holds one report as text, and the same converted to JSON and YAML; `examples/office` that
report and a faulty one as Word, Excel and CSV (its HTML and PDF were saved from the Word file by an office
program, and are not made anew). Each file of `examples/faulty`, `examples/forms`, `examples/review` and
`examples/unreadable` has its expected findings beside it, the files of `examples/across` those of the whole
run: one JSON object a line, by place. Read what changed before you commit it: it is what a clerk will be
told.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from jisseki_check.cli.app import main
from jisseki_check.engine import run
from jisseki_check.engine.expected import read
from jisseki_check.model import Finding, Location, Outcome
from jisseki_check.resources import folder

EXAMPLES = Path(__file__).parent.parent / "examples"
CLEAN = EXAMPLES / "clean" / "environment.txt"
ACROSS = EXAMPLES / "across" / "across.expected.jsonl"
ACROSS_DATA = EXAMPLES / "across" / "reports" / "parks.json"
AS_OF = dt.date(2026, 5, 31)
_FOLDER = re.compile(r"「[^」]*examples/across/[a-z-]+/")
_ENDING = ".expected.jsonl"
_CITY = "みずき市"


def faulty_files() -> Iterator[Path]:
    """The reports that have expected findings."""
    for name in ("faulty", "forms", "review", "unreadable"):
        yield from sorted(
            path for path in (EXAMPLES / name).iterdir() if path.suffix in {".txt", ".json", ".yaml"}
        )


def across() -> Outcome:
    """The outcome of checking the examples that are held against one another."""
    folder = EXAMPLES / "across"
    return run.check(
        [folder / "reports"],
        options=run.Options(
            as_of=AS_OF,
            prior=(folder / "plans", folder / "last-year"),
            expected=read(folder / "departments.txt", "departments.txt"),
        ),
    )


def across_as_expected(outcome: Outcome) -> str:
    """The findings of such a run, each with the files that it speaks of."""
    told = (
        {"file": _name(finding.location)} | _told(finding) | {"related": list(map(_name, finding.related))}
        for finding in outcome.findings
    )
    lines = (json.dumps(each, ensure_ascii=False) for each in told)
    # A path is told from the working directory.
    return "".join(_FOLDER.sub("「", line) + "\n" for line in lines)


def _name(at: Location) -> str:
    return Path(at.path or "").name


def expected_file(report: Path) -> Path:
    """Where the expected findings of a report stand."""
    return report.with_name(report.stem + _ENDING)


def check(*paths: Path) -> Outcome:
    """The outcome of checking examples."""
    return run.check(paths, options=run.Options(as_of=AS_OF))


def as_expected(outcome: Outcome) -> str:
    """An outcome's findings as the text of an expected file."""
    lines = (json.dumps(_told(finding), ensure_ascii=False) for finding in outcome.findings)
    return "".join(line + "\n" for line in lines)


def _told(finding: Finding) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "line": finding.location.line,
        "column": finding.location.column,
        "item": finding.item.index if finding.item else None,
        "message": finding.message,
    }


def convert_clean(target: Path, source: Path = CLEAN) -> None:
    """The clean report, or another, in the format of `target`. A text does not name its city, a profile
    does."""
    profile = (folder("rules") / "profiles" / "hirakata.yaml").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as holder:
        own = Path(holder) / "mizuki.yaml"
        own.write_text(profile.replace("municipality: 枚方市", f"municipality: {_CITY}"), encoding="utf-8")
        code = main(["convert", "--profile", str(own), "--overwrite", str(source), str(target)])
    if code != 0:
        raise RuntimeError(f"convert ended with {code}")


def write() -> None:
    """Write all that is made from the examples."""
    for ending in (".json", ".yaml"):
        convert_clean(CLEAN.with_suffix(ending))
    for ending in (".docx", ".xlsx", ".csv"):
        for name, source in (("clean", CLEAN), ("faulty", EXAMPLES / "faulty" / "money.txt")):
            target = EXAMPLES / "office" / f"{name}{ending}"
            if main(["convert", "--overwrite", str(source), str(target)]) != 0:
                raise RuntimeError(f"{target.name} was not written")
    convert_clean(ACROSS_DATA, ACROSS_DATA.with_suffix(".txt"))
    ACROSS.write_text(across_as_expected(across()), encoding="utf-8")
    for report in faulty_files():
        expected_file(report).write_text(as_expected(check(report)), encoding="utf-8")


if __name__ == "__main__":
    write()
