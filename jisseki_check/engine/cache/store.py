"""The file in which results are kept.

It lies beside the reports, where others can write too, and what it holds decides a verdict. So every entry is
signed with a key that only this user has: one that was changed, or came from elsewhere, is not there. Nothing
that is wrong with the file is ever an error: the results are then found anew.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import sqlite3
import time
from collections.abc import Iterator
from types import TracebackType

_FORMAT = 1
_MOST_BYTES = 1_000_000_000
_WAIT = 2.0  # seconds for another run to finish its writing
_SIGNED = 32  # bytes of a signature
_KEY = 32
_TABLES = """
    PRAGMA auto_vacuum = FULL;
    CREATE TABLE IF NOT EXISTS entries (key BLOB PRIMARY KEY, content BLOB NOT NULL, used REAL NOT NULL);
    CREATE TABLE IF NOT EXISTS states (key BLOB PRIMARY KEY, entry BLOB NOT NULL, used REAL NOT NULL);
"""


class Store:
    """Entries by key. `secret`: what they are signed with; `most_bytes`: of all of them."""

    def __init__(self, path: str, secret: bytes, most_bytes: int = _MOST_BYTES) -> None:
        self._secret = secret
        self._most = most_bytes
        self._began = time.time()
        self._path = path
        self._base: sqlite3.Connection | None = None
        self._is_damaged = False
        with contextlib.suppress(OSError, sqlite3.Error):
            self._base = _opened(path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._base is None:
            return
        with self._noticed():
            self._shrink(self._base)
        with contextlib.suppress(sqlite3.Error):
            self._base.close()
        self._base = None
        if self._is_damaged:
            with contextlib.suppress(OSError):
                os.unlink(self._path)

    @property
    def is_empty(self) -> bool:
        return self._one("SELECT 1 FROM entries LIMIT 1") is None

    def entry(self, key: bytes) -> bytes | None:
        """What was kept by that key."""
        found = self._one("SELECT content FROM entries WHERE key = ?", key)
        content = self._verified(key, found)
        if content is not None:
            self._do("UPDATE entries SET used = ? WHERE key = ?", time.time(), key)
        return content

    def keep(self, key: bytes, content: bytes) -> None:
        signed = self._signature(key, content) + content
        self._do("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", key, signed, time.time())

    def holds(self, key: bytes) -> bool:
        return self._one("SELECT 1 FROM entries WHERE key = ?", key) is not None

    def entry_of(self, state: bytes) -> bytes | None:
        """The key of the entry that holds for files in that state."""
        key = self._verified(state, self._one("SELECT entry FROM states WHERE key = ?", state))
        return key if key is not None and self.holds(key) else None

    def keep_state(self, state: bytes, key: bytes) -> None:
        signed = self._signature(state, key) + key
        self._do("INSERT OR REPLACE INTO states VALUES (?, ?, ?)", state, signed, time.time())

    # --- trust ----------------------------------------------------------------------------------

    def _signature(self, key: bytes, content: bytes) -> bytes:
        return hmac.digest(self._secret, key + content, "sha256")

    def _verified(self, key: bytes, signed: object) -> bytes | None:
        if not isinstance(signed, bytes) or len(signed) < _SIGNED:
            return None
        signature, content = signed[:_SIGNED], signed[_SIGNED:]
        return content if hmac.compare_digest(signature, self._signature(key, content)) else None

    # --- the file -------------------------------------------------------------------------------

    def _one(self, query: str, *values: object) -> object:
        """The first value of the first row; None where there is none, or the file is of no use."""
        if self._base is None:
            return None
        row = None
        with self._noticed():
            row = self._base.execute(query, values).fetchone()
        return row[0] if row else None

    def _do(self, command: str, *values: object) -> None:
        if self._base is not None:
            with self._noticed():
                self._base.execute(command, values)

    @contextlib.contextmanager
    def _noticed(self) -> Iterator[None]:
        """No error leaves this; of a file that turns out to be damaged, another is begun by the next run."""
        try:
            yield
        except sqlite3.OperationalError:  # another run holds it, or there is no room
            pass
        except sqlite3.Error:
            self._is_damaged = True

    def _shrink(self, base: sqlite3.Connection) -> None:
        """Drops what has not been used for longest; of what this run used, the last: files are gone through
        in one order, and what is always dropped before it is reached would never be found."""
        (size,) = base.execute("SELECT coalesce(sum(length(content)), 0) FROM entries").fetchone()
        entries = base.execute(
            "SELECT key, length(content) FROM entries"
            " ORDER BY used >= :began, iif(used < :began, used, -used)",
            {"began": self._began},
        )
        for key, length in entries.fetchall() if size > self._most else ():
            base.execute("DELETE FROM entries WHERE key = ?", (key,))
            size -= length
            if size <= self._most:
                break
        lost = "DELETE FROM states WHERE substr(entry, ?) NOT IN (SELECT key FROM entries)"
        base.execute(lost, (_SIGNED + 1,))


def _opened(path: str) -> sqlite3.Connection:
    """The file's connection; one that is no cache of ours, or damaged, is begun anew. Raises OSError,
    sqlite3.Error."""
    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        os.mkdir(folder)
        with open(os.path.join(folder, ".gitignore"), "w", encoding="ascii") as stream:
            stream.write("*\n")
    for last in (False, True):
        base = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        try:
            (version,) = base.execute("PRAGMA user_version").fetchone()
            if version not in (0, _FORMAT):
                raise sqlite3.DatabaseError
            base.executescript(_TABLES)
            base.execute(f"PRAGMA user_version = {_FORMAT}")
            # What a crash of the machine leaves half written is not signed.
            base.execute("PRAGMA synchronous = OFF")
        except sqlite3.OperationalError:  # another run holds it
            base.close()
            raise
        except sqlite3.DatabaseError:
            base.close()
            if last:
                raise
            os.unlink(path)
        else:
            return base
    raise AssertionError


def secret_of_user() -> bytes | None:
    """The key that entries are signed with, made when it is first needed; None where there is no place for
    it."""
    from platformdirs import user_cache_dir  # 5 ms that few files need not wait for

    path = os.path.join(user_cache_dir("jisseki-check", appauthor=False), "key")
    try:
        with open(path, "rb") as stream:
            held = stream.read()
        if len(held) == _KEY:
            return held
    except OSError:
        pass
    made = secrets.token_bytes(_KEY)
    beside = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(made)
        os.replace(beside, path)
        with open(path, "rb") as stream:  # another run may have been faster
            return stream.read()
    except OSError:
        return None
