"""Values of options, refused in Japanese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import nearest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_FISCAL_YEARS = (1868, 2200)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _refused(message: str, ctx: click.Context | None, param: click.Parameter | None) -> click.BadParameter:
    return click.BadParameter(message, ctx=ctx, param=param)


class OneOf(click.ParamType[str]):
    """One of a few words."""

    name = "choice"

    def __init__(self, words: Iterable[str], elsewhere: Mapping[str, str] | None = None) -> None:
        """`elsewhere`: words that have their place elsewhere, and what is to be written there."""
        self.words = tuple(words)
        self.elsewhere = elsewhere or {}

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "|".join(self.words)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.words:
            return str(value)
        if value in self.elsewhere:
            raise _refused(f"「{value}」は、ここでは使えません。{self.elsewhere[value]}", ctx, param)
        known = "・".join(self.words)
        close = nearest(str(value), self.words)
        raise _refused(f"「{value}」は使えません。{close}使えるのは {known} です。", ctx, param)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[Any]]:
        return suggestions(self.words, incomplete)


class Day(click.ParamType[date]):
    """A day as 2026-05-31."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            raise _refused(
                f"「{value}」という日はありません。月と日を確かめてください。", ctx, param
            ) from None
        raise _refused(f"「{value}」を日付として読めません。2026-05-31 のように書いてください。", ctx, param)


class FiscalYear(click.ParamType[int]):
    """A fiscal year as 平成29年度, H29 or 2017; the year in which it begins."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from jisseki_check.notation.fiscal import find_fiscal_years  # no other option needs it

        text = str(value).strip()
        found = find_fiscal_years(f"{text}年度" if text.isdecimal() else text)
        first, last = _FISCAL_YEARS
        if len(found) == 1 and found[0].within_era and first <= found[0].year <= last:
            return found[0].year
        raise _refused(
            f"「{value}」を年度として読めません。平成29年度、2017 のように書いてください。", ctx, param
        )


class Count(click.ParamType[int]):
    """A whole number, at least 1."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value)
        if text.isascii() and text.isdecimal() and len(text) <= 15 and int(text) > 0:
            return int(text)
        raise _refused(f"「{value}」は使えません。1以上の整数で書いてください。", ctx, param)


class Target(click.ParamType[tuple[str, str]]):
    """FORMAT=PATH."""

    name = "target"

    def __init__(self, formats: Iterable[str]) -> None:
        self.formats = tuple(formats)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, separator, path = str(value).partition("=")
        if not separator or not path:
            self.fail(
                f"「{value}」では書き出せません。json=結果.json のように、形式とファイル名を書いてください。",
                param,
                ctx,
            )
        if name not in self.formats:
            known = "・".join(self.formats)
            self.fail(
                f"「{name}」という形式はありません。{nearest(name, self.formats)}使えるのは {known} です。",
                param,
                ctx,
            )
        return name, path

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[Any]]:
        return suggestions([f"{name}=" for name in self.formats], incomplete)


def suggestions(
    words: Iterable[str], begun: str, meanings: Mapping[str, str] | None = None
) -> list[CompletionItem[Any]]:
    """Those of the words that begin so, for the shell."""
    from click.shell_completion import CompletionItem  # only the shell needs them

    return [
        CompletionItem(word, help=meanings.get(word) if meanings else None)
        for word in words
        if word.startswith(begun)
    ]


def listed(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """A repeatable option whose values may also be joined by commas."""
    parts = [part.strip().upper() for value in values for part in value.split(",")]
    if values and not any(parts):
        # An unset variable of a pipeline must not turn a choice into "all".
        raise click.BadParameter("空です。規則のコードを書いてください。", ctx, param)
    return tuple(part for part in parts if part)
