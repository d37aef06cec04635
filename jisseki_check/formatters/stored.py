"""The outcome back from its JSON (`contract` writes it, `schemas/outcome.schema.json` describes it).

A stored result goes through other hands before it is read again. What contradicts itself is refused, for no
page that is made of it may say more, or less, than the run did.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from jisseki_check.formatters.tally import counts, counts_as_failing
from jisseki_check.formatters.unjudged import unjudged
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import (
    OUTCOME_FORMAT,
    BaselineUse,
    Coverage,
    Fault,
    Finding,
    Input,
    ItemFigures,
    ItemRef,
    KnownFinding,
    Location,
    Outcome,
    OwnFile,
    ReportFigures,
    Scope,
    Severity,
    Unreadable,
    Verdict,
    Waiver,
    WaiverUse,
)
from jisseki_check.os_errors import in_words
from jisseki_check.readers.json_data import read_data
from jisseki_check.readers.sniffing import not_text, spaced
from jisseki_check.resources import file

# A city's whole year, with a finding in every line of it, is a tenth of that.
LIMITS = replace(DEFAULT_LIMITS, max_bytes=500_000_000, max_values=50_000_000)

# What earlier versions did not write, and later ones do.
_LATER = (
    "fail_on",
    "scope",
    "waivers",
    "skipped",
    "baseline",
    "prior",
    "sources",
    "reports",
    "coverage_by_file",
)
_ADVICE = "「jisseki-check check 報告/ -o json=結果.json」で書き出したファイルを指定してください。"
_OTHERS = {
    "jisseki-report/": "点検する前の報告です。先に「jisseki-check check」で点検してください。",
    "jisseki-baseline/": "既知の指摘の一覧です。",
    "jisseki-comparison/": "二つの結果を比べたものです。",
}


class StoredError(Exception):
    """A file that holds no result that can be used; the message is for people, and names the file."""


def load(path: str) -> Outcome:
    """The outcome that the file holds. Raises StoredError."""
    try:
        with open(path, "rb") as stream:
            content = stream.read(LIMITS.max_bytes + 1)
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        reason = "が見つかりません" if is_missing else f"を読めません（{in_words(error)}）"
        raise StoredError(f"結果のファイル「{path}」{reason}。場所と名前を確かめてください。") from None
    return read(content, path)


def read(content: bytes, name: str) -> Outcome:
    """The outcome that a file of that content holds; `name`: what the file is called. Raises StoredError."""
    if len(content) > LIMITS.max_bytes:
        raise StoredError(
            f"「{name}」は大きすぎて、結果として読めません（上限 {LIMITS.max_bytes:,}バイト）。"
            "部ごとなどに分けて点検し、結果も分けてください。"
        )
    data = _data(content, name)
    _require_format(data, name)
    _require_shape(data, name)
    outcome = _outcome(data)
    _require_consistent(outcome, data["counts"], name)
    return outcome


# --- what is refused ----------------------------------------------------------------------------


def _data(content: bytes, name: str) -> Any:
    try:
        return read_data(content, name, LIMITS)
    except Unreadable as error:
        noun = not_text(content, LIMITS)
        if noun is not None:
            raise StoredError(f"「{name}」は{spaced(noun)}なので、結果として読めません。{_ADVICE}") from None
        at = error.at
        where = f"{at.line}行目{at.column}文字目：" if at is not None and at.line and at.column else ""
        raise StoredError(
            f"「{name}」を結果として読めません。{where}{error.message.rstrip('。')}。{_ADVICE}"
        ) from None


def _require_format(data: object, name: str) -> None:
    given = data.get("format") if isinstance(data, dict) else None
    if given == OUTCOME_FORMAT:
        return
    if isinstance(given, str) and given.startswith(OUTCOME_FORMAT.partition("/")[0] + "/"):
        raise StoredError(
            f"「{name}」は別の版の書式（{given[:40]}）で書かれていて、"
            f"この版では読めません（読めるのは {OUTCOME_FORMAT}）。"
            "書き出したときと同じ版の jisseki-check で開いてください。"
        )
    what = next((words for start, words in _OTHERS.items() if str(given).startswith(start)), "")
    raise StoredError(f"「{name}」は点検の結果ではありません。{what}{_ADVICE}")


def _require_shape(data: object, name: str) -> None:
    from jsonschema_rs import Draft202012Validator  # 40 ms that a wrong file name need not wait for

    with open(file("schemas", "outcome.schema.json"), encoding="utf-8") as stream:
        validator = Draft202012Validator(json.load(stream))
    try:
        error = next(validator.iter_errors(data), None)
    except UnicodeEncodeError:  # half a character, as names of files may have
        error = next(validator.iter_errors(_whole_characters(data)), None)
    if error is None:
        return
    at = "/" + "/".join(map(str, error.instance_path))
    unknown = error.kind.value if error.kind.name == "additionalProperties" else None
    if unknown:
        raise StoredError(
            f"「{name}」の {at} に、この版の知らない名前「{unknown[0]}」があります。"
            "新しい版で書き出した結果であれば、その版の jisseki-check で開いてください。"
        )
    raise StoredError(
        f"「{name}」の {at} が、点検の結果の決まりに合いません。壊れているか、手で書き換えられています。"
        "もう一度点検して、書き出し直してください。"
    )


def _whole_characters(data: Any) -> Any:
    """The same with half characters written out."""
    if isinstance(data, str):
        return data.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(data, list):
        return [_whole_characters(each) for each in data]
    if isinstance(data, dict):
        return {_whole_characters(name): _whole_characters(value) for name, value in data.items()}
    return data


def _require_consistent(outcome: Outcome, told: Mapping[str, int], name: str) -> None:
    """Raises StoredError where counts or verdict are not those of what the file holds."""
    own = asdict(counts(outcome))
    wrong = next((key for key, number in own.items() if told[key] != number), None)
    if wrong is not None:
        fault = f"件数（counts の {wrong}）が {told[wrong]:,} ですが、中身は {own[wrong]:,} です"
    elif _contradicts(outcome):
        fault = f"判定（{outcome.verdict.label}）が中身と合いません"
    else:
        return
    raise StoredError(
        f"「{name}」の{fault}。壊れているか、手で書き換えられています。"
        "もう一度点検して、書き出し直してください。"
    )


def _contradicts(outcome: Outcome) -> bool:
    """Whether the verdict cannot be that of a run that found this."""
    if outcome.verdict is Verdict.INCONCLUSIVE:
        return False
    failing = any(counts_as_failing(each, outcome.fail_on) for each in outcome.findings)
    is_other = outcome.fail_on is not None and failing != (outcome.verdict is Verdict.FAIL)
    return bool(is_other or unjudged(outcome))


# --- what is read -------------------------------------------------------------------------------


def _outcome(data: Mapping[str, Any]) -> Outcome:
    tool, scope, baseline = data["tool"], data.get("scope"), data.get("baseline")
    return Outcome(
        profile=data["profile"],
        as_of=data["as_of"],
        rules_digest=tool["rules_digest"],
        fail_on=data.get("fail_on"),
        verdict=Verdict(data["verdict"]),
        inputs=tuple(Input(**each) for each in data["inputs"]),
        findings=tuple(map(_finding, data["findings"])),
        coverage=tuple(map(_coverage, data["coverage"])),
        faults=tuple(Fault(**each) for each in data["faults"]),
        skipped=tuple(data.get("skipped", ())),
        waivers=tuple(map(_waiver_use, data.get("waivers", ()))),
        baseline=None if baseline is None else _baseline(baseline),
        scope=None if scope is None else Scope(**scope),
        prior=tuple(Input(**each) for each in data.get("prior", ())),
        sources=tuple(OwnFile(**each) for each in data.get("sources", ())),
        reports=tuple(map(_report, data.get("reports", ()))),
        coverage_by_file={
            path: tuple(map(_coverage, held)) for path, held in data.get("coverage_by_file", {}).items()
        },
        version=tool["version"],
        unrecorded=tuple(name for name in _LATER if name not in data),
    )


def _finding(data: Mapping[str, Any]) -> Finding:
    plain = dict(data)
    report = plain.pop("report") or {"department": None, "fiscal_year": None}
    item, waiver = plain.pop("item"), plain.pop("waiver", None)
    return Finding(
        **plain
        | {
            "severity": Severity(plain["severity"]),
            "location": Location(**plain["location"]),
            "related": tuple(Location(**each) for each in plain["related"]),
            "places": tuple(plain.get("places", ())),
            "value_fingerprint": plain.get("value_fingerprint") or "",
        },
        **report,
        item=None if item is None else ItemRef(**item),
        waiver=None if waiver is None else Waiver(**waiver),
    )


def _coverage(data: Mapping[str, Any]) -> Coverage:
    return Coverage(**{**data, "left": tuple(data.get("left", ()))})


def _known(data: Mapping[str, Any]) -> KnownFinding:
    return KnownFinding(**{**data, "places": tuple(data["places"])})


def _waiver_use(data: Mapping[str, Any]) -> WaiverUse:
    return WaiverUse(_known(data["finding"]), Waiver(**data["waiver"]), data["state"], data["findings"])


def _baseline(data: Mapping[str, Any]) -> BaselineUse:
    return BaselineUse(data["path"], data["entries"], tuple(map(_known, data["unmatched"])))


def _report(data: Mapping[str, Any]) -> ReportFigures:
    return ReportFigures(**{**data, "items": tuple(ItemFigures(**each) for each in data["items"])})
