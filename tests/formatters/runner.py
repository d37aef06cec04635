"""How a runner of GitHub Actions reads the log of a step: which lines it takes for commands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# What the runner knows by name; whatever else stands between colons is text.
COMMANDS = frozenset({"add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group"})
COMMANDS |= {"notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands", "warning"}
_LINE_ENDS = re.compile("\r\n|\r|\n")


@dataclass(frozen=True)
class Command:
    name: str
    data: str
    properties: dict[str, str] = field(default_factory=dict)


def lines(text: str) -> list[str]:
    return _LINE_ENDS.split(text)


def command(line: str) -> Command | None:
    """The command of a line: `::name key=value,…::data` at its start, or `##[name …]data` anywhere in it."""
    return _of_colons(line.lstrip()) or _of_brackets(line)


def _of_colons(line: str) -> Command | None:
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, told = line[2:end].partition(" ")
    if name.lower() not in COMMANDS:
        return None
    pairs = (part.split("=", 1) for part in told.strip().split(",") if part)
    properties = {pair[0]: _read(pair[1], {":": "%3A", ",": "%2C"}) for pair in pairs if len(pair) == 2}
    return Command(name.lower(), _read(line[end + 2 :], {}), properties)


def _of_brackets(line: str) -> Command | None:
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    name = line[start + 3 : end].partition(" ")[0]
    return Command(name.lower(), line[end + 1 :]) if name.lower() in COMMANDS else None


def _read(text: str, more: dict[str, str]) -> str:
    for character, written in {"\r": "%0D", "\n": "%0A", **more, "%": "%25"}.items():
        text = text.replace(written, character)
    return text
