"""One document at one moment: what `check` finds in it, and what `fix` would put right."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from jisseki_check.engine import run
from jisseki_check.forms import Chooser
from jisseki_check.model import Fault, Finding
from jisseki_check.server.buffer import Buffer
from jisseki_check.server.corrections import Replacement, corrections
from jisseki_check.server.relevance import is_report

_log = logging.getLogger(__name__)


class Unsettled(Exception):
    """Settings that cannot be used, or a form that is not there; the message is for people."""


Settle = Callable[[str], run.Options]
"""What a run is told that checks the file of a path (absolute, or from the working directory). Raises
Unsettled."""


@dataclass(frozen=True)
class Checked:
    """What there is to say of a buffer. `problem`: why it was not checked at all, in words for people;
    `options`: by what it was checked, None where it was not."""

    buffer: Buffer
    path: str
    is_report: bool = True
    options: run.Options | None = None
    findings: tuple[Finding, ...] = ()
    faults: tuple[Fault, ...] = ()
    problem: str | None = None

    @cached_property
    def corrections(self) -> tuple[Replacement, ...]:
        """The safe corrections. They are sought when somebody asks for them, and then kept."""
        options = self.options
        if options is None:
            return ()
        try:
            chooser = Chooser(options.profile, options.selection)
            return corrections(self.buffer, self.path, chooser, options.limits)
        except BaseException:  # a panic of a library in Rust is no Exception
            _log.exception("corrections of %s", self.path)
            return ()


def check(buffer: Buffer, path: str, settle: Settle, *, was_report: bool = False) -> Checked:
    """What there is to say of a text. Never raises. `was_report`: it was one before somebody wrote on, and so
    it stays one, whatever has become of it.

    The path decides the format and which settings hold; nothing is read from it.
    """
    try:
        return _check(buffer, path, settle, was_report)
    except BaseException as error:  # a panic of a library in Rust is no Exception; the editor goes on
        _log.exception("check of %s", path)
        problem = f"点検プログラムの不具合で、点検できませんでした（{type(error).__name__}）。"
        return Checked(buffer, path, problem=problem)


def _check(buffer: Buffer, path: str, settle: Settle, was_report: bool) -> Checked:
    data = buffer.data
    try:
        options = settle(path)
    except Unsettled as error:
        if was_report or is_report(data, path):
            return Checked(buffer, path, problem=f"設定に誤りがあるため、点検していません。{error}")
        return Checked(buffer, path, is_report=False)
    # Settings that name a form for this file, and not for all, take it for a report.
    is_meant = was_report or options.selection.profile_for(path) is not None
    if not (is_meant or is_report(data, path, options.profile, options.limits)):
        return Checked(buffer, path, is_report=False)
    try:
        outcome = run.check([], options=replace(options, stdin=(data, path)))
    except run.UsageError as error:
        return Checked(buffer, path, problem=f"点検していません。{error}")
    # A waiver that is out of use is a finding of its own file.
    own = tuple(finding for finding in outcome.findings if finding.location.path == path)
    return Checked(buffer, path, options=options, findings=own, faults=outcome.faults)
