"""Reports that lie elsewhere than on a disk of this machine: what fsspec finds by a URL (s3://bucket/folder).

What is told of them never holds what a URL may say to be let in: a name and password, a signature.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import fsspec

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Source, Unreadable
from jisseki_check.readers import READERS, UNREAD, read_bytes, too_large
from jisseki_check.readers.discovery import is_hidden, is_ours
from jisseki_check.readers.libraries import BadUrl

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_T = TypeVar("_T")

_PORT = re.compile(r"[^/:@]*:[0-9]+/")
_CHECK = "URL と権限、ネットワークにつながっているかを確かめてください。"


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """`name`: what is shown; `url`, `path`: how it is got at, with all that it takes to be let in."""

    name: str
    url: str
    path: str
    size: int | None = None

    def read(self, limits: Limits) -> Source:
        """Raises Unreadable. No more is fetched than the limit lets be read."""
        if self.size is not None and self.size > limits.max_bytes:
            raise too_large(limits, self.name)
        content = _fetched(lambda: _content(self.url, self.path, limits.max_bytes), self.name)
        return read_bytes(content, self.name, limits)


@dataclass(frozen=True, slots=True)
class Found:
    """`files` to read; `problems`: URLs, as they are shown, at which there is nothing to read, and why;
    `passed_over`: the names of what no reader knows."""

    files: tuple[RemoteFile, ...]
    problems: tuple[tuple[str, Unreadable], ...]
    passed_over: tuple[str, ...]


def find(url: str) -> Found:
    """The file of that URL, or the reports below the folder, as `discover` finds them on a disk. Raises
    BadUrl."""
    name = shown(url)
    if "::" in url:
        raise BadUrl(
            f"「{url.partition('://')[0]}://」で始まる URL に「::」は使えません。一つずつ指定してください。"
        )
    try:
        system, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        library = error.name or _library(str(error))
        raise BadUrl(
            f"「{name}」を読むための部品（{library}）が入っていません。"
            f"情報システムの担当に、pip install {library} で部品を入れるよう頼んでください。"
        ) from None
    except Exception as error:
        if isinstance(error, ValueError) and "rotocol not known" in str(error):
            scheme = url.partition("://")[0]
            raise BadUrl(
                f"「{name}」の「{scheme}://」で始まる URL は読めません。"
                "s3://、gs://、abfs://、file:// など、fsspec が読める URL を指定してください。"
            ) from None
        return Found((), ((name, _unreachable(error, name)),), ())
    try:
        entries = _fetched(lambda: _entries(system, root), name)
    except Unreadable as error:
        return Found((), ((name, error),), ())
    if root in entries:
        return Found((RemoteFile(name, url, root, _size(entries[root])),), (), ())
    return _below(url, name, root, entries)


def shown(url: str) -> str:
    """A URL without what lets one in."""
    scheme, _, rest = re.split("[?#]", url, maxsplit=1)[0].partition("://")
    before, at, after = rest.rpartition("@")
    # A password may hold a slash, and so may a name of a file hold an @.
    lets_in = bool(at) and ("/" not in before or (":" in before and not _PORT.match(before)))
    return f"{scheme}://{after if lets_in else rest}".rstrip("/")


def _below(url: str, name: str, root: str, entries: Mapping[str, Mapping[str, Any]]) -> Found:
    files, others = [], []
    for path, entry in sorted(entries.items()):
        below = path.removeprefix(root.rstrip("/")).lstrip("/")
        if any(map(is_hidden, below.split("/"))):
            continue
        ending = posixpath.splitext(path)[1].lower()
        own = f"{name}/{below}"
        if ending in UNREAD or (ending in READERS and not is_ours(posixpath.basename(path))):
            files.append(RemoteFile(own, url, path, _size(entry)))
        else:
            others.append(own)
    if files:
        return Found(tuple(files), (), tuple(others))
    known = "・".join(READERS)
    why = Unreadable(f"ここには、読める報告（{known}）がありません", fix=_CHECK, at=Location(path=name))
    return Found((), ((name, why),), tuple(others))


def _entries(system: AbstractFileSystem, root: str) -> Mapping[str, Mapping[str, Any]]:
    # What is there now, not what this process saw when it last looked.
    system.invalidate_cache()
    if system.isfile(root):
        return {root: system.info(root)}
    found: dict[str, Mapping[str, Any]] = {}
    # `find` and `walk` would pass over a folder that they cannot look into.
    pending = [root]
    while pending:
        folder = pending.pop()
        for entry in system.ls(folder, detail=True):
            path = entry["name"].rstrip("/")
            if entry.get("type") != "directory":
                found[entry["name"]] = entry
            elif path != folder.rstrip("/") and not entry.get("islink"):
                pending.append(path)
    if not found and not system.exists(root):
        raise FileNotFoundError
    return found


def _size(entry: Mapping[str, Any]) -> int | None:
    size = entry.get("size")
    return size if isinstance(size, int) else None


def _content(url: str, path: str, most: int) -> bytes:
    """All of a file; of one that is too large, one byte more than is let be read."""
    system, _ = fsspec.core.url_to_fs(url)
    with system.open(path, "rb", cache_type="none") as stream:
        return b"".join(_pieces(stream, most + 1))


def _pieces(stream: Any, most: int) -> Iterator[bytes]:
    while most > 0 and (piece := stream.read(most)):
        yield piece
        most -= len(piece)


def _fetched(fetch: Callable[[], _T], name: str) -> _T:
    """What is fetched. Raises Unreadable."""
    try:
        return fetch()
    except Exception as error:  # what a store or its library raises has no common name
        raise _unreachable(error, name) from None


def _unreachable(error: Exception, name: str) -> Unreadable:
    """Nothing of what the library says is repeated: it may hold the whole URL."""
    at = Location(path=name)
    if isinstance(error, FileNotFoundError):
        return Unreadable("ファイルまたはフォルダーが見つかりません", fix=_CHECK, at=at)
    if isinstance(error, PermissionError):
        return Unreadable("ファイルを開く権限がありません", fix=_CHECK, at=at)
    return Unreadable(f"保存先から読み込めません（{type(error).__name__}）", fix=_CHECK, at=at)


def _library(message: str) -> str:
    """What fsspec says that it needs (Install s3fs to access S3; requires "requests" and "aiohttp")."""
    named = re.findall(r'"([\w.-]+)"', message) or re.findall(r"nstall ([\w.-]+)", message)
    return " ".join(named) or "fsspec"
