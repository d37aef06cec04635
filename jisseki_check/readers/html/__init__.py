"""Web pages (.html, .htm) → `model.Source`; `document` is the door, and says what is read."""

from __future__ import annotations

from jisseki_check.readers.html.document import read_html

__all__ = ["read_html"]
