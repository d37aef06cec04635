"""Safe corrections, as actions that an editor offers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    CodeActionParams,
    Diagnostic,
    OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from jisseki_check.server.checking import Checked
from jisseki_check.server.corrections import Replacement
from jisseki_check.server.diagnostics import SOURCE

FIX_ALL = f"{CodeActionKind.SourceFixAll.value}.{SOURCE}"
_ALL = "この文書の安全な訂正を全て行う"


def actions(
    checked: Checked, params: CodeActionParams, version: int, *, versioned: bool
) -> Iterator[CodeAction]:
    """One for each place within the range that can be put right, and one for all places of the document.
    `versioned`: whether the editor takes edits that name the version they are for."""
    buffer, uri = checked.buffer, params.text_document.uri
    wanted = sorted((buffer.offset(params.range.start), buffer.offset(params.range.end)))

    def edit(replacements: Sequence[Replacement]) -> WorkspaceEdit:
        edits = [TextEdit(buffer.range(each.start, each.end), each.text) for each in replacements]
        if not versioned:
            return WorkspaceEdit(changes={uri: edits})
        document = OptionalVersionedTextDocumentIdentifier(uri, version)
        return WorkspaceEdit(document_changes=[TextDocumentEdit(document, edits)])

    only = params.context.only
    if _is_wanted(CodeActionKind.QuickFix.value, only):
        for each in checked.corrections:
            start, end = each.place
            if start <= wanted[1] and wanted[0] <= end:
                solved = [found for found in params.context.diagnostics if _is_at(found, checked, each)]
                yield CodeAction(
                    each.title,
                    CodeActionKind.QuickFix,
                    diagnostics=solved or None,
                    is_preferred=bool(solved) or None,
                    edit=edit([each]),
                )
    if checked.corrections and _is_wanted(FIX_ALL, only):
        yield CodeAction(_ALL, FIX_ALL, edit=edit(checked.corrections))


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether the editor asks for that kind, or for one that it is of."""
    return only is None or any(kind == each or kind.startswith(each + ".") for each in only if each)


def _is_at(diagnostic: Diagnostic, checked: Checked, correction: Replacement) -> bool:
    """Whether a finding of ours stands where the correction is made."""
    start, end = (checked.buffer.offset(each) for each in (diagnostic.range.start, diagnostic.range.end))
    first, last = correction.place
    return diagnostic.source == SOURCE and start < last and first < end
