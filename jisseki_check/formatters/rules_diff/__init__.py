"""What another choice of rules would change, as text: one module a format."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jisseki_check.comparing.rules import RulesDiff
    from jisseki_check.formatters.view import View

# The module of each format; loaded when it is asked for.
FORMATS = {
    "table": "jisseki_check.formatters.rules_diff.table",
    "json": "jisseki_check.formatters.rules_diff.json",
}
FOR_PEOPLE = frozenset({"table"})


@dataclass(frozen=True, slots=True)
class Named:
    """What one choice is called, and what that is, for people; `kind`: the same for programs."""

    name: str
    kind: str
    meaning: str


def render(name: str, diff: RulesDiff, sides: tuple[Named, Named], view: View) -> str:
    """The difference in the format `name`, one of FORMATS; it ends with a line feed."""
    text: str = import_module(FORMATS[name]).render(diff, sides, view)
    return text
