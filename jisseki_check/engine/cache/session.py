"""One run's use of the cache."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from jisseki_check import readers
from jisseki_check.engine.cache import keys
from jisseki_check.engine.cache.store import Store, secret_of_user
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.options import Options
from jisseki_check.engine.part import PackedPart, Part
from jisseki_check.engine.shelf import dumped, loaded

FILE = "cache.sqlite"


@dataclass(frozen=True, slots=True)
class _Known:
    """A chunk's keys, as its files were before they were read. `entry`: the key of what was found in them
    before, None where nothing was."""

    state: bytes | None
    is_sure: bool
    entry: bytes | None


class Session:
    """Chunks of the run, by their places."""

    def __init__(self, store: Store, basis: bytes, chunks: Sequence[Sequence[Task]]) -> None:
        self._store = store
        self._basis = basis
        self._chunks = chunks
        is_empty = store.is_empty
        self._known = [self._look(chunk, is_empty) for chunk in chunks]
        self._entries: list[bytes | None] = [known.entry for known in self._known]

    def holds(self, place: int) -> bool:
        """Whether something is kept of that chunk; it may still turn out to be of no use."""
        return self._known[place].entry is not None

    def part(self, place: int) -> PackedPart | None:
        """What was found in that chunk before."""
        known = self._known[place]
        content = None if known.entry is None else self._store.entry(known.entry)
        if known.entry is None or content is None:
            return None
        if known.state is not None and known.is_sure:
            self._store.keep_state(known.state, known.entry)
        part: PackedPart = loaded(content)
        return part

    def keep(self, place: int, parts: Sequence[PackedPart]) -> None:
        """What was found in that chunk now. What went wrong may go right the next time, and is not kept."""
        if len(parts) != 1 or parts[0].part.faults or parts[0].part.unable:
            return
        (part,) = parts
        known = self._known[place]
        key = keys.by_content(self._basis, self._chunks[place], part.hashes)
        if key is None:
            return
        self._store.keep(key, dumped(part))
        self._entries[place] = key
        now = keys.by_state(self._basis, self._chunks[place])
        # Only if nothing was written while it was read.
        if known.state is not None and known.is_sure and now is not None and now[0] == known.state:
            self._store.keep_state(known.state, key)

    def across(self) -> Part | None:
        """What was found before by holding the reports of just these files against one another."""
        key = self._key_of_all()
        content = None if key is None else self._store.entry(key)
        return None if content is None else loaded(content)

    def keep_across(self, part: Part) -> None:
        """The same, as it was found now."""
        key = self._key_of_all()
        if key is not None and not part.faults:
            self._store.keep(key, dumped(part))

    def _key_of_all(self) -> bytes | None:
        """Of all chunks by their contents; None where something of one is not kept."""
        if None in self._entries:
            return None
        return hashlib.sha256(b"across".join([self._basis, *filter(None, self._entries)])).digest()

    def _look(self, chunk: Sequence[Task], is_empty: bool) -> _Known:
        told = keys.by_state(self._basis, chunk)
        if told is None:
            return _Known(None, False, None)
        state, is_sure = told
        entry = self._store.entry_of(state) if is_sure else None
        if entry is None and not is_empty:
            entry = keys.by_content(self._basis, chunk, keys.hashes_of(chunk))
            if entry is not None and not self._store.holds(entry):
                entry = None
        return _Known(state, is_sure, entry)


@contextmanager
def open_cache(options: Options, digest: str, chunks: Sequence[Sequence[Task]]) -> Iterator[Session | None]:
    """The cache in the folder that the run was told; None where it is of no use. `digest`: that of the
    rules."""
    if options.cache is None or options.stdin is not None or options.read is not readers.read:
        yield None
        return
    secret = secret_of_user()
    if secret is None:
        yield None
        return
    with Store(os.path.join(options.cache, FILE), secret) as store:
        yield Session(store, keys.basis(options, digest), chunks)
