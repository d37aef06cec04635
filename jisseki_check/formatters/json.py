"""`json`: the whole outcome as one document."""

from __future__ import annotations

import json

from jisseki_check.formatters import contract
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome


def render(outcome: Outcome, view: View) -> str:
    return json.dumps(contract.whole(outcome), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
