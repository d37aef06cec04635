"""Does a recorded run again, and holds what it finds against the record."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import chdir
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli import evidence
from jisseki_check.cli.check import check, engine_options
from jisseki_check.cli.comparing import prior_paths
from jisseki_check.cli.errors import CommandError, translated
from jisseki_check.cli.options import STDIN, existing_paths, own_rules, project_settings
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.running import run
from jisseki_check.cli.told import arguments, leads_out, paths_in
from jisseki_check.model import Scope
from jisseki_check.records.differences import Obstacle, Verified, compared
from jisseki_check.records.proof import Source, Surroundings, body, surroundings, written

if TYPE_CHECKING:
    from jisseki_check.settings import Settings

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look for what a record names: `root`, the folder in which its run was made; and `within`, the
    folder out of which no path of a record may lead."""

    root: str
    within: str


def verified(record: Record, place: Place) -> Verified:
    """The record held against the files at that place and against what the same run finds in them."""
    within = os.path.abspath(place.within)
    with chdir(place.root):
        outside = [path for path in paths_in(record["told"]) if leads_out(path, within)]
        if outside:
            return Verified(record, obstacles=tuple(Obstacle("outside", path=path) for path in outside))
        return _Again(record, within).compared()


class _Again:
    """One recorded run, from the folder in which it was made."""

    def __init__(self, record: Record, within: str) -> None:
        self._record = record
        self._within = within
        self._told: Mapping[str, Any] = record["told"]
        self._files = [path for path in self._told["paths"] if path != STDIN]

    def compared(self) -> Verified:
        try:
            given = _given(self._told)
            settings = project_settings()
            sources = evidence.sources_of(given, settings)
        except CommandError as error:
            now = self._unrun(self._sources_as_recorded())
            return compared(self._record, now, [Obstacle("run", error.message)])
        if STDIN in self._told["paths"]:
            obstacle = Obstacle("stdin")
        else:
            try:
                return compared(self._record, self._run(given, settings, sources))
            except CommandError as error:
                obstacle = Obstacle("run", error.message)
        now = {**self._unrun(sources), **self._prior(given, settings)}
        return compared(self._record, now, [obstacle])

    def _run(self, given: Mapping[str, Any], settings: Settings, sources: Sequence[Source]) -> Record:
        """What would be recorded of the run today. Raises CommandError."""
        files = existing_paths(self._files)
        rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
        scope = self._record["scope"]
        options = replace(
            engine_options(given, settings, rules, files, None),
            scope=None if scope is None else Scope(**scope),
            left_out=evidence.left_out_of(files, self._record["left_out"]),
            coverage_by_file=True,
        )
        outcome = run(files, options)
        around = replace(self._around(sources), limits=asdict(options.limits))
        return body(around, outcome, evidence.all_of(files, options))

    def _unrun(self, sources: Sequence[Source]) -> Record:
        """What would be recorded today without the run: the files as they are."""
        left_out = evidence.left_out_of(self._files, self._record["left_out"])
        held = evidence.reports_of(self._files, left_out)
        files = _written("input", held)
        if STDIN in self._told["paths"]:
            name = self._told.get("stdin-filename")
            files += [each for each in self._record["inputs"] if each["path"] == name]
        return surroundings(self._around(sources)) | {"inputs": files}

    def _prior(self, given: Mapping[str, Any], settings: Settings) -> Record:
        """The same of the files to compare with."""
        left_out = evidence.left_out_of(self._files, self._record["left_out"])
        try:
            held = evidence.prior_of(prior_paths(given, settings), self._files, left_out)
        except CommandError:  # one of them is not there: that is why there was no run
            return {}
        return {"prior": _written("prior", held)}

    def _around(self, sources: Sequence[Source]) -> Surroundings:
        return Surroundings(
            told=self._told,
            sources=sources,
            built_in=evidence.built_in(),
            rules=evidence.rules(),
            runtime=evidence.runtime(),
            limits={},
        )

    def _sources_as_recorded(self) -> tuple[Source, ...]:
        """The files that the record names, where the settings at hand cannot be read to name them."""
        named = [each for each in self._record["sources"] if not leads_out(each["path"], self._within)]
        return tuple(Source(each["role"], each["path"], evidence.sha256(each["path"])) for each in named)


def _written(role: str, held: Mapping[str, str | None]) -> list[dict[str, Any]]:
    return [written(Source(role, path, sha256)) for path, sha256 in held.items()]


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of `check` that a record tells. Raises CommandError."""
    try:
        return check.make_context("check", arguments(told)).params
    except click.ClickException as error:
        raise CommandError(translated(error)) from None
