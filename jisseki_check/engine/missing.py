"""Whether all reports are there that had to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from jisseki_check.engine import findings as births
from jisseki_check.engine.coverage import MISSING
from jisseki_check.engine.expected import Expected, ExpectedReport
from jisseki_check.engine.gathered import Gathered
from jisseki_check.engine.heads import Head
from jisseki_check.engine.judging import Judging
from jisseki_check.fingerprints import name_key
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.patterns import lazy_compile

_NO_LIST = "提出されるはずの報告の一覧（--expect）が渡されていないため"
_IGNORED = "XDC105 を使わない指定（--ignore か、設定の ignore）があるため"
_ONLY_CHANGED = "変わったファイルだけを点検したため"
_UNREAD = "その部のものとみられるファイルを読めないため"
_Key = tuple[str | None, str]
"""A department as it is compared, and a kind of report."""

_KANJI = lazy_compile("[一-鿿々]")


def look_for(expected: Expected | None, judged: Judging, gathered: Gathered) -> None:
    """Add to what a run has found a finding for each report that is not there."""
    part, rule = gathered.part, judged.usual.rules.get(MISSING)
    if rule is None:
        if expected is not None:
            part.ledger.open([judged.sets.missing])
            part.ledger.pass_over(MISSING, len(expected.reports), _IGNORED)
        return
    if expected is None:
        part.ledger.explain(MISSING, _NO_LIST)
        return
    reports, priors = _by_department(gathered.kept.heads)
    years = {head.fiscal_year for held in reports.values() for head in held}
    unread = [entry.path for entry in gathered.inputs() if entry.status != "checked"]
    for report in expected.reports:
        if any(_is_of(report, held) for held in reports[_key(report)]):
            part.ledger.count(MISSING, evaluated=1)
        elif judged.options.scope is not None:
            part.ledger.pass_over(MISSING, 1, _ONLY_CHANGED)
        elif _may_be_among(report, unread):
            # The file is there, and that it cannot be read has been said.
            part.ledger.pass_over(MISSING, 1, _UNREAD)
        else:
            part.ledger.count(MISSING, evaluated=1)
            held_beside = priors[_key(report)]
            beside = next((held.path for held in held_beside if _is_beside(report, held, years)), None)
            part.findings.append(births.of_missing(rule, report, expected.path, beside))


def _by_department(heads: Iterable[Head]) -> tuple[defaultdict[_Key, list[Head]], ...]:
    """The reports to be checked, and those that are read for comparison only."""
    found: tuple[defaultdict[_Key, list[Head]], ...] = defaultdict(list), defaultdict(list)
    for head in heads:
        found[head.is_prior][head.department, head.kind].append(head)
    return found


def _key(expected: ExpectedReport) -> _Key:
    return name_key(expected.department), expected.kind


def _is_of(expected: ExpectedReport, held: Head) -> bool:
    """Whether a report of that department and kind is of that year. Of one that does not say its year that
    is found fault with already; it is not missing."""
    return expected.fiscal_year is None or held.fiscal_year in {None, expected.fiscal_year}


def _is_beside(expected: ExpectedReport, held: Head, years: Collection[int | None]) -> bool:
    """Whether it was given for comparison only. Without a year the list means one of the `years` that are
    checked, and not an earlier one to compare with."""
    return _is_of(expected, held) and (expected.fiscal_year is not None or held.fiscal_year in years)


def _may_be_among(expected: ExpectedReport, paths: Iterable[str]) -> bool:
    return any(_may_be(expected, path) for path in paths)


def _may_be(expected: ExpectedReport, path: str) -> bool:
    """Whether a file's name, or its folder's, has the department's and no other year."""
    written, name = squeeze(fold(path)), squeeze(fold(expected.department))
    at = written.find(name)
    if at < 0 or (at > 0 and _KANJI.match(written[at - 1]) and written[at - 1] not in "年度"):
        return False
    years = {mention.year for mention in find_fiscal_years(path)}
    return expected.fiscal_year is None or not years or expected.fiscal_year in years
