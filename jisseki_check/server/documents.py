"""The documents that are open. Each is checked when somebody pauses, and only as it is then."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from lsprotocol.types import DidChangeTextDocumentParams, TextDocumentItem
from pygls.uris import to_fs_path

from jisseki_check.server.buffer import Buffer
from jisseki_check.server.checking import Checked, Settle, check
from jisseki_check.server.relevance import name_of

T = TypeVar("T")
_PAUSE = 0.2  # seconds without a change
_LONGEST_PAUSE = 2.0


@dataclass(eq=False)
class Document:
    """`checked` is what there is to say of the buffer, as soon as no check is under way."""

    uri: str
    path: str
    version: int
    buffer: Buffer
    checked: Checked | None = None
    was_report: bool = False
    pause: float = _PAUSE
    check: asyncio.Task[None] | None = None


class Documents:
    """Checks run one after another in a thread of their own; what has been overtaken is dropped."""

    def __init__(self, settle: Settle, show: Callable[[Document], None]) -> None:
        self.encoding = Buffer("").encoding
        self._settle = settle
        self._show = show
        self._open: dict[str, Document] = {}
        self._worker = ThreadPoolExecutor(1, "check")

    def open(self, item: TextDocumentItem) -> None:
        """Documents that no reader here reads are let be."""
        self.close(item.uri)
        path = _path(item.uri, item.language_id)
        if path is not None:
            buffer = Buffer(item.text, self.encoding)
            self._open[item.uri] = Document(item.uri, path, item.version, buffer)
            self.recheck(item.uri, pause=False)

    def change(self, params: DidChangeTextDocumentParams) -> None:
        document = self._open.get(params.text_document.uri)
        if document is not None:
            for change in params.content_changes:
                document.buffer = document.buffer.changed(change)
            document.version = params.text_document.version
            self.recheck(document.uri)

    def close(self, uri: str) -> None:
        document = self._open.pop(uri, None)
        if document is not None and document.check is not None:
            document.check.cancel()

    def close_all(self) -> None:
        for uri in tuple(self._open):
            self.close(uri)
        self._worker.shutdown(wait=False, cancel_futures=True)

    def recheck(self, uri: str, *, pause: bool = True) -> None:
        """Check a document anew; a check of it that is under way counts no more."""
        document = self._open.get(uri)
        if document is None:
            return
        if document.check is not None:
            document.check.cancel()
        document.check = asyncio.create_task(self._check(document, document.pause if pause else 0))

    def saved(self, uri: str) -> None:
        """Settings may have changed in an editor that does not tell of other files."""
        if self._is_report(uri):
            self.recheck(uri, pause=False)
        else:
            self.changed_on_disk([uri])

    def changed_on_disk(self, uris: Iterable[str]) -> None:
        """Whatever is no open report may be settings, rules or exceptions, and concern them all."""
        if not all(map(self._is_report, uris)):
            for uri in self._open:
                self.recheck(uri)

    def _is_report(self, uri: str) -> bool:
        document = self._open.get(uri)
        return document is not None and document.was_report

    async def checked(self, uri: str) -> Document | None:
        """The document once its present text has been checked; None where it is not open any more."""
        document = self._open.get(uri)
        while document is not None and document.check is not None and not document.check.done():
            await asyncio.wait([document.check])
            document = self._open.get(uri)
        return document

    async def work(self, function: Callable[[], T]) -> T:
        """What takes long, where it keeps nobody from writing."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, function)

    async def _check(self, document: Document, pause: float) -> None:
        await asyncio.sleep(pause)
        begun = time.monotonic()
        work = partial(check, document.buffer, document.path, self._settle, was_report=document.was_report)
        # Whoever writes on cancels this here, so that what comes back is of the present text.
        document.checked = await self.work(work)
        document.was_report = document.was_report or document.checked.options is not None
        # A long document is not to be checked again and again while somebody merely takes a breath.
        document.pause = max(_PAUSE, min((time.monotonic() - begun) / 2, _LONGEST_PAUSE))
        self._show(document)


def _path(uri: str, language: str) -> str | None:
    """The path of a document's file, from the working directory if it is below it; one that was never saved
    is as if it lay there."""
    name = name_of(uri, language)
    if name is None:
        return None
    path = Path(to_fs_path(uri) or name)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else str(path)
