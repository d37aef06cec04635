"""`github`: annotations of a pull request, as workflow commands in the log of GitHub Actions.

GitHub shows ten of each kind a step. The gravest come first; the others stand below as plain lines of the
log, so that every finding is there once. The job summary (`job_summary`) is a page with all of them.
"""

from __future__ import annotations

from collections.abc import Mapping

from jisseki_check.formatters import summary
from jisseki_check.formatters.regions import Region, region_of
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import why_inconclusive
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import formats_of, item_name, known_name, level, message, place, waiver
from jisseki_check.model import Finding, Outcome

PER_KIND = 10  # annotations of a kind that GitHub shows of one step
_KINDS = {"error": "error", "warning": "warning", "info": "notice"}
_REASONS = 20  # that one annotation tells; the log has all


def render(outcome: Outcome, view: View) -> str:
    formats = formats_of(outcome)
    reasons = [each.text for each in why_inconclusive(outcome)]
    shown, rest = _chosen(outcome, PER_KIND - bool(reasons))
    lines = [_inconclusive(reasons)] if reasons else []
    lines += [_annotation(each, view, formats) for each in shown]
    if len(reasons) > _REASONS:
        lines += _group(f"判定不能の理由 {len(reasons):,}件", [f"判定不能: {each}" for each in reasons])
    if rest:
        lines += _group(_why_left(rest), [_line(each, formats) for each in rest])
    if outcome.baseline is not None and outcome.baseline.unmatched:
        gone = outcome.baseline.unmatched
        lines += _group(
            f"既知の指摘の一覧から除けるもの {len(gone):,}件", [f"既知: {known_name(each)}" for each in gone]
        )
    lines.append(summary.line(outcome))
    return "".join(line + "\n" for line in lines)


def _why_left(rest: list[Finding]) -> str:
    new = sum(each.status == "new" for each in rest)
    parts = [f"免除か既知のもの {len(rest) - new:,}件"] if new < len(rest) else []
    if new:
        parts.insert(0, f"新しいもの {new:,}件（GitHub が注釈にするのは種類ごとに{PER_KIND}件まで）")
    return f"注釈にしていない指摘　{'、'.join(parts)}"


def _chosen(outcome: Outcome, errors: int) -> tuple[list[Finding], list[Finding]]:
    """What becomes an annotation, the gravest first, and what is left. `errors`: how many errors may."""
    left = {"error": errors, "warning": PER_KIND, "info": PER_KIND}
    shown, rest = [], []
    for finding in outcome.findings:
        kind = finding.severity.value
        if finding.status == "new" and left[kind]:
            left[kind] -= 1
            shown.append(finding)
        else:
            rest.append(finding)
    return sorted(shown, key=lambda each: -each.severity.rank), rest


def _annotation(finding: Finding, view: View, formats: Mapping[str, str | None]) -> str:
    at = finding.location
    title = f"{level(finding)} {finding.rule} {view.titles.get(finding.rule, finding.name)}"
    told = {"file": clean(at.path) if at.path else "", **_lines(region_of(at)), "title": clean(title)}
    where = place(at, formats)
    named = [where] if where and not _is_plain(where) else []
    if finding.item is not None:
        named.append(item_name(finding.item))
    text = message(finding) + (f"\n場所　{'　'.join(named)}" if named else "")
    return command(_KINDS[finding.severity.value], told, f"{text}\n直し方　{clean(finding.fix)}")


def _is_plain(where: str) -> bool:
    """Whether a place is a line and a column, which the annotation has anyway."""
    return where.replace(":", "").isdecimal()


def _lines(region: Region | None) -> dict[str, str]:
    """GitHub takes columns only of what stands in one line."""
    if region is None:
        return {}
    told = {"line": str(region.line), "endLine": str(region.end_line)}
    if region.end_line == region.line:
        told["col"] = str(region.column)
        if region.end_column is not None:
            told["endColumn"] = str(max(region.end_column - 1, region.column))
    return told


def _inconclusive(reasons: list[str]) -> str:
    listed = reasons[:_REASONS]
    if len(reasons) > len(listed):
        listed.append(f"ほか{len(reasons) - len(listed):,}件（記録に全てあります）")
    return command("error", {"title": "判定不能"}, "\n".join(listed))


def _group(title: str, lines: list[str]) -> list[str]:
    return [command("group", {}, title), *lines, command("endgroup", {}, "")]


def _line(finding: Finding, formats: Mapping[str, str | None]) -> str:
    """A line that is no command: it begins with how grave the finding is."""
    at = finding.location
    where = ":".join(part for part in (clean(at.path or ""), place(at, formats)) if part)
    granted = "" if finding.waiver is None else f"　免除の理由: {waiver(finding.waiver)}"
    return f"{level(finding)} {finding.rule} {where} {message(finding)}{granted}"


def command(name: str, properties: Mapping[str, str], data: str) -> str:
    """A workflow command, its values written so that none of them ends it or begins another."""
    told = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{name}{' ' if told else ''}{told}::{_data(data)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
