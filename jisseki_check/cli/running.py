"""Runs the engine for a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.progress import Progress

if TYPE_CHECKING:
    from jisseki_check.engine.run import Options
    from jisseki_check.model import Outcome


def run(files: Sequence[str], options: Options, *, quiet: bool = False) -> Outcome:
    """The outcome of checking files and folders. Raises CommandError where there is nothing to check."""
    from jisseki_check.engine import run  # polars: a wrong command should not wait for it

    with Progress(quiet=quiet) as progress:
        try:
            return run.check([Path(each) for each in files], options=options, progress=progress)
        except run.UsageError as error:
            raise CommandError(str(error)) from None
        except run.ClusterError as error:
            raise CommandError(f"{error}\n点検は終わっていません。", INCONCLUSIVE) from None
