"""One way of writing data, so that the same data has the same bytes and the same digest.

It is that of RFC 8785 for what records hold: texts, integers, null, lists, and objects whose names are
ASCII. A lone surrogate (of a file name that is no text), for which the RFC has no form, becomes \\ud800.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(data: Any) -> bytes:
    """UTF-8 without blanks, names in order. Raises ValueError for what is no number."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "backslashreplace")


def digest(data: Any) -> str:
    """`sha256:` and the hexadecimal SHA-256 of the data so written."""
    return digest_of(canonical(data))


def digest_of(content: bytes) -> str:
    """`sha256:` and the hexadecimal SHA-256 of these bytes."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"
