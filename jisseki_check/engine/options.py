"""What a run is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path

from jisseki_check import readers
from jisseki_check.engine.expected import Expected
from jisseki_check.engine.inputs import Reading
from jisseki_check.exceptions import Exceptions
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import OwnFile, Scope
from jisseki_check.selection import EVERYTHING, Selection


class UsageError(Exception):
    """The command or its settings are wrong, or there is nothing to check; the message is for people."""


class ClusterError(Exception):
    """The workers of a run were lost, or cannot judge; the message is for people."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is told. `profile`: None where each document shows its form. `own_rules`: a city's folder of
    further rules; `rules`: the whole rules of another version, instead of those installed. `selection`: what
    settings say of rules, before the command does with `select`, `ignore` and `extend_select`. `stdin`: its
    bytes and the name that decides its format. `jobs`: how many processes share the files; None for as many
    as there are cores, where there are files enough. `runner`: who these are (`engine.runners`); `cluster`:
    the address of other machines, as its users write it. `remote`: files and folders in other places than
    the disk, by their URLs. `left_out`: files that are given and not checked;
    `scope` says so. `coverage_by_file`: whether the outcome says what each rule judged of each file. `prior`:
    files and folders with reports to compare with only; `expected`: the reports that must be there;
    `sources`: the files that say so, and which findings do not count.
    `compares`: whether there is anything to compare, and `is_traced`: whether it must be known of each report
    what was left unjudged; the run finds out. `cache`: the folder in which results are
    kept for the next run, None for none. `read`: reads a file, given its path, its name and the limits."""

    as_of: dt.date
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    fail_on: str = "error"
    engine: str = "local"
    limits: Limits = DEFAULT_LIMITS
    stdin: tuple[bytes, str] | None = None
    own_rules: str | None = None
    rules: str | None = None
    selection: Selection = EVERYTHING
    exceptions: Exceptions = field(default_factory=Exceptions)
    jobs: int | None = None
    runner: str = "local"
    cluster: str | None = None
    remote: tuple[str, ...] = ()
    left_out: frozenset[Path] = frozenset()
    scope: Scope | None = None
    coverage_by_file: bool = False
    prior: tuple[Path, ...] = ()
    expected: Expected | None = None
    sources: tuple[OwnFile, ...] = ()
    compares: bool = False
    is_traced: bool = False
    cache: str | None = None
    read: Reading = readers.read
