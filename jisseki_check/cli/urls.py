"""Reports that are given by a URL."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any

from jisseki_check.cli.errors import CommandError

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_FILE = "file://"
# What needs the files on a disk of this machine.
_LOCAL_ONLY = {"annotate": "--annotate", "changed_since": "--changed-since", "watch": "--watch"}


def apart(paths: Sequence[str], given: Mapping[str, Any], record: str) -> tuple[list[str], tuple[str, ...]]:
    """The paths on a disk, those of file:// among them, and the other URLs. `record`: the format that proves
    a run. Raises CommandError for what cannot be done with URLs."""
    here = [_path(each) for each in paths if not _is_elsewhere(each)]
    urls = tuple(each for each in paths if _is_elsewhere(each))
    if urls:
        asked = [option for name, option in _LOCAL_ONLY.items() if given[name]]
        asked += [f"-o {record}=" for name, _ in given["outputs"] if name == record]
        if asked:
            raise CommandError(
                f"{asked[0]} は、URL で渡した報告には使えません。"
                "手元に写してから、そのパスを指定してください。"
            )
    return here, urls


def _is_elsewhere(path: str) -> bool:
    return bool(_URL.match(path)) and not path.lower().startswith(_FILE)


def _path(path: str) -> str:
    if not path.lower().startswith(_FILE):
        return path
    from urllib.parse import unquote  # 3 ms that other paths need not wait for

    plain = path[len(_FILE) :]
    return plain if os.path.lexists(plain) else unquote(plain)
