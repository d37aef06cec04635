"""A small editor: the other side of the protocol, written against its specification and not with the
server's library. It keeps its own texts, counts as it was told to, and applies what it is sent."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

PATIENCE = 120  # seconds; a machine under load is no fault
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_BYTES = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
_ALL = {
    "textDocument": {"publishDiagnostics": {"relatedInformation": True, "versionSupport": True}},
    "workspace": {
        "workspaceEdit": {"documentChanges": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
    },
}


class Gone(Exception):
    """The server has ended."""


@dataclass
class Editor:
    """`shown`: the last diagnostics of each document; `history`: of which versions there were some. `heard`:
    what else it was told."""

    process: subprocess.Popen[bytes]
    capabilities: dict[str, Any]
    encoding: str = "utf-16"
    shown: dict[str, dict[str, Any]] = field(default_factory=dict)
    history: dict[str, list[int | None]] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    answers: dict[int, dict[str, Any]] = field(default_factory=dict)
    _asked: int = 0
    _messages: Queue[dict[str, Any] | None] = field(default_factory=Queue)

    # --- messages -------------------------------------------------------------------------------

    def begin(self, encodings: list[str] | None = None) -> dict[str, Any]:
        Thread(target=self._listen, daemon=True).start()
        capabilities = dict(self.capabilities)
        if encodings is not None:
            capabilities["general"] = {"positionEncodings": encodings}
        told: dict[str, Any] = self.ask(
            "initialize", {"processId": None, "rootUri": None, "capabilities": capabilities}
        )
        self.encoding = told["capabilities"].get("positionEncoding", "utf-16")
        self.tell("initialized", {})
        return told

    def ask(self, method: str, params: Any = None) -> Any:
        number = self.send(method, params)
        while number not in self.answers:
            self._take()
        answer = self.answers.pop(number)
        assert "error" not in answer, answer["error"]
        return answer["result"]

    def send(self, method: str, params: Any = None) -> int:
        """Ask without waiting for the answer; its number."""
        self._asked += 1
        self._write({"id": self._asked, "method": method, "params": params})
        return self._asked

    def tell(self, method: str, params: Any = None) -> None:
        self._write({"method": method, "params": params})

    def write_raw(self, body: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def _write(self, message: Mapping[str, Any]) -> None:
        told = {"jsonrpc": "2.0", **message}
        if told.get("params") is None:
            told.pop("params", None)
        self.write_raw(json.dumps(told).encode())

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for message in _messages(self.process.stdout):
            self._messages.put(message)
        self._messages.put(None)

    def _take(self) -> None:
        try:
            message = self._messages.get(timeout=PATIENCE)
        except Empty:
            raise AssertionError("the server says nothing") from None
        if message is None:
            raise Gone
        if message.get("method") == "textDocument/publishDiagnostics":
            told = message["params"]
            self.shown[told["uri"]] = told
            self.history.setdefault(told["uri"], []).append(told.get("version"))
        elif "method" in message:
            self.heard.append(message)
            if "id" in message:
                self._write({"id": message["id"], "result": None})
        else:
            self.answers[message["id"]] = message

    def end(self) -> int:
        """As editors do; the exit code."""
        self.ask("shutdown")
        self.tell("exit")
        return self.process.wait(PATIENCE)

    # --- documents ------------------------------------------------------------------------------

    def open(self, uri: str, text: str, language: str = "plaintext") -> None:
        self.texts[uri], self.versions[uri] = text, 1
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": item})

    def save(self, uri: str) -> None:
        self.tell("textDocument/didSave", {"textDocument": {"uri": uri}})

    def close(self, uri: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": uri}})

    def replace(self, uri: str, text: str) -> None:
        """All of a document at once."""
        self.texts[uri] = text
        self._changed(uri, [{"text": text}])

    def type(self, uri: str, start: int, end: int, text: str) -> None:
        """`text` instead of the characters from `start` to `end`."""
        change = {"range": self.range(uri, start, end), "text": text}
        held = self.texts[uri]
        self.texts[uri] = held[:start] + text + held[end:]
        self._changed(uri, [change])

    def _changed(self, uri: str, changes: list[dict[str, Any]]) -> None:
        self.versions[uri] += 1
        document = {"uri": uri, "version": self.versions[uri]}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """Those of the text as it is now; what is shown of it already does."""
        while self.shown.get(uri, {}).get("version") != self.versions[uri]:
            self._take()
        found: list[dict[str, Any]] = self.shown[uri]["diagnostics"]
        return found

    def actions(self, uri: str, start: int, end: int, **context: Any) -> list[dict[str, Any]]:
        params = {
            "textDocument": {"uri": uri},
            "range": self.range(uri, start, end),
            "context": {"diagnostics": [], **context},
        }
        found: list[dict[str, Any]] = self.ask("textDocument/codeAction", params)
        return found

    def settle(self, uri: str) -> None:
        """Wait until the server has seen to a document, whether there is anything to show or not."""
        self.hover(uri, 0)

    def hover(self, uri: str, at: int) -> dict[str, Any] | None:
        position = self.range(uri, at, at)["start"]
        answer: dict[str, Any] | None = self.ask(
            "textDocument/hover", {"textDocument": {"uri": uri}, "position": position}
        )
        return answer

    def apply(self, action: Mapping[str, Any]) -> None:
        """Do what an action says, as an editor does it, and tell the server."""
        for change in action["edit"]["documentChanges"]:
            uri = change["textDocument"]["uri"]
            assert change["textDocument"]["version"] == self.versions[uri]
            edits = [(*self.span(uri, edit["range"]), edit["newText"]) for edit in change["edits"]]
            for start, end, text in sorted(edits, reverse=True):
                self.type(uri, start, end, text)

    # --- places ---------------------------------------------------------------------------------

    def range(self, uri: str, start: int, end: int) -> dict[str, Any]:
        return {"start": self._position(uri, start), "end": self._position(uri, end)}

    def span(self, uri: str, where: Mapping[str, Any]) -> tuple[int, int]:
        return self._offset(uri, where["start"]), self._offset(uri, where["end"])

    def quoted(self, uri: str, where: Mapping[str, Any]) -> str:
        """The words at a range."""
        return self.texts[uri][slice(*self.span(uri, where))]

    def _position(self, uri: str, offset: int) -> dict[str, int]:
        breaks = [match.end() for match in _LINE_BREAK.finditer(self.texts[uri]) if match.end() <= offset]
        codec, size = _BYTES[self.encoding]
        before = self.texts[uri][breaks[-1] if breaks else 0 : offset]
        return {"line": len(breaks), "character": len(before.encode(codec)) // size}

    def _offset(self, uri: str, position: Mapping[str, int]) -> int:
        text = self.texts[uri]
        starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
        start = starts[position["line"]]
        codec, size = _BYTES[self.encoding]
        before = text[start:].encode(codec)[: position["character"] * size]
        offset = start + len(before.decode(codec))
        assert not _LINE_BREAK.search(text[start:offset]), "behind the end of the line"
        return offset


def _messages(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    """Nothing but messages may stand in the stream."""
    while line := stream.readline():
        length = 0
        while line.strip():
            name, _, value = line.decode("ascii").partition(":")
            assert name in {"Content-Length", "Content-Type"}, line
            length = int(value) if name == "Content-Length" else length
            line = stream.readline()
        yield json.loads(stream.read(length))


@contextmanager
def editing(
    folder: Path, capabilities: dict[str, Any] | None = None, program: str | None = None
) -> Iterator[Editor]:
    """An editor with a server that works in a folder; `program`: Python code instead of the command."""
    code = program or "from jisseki_check.cli.app import run; run()"
    arguments = [sys.executable, "-c", code, "server"]
    log = folder / "server.log"
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, cwd=folder
        ) as process,
    ):
        try:
            yield Editor(process, _ALL if capabilities is None else capabilities)
        finally:
            if process.stdin is not None and process.poll() is None:
                process.stdin.close()
            try:
                process.wait(PATIENCE)
            finally:
                process.kill()
