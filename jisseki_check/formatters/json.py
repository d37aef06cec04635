"""`json`: the whole outcome as one document."""

from __future__ import annotations

from jisseki_check.formatters import contract
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome


def render(outcome: Outcome, view: View) -> str:
    return contract.document(contract.whole(outcome)) + "\n"
