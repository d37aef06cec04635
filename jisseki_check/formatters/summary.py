"""The last lines of what people read: the verdict, and how much of the reports it rests on."""

from __future__ import annotations

from collections import Counter

from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.tally import Counts, counts, share
from jisseki_check.formatters.text import clean, pad, paint, wrap
from jisseki_check.formatters.unjudged import because, held_back, uncompared, unjudged, why_inconclusive
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import known_name, skipped
from jisseki_check.model import Outcome, Verdict

_LABEL = 16  # columns of 「判定できた割合」 and the two blanks after it
_STYLE = {Verdict.PASS: "good", Verdict.FAIL: "error", Verdict.INCONCLUSIVE: "error"}
THRESHOLDS = {"error": "誤り", "warning": "確認以上", "info": "参考以上", "never": "なし"}
_DIGEST = len("sha256:") + 16
_LISTED = 5  # rules named where a line would otherwise run on


def block(outcome: Outcome, view: View) -> str:
    """The summary block, ending with a line feed."""
    verdict, number = outcome.verdict, counts(outcome)
    lines = [paint(f"判定　{verdict.label}", _STYLE[verdict], view.color) + f"　{meaning(outcome, number)}"]
    for label, text in _facts(outcome, view, number):
        first, *rest = wrap(text, view.width - _LABEL - 2)
        lines.append("  " + pad(label, _LABEL) + first)
        lines.extend(" " * (_LABEL + 2) + line for line in rest)
    return "\n".join(lines + _unjudged(outcome, view)) + "\n"


def line(outcome: Outcome) -> str:
    """The summary on one line, without its line feed."""
    return f"判定 {outcome.verdict.label}　{numbers(outcome)}"


def numbers(outcome: Outcome) -> str:
    """What was found in how much, on one line that stands below the verdict."""
    number, read = counts(outcome), _read(outcome)
    parts = [_tallies(number), _scope(outcome, number, read), _share(outcome, read)]
    if outcome.skipped:
        parts.append(f"未読のファイル {len(outcome.skipped):,}")
    return "　".join(parts)


def reasons(outcome: Outcome) -> list[str]:
    """What had to be judged and was not, one sentence each."""
    return [each.text for each in why_inconclusive(outcome) or unjudged(outcome)]


def gone(outcome: Outcome, view: View) -> list[str]:
    """What the list of known findings still names and the reports no longer hold, and what to do about it."""
    if outcome.baseline is None or not outcome.baseline.unmatched:
        return []
    held = outcome.baseline.unmatched
    shown = held if view.verbose else held[:_LISTED]
    rest = len(held) - len(shown)
    return [
        f"{clean(outcome.baseline.path)} のうち{len(held):,}件は、なくなったか、値が変わりました。"
        "「jisseki-check baseline update」で一覧から除いてください。",
        *map(known_name, shown),
        *([f"ほか{rest:,}件（-v で全て表示します）"] if rest else []),
    ]


def threshold(outcome: Outcome) -> str:
    """The findings that fail a run."""
    return "記録なし" if outcome.fail_on is None else THRESHOLDS.get(outcome.fail_on, clean(outcome.fail_on))


def meaning(outcome: Outcome, number: Counts) -> str:
    """What the verdict says, in one sentence."""
    if outcome.verdict is Verdict.INCONCLUSIVE:
        return "点検できなかったところがあります。「問題なし」ではありません。"
    if outcome.verdict is Verdict.FAIL:
        return "不適合とする指摘があります。直してください。"
    if outcome.scope is not None and not outcome.inputs:
        return f"{clean(outcome.scope.changed_since)} と比べて、変わった報告はありません。"
    if not share(outcome).due:
        return "使った規則に当てはまる箇所がなく、何も判定していません。"
    if number.error + number.warning + number.info == 0 and number.waived + number.baselined:
        return f"点検した範囲に新しい指摘はありません。{_behind(outcome)}"
    if number.error + number.warning + number.info == 0:
        return "点検した範囲に指摘はありません。"
    return "不適合とする指摘はありません。残りの指摘もご確認ください。"


def _behind(outcome: Outcome) -> str:
    """What waived and known findings keep from being judged must not pass for fine."""
    return (
        "免除や既知の指摘のために、判定を控えた箇所があります。"
        if any(each.blocked for each in outcome.coverage)
        else ""
    )


def _facts(outcome: Outcome, view: View, number: Counts) -> list[tuple[str, str]]:
    read = _read(outcome)
    lines = [
        ("指摘", _tallies(number)),
        ("点検した範囲", _scope(outcome, number, read)),
        ("判定できた割合", _share(outcome, read)),
    ]
    lines += [("" if at else "既知の指摘", text) for at, text in enumerate(gone(outcome, view))]
    if outcome.skipped:
        lines.append(("未読のファイル", _skipped(outcome, view)))
    forms = _forms(outcome, view)
    if forms:
        lines.append(("様式", forms))
    blocked = [each for each in outcome.coverage if each.blocked]
    if blocked:
        listed = blocked if view.verbose else blocked[:_LISTED]
        rest = len(blocked) - len(listed)
        text = "、".join(map(held_back, listed))
        lines.append(("控えた判定", text + (f"、ほか{rest}規則" if rest else "")))
    lone = "、".join(f"{each.rule}{because(each)}" for each in uncompared(outcome))
    if lone:
        lines.append(("比べなかった", lone))
    told = f"様式設定 {clean(outcome.profile)}　基準日 {outcome.as_of}　不適合とする指摘 {threshold(outcome)}"
    lines.append(("基準", told))
    digest = outcome.rules_digest if view.verbose else outcome.rules_digest[:_DIGEST]
    lines.append(("ハッシュ値", f"規則 {digest}"))
    lines += [("" if at else "注意", text) for at, text in enumerate(notes(outcome, view))]
    return lines


def _forms(outcome: Outcome, view: View) -> str:
    """By which form each file was read, and why; where all have one, only those who ask are told."""
    read = [each for each in outcome.inputs if each.profile is not None]
    if view.verbose:
        return "、".join(f"{clean(each.path)} {each.profile}（{each.profile_reason}）" for each in read)
    number = Counter(each.profile for each in read)
    return "、".join(f"{name} {count:,}ファイル" for name, count in number.items()) if len(number) > 1 else ""


def _skipped(outcome: Outcome, view: View) -> str:
    """What lies in the folders and is no report."""
    listed = outcome.skipped if view.verbose else outcome.skipped[:_LISTED]
    rest = len(outcome.skipped) - len(listed)
    return "、".join(map(skipped, listed)) + (f"、ほか{rest:,}ファイル" if rest else "")


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


def _read(outcome: Outcome) -> int:
    """How many files could be read to their end."""
    return sum(each.status == "checked" for each in outcome.inputs)


def _scope(outcome: Outcome, number: Counts, read: int) -> str:
    files = (
        f"{number.files:,}ファイル"
        if read == number.files
        else f"{number.files:,}ファイルのうち{read:,}ファイル"
    )
    return f"{files}・{number.items:,}項目・{len(outcome.coverage):,}規則{_narrowed(outcome)}"


def _narrowed(outcome: Outcome) -> str:
    """Nobody may take the verdict on a few files for that on all of them."""
    if outcome.scope is None:
        return ""
    since, others = clean(outcome.scope.changed_since), outcome.scope.of - outcome.scope.changed
    return f"（{since} から変わったファイルだけ。変わっていない{others:,}ファイルは点検していません）"


def _share(outcome: Outcome, read: int) -> str:
    """The share of what was read: a file that was not has no rows that could be counted as missing."""
    if read == len(outcome.inputs):
        return share(outcome).label
    return (
        f"最後まで読み取れた{read:,}ファイルの中では {share(outcome).label}"
        if read
        else "最後まで読み取れたファイルがありません"
    )
