"""What a verdict rests on besides the reports: the project's own settings, profiles, rules and exceptions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from jisseki_check.cli.comparing import expect_path, prior_paths
from jisseki_check.cli.exceptions import baseline_path, waivers_path
from jisseki_check.cli.options import own_rules
from jisseki_check.settings import Settings
from jisseki_check.settings.files import OWN, SHARED

_PROFILE_FILES = (".yaml", ".yml")


def sources(given: Mapping[str, Any], settings: Settings) -> list[str]:
    """The files and folders that the command line and the settings name, whether they are there or not."""
    named = (path for _, path in sources_by_role(given, settings))
    return list(dict.fromkeys((*named, *prior_paths(given, settings))))


def sources_by_role(given: Mapping[str, Any], settings: Settings) -> Iterator[tuple[str, str]]:
    """What each of them is (settings, profile, rules, waivers, baseline, expect), and its path."""
    profiles = [given["profile"]]
    if given["profile"] is None:
        profiles = [settings.profile, *(entry.profile for entry in settings.selection.entries)]
    named = [
        *(("settings", file.path) for file in settings.files),
        *(("profile", profile) for profile in profiles if profile and profile.endswith(_PROFILE_FILES)),
        ("rules", own_rules(given["own"], settings)),
        ("waivers", waivers_path(given, settings)),
        ("baseline", baseline_path(given, settings)),
        ("expect", expect_path(given, settings)),
    ]
    yield from ((role, path) for role, path in named if path)


def from_here(path: str) -> str:
    """A path as people find it from the working directory."""
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return path


def settings_places(last: str | None = None) -> Iterator[str]:
    """Where settings are looked for, from the working directory upwards, as far as the file `last`."""
    folder = os.getcwd()
    while True:
        yield os.path.join(folder, OWN)
        yield os.path.join(folder, SHARED)
        above = os.path.dirname(folder)
        if above == folder or (last is not None and os.path.dirname(last) == folder):
            return
        folder = above
