"""The catalogue, as commands need it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError, nearest

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry

_LISTING = "コードの一覧は「jisseki-check rules」で確かめられます。"


def load_entries(own: str | None = None, profile: str | None = None) -> tuple[list[Entry], str]:
    """The rules at hand, with those of the folder `own`, and their digest.

    `profile` names the form that the own rules' examples are written in, if it is known. Raises CommandError.
    """
    from jisseki_check.catalogue import CatalogueError, entries  # --help should not wait for it

    if own is not None:
        _refuse_mistakes(own, profile)
    try:
        return entries(own=own)
    except CatalogueError as error:
        raise CommandError(str(error), INCONCLUSIVE) from None


def _refuse_mistakes(own: str, profile: str | None) -> None:
    from jisseki_check.catalogue import CatalogueError
    from jisseki_check.engine.rule_check import check  # polars: only a city's own rules have to be looked at
    from jisseki_check.profiles import ProfileError, load

    try:
        mistakes = check(own, load(profile) if profile else None)
    except (CatalogueError, ProfileError) as error:
        raise CommandError(str(error)) from None
    if mistakes:
        listed = "\n".join(map(str, mistakes))
        raise CommandError(f"規則のフォルダー「{own}」に誤りがあります。\n{listed}")


def find(rules: Sequence[Entry], code_or_name: str) -> Entry:
    """A rule by code or name, whatever its case. Raises CommandError with the nearest known one."""
    wanted = code_or_name.strip().lower()
    rule = next((rule for rule in rules if wanted in (rule["id"].lower(), rule["name"])), None)
    if rule is None:
        known = [word for each in rules for word in (each["id"], each["name"])]
        given = wanted.upper() if len(wanted) <= len("FIN101") else wanted
        raise CommandError(f"「{code_or_name}」という規則はありません。{nearest(given, known)}{_LISTING}")
    return rule


def require_known(rules: Sequence[Entry], codes: Iterable[str], where: str) -> None:
    """Raises CommandError for a code that no rule begins with; `where`: the option or the settings' key."""
    for code in codes:
        if not any(rule["id"].startswith(code) for rule in rules):
            close = nearest(code, [rule["id"] for rule in rules])
            raise CommandError(f"{where}: 「{code}」で始まる規則はありません。{close}{_LISTING}")
