"""A repository of many reports, one of which a commit has changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.benchmarks.batch import write_batch

REPORTS = 2_000
_WHO = ("-c", "user.name=みずき市", "-c", "user.email=mizuki@example.invalid")


def write_repository(folder: Path, report: Path) -> Path:
    """Makes a repository whose last commit changes one of its reports; that report."""
    reports = folder / "reports"
    reports.mkdir(parents=True)
    write_batch(reports, report, REPORTS)
    _git(folder, "init", "--quiet")
    _commit(folder)
    changed = sorted(reports.iterdir())[REPORTS // 2]
    changed.write_bytes(changed.read_bytes() + b"\n")
    _commit(folder)
    return changed


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, *_WHO, "commit", "--quiet", "--message", "報告")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)
