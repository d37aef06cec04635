"""What a comparison says, in words that every format for people uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from jisseki_check.comparing import KINDS, Change, Comparison, FileChange
from jisseki_check.comparing.reach import ACROSS
from jisseki_check.fingerprints import name_key
from jisseki_check.formatters.summary import THRESHOLDS
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import LEVELS, formats_of, report_name, waiver
from jisseki_check.model import Finding, Outcome
from jisseki_check.notation.fiscal import written_day

LABELS = {"new": "新しい", "unverified": "確かめられない", "remaining": "残る", "resolved": "直った"}
MEANINGS = {
    "new": "今回の結果だけにある指摘",
    "unverified": "今回の結果にはなく、直ったとも言えない指摘（報告や規則が今回の点検に入っていない、"
    "項目がなくなったなど）",
    "remaining": "どちらの結果にもある指摘",
    "resolved": "今回も同じ規則で点検し、見つからなくなった指摘",
}
STATES = {
    "added": "加わった",
    "removed": "今回の点検にない",
    "changed": "中身の変わった",
    "moved": "場所か名前の変わった",
    "unknown": "比べられない",
    "same": "変わっていない",
}
_WHAT = {
    "rules": "規則のハッシュ値",
    "version": "プログラムの版",
    "profile": "様式設定",
    "as_of": "基準日",
    "fail_on": "不適合とする指摘",
    "scope": "点検の範囲",
}
_UNSAID = {"scope": "全て"}
_STATUS = {"new": "対象の指摘", "waived": "免除", "baselined": "既知の指摘"}
_NAMELESS = "部名の分からないもの"
_DIGEST = len("sha256:") + 16
_UNCHANGED = "報告のファイルは同じなので、規則・設定・免除などの違いによります"


@dataclass(frozen=True, slots=True)
class Names:
    """What the two results are called."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Group:
    """The changes of one report: its name, and where it was found last."""

    name: str
    path: str
    changes: Sequence[Change]

    @property
    def numbers(self) -> Mapping[str, int]:
        return Counter(each.kind for each in self.changes)

    def of(self, kind: str) -> list[Change]:
        return [each for each in self.changes if each.kind == kind]


def groups(comparison: Comparison) -> list[Group]:
    """One report after the other; within it, what comes first is what people should look at first."""
    return [
        Group(_name(held[0].finding), held[0].path, held)
        for held in (list(each) for _, each in groupby(comparison.changes, key=_report))
    ]


def _report(change: Change) -> tuple[object, ...]:
    each = change.finding
    return name_key(each.department), each.fiscal_year, each.report_kind, change.path


def _name(finding: Finding) -> str:
    kind = "計画" if finding.report_kind == "plan" else ""
    return "　".join(part for part in (report_name(finding), kind) if part)


def by_department(comparison: Comparison) -> list[tuple[str, Mapping[str, int]]]:
    """How many changes of each kind there are, by department, as its name is written first."""
    names: dict[str | None, str | None] = {}
    held: dict[str | None, Counter[str]] = {}
    for each in comparison.changes:
        key = name_key(each.finding.department)
        names.setdefault(key, each.finding.department)
        held.setdefault(key, Counter())[each.kind] += 1
    return [(names[key] or _NAMELESS, held[key]) for key in sorted(held, key=lambda each: each or "")]


def by_rule(comparison: Comparison) -> list[tuple[str, Mapping[str, int]]]:
    """How many changes of each kind there are, by the code of the rule."""
    held: dict[str, Counter[str]] = {}
    for each in comparison.changes:
        held.setdefault(each.finding.rule, Counter())[each.kind] += 1
    return sorted(held.items())


def is_of_note(change: Change) -> bool:
    """Whether anything is otherwise than it was."""
    return change.kind != "remaining" or change.is_altered


def tally(comparison: Comparison) -> str:
    """`新しい 1・確かめられない 0・残る 2（うち変わったもの 1）・直った 9`."""
    return "・".join(
        f"{LABELS[kind]} {len(comparison.of(kind)):,}{_of_which(comparison, kind)}" for kind in KINDS
    )


def _of_which(comparison: Comparison, kind: str) -> str:
    held = comparison.of(kind)
    told = {
        "変わったもの": sum(each.is_altered for each in held) if kind == "remaining" else 0,
        "免除・既知": sum(each.finding.status != "new" for each in held) if kind == "new" else 0,
        "項目がなくなったもの": sum(each.is_item_gone for each in held),
    }
    text = "、".join(f"{name} {number:,}" for name, number in told.items() if number)
    return f"（うち{text}）" if text else ""


def verdict(comparison: Comparison) -> str:
    """One sentence on what has become of it all."""
    again = sum(each.counts_anew and each.kind == "remaining" for each in comparison.changes)
    new = sum(each.counts_anew for each in comparison.changes) - again
    parts = [f"新しい指摘が{new:,}件"] if new else []
    parts += [f"免除や既知でなくなった指摘が{again:,}件"] if again else []
    if parts:
        return "、".join(parts) + "あります。"
    if comparison.exit_code:
        return "新しい指摘は見つかりませんでしたが、今回の点検には判定できなかったところがあります。"
    return "新しい指摘はありません。"


# --- on what both rest --------------------------------------------------------------------------


def runs(comparison: Comparison, names: Names) -> list[tuple[str, str]]:
    """Both results by name, day and verdict."""
    return [("前の結果", _run(names.old, comparison.old)), ("今回の結果", _run(names.new, comparison.new))]


def _run(name: str, outcome: Outcome) -> str:
    return f"{clean(name)}　基準日 {written_day(outcome.as_of)}　{outcome.verdict.label}"


def differences(comparison: Comparison) -> list[tuple[str, str]]:
    """What was told to both runs and differs: labels and texts."""
    told = [
        (_WHAT[each.what], f"{_value(each.what, each.old)} → {_value(each.what, each.new)}")
        for each in comparison.basis.differences
    ]
    other = sum(each.is_read_otherwise for each in comparison.basis.files)
    if other:
        told.append(("様式の違うファイル", f"{other:,}ファイルを、前と違う様式で読んでいます"))
    return told


def _value(what: str, value: str | None) -> str:
    if value is None:
        return _UNSAID.get(what, "記録なし")
    if what == "rules":
        return value[:_DIGEST]
    if what == "as_of":
        return written_day(clean(value))
    return THRESHOLDS.get(value, value) if what == "fail_on" else clean(value)


def caution(comparison: Comparison) -> str:
    """What a reader must bear in mind where more than the reports differs; else that it does not."""
    if comparison.basis.differs:
        return "前と条件が違います。指摘の違いには、報告ではなく、この条件の違いによるものが含まれます。"
    return "規則、様式設定、基準日などの条件は、前と同じです。"


def files(changes: Sequence[FileChange]) -> list[tuple[str, list[str]]]:
    """The files by what became of them: labels with numbers, and their names unless they are as they were."""
    out = []
    for state, label in STATES.items():
        held = [each for each in changes if each.state == state]
        if held:
            told = [] if state == "same" else [_file(each) for each in held]
            out.append((f"{label} {len(held):,}", told))
    return out


def _file(change: FileChange) -> str:
    if change.old is not None and change.new is not None and change.old.path != change.new.path:
        return f"{clean(change.old.path)} → {clean(change.new.path)}"
    return clean(change.path)


def formats(comparison: Comparison) -> Mapping[str, str | None]:
    """The formats of all files, by which places are named."""
    return {**formats_of(comparison.old), **formats_of(comparison.new)}


# --- one finding --------------------------------------------------------------------------------


def remarks(change: Change) -> list[str]:
    """What is to be said of a change beside its finding, one sentence each."""
    return list(_remarks(change))


def _remarks(change: Change) -> Iterator[str]:
    old, new = change.old, change.new
    if old is not None and new is not None:
        yield from _alterations(old, new, change)
    elif change.reason is not None:
        run = "今回" if change.kind == "unverified" else "前"
        yield f"{run}の点検では、{clean(change.reason)}"
    if old is not None and old.item is not None and change.renamed_to is not None:
        yield f"項目名が変わりました　{_quoted(old.item.title)} → {_quoted(change.renamed_to)}"
    is_of_file = not change.finding.rule.startswith(ACROSS)  # what another file has may have changed
    if change.kind == "new" and change.reason is None and change.is_file_same and is_of_file:
        yield _UNCHANGED


def _alterations(old: Finding, new: Finding, change: Change) -> Iterator[str]:
    if change.is_value_changed:
        if old.given != new.given:
            yield f"書かれた値が変わりました　{_quoted(old.given)} → {_quoted(new.given)}"
        elif old.count != new.count:
            yield f"同じことのある場所が変わりました　{old.count:,}か所 → {new.count:,}か所"
        else:
            yield "判定に使った値が変わりました"
    if change.is_status_changed:
        yield f"扱いが変わりました　{_STATUS[old.status]} → {_STATUS[new.status]}{_why(new)}"
    if change.is_level_changed:
        yield f"段階が変わりました　{LEVELS[old.severity.value]} → {LEVELS[new.severity.value]}"


def _why(finding: Finding) -> str:
    return "" if finding.waiver is None else f"（{waiver(finding.waiver, is_spelled_out=True)}）"


def _quoted(text: str | None) -> str:
    return f"「{clean(text)}」" if text else "（なし）"
