"""Settings of a project: jisseki-check.toml, or [tool.jisseki-check] in pyproject.toml, and what it extends.

A file that extends another may only be stricter, unless the other one allows more by name.
"""

from __future__ import annotations

from collections.abc import Sequence

from jisseki_check.settings.files import SettingsFile, chain, chain_of
from jisseki_check.settings.keys import KEYS, SettingsError
from jisseki_check.settings.settled import Settings, merged, saying

__all__ = ["KEYS", "Settings", "SettingsError", "SettingsFile", "load", "load_file", "saying"]


def load(folder: str) -> Settings:
    """The settings that hold in `folder`. Raises SettingsError.

    Whether the rules of a file that extends another are no looser, only the catalogue can tell:
    `strictness.require_stricter_rules`.
    """
    return _settled(chain(folder))


def load_file(path: str) -> Settings:
    """The settings of one file, with what it extends. Raises SettingsError."""
    return _settled(chain_of(path))


def _settled(files: Sequence[SettingsFile]) -> Settings:
    if len(files) > 1:
        from jisseki_check.settings.strictness import require_stricter  # few files extend another

        require_stricter(files)
    return merged(files)
