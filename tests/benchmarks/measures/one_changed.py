"""One changed report among many: the repository's history says which."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.benchmarks import ours
from tests.benchmarks.measuring import in_turns
from tests.benchmarks.reports.writing import write
from tests.benchmarks.results import Section, cpu, duration, share
from tests.benchmarks.setting import Setting

_REPORTS, _TIMES = 2_000, 11
_WHO = ("-c", "user.name=みずき市", "-c", "user.email=mizuki@example.invalid")


def measure(setting: Setting) -> Section:
    changed = _repository(setting.folder / "repository")
    whole = str(setting.folder / "repository" / "reports")
    some = ours.check("--changed-since", "--changed-since", "HEAD~1", whole)
    alone, told = in_turns([ours.check("alone", str(changed)), some], _TIMES)
    return Section(
        f"変わった1件だけの点検（報告{_REPORTS:,}件のうち）",
        f"`check --changed-since HEAD~1` と、その1件だけの `check` を、交互に {_TIMES} 回ずつ動かしました。",
        ("--changed-since", "CPU", "その1件だけ", "時間の比（--changed-since÷1件だけ）"),
        ((duration(told), cpu(told), duration(alone), share(told, alone)),),
    )


def _repository(folder: Path) -> Path:
    """A repository whose last commit changes one of its reports; that report."""
    shutil.rmtree(folder, ignore_errors=True)
    reports = folder / "reports"
    write(reports, _REPORTS)
    _git(folder, "init", "--quiet")
    _commit(folder)
    changed = sorted(reports.rglob("*.json"))[_REPORTS // 2]
    changed.write_bytes(changed.read_bytes() + b"\n")
    _commit(folder)
    return changed


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, *_WHO, "commit", "--quiet", "--message", "報告")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True)
