"""What a format cannot hold at all."""

from __future__ import annotations


class CannotWrite(Exception):
    """A report that does not fit into a format, or a library that is missing; the message is for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
