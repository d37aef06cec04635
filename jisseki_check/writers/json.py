"""A report → JSON, as schemas/report.schema.json describes it."""

from __future__ import annotations

import json

from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Report
from jisseki_check.profiles import Profile


def write(report: Report, profile: Profile) -> bytes:
    """The report's data; a lone surrogate is written as JSON writes it."""
    text = json.dumps(to_json(report), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")
