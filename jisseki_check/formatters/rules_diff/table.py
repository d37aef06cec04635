"""`table` of what another choice of rules would change: the reports first whose verdict would be another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tabulate import tabulate

from jisseki_check.comparing.rules import ReportChange, RuleChange, RulesDiff, Side
from jisseki_check.formatters.rules_diff import Named
from jisseki_check.formatters.summary import THRESHOLDS
from jisseki_check.formatters.text import clean, pad, paint, shorten, wrap
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import year_name
from jisseki_check.model import Rule, Verdict

_LABEL = 22  # columns of a label, and the blanks after it
_DIGEST = len("sha256:") + 16
_SHOWN = 20  # reports of one kind that are listed
_RULES = 5  # rules that are named beside a report
_NARROWEST = 30
_BECOMING = (
    (Verdict.FAIL, "新しく不適合になる報告", "error"),
    (Verdict.INCONCLUSIVE, "新しく判定不能になる報告", "error"),
    (Verdict.PASS, "新しく適合になる報告", "good"),
)


def render(diff: RulesDiff, sides: tuple[Named, Named], view: View) -> str:
    parts = [_basis(diff, sides, view), _rules(diff, view)]
    parts += [_reports(diff.becoming(verdict), title, style, view) for verdict, title, style in _BECOMING]
    parts.append(_summary(diff, view))
    return "\n".join(part for part in parts if part)


def _basis(diff: RulesDiff, sides: tuple[Named, Named], view: View) -> str:
    lines = [paint("比べた規則と設定", "strong", view.color)]
    for letter, side in zip("AB", sides, strict=True):
        lines += _labelled(letter, f"{clean(side.name)}（{side.meaning}）", view)
    for label, of_a, of_b in zip(_LABELS, _told(diff.old), _told(diff.new), strict=True):
        lines += _labelled(label, of_a if of_a == of_b else f"A {of_a}　B {of_b}", view)
    return "\n".join(lines) + "\n"


_LABELS = ("点検した報告", "様式設定", "基準日", "不適合とする指摘", "使う規則", "規則のハッシュ値", "判定")


def _told(side: Side) -> tuple[str, ...]:
    outcome = side.outcome
    fail_on = outcome.fail_on or ""
    return (
        f"{len(outcome.inputs):,}ファイル",
        clean(outcome.profile),
        outcome.as_of,
        THRESHOLDS.get(fail_on, fail_on),
        f"{len(side.rules):,}",
        outcome.rules_digest[:_DIGEST],
        outcome.verdict.label,
    )


def _labelled(label: str, text: str, view: View) -> Iterator[str]:
    first, *rest = wrap(text, max(view.width - _LABEL - 2, _NARROWEST))
    yield f"  {pad(label, _LABEL)}{first}"
    yield from (" " * (_LABEL + 2) + line for line in rest)


# --- rules --------------------------------------------------------------------------------------


def _rules(diff: RulesDiff, view: View) -> str:
    if not diff.rules:
        return "規則の違いも、指摘の違いもありません。\n"
    titles = max(view.width - 74, 16)
    rows = [
        (
            each.code,
            _level(each.old),
            _level(each.new),
            _number(each.found),
            _number(each.gone),
            _number(each.regraded),
            _how(each),
            shorten(clean(each.rule.title), titles),
        )
        for each in diff.rules
    ]
    return (
        tabulate(
            rows,
            headers=["規則", "A", "B", "新しく出る", "出なくなる", "段階が変わる", "違い", "内容"],
            tablefmt="simple",
            disable_numparse=True,
            colalign=("left", "left", "left", "right", "right", "right", "left", "left"),
        )
        + "\n"
    )


def _level(rule: Rule | None) -> str:
    return "なし" if rule is None else rule.level.label


def _number(count: int) -> str:
    return f"{count:,}" if count else "－"


def _how(each: RuleChange) -> str:
    """In a word, what of the rule itself differs."""
    if each.old is None or each.new is None:
        return "B だけ" if each.old is None else "A だけ"
    parts = [
        word
        for word, is_so in (
            ("条件", each.is_decided_otherwise),
            ("段階", each.is_level_changed),
            ("言葉", bool(each.differs) and not each.is_decided_otherwise and set(each.differs) != {"level"}),
        )
        if is_so
    ]
    return "・".join(parts) or "－"


# --- reports ------------------------------------------------------------------------------------


def _reports(held: Sequence[ReportChange], title: str, style: str, view: View) -> str:
    if not held:
        return ""
    lines = [paint(f"{title}　{len(held):,}件", style, view.color)]
    shown = held if view.verbose else held[:_SHOWN]
    for each in shown:
        lines += _report(each, view)
    rest = len(held) - len(shown)
    return "\n".join([*lines, *([f"  ほか{rest:,}件（-v で全て表示します）"] if rest else [])]) + "\n"


def _report(each: ReportChange, view: View) -> Iterator[str]:
    year = "" if each.fiscal_year is None else year_name(each.fiscal_year)
    kind = "計画" if each.report_kind == "plan" else ""
    names = [clean(each.path), clean(each.department or ""), year, kind]
    first, *rest = wrap("　".join(name for name in names if name), max(view.width - 4, _NARROWEST))
    yield f"  {first}"
    yield from (f"    {line}" for line in rest)
    told = [f"{each.old.label} → {each.new.label}"]
    for words, number in (
        ("新しく出る", each.found),
        ("出なくなる", each.gone),
        ("段階が変わる", each.regraded),
        ("B で不適合とする指摘", each.failing),
    ):
        told += [f"{words} {_listed(number)}"] if number else []
    yield from (f"    {line}" for line in wrap("　".join(told), max(view.width - 4, _NARROWEST)))


def _listed(number: Mapping[str, int]) -> str:
    codes = [f"{code} {count:,}件" for code, count in sorted(number.items())]
    rest = len(codes) - _RULES
    return "、".join(codes[:_RULES]) + (f"、ほか{rest:,}規則" if rest > 0 else "")


# --- the last lines -----------------------------------------------------------------------------


def _summary(diff: RulesDiff, view: View) -> str:
    newly = {verdict: len(diff.becoming(verdict)) for verdict in Verdict}
    style = "error" if diff.exit_code else "good"
    text = (
        f"不適合になる {newly[Verdict.FAIL]:,}・判定不能になる {newly[Verdict.INCONCLUSIVE]:,}・"
        f"適合になる {newly[Verdict.PASS]:,}（{len(diff.reports):,}ファイルのうち）"
    )
    lines = [f"{paint('比較', style, view.color)}　A から B に変えると、{_meaning(diff)}"]
    lines += _labelled("判定の変わる報告", text, view)
    lines += _labelled(
        "変わる指摘",
        f"新しく出る {sum(each.found for each in diff.rules):,}・"
        f"出なくなる {sum(each.gone for each in diff.rules):,}・"
        f"段階が変わる {sum(each.regraded for each in diff.rules):,}",
        view,
    )
    return "\n".join(lines) + "\n"


def _meaning(diff: RulesDiff) -> str:
    if diff.exit_code == 1:
        return "新しく不適合になる報告があります。"
    if diff.exit_code:
        return "新しく不適合になる報告は見つかりませんが、判定できない報告があります。"
    if any(each.is_other for each in diff.reports):
        return "新しく不適合になる報告はありませんが、判定の変わる報告があります。"
    return "どの報告の判定も変わりません。"
