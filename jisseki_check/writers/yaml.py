"""A report → YAML: the same data as in JSON."""

from __future__ import annotations

import json

import yaml

from jisseki_check.forms.report_json import to_json
from jisseki_check.model import Report
from jisseki_check.profiles import Profile
from jisseki_check.writers.characters import without_surrogates


def write(report: Report, profile: Profile) -> bytes:
    """The report's data, a text on one line however long it is."""
    data = json.loads(without_surrogates(json.dumps(to_json(report), ensure_ascii=False)))
    text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=float("inf"))
    return text.encode()
