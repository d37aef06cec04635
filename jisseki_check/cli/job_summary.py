"""The page of a run on GitHub Actions, beside the annotations in its log."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from jisseki_check.os_errors import in_words

if TYPE_CHECKING:
    from jisseki_check.model import Outcome


def add_job_summary(outcome: Outcome) -> None:
    """Appends to the file that GitHub Actions names, as far as it takes more; says where it cannot."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from jisseki_check.formatters.github import job_summary  # with the format that few ask for

    try:
        with open(path, "ab") as stream:
            text = job_summary.render(outcome, job_summary.LIMIT - stream.tell())
            stream.write(text.encode())
    except OSError as error:
        click.echo(f"GitHub のジョブの要約に書けませんでした（{in_words(error)}）。", err=True)
        return
    if not text:
        click.echo("GitHub のジョブの要約がいっぱいで、点検の結果を載せられませんでした。", err=True)
