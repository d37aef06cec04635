"""What a project has settled, of all its files together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jisseki_check.selection import EVERYTHING, Selection
from jisseki_check.settings.files import SettingsFile


@dataclass(frozen=True, slots=True)
class Settings:
    """What a project has settled; None where it says nothing. `path` is the nearest file, None without one;
    `files`: that one and all that it extends, the outermost one first. Paths are absolute."""

    path: str | None = None
    profile: str | None = None
    rules: str | None = None
    fail_on: str | None = None
    output_format: str | None = None
    waivers: str | None = None
    baseline: str | None = None
    expect: str | None = None
    prior: tuple[str, ...] = ()
    max_bytes: int | None = None
    max_inflated: int | None = None
    max_cells: int | None = None
    max_pages: int | None = None
    selection: Selection = EVERYTHING
    files: tuple[SettingsFile, ...] = field(default=(), compare=False, repr=False)


def merged(files: Sequence[SettingsFile]) -> Settings:
    """Words and numbers of the nearest file that has them; what files say of rules, and of reports to compare
    with, one after the other."""
    words: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for file in files:
        words |= file.words
        numbers |= file.numbers
    return Settings(
        path=files[-1].path if files else None,
        profile=words.get("profile"),
        rules=words.get("rules"),
        fail_on=words.get("fail-on"),
        output_format=words.get("output-format"),
        waivers=words.get("waivers"),
        baseline=words.get("baseline"),
        expect=words.get("expect"),
        prior=tuple(dict.fromkeys(path for file in files for path in file.lists.get("prior", ()))),
        max_bytes=numbers.get("max-bytes"),
        max_inflated=numbers.get("max-inflated"),
        max_cells=numbers.get("max-cells"),
        max_pages=numbers.get("max-pages"),
        selection=Selection(
            layers=tuple(file.layer for file in files),
            entries=tuple(entry for file in files for entry in file.entries),
        ),
        files=tuple(files),
    )


def saying(files: Sequence[SettingsFile], key: str) -> SettingsFile | None:
    """The file whose word for a key holds."""
    return next((file for file in reversed(files) if key in file.keys), None)
