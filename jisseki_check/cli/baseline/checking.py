"""The check that known findings are adopted from, or looked for in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.comparing import prior_below, prior_option, prior_paths
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.exceptions import exceptions, own_files, terms, waiver_options, waivers_path
from jisseki_check.cli.options import (
    STDIN,
    existing_paths,
    find_reports,
    form_option,
    limit_options,
    own_rules,
    rules_option,
    run_options,
    selection_options,
)
from jisseki_check.cli.output import encode, refuse_bad_targets, write_files
from jisseki_check.cli.rulebook import load_entries
from jisseki_check.cli.running import run
from jisseki_check.cli.types import Day
from jisseki_check.formatters.summary import reasons
from jisseki_check.formatters.text import clean
from jisseki_check.settings import Settings

if TYPE_CHECKING:
    from jisseki_check.exceptions import Baseline
    from jisseki_check.model import KnownFinding, Outcome


@dataclass(frozen=True, slots=True)
class Checked:
    """A run for a baseline: what came out, what the run was told was known, and for how many days a finding
    of each rule may be excepted. `target`: the file as it is shown."""

    target: str
    outcome: Outcome
    known: Baseline | None
    terms: Mapping[str, int]

    @property
    def never(self) -> frozenset[str]:
        """The codes of the rules whose findings cannot be known beforehand."""
        return frozenset(code for code, days in self.terms.items() if not days)


def checking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of `check` that decide what is found."""
    for option in (
        limit_options,
        click.option(
            "--as-of", type=Day(), metavar="日付", help="点検の基準とする日（例 2026-05-31）。省略すると今日"
        ),
        waiver_options,
        prior_option,
        selection_options,
        rules_option,
        form_option,
        click.argument(
            "paths", nargs=-1, required=True, metavar="パス...", help="報告のファイルかフォルダー"
        ),
    ):
        command = option(command)
    return command


def checked(
    paths: Sequence[str], given: Mapping[str, Any], settings: Settings, target: str, *, anew: bool
) -> Checked:
    """Checks the reports; `anew`: as though nothing were known, else by the known findings of `target`, which
    is about to be written. Raises CommandError."""
    from jisseki_check.engine.inputs import shown_name  # with what reads files; --help needs none of it

    if not target:
        raise CommandError("既知の指摘のファイルの名前が空です。")
    if STDIN in paths:
        raise CommandError("既知の指摘の一覧は、標準入力（-）の報告からは作れません。")
    files = existing_paths(paths)
    refuse_bad_targets([target], [str(path) for path in find_reports(files).files])
    rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
    told = {**given, "fail_on": None, "engine": "local", "baseline": None if anew else target}
    options = run_options(told, settings, rules, None)
    named = target, waivers_path(told, settings)
    excepted = exceptions(told, replace(settings, baseline=None), rules, files)
    prior = prior_paths(given, settings)
    left_out = own_files(named, files) | prior_below(files, prior)
    options = replace(options, exceptions=excepted, left_out=left_out, prior=tuple(map(Path, prior)))
    return Checked(shown_name(target), run(files, options), excepted.baseline, terms(rules))


def write(target: str, entries: Iterable[KnownFinding]) -> None:
    """Raises CommandError where that is more than could be read again."""
    from jisseki_check.engine.baseline_file import LIMITS
    from jisseki_check.exceptions.baseline import to_text

    data = encode(to_text(entries))
    if len(data) > LIMITS.max_bytes or data.count(b",") + data.count(b"{") > LIMITS.max_values:
        raise CommandError(
            "指摘が多すぎて、一つのファイルに書けません。部ごとのフォルダーに分けて作ってください。"
        )
    write_files({target: data})


def left_out(run: Checked) -> Iterator[str]:
    """The new findings that no baseline takes in, for people: by what is to be done about them."""
    from jisseki_check.exceptions.baseline import not_adoptable

    left = not_adoptable(run.outcome, run.never)
    waivers = [each for each in left if each.rule.startswith("WVR")]
    for what, held in (
        ("読み取れないファイルの指摘", [each for each in left if each not in waivers]),
        ("免除についての指摘", waivers),
    ):
        if held:
            codes = "・".join(sorted({each.rule for each in held}))
            yield f"{what} {len(held):,}件（{codes}）は、既知にできません。check で確かめ、直してください。"


def unjudged(outcome: Outcome, what: str) -> list[str]:
    """What the run could not judge, for people; `what` follows from it."""
    return [what, *(f"  ・{clean(reason)}" for reason in reasons(outcome))]
