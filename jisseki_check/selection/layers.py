"""What several places say of the rules, one after the other: a city's settings, a department's, those of a
path, the command line. Where they differ, the later one holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

LEVELS = ("info", "warning", "error")
"""From the mildest on, as settings write them."""

Grades = tuple[tuple[str, str], ...]
"""Codes, or how codes begin, and their levels."""


class Levels(NamedTuple):
    """Levels that one place gives: in all profiles, and in those of a name, which go before."""

    general: Grades = ()
    by_profile: tuple[tuple[str, Grades], ...] = ()

    def of(self, code: str, profile: str) -> str | None:
        """The level of a rule; None where nothing is said of it. The longest beginning of its code holds."""
        return _longest(dict(self.by_profile).get(profile, ()), code) or _longest(self.general, code)

    def codes(self) -> list[str]:
        """All codes that are named."""
        grades = [self.general, *(own for _, own in self.by_profile)]
        return [code for each in grades for code, _ in each]


class Layer(NamedTuple):
    """What one place says. `select` takes the place of what earlier ones select; `extend_select` adds to it,
    and takes back what earlier ones ignore, as does `select` of a rule that it names in full; `ignore` goes
    before both of its own place."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    levels: Levels = Levels()


NOTHING = Layer()


class State(NamedTuple):
    """What the places so far have made of one rule. `extended`: used even where the profile does not."""

    level: str
    selected: bool = True
    extended: bool = False
    ignored: bool = False

    def after(self, layer: Layer, code: str, profile: str) -> State:
        """What a further place makes of it."""
        extends = names(layer.extend_select, code)
        return State(
            level=layer.levels.of(code, profile) or self.level,
            selected=names(layer.select, code) if layer.select else self.selected,
            extended=self.extended or extends,
            ignored=names(layer.ignore, code) or (self.ignored and not extends and code not in layer.select),
        )

    def is_on(self, *, by_profile: bool = True) -> bool:
        """Whether the rule is used; `by_profile`: whether the profile uses it."""
        return (self.selected or self.extended) and not self.ignored and (by_profile or self.extended)


def settled(layers: Iterable[Layer], code: str, profile: str, level: str) -> State:
    """What all places make of a rule whose level, in that profile, is `level`."""
    state = State(level)
    for layer in layers:
        state = state.after(layer, code, profile)
    return state


def names(codes: tuple[str, ...], code: str) -> bool:
    """Whether one of the codes is that code, or how it begins."""
    return bool(codes) and code.startswith(codes)


def _longest(grades: Grades, code: str) -> str | None:
    found = [(beginning, level) for beginning, level in grades if code.startswith(beginning)]
    return max(found, key=lambda grade: len(grade[0]))[1] if found else None
