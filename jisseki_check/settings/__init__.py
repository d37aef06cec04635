"""Settings of a project: jisseki-check.toml, or [tool.jisseki-check] in pyproject.toml, and what it extends.

A file that extends another may only be stricter, unless the other one allows more by name.
"""

from __future__ import annotations

from jisseki_check.settings.files import SettingsFile, chain
from jisseki_check.settings.keys import KEYS, SettingsError
from jisseki_check.settings.settled import Settings, merged, saying
from jisseki_check.settings.strictness import require_stricter

__all__ = ["KEYS", "Settings", "SettingsError", "SettingsFile", "load", "saying"]


def load(folder: str) -> Settings:
    """The settings that hold in `folder`. Raises SettingsError.

    Whether the rules of a file that extends another are no looser, only the catalogue can tell:
    `strictness.require_stricter_rules`.
    """
    files = chain(folder)
    require_stricter(files)
    return merged(files)
