"""Texts and URIs as SARIF wants them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import quote

from jisseki_check.formatters.text import clean

_LINES = re.compile(r"\r\n|[\r\n]")


def message(text: str) -> str:
    """Text that stays as it is: no braces are taken for a place to fill in, no brackets for a link, and
    nothing in it steers the reader's screen."""
    text = "\n".join(map(clean, _LINES.split(text)))
    return text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def markdown(text: str) -> str:
    """Markdown of ours, whose links are escaped already."""
    return text.replace("{", "{{").replace("}", "}}")


def safe(value: Any) -> Any:
    """Plain data without controls and lone surrogates, which a strict reader refuses."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {safe(key): safe(each) for key, each in value.items()}
    return [safe(each) for each in value] if isinstance(value, list) else value


def uri(path: str) -> str:
    """A relative URI. Of an absolute path, which standard input may be given as its name, only the name."""
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive:
        path = PureWindowsPath(path).name
    try:
        return quote(path.encode("utf-8", "surrogateescape"), safe="/")
    except UnicodeEncodeError:  # a surrogate that stands for no byte of a file's name
        return quote(clean(path), safe="/")
