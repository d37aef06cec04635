"""What the measures ran on: the machine without its name, and the versions of what was run."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.environments import PEERS, pinned

_CPU = Path("/proc/cpuinfo")
_OF_OURS = ("jisseki-check", "polars", "pandera", "jsonschema-rs", "orjson", "sudachipy", "click")


def machine() -> list[str]:
    """Cores, processor, memory and system."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return [
        f"コア {cores}",
        f"CPU {_processor()}",
        f"メモリー {_memory()}",
        f"{platform.system()} {platform.machine()}",
    ]


def _processor() -> str:
    if _CPU.is_file():
        found = re.search(r"^model name\s*:\s*(.+)$", _CPU.read_text(), re.MULTILINE)
        if found:
            return found.group(1)
    return platform.processor() or "不明"


def _memory() -> str:
    try:
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return "不明"
    return f"{pages / 2**30:.0f} GiB"


def versions() -> list[str]:
    """Python, what ours stands on, and the peers."""
    ours = "、".join(f"{name} {version(name)}" for name in _OF_OURS)
    return [
        f"Python {sys.version.split()[0]}（どの道具も同じ）",
        f"この道具 {ours}",
        *(f"{peer} {'、'.join(' '.join(each) for each in pinned(peer))}" for peer in PEERS),
    ]
