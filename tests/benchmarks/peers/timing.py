"""What each peer's script shares: the rules come in as JSON, the failures and the seconds go out as JSON.

These scripts run in the peers' own environments and know nothing of this project.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Spec = dict[str, Any]
Failures = dict[str, int]
TEXTS = ("title", "mark", "result", "kind", "settlement_unit", "number")
FLOATS = ("rate",)


def measure(read: Callable[[str], Any], judge: Callable[[Any, list[Spec]], Failures]) -> None:
    """Reads the table, judges it once, and then as often as told with the time taken."""
    table_path, rules_path, times = sys.argv[1:4]
    specs = json.loads(Path(rules_path).read_text(encoding="utf-8"))
    table = read(table_path)
    failures = judge(table, specs)
    seconds = []
    for _ in range(int(times)):
        start = time.perf_counter()
        judge(table, specs)
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"failures": failures, "seconds": seconds}))  # noqa: T201
