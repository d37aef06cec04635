"""Where the schemas and the rules live: inside an installed package, at the top of a checkout."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# os.path of __file__, and pathlib only where it is asked for: importlib.resources alone costs more
# than the commands that print help or a rule may spend.
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def file(name: str, *parts: str) -> str:
    """The path of a file below the folder `name` ("schemas" or "rules"), for readers in a hurry."""
    installed = os.path.join(_PACKAGE, name)
    root = installed if os.path.isdir(installed) else os.path.join(os.path.dirname(_PACKAGE), name)
    return os.path.join(root, *parts)


def folder(name: str) -> Path:
    """The folder "schemas" or "rules"."""
    from pathlib import Path

    return Path(file(name))
