"""`json`: the whole outcome as one document."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check.formatters import contract
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome


def pieces(outcome: Outcome, view: View) -> Iterator[str]:
    yield from contract.pieces(contract.parts(outcome))
    yield "\n"
