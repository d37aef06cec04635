"""A rule's conditions and words, compiled from SQL over the facts to polars expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite

import polars as pl

from jisseki_check.catalogue import CatalogueError
from jisseki_check.facts.contracts import TABLES, Column, Table
from jisseki_check.model import Rule, Severity
from jisseki_check.notation.money import format_amount, format_yen
from jisseki_check.notation.percent import percent
from jisseki_check.notation.personal import mask
from jisseki_check.profiles import Profile

_PART = re.compile(r"\{([^{}]+)\}")
_WORD = re.compile(r"'[^']*'|[A-Za-z_][A-Za-z0-9_]*")
_LARGE_UNITS = {1_000_000: "百万円", 100_000_000: "億円"}
Params = Mapping[str, float | str | bool]


def _plain(value: object) -> str:
    """A text of the report is not repeated with the personal data that it may hold."""
    if isinstance(value, str):
        return mask(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _yen(value: object, unit_yen: int | None = None) -> str:
    """In the unit of the row's amounts where it is 百万円 or 億円 and two decimals do, else in 千円 or 円."""
    yen = round(float(str(value)))
    unit = _LARGE_UNITS.get(unit_yen or 0)
    return format_yen(yen, unit) if unit and yen * 100 % (unit_yen or 1) == 0 else format_amount(yen)


def _prose(value: object, unit_yen: int | None = None) -> str:
    """As running text writes money: 192万8,108円; in 百万円 where the row's amounts are."""
    yen = round(float(str(value)))
    if unit_yen in _LARGE_UNITS:
        return _yen(yen, unit_yen)
    groups = [(abs(yen) // 10**8, "億"), (abs(yen) // 10**4 % 10**4, "万"), (abs(yen) % 10**4, "")]
    return (
        ("△" if yen < 0 else "")
        + ("".join(f"{count:,}{unit}" for count, unit in groups if count) or "0")
        + "円"
    )


def _percent(value: object) -> str:
    share = float(str(value))
    return percent(share) if isfinite(share) else "―"  # a division by nothing


def _share(value: object) -> str:
    """Nobody says 100％ of what is all."""
    return "全て" if float(str(value)) == 1 else _percent(value)


def _counted(value: object, counter: str) -> str:
    number = float(str(value))
    return f"{'△' if number < 0 else ''}{abs(number):,.6f}".rstrip("0").rstrip(".") + counter


def _year(value: object) -> str:
    return str(value)


def _short(value: object) -> str:
    text = mask(str(value)).replace("\n", " ")
    return text if len(text) <= 40 else f"{text[:39]}…"


def _times(value: object) -> str:
    return f"{float(str(value)):,.0f}倍"


def _fiscal(value: object) -> str:
    from jisseki_check.notation.fiscal import label  # only findings about years need it

    return label(int(str(value)))


FORMATS = {
    "": _plain,
    "yen": _yen,
    "prose": _prose,
    "percent": _percent,
    "share": _share,
    "year": _year,
    "fiscal": _fiscal,
    "short": _short,
    "times": _times,
}
_OF_MONEY = {"yen": _yen, "prose": _prose}


@dataclass(frozen=True, slots=True)
class Template:
    """Words with expressions in braces: `{settlement_yen - budget_yen:yen}`; a column alone by its name."""

    parts: tuple[str, ...]
    formats: tuple[str, ...]
    expressions: tuple[pl.Expr | str, ...]

    def render(
        self, values: tuple[object, ...], unit_yen: int | None = None, counter: str | None = None
    ) -> str:
        """The words with their values in place; a value that is not there is a bar. Where the row has a
        counter (名), its sums are no money."""
        out = [self.parts[0]]
        for value, form, part in zip(values, self.formats, self.parts[1:], strict=True):
            if value is None:
                written = "―"
            elif form in _OF_MONEY:
                written = _counted(value, counter) if counter else _OF_MONEY[form](value, unit_yen)
            else:
                written = FORMATS[form](value)
            out += [written, part]
        return "".join(out)


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule over a facts table, ready to run. `violated` is true only where `applies` is; where it applies
    and is not `known`, the row cannot be judged. `reads`: the columns whose values the finding rests on;
    those that say only where something stands are none of them. `columns`: all that judging and its findings
    take, so that no others need be held. `stops`: whether what it finds cannot be judged further, however
    settings grade it."""

    rule: Rule
    table: Table
    at: Column
    applies: pl.Expr
    violated: pl.Expr
    known: pl.Expr
    message: Template
    fix: Template
    expected: Template | None
    difference: Template | None
    correction: Template | None
    related: tuple[Column, ...]
    reads: tuple[str, ...]
    columns: frozenset[str]
    stops: bool


def adjust(rule: Rule, profile: Profile) -> Rule:
    """The rule as the profile wants it: its level and its parameters."""
    setting = profile.rules.get(rule.id)
    if setting is None:
        return rule
    unknown = sorted(set(setting.params or {}) - set(rule.params))
    if unknown:
        raise CatalogueError(f"様式設定の {rule.id} に、規則にない値「{unknown[0]}」があります。")
    return replace(rule, level=setting.level or rule.level, params={**rule.params, **(setting.params or {})})


def compile_condition(rule: Rule) -> Condition:
    """The rule's conditions and words. Raises CatalogueError for a name that the table does not have."""
    table = TABLES.get(rule.table or "")
    if table is None or rule.violated_when is None:
        raise CatalogueError(f"規則 {rule.id} の table または violated_when が正しくありません。")
    at = table.column(rule.at or "")
    if at is None or at.place is None:
        raise CatalogueError(f"規則 {rule.id} の at「{rule.at}」は、場所を持つ列ではありません。")
    unknown = [name for name in rule.needs if table.column(name) is None]
    if unknown:
        raise CatalogueError(
            f"規則 {rule.id} の needs「{unknown[0]}」は、表 {table.name} の列ではありません。"
        )
    related = tuple(column for name in rule.related if (column := table.column(name)) is not None)
    if len(related) != len(rule.related):
        raise CatalogueError(f"規則 {rule.id} の related に、表にない列があります。")
    applies = expression(rule, table, rule.applies_when or "TRUE").fill_null(False)
    violated = expression(rule, table, rule.violated_when).fill_null(False)
    words = {
        name: template(rule, table, text) if text else None
        for name, text in (
            ("expected", rule.expected),
            ("difference", rule.difference),
            ("correction", rule.correction),
        )
    }
    message, fix = template(rule, table, rule.message), template(rule, table, rule.fix)
    return Condition(
        rule=rule,
        table=table,
        at=at,
        applies=applies,
        violated=applies & violated,
        known=pl.all_horizontal([pl.col(name).is_not_null() for name in rule.needs])
        if rule.needs
        else pl.lit(True),
        message=message,
        fix=fix,
        **words,
        related=related,
        reads=_reads(table, applies, violated, related),
        columns=_columns(rule, table, (at, *related), (applies, violated), (message, fix, *words.values())),
        stops=rule.level is Severity.ERROR,
    )


# What findings tell of a row wherever its table has it.
_TOLD = frozenset({"report", "item", "count", "places", "unit_yen", "counter", "no_column"})


def _columns(
    rule: Rule,
    table: Table,
    placed: Sequence[Column],
    conditions: Sequence[pl.Expr],
    templates: Sequence[Template | None],
) -> frozenset[str]:
    names = {*_TOLD, *rule.needs, rule.once_per}
    for column in placed:
        names.add(column.name)
        if (at := column.place) is not None:
            names |= {at.field.removeprefix("="), at.start, at.end, at.item, at.report}
    for expression in (*conditions, *(each for held in templates if held for each in held.expressions)):
        names |= {expression} if isinstance(expression, str) else set(expression.meta.root_names())
    return frozenset(column.name for column in table.columns if column.name in names)


def _reads(table: Table, *held: pl.Expr | tuple[Column, ...]) -> tuple[str, ...]:
    names: set[str] = set()
    for each in held:
        names |= {column.name for column in each} if isinstance(each, tuple) else set(each.meta.root_names())
    return tuple(column.name for column in table.columns if column.name in names and not column.is_position)


def template(rule: Rule, table: Table, text: str) -> Template:
    """A message's words and expressions."""
    formats: list[str] = []
    expressions: list[pl.Expr | str] = []
    for inside in _PART.findall(text):
        sql, _, form = inside.rpartition(":")
        sql, form = (sql, form) if sql and form in FORMATS else (inside, "")
        formats.append(form)
        is_column = sql not in rule.params and table.column(sql) is not None
        expressions.append(sql if is_column else expression(rule, table, sql))
    return Template(tuple(_PART.split(text)[::2]), tuple(formats), tuple(expressions))


def expression(rule: Rule, table: Table, sql: str) -> pl.Expr:
    """An SQL expression over the table's columns and the rule's parameters. Raises CatalogueError."""

    def literal(match: re.Match[str]) -> str:
        value = rule.params.get(match.group())
        if value is None:
            return match.group()
        return (
            "'" + value.replace("'", "''") + "'"
            if isinstance(value, str)
            else str(value).upper()
            if isinstance(value, bool)
            else repr(value)
        )

    text = " ".join(_WORD.sub(literal, sql).split())
    if text == "TRUE":
        return pl.lit(True)
    try:
        compiled = pl.sql_expr(text)
    except pl.exceptions.PolarsError:
        raise CatalogueError(
            f"規則 {rule.id} の「{text}」を SQL の式として読めません。"
            "括弧と引用符が閉じているか、AND・OR の前後に式があるかを確かめてください。"
        ) from None
    known = {column.name for column in table.columns}
    unknown = sorted(set(compiled.meta.root_names()) - known)
    if unknown:
        raise CatalogueError(
            f"規則 {rule.id} の「{unknown[0]}」は、表 {table.name} の列でも、変えられる値でもありません。"
            + _nearest(unknown[0], known | set(rule.params))
        )
    return compiled


def _nearest(wrong: str, known: set[str]) -> str:
    from difflib import get_close_matches  # only a mistake has to pay

    close = get_close_matches(wrong[:60], sorted(known), n=1, cutoff=0.6)
    return f"「{close[0]}」のことでしょうか。" if close else ""
