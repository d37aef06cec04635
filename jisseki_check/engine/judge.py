"""One batch's facts against the rules: which rows apply, are violated, are blocked, or crashed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from jisseki_check.engine.conditions import Condition

Frames = Mapping[str, pl.DataFrame]
Keys = Sequence[tuple[int, int]]
"""Report and item (0: the report's own) of each row of a table."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What the conditions alone say of a table's rows, before one finding blocks another."""

    applies: pl.Series
    known: pl.Series
    violated: pl.Series


@dataclass(slots=True)
class Judgement:
    """A rule's rows in this batch. `rows` are the violating rows' numbers; `held_back` those that findings of
    other rules keep from being judged, with the codes of these."""

    condition: Condition
    total: int
    evaluated: int = 0
    blocked: int = 0
    crashed: int = 0
    rows: list[int] = field(default_factory=list)
    held_back: Mapping[int, frozenset[str]] = field(default_factory=dict)
    unknown: int = 0
    error: str | None = None
    raw: Raw | None = None

    @property
    def blockers(self) -> frozenset[str]:
        return frozenset().union(*self.held_back.values())

    def left(self, frame: pl.DataFrame) -> set[tuple[int, int | None]]:
        """Report and item (None: the report's own) of the rows that the rule applies to and did not judge;
        `frame`: the rule's table."""
        if self.raw is None:
            rows = set(range(frame.height))
        else:
            rows = set(self.held_back)
            if self.unknown:
                rows.update((self.raw.applies & ~self.raw.known).arg_true())
        return set(frame.select("report", "item")[sorted(rows)].iter_rows()) if rows else set()


@dataclass(slots=True)
class Reach:
    """How far a rule's findings reach: whole reports, and single items (0: the report's own rows).

    What an error reaches cannot be judged further; what a milder finding reaches has been judged.
    """

    is_error: bool = True
    reports: set[int] = field(default_factory=set)
    items: set[tuple[int, int]] = field(default_factory=set)


def evaluate(frames: Frames, conditions: Sequence[Condition]) -> dict[str, Raw | Exception]:
    """Every condition over its table, in one select a table; alone where one of them fails."""
    out: dict[str, Raw | Exception] = {}
    for name, frame in frames.items():
        held = [condition for condition in conditions if condition.table.name == name]
        try:
            out.update(_select(frame, held))
        except Exception:  # one of them crashed: find out which, and judge by the others
            for condition in held:
                try:
                    out.update(_select(frame, [condition]))
                except Exception as error:
                    out[condition.rule.id] = error
    return out


def _select(frame: pl.DataFrame, conditions: Sequence[Condition]) -> dict[str, Raw]:
    if not conditions:
        return {}
    expressions = []
    for condition in conditions:
        expressions += [
            condition.applies.alias(f"{condition.rule.id} applies"),
            condition.known.alias(f"{condition.rule.id} known"),
            condition.violated.alias(f"{condition.rule.id} violated"),
        ]
    # with_columns, not select: a condition without a column must still give one value a row
    result = frame.with_columns(expressions)
    return {
        condition.rule.id: Raw(
            *(result.get_column(f"{condition.rule.id} {what}") for what in ("applies", "known", "violated"))
        )
        for condition in conditions
    }


def judge(
    frames: Frames,
    conditions: Sequence[Condition],
    raw: Mapping[str, Raw | Exception],
    prior: Mapping[str, Reach],
) -> list[Judgement]:
    """The judgements, in an order in which a rule comes after those that block it.

    `prior` holds what was found before there were facts (reader, schema).
    """
    reach = dict(prior)
    keys = {name: _keys(frame) for name, frame in frames.items()}
    out = []
    for condition in in_order(conditions):
        table = condition.table.name
        judgement = _judge_one(condition, frames[table], keys[table], raw[condition.rule.id], reach)
        reach[condition.rule.id] = _reach(
            condition, keys[table], _beyond_columns(frames[table], judgement.rows)
        )
        out.append(judgement)
    return out


def _keys(frame: pl.DataFrame) -> Keys:
    return list(frame.select("report", pl.col("item").fill_null(0)).iter_rows())


def _judge_one(
    condition: Condition,
    frame: pl.DataFrame,
    keys: Keys,
    raw: Raw | Exception,
    reach: Mapping[str, Reach],
) -> Judgement:
    if isinstance(raw, Exception):
        return crashed(condition, frame, raw)
    blocked, said = _blocked(condition, keys, raw.applies, reach)
    known = raw.applies & raw.known
    applying, evaluated = int(raw.applies.sum()), int(known.sum())
    if blocked:
        evaluated -= int(known.gather(sorted(blocked)).sum())
    return Judgement(
        condition,
        frame.height,
        evaluated=evaluated,
        blocked=applying - evaluated,
        rows=[
            row for row in (raw.violated & known).arg_true().to_list() if not (row in blocked or row in said)
        ],
        held_back=blocked,
        unknown=applying - len(blocked) - evaluated,
        raw=raw,
    )


def crashed(condition: Condition, frame: pl.DataFrame, error: Exception) -> Judgement:
    """The judgement of a rule that failed: it judged none of its rows."""
    message = f"{type(error).__name__}: {error}".splitlines()[0]
    return Judgement(condition, frame.height, crashed=frame.height, error=message)


def _blocked(
    condition: Condition, keys: Keys, applies: pl.Series, reach: Mapping[str, Reach]
) -> tuple[dict[int, frozenset[str]], set[int]]:
    """Rows that errors keep from being judged, with their codes, and rows whose mistake a milder finding says
    already."""
    blocked: dict[int, frozenset[str]] = {}
    said: set[int] = set()
    held = {code: reach[code] for code in condition.rule.blocked_by if code in reach}
    held = {code: it for code, it in held.items() if it.reports or it.items}
    if held:
        for row in applies.arg_true().to_list():
            for code, it in held.items():
                if not (keys[row][0] in it.reports or keys[row] in it.items):
                    continue
                if it.is_error:
                    blocked[row] = blocked.get(row, frozenset()) | {code}
                else:
                    said.add(row)
    return blocked, said


def _beyond_columns(frame: pl.DataFrame, rows: Sequence[int]) -> Sequence[int]:
    """The rows without those of columns that a list lacks: such a one takes only its own field with it."""
    if not rows or "no_column" not in frame.columns:
        return rows
    return [
        row
        for row, said in zip(rows, frame.get_column("no_column").gather(rows), strict=True)
        if said is None
    ]


def _reach(condition: Condition, keys: Keys, rows: Sequence[int]) -> Reach:
    reach = Reach(is_error=condition.stops)
    for report, item in (keys[row] for row in rows):
        if item:
            reach.items.add((report, item))
        else:
            reach.reports.add(report)
    return reach


def in_order(conditions: Iterable[Condition]) -> list[Condition]:
    """Blockers before what they block; else by code."""
    held = {condition.rule.id: condition for condition in conditions}
    done: dict[str, Condition] = {}

    def visit(code: str, path: tuple[str, ...]) -> None:
        if code in done or code not in held:
            return
        if code in path:
            raise ValueError(f"rules block one another: {' → '.join((*path, code))}")
        for blocker in held[code].rule.blocked_by:
            visit(blocker, (*path, code))
        done[code] = held[code]

    for code in sorted(held):
        visit(code, ())
    return list(done.values())
