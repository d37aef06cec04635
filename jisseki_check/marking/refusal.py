"""Why a file gets no marked copy."""

from __future__ import annotations


class CannotMark(Exception):
    """No copy can be made without doing harm to the file; the reason is for people, without a full stop."""
