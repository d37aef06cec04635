"""What a record says of a run: what it was told, what it rested on, what came out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from jisseki_check import __version__
from jisseki_check.formatters import contract
from jisseki_check.formatters.tally import counts
from jisseki_check.model import Input, Outcome
from jisseki_check.records.canonical import digest, digest_of

_APART = ("format", "tool", "fail_on", "verdict", "counts", "findings", "coverage", "skipped", "sources")
"""What of an outcome has a place of its own in the record, or (`skipped`) no part in the verdict."""

# What a later version cannot write in other words: of a finding, and of what a rule judged.
_SUBSTANCE = ("rule", "severity", "status", "fingerprint", "value_fingerprint")
_JUDGED = ("rule", "evaluated", "not_applicable", "blocked", "crashed")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that a verdict rests on. `role`: input, prior, settings, profile, rules, waivers, baseline,
    expect. `path`: as it is seen from the working directory, with slashes. `sha256`: hexadecimal; None where
    the file is not there or cannot be read. `status`, of reports: checked, unreadable, refused."""

    role: str
    path: str
    sha256: str | None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run rests on besides reports. `told`: the options that decide, by their names; `built_in`: the
    digest of the rules, profiles and schemas that come with the tool; `rules`: those of its rules, by code;
    `runtime`: versions by name; `limits`: how much of a file is read; `left_out`: names of files that were
    given and not checked; `commits`: those that were compared, of each repository (`base`, `head`)."""

    told: Mapping[str, Any]
    sources: Sequence[Source]
    built_in: str
    rules: Mapping[str, str]
    runtime: Mapping[str, str | None]
    limits: Mapping[str, int]
    left_out: Sequence[str] = ()
    commits: Sequence[Mapping[str, str]] = ()


def surroundings(around: Surroundings) -> dict[str, Any]:
    """That part of a record that is there without a run."""
    return {
        "tool": {"name": "jisseki-check", "version": __version__},
        "runtime": [{"name": name, "version": version} for name, version in sorted(around.runtime.items())],
        "rules": {"built_in": around.built_in, "each": dict(around.rules)},
        "told": dict(around.told),
        "sources": [written(each) for each in around.sources],
        "left_out": sorted(around.left_out),
        "commits": [dict(each) for each in around.commits],
    }


def body(around: Surroundings, outcome: Outcome, unread: Mapping[str, str | None]) -> dict[str, Any]:
    """The record of a run, without its place in a book. `unread`: the SHA-256 of files, by their names in the
    outcome, of which the run itself has none: it could not read them."""
    whole = contract.whole(outcome)
    return surroundings(around) | {
        "rules": {
            "built_in": around.built_in,
            "each": dict(around.rules),
            "digest": outcome.rules_digest,
        },
        "settled": {"fail_on": outcome.fail_on, "limits": dict(around.limits)},
        "inputs": [written(each) for each in _files(outcome.inputs, "input", unread)],
        "prior": [written(each) for each in _files(outcome.prior, "prior", unread)],
        "skipped": list(outcome.skipped),
        "scope": None if outcome.scope is None else contract.shallow(outcome.scope),
        "profile": outcome.profile,
        "verdict": outcome.verdict.value,
        "counts": asdict(counts(outcome)),
        "findings": _by_file(whole["findings"]),
        "digests": {
            "findings": digest(whole["findings"]),
            "coverage": digest([[each[name] for name in _JUDGED] for each in whole["coverage"]]),
            "rest": digest(_rest(whole)),
            "outcome": digest_of((contract.document(whole) + "\n").encode("utf-8", "backslashreplace")),
        },
    }


def _files(read: Iterable[Input], role: str, unread: Mapping[str, str | None]) -> list[Source]:
    """The files of a run, in the order of their names."""
    held = (Source(role, each.path, each.sha256 or unread.get(each.path), each.status) for each in read)
    return sorted(held, key=lambda each: each.path)


def written(source: Source) -> dict[str, Any]:
    """A file as a record writes it."""
    named = {"role": source.role} if source.status is None else {"status": source.status}
    return {"path": source.path, "sha256": source.sha256} | named


def _by_file(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    held: dict[str, list[Mapping[str, Any]]] = {}
    for each in findings:
        held.setdefault(each["location"]["path"] or "", []).append(each)
    return [
        {
            "path": path,
            "count": len(own),
            "digest": digest(own),
            "substance": _substance(own),
            "unwaived": digest([{**each, "waiver": None} for each in own]),
            "rules": {code: _substance(each) for code, each in sorted(_by_rule(own).items())},
        }
        for path, own in sorted(held.items())
    ]


def _by_rule(findings: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    held: dict[str, list[Mapping[str, Any]]] = {}
    for each in findings:
        held.setdefault(each["rule"], []).append(each)
    return held


def _substance(findings: Iterable[Mapping[str, Any]]) -> str:
    return digest(sorted([each[name] or "" for name in _SUBSTANCE] for each in findings))


def _rest(whole: Mapping[str, Any]) -> dict[str, Any]:
    """What is left of an outcome; of files without their contents, which are compared one by one."""
    rest = {name: value for name, value in whole.items() if name not in _APART}
    for name in ("inputs", "prior"):
        rest[name] = [{key: value for key, value in each.items() if key != "sha256"} for each in rest[name]]
    return rest
