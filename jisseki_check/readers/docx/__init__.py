"""Word files (.docx, .docm) → `model.Source`; `document` is the door, and says what is read."""

from __future__ import annotations

from jisseki_check.readers.docx.body import anchors
from jisseki_check.readers.docx.document import read_docx

__all__ = ["anchors", "read_docx"]
