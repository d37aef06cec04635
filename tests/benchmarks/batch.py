"""Many different reports, made from the clean example: other numbers, titles and marks."""

from __future__ import annotations

import copy
import json
import random
import re
from pathlib import Path
from typing import Any

ITEMS = 35
_COUNTED = re.compile(r"[0-9][0-9,]*(?=\s*(?:人|件|団体|世帯|台|基|校))")
_MARKS = ("◎", "◎", "◎", "◎", "◎", "◎", "○", "○", "△", "×")

Values = dict[str, Any]


def write_batch(folder: Path, clean: Path, count: int) -> None:
    """`count` JSON reports of 35 items in `folder`, the same ones each time."""
    report = json.loads(clean.read_text(encoding="utf-8"))
    for number in range(count):
        chance = random.Random(number)
        data = json.dumps(vary(report, number, chance), ensure_ascii=False, indent=2)
        (folder / f"report-{number:05}.json").write_text(data + "\n", encoding="utf-8")


def vary(report: Values, number: int, chance: random.Random) -> Values:
    """Another department's report: as many items as a long report has, none quite like the example's."""
    varied = copy.deepcopy(report)
    items: list[Values] = varied["items"]
    bullets = [item for item in items if item["kind"] == "bullet"]
    items += copy.deepcopy(bullets[: ITEMS - len(items)])
    for index, item in enumerate(items, start=1):
        _vary_item(item, index, number, chance)
    varied["department"] = f"第{number + 1}部"
    varied["title"] = f"平成 29 年度第{number + 1}部の取り組み実績"
    return varied


def _vary_item(item: Values, index: int, number: int, chance: random.Random) -> None:
    item["index"] = index
    item["title"] = f"{item['title']}（その{index + number}）"
    item["mark"] = chance.choice(_MARKS)
    item["result"] = _COUNTED.sub(lambda match: f"{chance.randint(1, 9_999):,}", item["result"])
    for amount in item["amounts"]:
        if amount["value"]:
            amount["value"] = max(1, round(amount["value"] * chance.uniform(0.7, 1.0)))
