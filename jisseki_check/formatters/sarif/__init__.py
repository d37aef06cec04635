"""`sarif`: SARIF 2.1.0, which code hosts and editors read.

One run. Each finding is a result, also one that does not count: what is waived is suppressed, and what is
known is unchanged since the baseline. Nothing is left out for the limits of a host; a note tells of them.
"""

from __future__ import annotations

import re
from typing import Any

from jisseki_check.formatters import contract
from jisseki_check.formatters.sarif.invocation import NOTIFICATIONS, invocation_of
from jisseki_check.formatters.sarif.places import ROOT, artifacts
from jisseki_check.formatters.sarif.results import results_of
from jisseki_check.formatters.sarif.rules import RuleBook
from jisseki_check.formatters.sarif.strings import safe
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LANGUAGE = "ja-JP"
_SEMANTIC = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?")


def render(outcome: Outcome, view: View) -> str:
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(outcome, view)]}
    return contract.written(log) + "\n"


def _run(outcome: Outcome, view: View) -> dict[str, Any]:
    book = RuleBook(outcome, view)
    run = {
        "tool": {"driver": _driver(outcome, book)},
        "language": _LANGUAGE,
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "jisseki-check/"},
        "originalUriBaseIds": {ROOT: {"description": {"text": "点検を実行したフォルダー"}}},
        "invocations": [invocation_of(outcome, book)],
        "artifacts": artifacts(outcome),
        "results": results_of(outcome, book),
        "properties": _properties(outcome),
    }
    if book.taxonomies:
        run["taxonomies"] = book.taxonomies
    return run


def _driver(outcome: Outcome, book: RuleBook) -> dict[str, Any]:
    driver = {
        "name": "jisseki-check",
        "version": outcome.version,
        "language": _LANGUAGE,
        "shortDescription": {"text": "市の「取り組み実績」（主要施策の成果報告）を点検する道具"},
        "rules": book.descriptors,
        "notifications": NOTIFICATIONS,
        "properties": {"rules_digest": outcome.rules_digest},
    }
    if _SEMANTIC.fullmatch(outcome.version):
        driver["semanticVersion"] = outcome.version
    if book.taxonomies:
        driver["supportedTaxonomies"] = [
            {"name": each["name"], "index": number} for number, each in enumerate(book.taxonomies)
        ]
    return driver


def _properties(outcome: Outcome) -> dict[str, Any]:
    """What the run was and what it says, by the names of the JSON outcome."""
    head = {name: value for name, value in contract.head(outcome).items() if name not in {"format", "tool"}}
    told: dict[str, Any] = safe(
        head
        | {
            "exit_code": outcome.verdict.exit_code,
            "coverage": [contract.coverage(each) for each in outcome.coverage],
            "waivers": [contract.waiver_use(each) for each in outcome.waivers],
        }
        | contract.tail(outcome)
    )
    return told
