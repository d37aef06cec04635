"""`junit`: JUnit XML, which every CI system shows. A suite is a file, a case is a rule put to that file.

Failures are the findings for which the verdict is 不適合, errors are what was not judged though it had to
be: a run with neither has passed. Findings that do not count stand in the output of their case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

from jisseki_check.formatters import summary
from jisseki_check.formatters.junit.cases import Case, Reader, of_file
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import why_inconclusive
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome

_WHOLE = "点検の全体"
_ALL_FILES = "全てのファイル"


def render(outcome: Outcome, view: View) -> str:
    suites = [_whole(outcome, view), *_files(outcome, view)]
    root = ElementTree.Element("testsuites", {"name": "jisseki-check", **_tally(suites)})
    root.extend(suites)
    ElementTree.indent(root)
    # ElementTree would name the encoding of the machine.
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _whole(outcome: Outcome, view: View) -> ElementTree.Element:
    """The run itself: that nothing that had to be judged was left out."""
    reasons = [each.text for each in why_inconclusive(outcome)]
    case = Case("判定できないところがないこと")
    if reasons:
        case = Case(case.name, "error", "inconclusive", f"判定不能（{len(reasons):,}件）", tuple(reasons))
    gone = tuple(summary.gone(outcome, replace(view, verbose=True)))
    told = {
        "まとめ": summary.line(outcome),
        "様式設定": outcome.profile,
        "基準日": outcome.as_of,
        "規則のハッシュ値": outcome.rules_digest,
    }
    return _suite(_WHOLE, [replace(case, output=gone)], told)


def _files(outcome: Outcome, view: View) -> Iterator[ElementTree.Element]:
    reader = Reader(outcome, view)
    for path in reader.paths:
        yield _suite(path or _ALL_FILES, of_file(reader, path), reader.properties(path), path)


def _suite(
    name: str, cases: list[Case], told: dict[str, str], path: str | None = None
) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", {"name": clean(name), "time": "0"})
    if path:
        suite.attrib["file"] = clean(path)
    if told:
        properties = ElementTree.SubElement(suite, "properties")
        for key, value in told.items():
            ElementTree.SubElement(properties, "property", {"name": key, "value": clean(value)})
    suite.extend(_case(name, each) for each in cases)
    tally = Counter(each.kind for each in cases)
    suite.attrib |= {
        "tests": str(len(cases)),
        "failures": str(tally["failure"]),
        "errors": str(tally["error"]),
        "skipped": str(tally["skipped"]),
    }
    return suite


def _case(suite: str, case: Case) -> ElementTree.Element:
    told = {"classname": clean(suite), "name": clean(case.name), "time": "0"}
    element = ElementTree.Element("testcase", told)
    if case.kind:
        told = {"message": clean(case.message)}
        if case.kind != "skipped":
            told["type"] = case.type
        ElementTree.SubElement(element, case.kind, told).text = _text(case.lines) or None
    if case.output:
        ElementTree.SubElement(element, "system-out").text = _text(case.output)
    return element


def _text(lines: tuple[str, ...]) -> str:
    return "".join(f"\n{line}" for line in lines) + "\n" if lines else ""


def _tally(suites: list[ElementTree.Element]) -> dict[str, str]:
    """What Jenkins' schema of JUnit files lets the root say: of what was skipped only the suites speak."""
    return {
        name: str(sum(int(suite.attrib[name]) for suite in suites))
        for name in ("tests", "failures", "errors")
    }
