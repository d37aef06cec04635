"""What each rule judged of each file, and what not: for those who ask for the passed checks too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import chain

import polars as pl

from jisseki_check.engine.coverage import reason, unknown_needs
from jisseki_check.engine.judge import Frames, Judgement, Raw
from jisseki_check.model import BETWEEN_REASONS, Coverage


class CoverageByFile:
    """Adds up, over all batches, how many rows of each file each rule judged and how many not."""

    def __init__(self) -> None:
        self._files: dict[str, dict[str, Coverage]] = {}

    def count(self, path: str, coverage: Coverage) -> None:
        """Rows of one rule in one file."""
        held = self._files.setdefault(path, {})
        before = held.get(coverage.rule)
        held[coverage.rule] = coverage if before is None else _sum(before, coverage)

    def add(self, judgements: Sequence[Judgement], frames: Frames, paths: Mapping[int, str]) -> None:
        """The judgements of one batch; `paths`: the files of its reports, by their numbers."""
        for table, frame in frames.items():
            own = [each for each in judgements if each.condition.table.name == table]
            sums = _sums(frame, own)
            reports, absent = frame.get_column("report"), _absent(frame)
            for judgement in own:
                blockers, left = _blockers(judgement, reports), _left(judgement, frame, absent)
                for number, path in paths.items():
                    numbers = sums.get(number, {})
                    own_left = tuple(sorted(left.get(number, ())))
                    coverage = _coverage(judgement, numbers, blockers.get(number, {}))
                    self.count(path, replace(coverage, left=own_left) if own_left else coverage)

    def merge(self, other: CoverageByFile) -> None:
        """Takes in the rows of other files."""
        for path, held in other._files.items():
            for coverage in held.values():
                self.count(path, coverage)

    def coverage(self) -> dict[str, tuple[Coverage, ...]]:
        """By file, one line a rule, by code."""
        return {
            path: tuple(coverage for _, coverage in sorted(held.items()))
            for path, held in sorted(self._files.items())
        }


def _sums(frame: pl.DataFrame, judgements: Iterable[Judgement]) -> dict[int, Mapping[str, int]]:
    """For each report its rows, and those that a rule applies to (`FIN101 due`) and has judged."""
    columns = [frame.get_column("report").alias("report")]
    for each in judgements:
        if each.raw is not None:
            code = each.condition.rule.id
            columns += [
                each.raw.applies.alias(f"{code} due"),
                _judged(each.raw, each.held_back).alias(f"{code} judged"),
            ]
    sums = pl.DataFrame(columns).group_by("report").agg(pl.all().sum(), pl.len().alias("rows"))
    return {row["report"]: row for row in sums.iter_rows(named=True)}


def _judged(raw: Raw, held_back: Mapping[int, frozenset[str]]) -> pl.Series:
    judged = raw.applies & raw.known
    return judged.scatter(sorted(held_back), False) if held_back else judged


def _blockers(judgement: Judgement, reports: pl.Series) -> dict[int, dict[int, frozenset[str]]]:
    """For each report the rows that are held back, with the codes of what holds them back."""
    out: dict[int, dict[int, frozenset[str]]] = {}
    for row, codes in judgement.held_back.items():
        out.setdefault(reports[row], {})[row] = codes
    return out


def _left(
    judgement: Judgement, frame: pl.DataFrame, absent: Set[tuple[int, int | None]]
) -> dict[int, set[int]]:
    """For each report the items that the rule did not judge and should have, or that are `absent`; 0 for the
    report's own rows."""
    out: dict[int, set[int]] = {}
    for report, item in judgement.left(frame) | absent if judgement.raw is not None else ():
        out.setdefault(report, set()).add(item or 0)
    return out


def _absent(frame: pl.DataFrame) -> Set[tuple[int, int | None]]:
    """Report and item of the rows that have nothing to be held against, where others of the report have: of
    most reports it is all or nothing, and no item need be named."""
    if "absent" not in frame.columns:
        return frozenset()
    is_absent = pl.col("absent").is_not_null()
    some = frame.filter(~is_absent).get_column("report").unique().to_list()
    rows = frame.filter(is_absent & pl.col("report").is_in(some))
    return frozenset(rows.select("report", "item").iter_rows())


def _coverage(
    judgement: Judgement, sums: Mapping[str, int], held_back: Mapping[int, frozenset[str]]
) -> Coverage:
    code, rows = judgement.condition.rule.id, sums.get("rows", 0)
    if judgement.raw is None:
        return Coverage(code, crashed=rows, reason=judgement.error if rows else None)
    due, judged = sums.get(f"{code} due", 0), sums.get(f"{code} judged", 0)
    is_unknown = due - len(held_back) - judged > 0
    return Coverage(
        code,
        evaluated=judged,
        not_applicable=rows - due,
        blocked=due - judged,
        reason=reason(unknown_needs(judgement) if is_unknown else (), frozenset().union(*held_back.values())),
    )


def _sum(one: Coverage, other: Coverage) -> Coverage:
    told = (each.reason.split(BETWEEN_REASONS) for each in (one, other) if each.reason is not None)
    reasons = dict.fromkeys(chain.from_iterable(told))
    return Coverage(
        one.rule,
        evaluated=one.evaluated + other.evaluated,
        not_applicable=one.not_applicable + other.not_applicable,
        blocked=one.blocked + other.blocked,
        crashed=one.crashed + other.crashed,
        reason=BETWEEN_REASONS.join(reasons) or None,
        left=tuple(sorted({*one.left, *other.left})),
    )
