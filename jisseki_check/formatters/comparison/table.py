"""`table` of a comparison: by department and report, what people should look at first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tabulate import tabulate

from jisseki_check.comparing import KINDS, Change, Comparison, FileChange
from jisseki_check.formatters.comparison import told
from jisseki_check.formatters.comparison.told import LABELS, Group, Names
from jisseki_check.formatters.text import clean, pad, paint, shorten, wrap
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import item_name, level, message, place
from jisseki_check.notation.width import display_width

_LABEL = 22  # columns of 「不適合とする指摘」 and its like, and the blanks after it
_RUN = 5  # changes of one kind and rule in one report that are all shown
_SHOWN = 3  # of more, those that are
_FILES = 5  # files that are named
_NARROWEST = 30  # columns that a message gets on the narrowest terminal
_STYLES = {"new": "error", "unverified": "warning", "remaining": "strong", "resolved": "good"}
_HEADINGS = {"new": "新しい指摘", "unverified": "直ったかどうか確かめられない指摘", "resolved": "直った指摘"}


def render(comparison: Comparison, names: Names, view: View) -> str:
    parts = [_basis(comparison, names, view)]
    if comparison.changes and not view.summary_only:
        formats = told.formats(comparison)
        parts.append(_numbers(comparison, view))
        parts += _reports(told.groups(comparison), formats, view)
    parts.append(_summary(comparison, view))
    return "\n".join(part for part in parts if part)


# --- what was compared --------------------------------------------------------------------------


def _basis(comparison: Comparison, names: Names, view: View) -> str:
    lines = [paint("比べた結果", "strong", view.color)]
    for label, text in told.runs(comparison, names):
        lines += _labelled(label, text, view)
    for label, text in told.differences(comparison):
        lines += _labelled(label, text, view)
    lines += _files("ファイル", comparison.basis.files, view)
    if any(each.state != "same" for each in comparison.basis.prior):
        lines += _files("比べるための報告", comparison.basis.prior, view)
    style = "warning" if comparison.basis.differs else "faint"
    caution = wrap(told.caution(comparison), view.width - 2)
    lines += [paint(f"  {line}", style, view.color) for line in caution]
    return "\n".join(lines) + "\n"


def _files(label: str, changes: Sequence[FileChange], view: View) -> Iterator[str]:
    listed = []
    for text, names in told.files(changes):
        shown = names if view.verbose else names[:_FILES]
        rest = len(names) - len(shown)
        more = f"、ほか{rest:,}ファイル" if rest else ""
        listed.append(f"{text}（{'、'.join(shown)}{more}）" if names else text)
    if listed:
        yield from _labelled(label, "、".join(listed), view)


def _labelled(label: str, text: str, view: View) -> Iterator[str]:
    first, *rest = wrap(text, max(view.width - _LABEL - 2, _NARROWEST))
    yield f"  {pad(label, _LABEL)}{first}"
    yield from (" " * (_LABEL + 2) + line for line in rest)


def _numbers(comparison: Comparison, view: View) -> str:
    departments = [
        (shorten(clean(name), 40), *_counted(number)) for name, number in told.by_department(comparison)
    ]
    titles = max(view.width - 60, 16)
    held = told.by_rule(comparison)
    moved = {each.finding.rule for each in comparison.changes if told.is_of_note(each)}
    rules = [
        (code, *_counted(number), shorten(view.titles.get(code, ""), titles))
        for code, number in held
        if view.verbose or code in moved
    ]
    labels = [LABELS[kind] for kind in KINDS]
    parts = [_table(["部", *labels], departments)]
    parts += [_table(["規則", *labels, "内容"], rules)] if rules else []
    rest = len(held) - len(rules)
    parts += [f"ほかの{rest:,}規則の指摘は、そのまま残っています（-v で全て表示します）。\n"] if rest else []
    return "\n".join(parts)


def _counted(number: Mapping[str, int]) -> Iterator[str]:
    return (f"{number[kind]:,}" if number[kind] else "－" for kind in KINDS)


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    alignment = ("left", *("right" for _ in KINDS), *("left" for _ in headers[len(KINDS) + 1 :]))
    return (
        tabulate(rows, headers=headers, tablefmt="simple", disable_numparse=True, colalign=alignment) + "\n"
    )


# --- the findings -------------------------------------------------------------------------------


def _reports(groups: Sequence[Group], formats: Mapping[str, str | None], view: View) -> Iterator[str]:
    """Those in which something is otherwise; all for who asks for them."""
    same = [] if view.verbose else [group for group in groups if not any(map(told.is_of_note, group.changes))]
    yield from (_report(group, formats, view) for group in groups if group not in same)
    if same:
        number = sum(len(group.changes) for group in same)
        text = (
            f"ほかの{len(same):,}ファイルの指摘 {number:,}件は、そのまま残っています（-v で全て表示します）。"
        )
        yield paint(text, "faint", view.color) + "\n"


def _report(group: Group, formats: Mapping[str, str | None], view: View) -> str:
    """One report: a heading, and its changes by kind."""
    path = paint(clean(group.path), "strong", view.color)
    lines = ["　".join(part for part in (path, group.name) if part)]
    for kind in KINDS:
        held = group.of(kind)
        if kind == "remaining":
            lines += _remaining(held, formats, view)
        elif held:
            lines += _kind(kind, f"{_HEADINGS[kind]}　{len(held):,}件", held, formats, view)
    return "\n".join(lines) + "\n"


def _remaining(held: Sequence[Change], formats: Mapping[str, str | None], view: View) -> Iterator[str]:
    """Those with which something is otherwise; the others only for who asks for them."""
    altered = [each for each in held if each.is_altered]
    same = [each for each in held if not each.is_altered]
    if altered:
        title = f"残る指摘のうち、変わったもの　{len(altered):,}件"
        yield from _kind("remaining", title, altered, formats, view)
    if same and view.verbose:
        yield from _kind("remaining", f"そのまま残る指摘　{len(same):,}件", same, formats, view)
    elif same:
        text = f"そのまま残る指摘　{len(same):,}件（-v で全て表示します）"
        yield from ("", f"  {paint(text, 'faint', view.color)}")


def _kind(
    kind: str, title: str, held: Sequence[Change], formats: Mapping[str, str | None], view: View
) -> Iterator[str]:
    shown, rest = (held, Counter[str]()) if view.verbose else _cut(held)
    widest = max(display_width(place(each.finding.location, formats)) for each in shown)
    yield ""
    yield f"  {paint(title, _STYLES[kind], view.color)}"
    name = None
    for each in shown:
        own = item_name(each.finding.item) if each.finding.item else "報告の全体"
        if own != name:
            yield f"    {shorten(own, view.width - 6)}"
            name = own
        yield from _change(each, place(each.finding.location, formats), widest, view)
    for rule, number in rest.items():
        yield f"    ほか　{rule}　{number:,}件（-v で全て表示します）"


def _cut(held: Sequence[Change]) -> tuple[list[Change], Counter[str]]:
    """The changes to show, and how many more of each rule there are."""
    total = Counter(each.finding.rule for each in held)
    seen: Counter[str] = Counter()
    shown, rest = [], Counter[str]()
    for each in held:
        rule = each.finding.rule
        seen[rule] += 1
        if total[rule] > _RUN and seen[rule] > _SHOWN:
            rest[rule] += 1
        else:
            shown.append(each)
    return shown, rest


def _change(change: Change, where: str, widest: int, view: View) -> Iterator[str]:
    finding = change.finding
    grade = paint(level(finding), finding.severity.value, view.color)
    left = 6 + display_width(level(finding)) + 2 + len(finding.rule) + 2 + widest + 2
    columns = max(view.width - left, _NARROWEST)
    first, *rest = wrap(message(finding), columns)
    yield f"      {grade}  {finding.rule}  {pad(where, widest)}  {first}".rstrip()
    more = told.remarks(change)
    if change.kind == "new":
        more.append(f"直し方　{clean(finding.fix)}")
    lines = [paint(line, "faint", view.color) for text in more for line in wrap(text, columns)]
    yield from (f"{' ' * left}{line}".rstrip() for line in (*rest, *lines))


# --- the last lines -----------------------------------------------------------------------------


def _summary(comparison: Comparison, view: View) -> str:
    style = "error" if comparison.exit_code else "good"
    lines = [f"{paint('比較', style, view.color)}　{told.verdict(comparison)}"]
    lines += _labelled("指摘", told.tally(comparison), view)
    return "\n".join(lines) + "\n"
