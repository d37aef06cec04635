"""What holds for which file."""

from __future__ import annotations

from typing import NamedTuple

from jisseki_check.selection.layers import NOTHING, Layer


class PathEntry(NamedTuple):
    """What is said of the files whose paths, seen from `folder` (absolute), match the patterns. `profile`: a
    name, or a file's path."""

    folder: str
    paths: tuple[str, ...]
    layer: Layer = NOTHING
    profile: str | None = None

    def holds_for(self, path: str) -> bool:
        """Whether it speaks of that file. `path`: absolute, or from the working directory."""
        from jisseki_check.selection.globs import matches, relative_to  # most settings name no paths

        return matches(self.paths, relative_to(self.folder, path))


class Selection(NamedTuple):
    """What settings say of all files, then of some by their paths."""

    layers: tuple[Layer, ...] = ()
    entries: tuple[PathEntry, ...] = ()

    def layers_for(self, path: str) -> tuple[Layer, ...]:
        """What is said of the rules for that file, in order."""
        return (*self.layers, *(entry.layer for entry in self.entries if entry.holds_for(path)))

    def profile_for(self, path: str) -> str | None:
        """The profile that is named for that file; the last one that is."""
        named = [entry for entry in self.entries if entry.profile is not None]
        return next((entry.profile for entry in reversed(named) if entry.holds_for(path)), None)

    def overruled(self, command: Layer, *, profile: bool) -> Selection:
        """Without what the command says instead. What a path ignores, or uses besides, still holds.
        `profile`: whether the command names one."""
        return Selection(
            tuple(_without(layer, command) for layer in self.layers),
            tuple(
                entry._replace(
                    layer=entry.layer._replace(select=() if command.select else entry.layer.select),
                    profile=None if profile else entry.profile,
                )
                for entry in self.entries
            ),
        )


EVERYTHING = Selection()


def _without(layer: Layer, command: Layer) -> Layer:
    return layer._replace(
        select=() if command.select else layer.select,
        ignore=() if command.ignore else layer.ignore,
        extend_select=() if command.extend_select else layer.extend_select,
    )
