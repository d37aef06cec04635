"""`gitlab`: a code quality report, which GitLab shows in merge requests.

GitLab knows no findings that do not count: what is waived or known is told as of the least weight, with a
word before its message. Nor does it know of a run that could not judge everything: the exit code tells it.
"""

from __future__ import annotations

import hashlib
from typing import Any

from jisseki_check.formatters import contract
from jisseki_check.formatters.regions import region_of
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import formats_of, message, place
from jisseki_check.model import Finding, Outcome

_SEVERITIES = {"error": "critical", "warning": "major", "info": "minor"}
_EXCEPTED = "info"


def render(outcome: Outcome, view: View) -> str:
    formats = formats_of(outcome)
    taken: set[str] = set()
    entries = []
    for finding in outcome.findings:
        where = place(finding.location, formats)
        entries.append(_entry(finding, where) | {"fingerprint": _fingerprint(finding, taken)})
    return contract.written(entries, indent=1) + "\n"


def _entry(finding: Finding, where: str) -> dict[str, Any]:
    at = finding.location
    region = region_of(at)
    # A merge request shows lines only; what is in no text is named in the words.
    named = f"（{where}）" if region is None or not region.is_text or at.page is not None else ""
    return {
        "description": f"{clean(finding.rule)} {message(finding)}{named if where else ''}",
        "check_name": clean(finding.rule),
        "severity": _SEVERITIES[finding.severity.value] if finding.status == "new" else _EXCEPTED,
        "location": {
            "path": clean(at.path or "") or ".",
            "lines": {"begin": 1 if region is None else region.line},
        },
    }


def _fingerprint(finding: Finding, taken: set[str]) -> str:
    """SHA-256, once in the report: of two entries with one fingerprint, GitLab shows only the first. Two
    files that hold the same report share theirs, so that the second is told by its path as well."""
    digest, ordinal = finding.fingerprint.removeprefix("sha256:"), 0
    while digest in taken or len(digest) != hashlib.sha256().digest_size * 2:
        ordinal += 1
        parts = f"{finding.fingerprint}\n{finding.location.path}\n{ordinal}"
        digest = hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()
    taken.add(digest)
    return digest
