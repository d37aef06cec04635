"""Words that the shell offers for arguments and options. Nothing here raises: a prompt is no place for
messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.types import suggestions

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from jisseki_check.catalogue import Entry

_FAMILY = len("FIN")


def suggest_rules(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Rules by their codes, and by their names once a name is begun."""
    held = _entries(ctx)
    by_code = {rule["id"]: rule["title"] for rule in held}
    by_name = {rule["name"]: rule["title"] for rule in held} if incomplete else {}
    return suggestions(by_code, incomplete.upper(), by_code) + suggestions(by_name, incomplete, by_name)


def suggest_codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Codes, or at first what families of them begin with, for the last one of a list joined by commas."""
    before, comma, begun = incomplete.rpartition(",")
    words = {rule["id"]: rule["title"] for rule in _entries(ctx)}
    if len(begun) < _FAMILY:
        words |= {code[:_FAMILY]: f"{code[:_FAMILY]} で始まる規則の全て" for code in words}
    listed = {f"{before}{comma}{code}": words[code] for code in sorted(words)}
    return suggestions(listed, f"{before}{comma}{begun.upper()}", listed)


def suggest_profiles(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem[Any]]:
    """The forms that come with the program."""
    from jisseki_check.profiles import titles  # most command lines name no profile

    held = titles()
    return suggestions(held, incomplete, held)


def _entries(ctx: click.Context) -> list[Entry]:
    from jisseki_check.catalogue import CatalogueError, entries  # --help should not wait for it
    from jisseki_check.cli.options import own_rules, project_settings  # which itself imports from here

    try:
        return entries(own=own_rules(ctx.params.get("own"), project_settings()))[0]
    except (CatalogueError, CommandError):
        return []
