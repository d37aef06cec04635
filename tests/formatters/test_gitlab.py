"""`gitlab`: what GitLab's documentation asks of a code quality report."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # no stubs among the tools

from jisseki_check.cli.output import encode
from jisseki_check.formatters import render
from jisseki_check.formatters.view import View
from jisseki_check.model import Location, Outcome
from tests.formatters.outcomes import BY_HAND, EXCEPTED, PLACES, digest, outcomes
from tests.formatters.sample import FAILED, LOOK_ALIKE


def _entries(outcome: Outcome) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(encode(render("gitlab", outcome, View())))
    return entries


# What GitLab itself demands of an entry (gitlabhq/gitlabhq, app/validators/json_schemas/codeclimate.json): it
# stops reading at the first that is otherwise.
_TAKEN = Draft202012Validator(
    {
        "type": "object",
        "required": ["description", "fingerprint", "severity", "location"],
        "properties": {
            **{name: {"type": "string"} for name in ("description", "fingerprint", "severity")},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string"},
                    "lines": {"type": "object", "properties": {"begin": {"type": "integer"}}},
                },
            },
        },
    }
)


def _is_taken(entries: list[dict[str, Any]]) -> None:
    """An array of issues that GitLab shows, every one of them."""
    for entry in entries:
        _TAKEN.validate(entry)
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["description"].startswith(f"{entry['check_name']} ")
        assert re.fullmatch("[0-9a-f]{64}", entry["fingerprint"])
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert set(entry["location"]) == {"path", "lines"}
        assert entry["location"]["path"]
        assert entry["location"]["lines"]["begin"] >= 1
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


@pytest.mark.parametrize("outcome", BY_HAND.values(), ids=BY_HAND)
def test_it_is_what_gitlab_takes(outcome: Outcome) -> None:
    _is_taken(_entries(outcome))


@given(outcome=outcomes())
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_the_texts_it_is_what_gitlab_takes(outcome: Outcome) -> None:
    _is_taken(_entries(outcome))


def test_no_finding_is_an_empty_array() -> None:
    assert render("gitlab", replace(FAILED, findings=()), View()) == "[]\n"


def test_what_does_not_count_is_told_as_of_the_least_weight() -> None:
    assert [(each["severity"], each["description"][:12]) for each in _entries(EXCEPTED)] == [
        ("info", "DAT111 ［既知］年"),
        ("info", "FIN101 ［免除］決"),
        ("info", "FIN101 ［免除］決"),
        ("critical", "MRK103 達成状況「"),
        ("minor", "PVR105 実績が 3"),
    ]


def test_a_place_that_is_no_line_is_told_in_words() -> None:
    told = [each["description"].rpartition("（")[2] for each in _entries(PLACES)]
    assert told[0] == "シート「一覧」AB12）"
    assert told[6] == "2ページ 13行目）"
    assert [each["location"]["lines"]["begin"] for each in _entries(PLACES)] == [12, 5, 12, 3, 1, 27, 13, 1]


def test_a_fingerprint_stays_when_another_file_holds_the_same_report() -> None:
    one = replace(LOOK_ALIKE, fingerprint=digest("one"))
    copy = replace(one, location=replace(LOOK_ALIKE.location, path="写し.txt"))
    [alone] = _entries(replace(FAILED, findings=(one,)))
    first, second = _entries(replace(FAILED, findings=(one, copy)))
    assert first["fingerprint"] == alone["fingerprint"] == one.fingerprint.removeprefix("sha256:")
    assert second["fingerprint"] != first["fingerprint"]


def test_a_finding_without_a_file_has_a_path_all_the_same() -> None:
    [entry] = _entries(replace(FAILED, findings=(replace(LOOK_ALIKE, location=Location()),)))
    assert entry["location"] == {"path": ".", "lines": {"begin": 1}}
