"""What a run rests on, as it lies on the disk: files by their SHA-256, versions, what comes with the tool."""

from __future__ import annotations

import hashlib
import os
import platform
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jisseki_check.cli.options import find_reports
from jisseki_check.cli.sources import from_here, sources_by_role
from jisseki_check.model import OwnFile
from jisseki_check.records.canonical import digest
from jisseki_check.records.proof import Source
from jisseki_check.resources import file
from jisseki_check.settings import Settings

if TYPE_CHECKING:
    from jisseki_check.engine.run import Options

LIBRARIES = (
    "PyYAML",
    "jsonschema-rs",
    "lxml",
    "openpyxl",
    "orjson",
    "pandera",
    "polars",
    "pypdfium2",
    "python-docx",
    "sudachidict-core",
    "sudachipy",
)
"""Those that read reports or judge them: another version may find something else."""

_RULE_FILES = (".yaml", ".yml")
_STORED = frozenset({"catalogue.json", "lists.json", "profiles.json"})
_NAMED = {"waivers", "baseline", "expect"}
_SCHEMA = "report.schema.json"


def sources_of(given: Mapping[str, Any], settings: Settings) -> tuple[Source, ...]:
    """All files besides reports that the verdict rests on, by role and path."""
    unused = {"waivers"} if given.get("no_waivers") else set()
    named = [each for each in sources_by_role(given, settings) if each[0] not in unused]
    held = {Source(role, _shown(path), sha256(path)) for role, place in named for path in _files(role, place)}
    return tuple(sorted(held, key=lambda source: (source.role, source.path)))


def deciding(given: Mapping[str, Any], settings: Settings) -> tuple[OwnFile, ...]:
    """Those of them that an outcome names: what is not to be counted, and which reports must be there."""
    from jisseki_check.engine.inputs import shown_name  # with the readers; --help needs none of them

    unused = {"waivers"} if given.get("no_waivers") else set()
    named = [each for each in sources_by_role(given, settings) if each[0] in _NAMED - unused]
    return tuple(OwnFile(role, shown_name(path), sha256(path)) for role, path in named)


def _shown(path: str) -> str:
    seen = from_here(path)
    return os.path.basename(seen) if os.path.isabs(seen) else seen.replace(os.sep, "/")


def _files(role: str, place: str) -> Iterator[str]:
    """The file, or those of a folder of rules that are rules."""
    if role != "rules" or not os.path.isdir(place):
        yield place
        return
    for folder, folders, names in os.walk(place):
        if folder != place:
            folders.clear()
        yield from (os.path.join(folder, name) for name in names if name.endswith(_RULE_FILES))


def reports_of(files: Sequence[str], left_out: Set[Path]) -> dict[str, str | None]:
    """The reports of a run by their names in its outcome, each with its SHA-256."""
    from jisseki_check.engine.inputs import named  # with the readers; --help needs none of them

    held = named(find_reports(files))
    return {name: sha256(path) for path, name in held.items() if path not in left_out}


def prior_of(prior: Sequence[str], files: Sequence[str], left_out: Set[Path]) -> dict[str, str | None]:
    """The reports that a run over `files` only compares with, likewise."""
    from jisseki_check.engine.inputs import named, shown  # with the readers; --help needs none of them

    found, checked = named(find_reports(prior)), find_reports(files).files
    real = {os.path.realpath(path) for path in checked if path not in left_out}
    names = shown([*found, *checked])
    return {names[path]: sha256(path) for path in found if os.path.realpath(path) not in real}


def all_of(files: Sequence[str], options: Options) -> dict[str, str | None]:
    """All that a run with these options reads."""
    prior = [os.fspath(path) for path in options.prior]
    return reports_of(files, options.left_out) | prior_of(prior, files, options.left_out)


def left_out_of(files: Sequence[str], names: Iterable[str]) -> frozenset[Path]:
    """Those of the files given that have these names in an outcome."""
    from jisseki_check.engine.inputs import shown  # with the readers; --help needs none of them

    wanted, found = set(names), find_reports(files)
    every = shown([*found.files, *found.passed_over])
    return frozenset(path for path, name in every.items() if name in wanted)


def names_of(paths: Iterable[Path]) -> list[str]:
    """How an outcome calls these files."""
    from jisseki_check.engine.inputs import shown  # with the readers; --help needs none of them

    return sorted(shown(list(paths)).values())


def sha256(path: str | os.PathLike[str]) -> str | None:
    """The hexadecimal SHA-256 of a file; None where there is none, or it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def built_in() -> str:
    """The digest of all that comes with the tool and decides what is found: rules, lists of words, profiles,
    what is stored of them, and the schema of reports."""
    rules, schema = file("rules"), file("schemas", _SCHEMA)
    held = {f"rules/{name}": os.path.join(rules, name) for name in _deciding(rules)} | {_SCHEMA: schema}
    return digest(sorted((name, sha256(path)) for name, path in held.items()))


def rules() -> dict[str, str]:
    """The digest of each rule that comes with the tool, by its code; none where one of them is broken, which
    the run itself says."""
    from jisseki_check.catalogue import CatalogueError, entries  # with the parser of rules

    try:
        held, _ = entries()
    except CatalogueError:
        return {}
    return {rule["id"]: digest(rule) for rule in held}


def _deciding(rules: str) -> Iterator[str]:
    for folder, _, names in os.walk(rules):
        for name in names:
            if name.endswith(".yaml") or name in _STORED:
                yield os.path.relpath(os.path.join(folder, name), rules).replace(os.sep, "/")


def runtime() -> dict[str, str | None]:
    """The versions of Python and of the libraries that read or judge; None where one is missing."""
    from importlib.metadata import PackageNotFoundError, version  # 20 ms that only a record has to pay

    held: dict[str, str | None] = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            held[name] = version(name)
        except PackageNotFoundError:
            held[name] = None
    return held
