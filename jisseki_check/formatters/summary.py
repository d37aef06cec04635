"""The last lines of what people read: the verdict, and how much of the reports it rests on."""

from __future__ import annotations

from collections import Counter

from jisseki_check.formatters.tally import Counts, counts, share
from jisseki_check.formatters.text import clean, pad, paint, wrap
from jisseki_check.formatters.view import View
from jisseki_check.model import Coverage, Input, Outcome, Verdict

# Findings that say that something of a file, or a whole report, was not judged.
_UNJUDGEABLE = frozenset({"DOC001", "DOC002", "DOC004", "DOC005", "XDC105"})
_LABEL = 16  # columns of 「判定できた割合」 and the two blanks after it
_STYLE = {Verdict.PASS: "good", Verdict.FAIL: "error", Verdict.INCONCLUSIVE: "error"}
_THRESHOLDS = {"error": "誤り", "warning": "確認以上", "info": "参考以上", "never": "なし"}
_DIGEST = len("sha256:") + 16
_LISTED = 5  # rules named where a line would otherwise run on


def block(outcome: Outcome, view: View) -> str:
    """The summary block, ending with a line feed."""
    verdict = outcome.verdict
    lines = [
        paint(f"判定　{verdict.label}", _STYLE[verdict], view.color)
        + f"　{_meaning(outcome, counts(outcome))}"
    ]
    for label, text in _facts(outcome, view):
        first, *rest = wrap(text, view.width - _LABEL - 2)
        lines.append("  " + pad(label, _LABEL) + first)
        lines.extend(" " * (_LABEL + 2) + line for line in rest)
    return "\n".join(lines + _unjudged(outcome, view)) + "\n"


def line(outcome: Outcome) -> str:
    """The summary on one line, without its line feed."""
    parts = [f"判定 {outcome.verdict.label}", _tallies(counts(outcome)), _scope(outcome), _share(outcome)]
    if outcome.skipped:
        parts.append(f"未読のファイル {len(outcome.skipped):,}")
    return "　".join(parts)


def reasons(outcome: Outcome) -> list[str]:
    """What had to be judged and was not, one sentence each: files, faults of ours, rules that stopped."""
    files = [
        f"{clean(each.path)}　{clean(each.reason or '読み取れませんでした。')}（{_extent(each)}）"
        for each in outcome.inputs
        if each.status != "checked"
    ]
    faults = [
        "　".join(clean(part) for part in (each.path, each.rule, each.message) if part)
        for each in outcome.faults
    ]
    crashed = [
        f"{each.rule}　{each.crashed:,}か所を判定できませんでした" + _because(each)
        for each in outcome.coverage
        if each.crashed
    ]
    return files + _unreadable_parts(outcome) + faults + crashed


def _extent(source: Input) -> str:
    return f"読み取れた{source.items:,}項目だけを点検しました" if source.items else "1件も点検していません"


def _unreadable_parts(outcome: Outcome) -> list[str]:
    """Files that were opened, yet hold nothing, or a part, that could be judged."""
    unread = {each.path for each in outcome.inputs if each.status != "checked"}
    return [
        "　".join(clean(part) for part in (each.location.path, each.rule, each.message) if part)
        for each in outcome.findings
        if each.rule in _UNJUDGEABLE and each.location.path not in unread
    ]


def _meaning(outcome: Outcome, number: Counts) -> str:
    if outcome.verdict is Verdict.INCONCLUSIVE:
        return "点検できなかったところがあります。「問題なし」ではありません。"
    if outcome.verdict is Verdict.FAIL:
        return "不適合とする指摘があります。直してください。"
    if not share(outcome).due:
        return "使った規則に当てはまる箇所がなく、何も判定していません。"
    if number.error + number.warning + number.info == 0:
        return "点検した範囲に指摘はありません。"
    return "不適合とする指摘はありません。残りの指摘もご確認ください。"


def _facts(outcome: Outcome, view: View) -> list[tuple[str, str]]:
    lines = [
        ("指摘", _tallies(counts(outcome))),
        ("点検した範囲", _scope(outcome)),
        ("判定できた割合", _share(outcome)),
    ]
    if outcome.skipped:
        lines.append(("未読のファイル", _skipped(outcome, view)))
    forms = _forms(outcome, view)
    if forms:
        lines.append(("様式", forms))
    blocked = [each for each in outcome.coverage if each.blocked]
    if blocked:
        listed = blocked if view.verbose else blocked[:_LISTED]
        rest = len(blocked) - len(listed)
        text = "、".join(f"{each.rule} {each.blocked:,}か所{_because(each)}" for each in listed)
        lines.append(("控えた判定", text + (f"、ほか{rest}規則" if rest else "")))
    threshold = _THRESHOLDS.get(outcome.fail_on, outcome.fail_on)
    lines.append(
        ("基準", f"様式設定 {clean(outcome.profile)}　基準日 {outcome.as_of}　不適合とする指摘 {threshold}")
    )
    digest = outcome.rules_digest if view.verbose else outcome.rules_digest[:_DIGEST]
    lines.append(("規則の要約値", digest))
    return lines


def _forms(outcome: Outcome, view: View) -> str:
    """By which form each file was read, and why; where all have one, only those who ask are told."""
    read = [each for each in outcome.inputs if each.profile is not None]
    if view.verbose:
        return "、".join(f"{clean(each.path)} {each.profile}（{each.profile_reason}）" for each in read)
    number = Counter(each.profile for each in read)
    return "、".join(f"{name} {count:,}ファイル" for name, count in number.items()) if len(number) > 1 else ""


def _skipped(outcome: Outcome, view: View) -> str:
    """What lies in the folders and is no report by its name."""
    listed = outcome.skipped if view.verbose else outcome.skipped[:_LISTED]
    rest = len(outcome.skipped) - len(listed)
    return "、".join(map(clean, listed)) + (f"、ほか{rest:,}ファイル" if rest else "")


def _unjudged(outcome: Outcome, view: View) -> list[str]:
    found = reasons(outcome)
    if not found:
        return []
    lines = ["", paint("点検できなかったもの", "strong", view.color)]
    for reason in found:
        first, *rest = wrap(reason, view.width - 4)
        lines.append(f"  ・{first}")
        lines.extend(f"    {more}" for more in rest)
    return lines


def _tallies(number: Counts) -> str:
    found = f"誤り {number.error:,}・確認 {number.warning:,}・参考 {number.info:,}"
    apart = [f"{label} {count:,}" for label, count in _apart(number) if count]
    return found + (f"（ほかに {'・'.join(apart)}）" if apart else "")


def _apart(number: Counts) -> tuple[tuple[str, int], ...]:
    return (("免除", number.waived), ("既知", number.baselined))


def _scope(outcome: Outcome) -> str:
    number = counts(outcome)
    read = sum(each.status == "checked" for each in outcome.inputs)
    files = (
        f"{number.files:,}ファイル"
        if read == number.files
        else f"{number.files:,}ファイルのうち{read:,}ファイル"
    )
    return f"{files}・{number.items:,}項目・{len(outcome.coverage):,}規則"


def _share(outcome: Outcome) -> str:
    """The share of what was read: a file that was not has no rows that could be counted as missing."""
    read = sum(each.status == "checked" for each in outcome.inputs)
    if read == len(outcome.inputs):
        return share(outcome).label
    return (
        f"最後まで読み取れた{read:,}ファイルの中では {share(outcome).label}"
        if read
        else "最後まで読み取れたファイルがありません"
    )


def _because(coverage: Coverage) -> str:
    return f"（{clean(coverage.reason)}）" if coverage.reason else ""
