"""PDF → blocks, with the places of its pages, lines and cells."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from jisseki_check.limits import Limits
from jisseki_check.model import Location, Source, Unreadable

if TYPE_CHECKING:
    from jisseki_check.readers.pdf.process import Result

__all__ = ["read_pdf"]

_PROCESS = "jisseki_check.readers.pdf.process"
# Of work of the processor: a thousand pages need a minute. Where the system does not count, the clock does.
_MOST_SECONDS = 180
_PATIENCE = 4


def read_pdf(data: bytes, name: str, limits: Limits) -> Source:
    """Paragraphs and table rows; a place's `line` counts the lines of its page.

    Raises Unreadable for what cannot be read whole and surely: a password, damage, pages that are images,
    characters or an order of reading that are not known.

    The library that takes a PDF apart is not ours, and a file may be made to crash it or to keep it busy for
    ever: it works in a process of its own.
    """
    result = _read(data, limits)
    if isinstance(result, Unreadable):
        result.at = replace(result.at or Location(), path=name)
    if isinstance(result, Exception):
        raise result
    blocks, remarks = result
    return Source(name, "pdf", sha256(data).hexdigest(), blocks, remarks=remarks)


def _read(data: bytes, limits: Limits) -> Result:
    # -P: a file of the current folder must not pass for a module.
    command = [sys.executable, "-P", "-m", _PROCESS]
    folders = os.pathsep.join(folder or os.getcwd() for folder in sys.path)
    try:
        process = subprocess.run(  # noqa: S603 - ourselves
            command,
            input=pickle.dumps((_MOST_SECONDS, limits, data)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE * _MOST_SECONDS,
            env=os.environ | {"PYTHONPATH": folders},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return Unreadable(
            "PDF の作りに無理があり、読み終えられません"
            "（壊れているか、仕掛けのあるファイルのおそれがあります）",
            fix="元の Word・Excel の文書から PDF を作り直してください。"
            "心当たりのないファイルであれば、開かずに送り主に確かめてください。",
        )
    result: Result = pickle.loads(process.stdout)  # noqa: S301 - from the process that was started here
    return result
