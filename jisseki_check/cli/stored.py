"""Stored results, as commands need them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError

if TYPE_CHECKING:
    from jisseki_check.model import Outcome


def stored(path: str) -> Outcome:
    """The outcome that a file holds. Raises CommandError."""
    from jisseki_check.formatters.stored import StoredError, load  # with the model; --help needs none of it

    if not path:
        raise CommandError(
            "結果のファイルの名前が空です。check -o json=… で書き出したファイルを指定してください。"
        )
    try:
        return load(path)
    except StoredError as error:
        raise CommandError(str(error), INCONCLUSIVE) from None
