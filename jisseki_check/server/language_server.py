"""The protocol's side: what an editor may ask, and what it is told."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Generator
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, lsp_method

from jisseki_check import __version__
from jisseki_check.server.actions import FIX_ALL, actions
from jisseki_check.server.checking import Settle
from jisseki_check.server.diagnostics import SOURCE, diagnostics
from jisseki_check.server.documents import Document, Documents
from jisseki_check.server.hover import hover

# Settings; and what they name: rules, profiles, waivers, known findings.
_WATCHED = ("**/*.toml", "**/*.yaml", "**/*.yml", "**/*.json")
_NOT_A_REPORT = "{} は、取り組み実績の報告には見えないため、点検していません。"
_Handled = Generator[Any, Any, None]
_log = logging.getLogger(__name__)


class _Protocol(LanguageServerProtocol):
    """The library's own copies of the documents are left out: they take other characters for ends of lines
    than the protocol does."""

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> _Handled:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> _Handled:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> _Handled:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None


class Server(LanguageServer):
    """One editor's server. `is_shut_down`: the editor has said that it is about to end it."""

    def __init__(self, settle: Settle) -> None:
        super().__init__(SOURCE, __version__, protocol_cls=_Protocol)
        self.documents = Documents(settle, self.show)
        self.is_shut_down = False
        self._shown: set[str] = set()
        self._told: set[str] = set()

    def show(self, document: Document) -> None:
        """Tell the editor what was found in a document; of one that is no report, say so in the log, once."""
        checked = document.checked
        assert checked is not None
        if checked.is_report:
            found = diagnostics(checked, document.uri, related=self._shows_related)
            self._publish(document.uri, found, document.version)
        else:
            self._clear(document.uri)
            self._tell(_NOT_A_REPORT.format(os.path.basename(document.path)), document.uri)
        for fault in checked.faults:
            # Words that are not judged leave no finding behind, and nobody reads the log unasked.
            self._tell(fault.message, fault.message, aloud=fault.stage == "words")

    def close(self, uri: str) -> None:
        self.documents.close(uri)
        self._clear(uri)
        self._told.discard(uri)

    @property
    def _shows_related(self) -> bool:
        text = self.client_capabilities.text_document
        told = text.publish_diagnostics if text else None
        return bool(told and told.related_information)

    def _publish(self, uri: str, found: list[types.Diagnostic], version: int | None = None) -> None:
        self._shown.add(uri)
        params = types.PublishDiagnosticsParams(uri, found, version)
        self.text_document_publish_diagnostics(params)

    def _clear(self, uri: str) -> None:
        if uri in self._shown:
            self._publish(uri, [])
            self._shown.discard(uri)

    def _tell(self, message: str, topic: str, *, aloud: bool = False) -> None:
        """Each topic once."""
        if topic in self._told:
            return
        self._told.add(topic)
        if aloud:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, message))
        else:
            self.window_log_message(types.LogMessageParams(types.MessageType.Info, message))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """To the log: whoever writes can do nothing about it."""
        _log.error("%s: %s", type(error).__name__, error)


def create(settle: Settle) -> Server:
    """A server that has not begun to listen."""
    server = Server(settle)
    for method, handler, options in (
        (types.INITIALIZE, _initialize, None),
        (types.INITIALIZED, _initialized, None),
        (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
        (types.TEXT_DOCUMENT_DID_SAVE, _saved, types.SaveOptions(include_text=False)),
        (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
        (types.TEXT_DOCUMENT_HOVER, _hover, None),
        (
            types.TEXT_DOCUMENT_CODE_ACTION,
            _code_action,
            types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
        ),
        (types.WORKSPACE_DID_CHANGE_WATCHED_FILES, _files_changed, None),
        (types.WORKSPACE_DID_CHANGE_CONFIGURATION, _configured, None),
        (types.SHUTDOWN, _shut_down, None),
    ):
        server.feature(method, options)(handler)
    return server


def _initialize(ls: Server, params: types.InitializeParams) -> None:
    ls.documents.encoding = ls.workspace.position_encoding or ls.documents.encoding


def _initialized(ls: Server, params: types.InitializedParams) -> None:
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if watched and watched.dynamic_registration:
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration(method, method, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


def _opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    ls.documents.open(params.text_document)


def _changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    ls.documents.change(params)


def _saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    ls.documents.saved(params.text_document.uri)


def _closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    ls.close(params.text_document.uri)


async def _hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    document = await ls.documents.checked(params.text_document.uri)
    if document is None or document.checked is None:
        return None
    return await ls.documents.work(partial(hover, document.checked, params.position))


async def _code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    document = await ls.documents.checked(params.text_document.uri)
    if document is None or document.checked is None:
        return []
    workspace = ls.client_capabilities.workspace
    edits = workspace.workspace_edit if workspace else None
    versioned = bool(edits and edits.document_changes)
    offered = partial(actions, document.checked, params, document.version, versioned=versioned)
    return await ls.documents.work(lambda: list(offered()))


def _files_changed(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    ls.documents.changed_on_disk(change.uri for change in params.changes)


def _configured(ls: Server, params: types.DidChangeConfigurationParams) -> None:
    """Editors send it unasked; our settings are in files."""


def _shut_down(ls: Server, params: None) -> None:
    ls.is_shut_down = True
    ls.documents.close_all()


def serve(settle: Settle) -> int:
    """Serve one editor over standard input and output, until it says `exit` or is gone.

    Returns 0 where it had said `shutdown` before, else 1, as the protocol wants it.
    """
    server = create(settle)
    # Whatever else is printed, by a library or by mistake, must not stand between the messages.
    with os.fdopen(os.dup(0), "rb") as stdin, os.fdopen(os.dup(1), "wb") as stdout:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        server.start_io(stdin, stdout)
    server.documents.close_all()
    return 0 if server.is_shut_down else 1
