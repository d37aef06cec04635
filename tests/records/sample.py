"""Books of records made by hand, of the invented みずき市."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from jisseki_check.model import Outcome
from jisseki_check.records import book
from jisseki_check.records.proof import Source, Surroundings, body
from tests.formatters.sample import FAILED, INCONCLUSIVE, PASSED

AROUND = Surroundings(
    told={"paths": ["報告"], "as-of": "2026-05-31", "engine": "local"},
    sources=(Source("settings", "jisseki-check.toml", "1" * 64), Source("waivers", "免除.toml", "2" * 64)),
    built_in=f"sha256:{'3' * 64}",
    rules={"FIN105": f"sha256:{'6' * 64}"},
    runtime={"python": "3.11.9", "polars": "2.1.0", "lxml": None},
    limits={"max_bytes": 1_000},
    left_out=("報告/記録.jsonl",),
)
OUTCOMES = (PASSED, FAILED, INCONCLUSIVE)


def record(outcome: Outcome = FAILED) -> dict[str, Any]:
    """What would be recorded of it; `outcome` as a run would give it, with whole digests."""
    inputs = tuple(replace(each, sha256=each.sha256 and "5" * 64) for each in outcome.inputs)
    return body(AROUND, replace(outcome, inputs=inputs, rules_digest=f"sha256:{'4' * 64}"), {})


def content(*outcomes: Outcome) -> bytes:
    """A book with a record of each."""
    written = b""
    for outcome in outcomes or OUTCOMES:
        before = book.read(written) if written else None
        written += book.line_of(record(outcome), before)
    return written
