"""Where the schemas and the rules live: inside an installed package, at the top of a checkout; and by which
rules, those or the ones of another version, is judged."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# os.path of __file__, and pathlib only where it is asked for: importlib.resources alone costs more
# than the commands that print help or a rule may spend.
_PACKAGE = os.path.dirname(os.path.abspath(__file__))

_other_rules: ContextVar[str | None] = ContextVar("other_rules", default=None)


def file(name: str, *parts: str) -> str:
    """The path of a file below the folder `name` ("schemas" or "rules"), for readers in a hurry."""
    other = other_rules() if name == "rules" else None
    return installed(name, *parts) if other is None else os.path.join(other, *parts)


def installed(name: str, *parts: str) -> str:
    """The same of what came with the program, whatever rules are judged by."""
    inside = os.path.join(_PACKAGE, name)
    root = inside if os.path.isdir(inside) else os.path.join(os.path.dirname(_PACKAGE), name)
    return os.path.join(root, *parts)


@contextmanager
def rules_of(root: str | None) -> Iterator[None]:
    """Within it the folder "rules" is `root`, with its rules, profiles and lists; None: the installed one."""
    token = _other_rules.set(root)
    try:
        yield
    finally:
        _other_rules.reset(token)


def other_rules() -> str | None:
    """The folder of the rules of another version by which is judged; None where it is the installed one.
    What is kept of the rules is kept by it."""
    return _other_rules.get()


def folder(name: str) -> Path:
    """The folder "schemas" or "rules"."""
    from pathlib import Path

    return Path(file(name))
