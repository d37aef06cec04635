"""`総括`: the verdict, what it rests on, and which department has how much to put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jisseki_check.formatters import register, summary
from jisseki_check.formatters.columns import KINDS
from jisseki_check.formatters.groups import Group, groups
from jisseki_check.formatters.notes import notes
from jisseki_check.formatters.tally import counts, share
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.unjudged import held_back, unjudged
from jisseki_check.formatters.values import Value, share_of
from jisseki_check.formatters.view import View
from jisseki_check.formatters.words import LEVELS, year_name
from jisseki_check.formatters.xlsx.board import Board, Cell
from jisseki_check.formatters.xlsx.book import Book
from jisseki_check.model import Outcome, Severity, Verdict

_STYLES = {Verdict.PASS: "good", Verdict.FAIL: "error", Verdict.INCONCLUSIVE: "unjudged"}
_WIDTHS = (14, 20, 13, 8, 8, 8, 8, 8, 8, 8, 8, 16, 21)
_REASONS = 10  # that stand here; the last sheet has all
_RULES = 5  # that fired most
_DIGEST = len("sha256:") + 12
_NAMED = 3
_STATES = {
    "判定不能（未提出）": "unjudged",
    "判定不能": "unjudged",
    "不適合": "error",
    "要確認": "warning",
    "参考のみ": "info",
    "指摘なし": "good",
    "新しい指摘なし": "good",
    "判定の対象なし": "apart",
    "報告なし": "apart",
}
_HEADS = (
    ("市", "text"), ("部", "text"), ("年度", "text"), ("種類", "text"), ("項目", "number"),
    ("誤り", "number"), ("確認", "number"), ("参考", "number"), ("免除", "number"), ("既知", "number"),
    ("控えた", "number"), ("判定できた割合", "percent"), ("状況", "text"),
)  # fmt: skip
_FIRED = (
    ("コード", "line"), ("指摘名", "line"), *[("", "text")] * 7, ("段階", "text"), ("件数", "number"),
    ("報告の数", "number"),
)  # fmt: skip


def add(book: Book, outcome: Outcome, view: View, said: str) -> None:
    board = Board(book, "総括", _WIDTHS, said)
    held = groups(outcome)
    board.title("取り組み実績の点検結果")
    board.text(_subject(outcome))
    board.banner(outcome.verdict.label, summary.meaning(outcome, counts(outcome)), _STYLES[outcome.verdict])
    for note in notes(outcome, view):
        board.text(f"（注）{note}", bold=True)
    board.blank()
    board.cards(_cards(outcome))
    board.blank()
    board.pairs(_facts(outcome))
    board.blank()
    _add_unjudged(board, outcome)
    _add_fired(board, outcome, view, held)
    board.new_page()
    _add_reports(board, outcome, held)
    board.close()


def _subject(outcome: Outcome) -> str:
    """Whose reports they are, and of which years."""
    own = [each for each in outcome.reports if not each.prior]
    cities = list(dict.fromkeys(clean(each.municipality) for each in own if each.municipality))
    years = sorted({each.fiscal_year for each in own if each.fiscal_year is not None})
    span = [year_name(year) for year in dict.fromkeys((years[0], years[-1]))] if years else []
    parts = (_listed(cities), "から".join(span), f"基準日 {clean(outcome.as_of)}")
    return "　".join(part for part in ("対象", *parts) if part)


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return "、".join(names[:_NAMED]) + (f" ほか{rest:,}団体" if rest > 0 else "")


def _cards(outcome: Outcome) -> list[tuple[Cell, str, str]]:
    number = counts(outcome)
    return [
        (Cell(0, 1, number.error), "誤り（必ず直すもの）", "error"),
        (Cell(2, 4, number.warning), "確認（直すか理由を書くもの）", "warning"),
        (Cell(5, 7, number.info), "参考", "info"),
        (Cell(8, 10, number.waived), "免除", "apart"),
        (Cell(11, 12, number.baselined), "既知", "apart"),
    ]


def _facts(outcome: Outcome) -> Iterator[list[Cell]]:
    """What was judged on the left, and on the right by what."""
    for left, right in zip(_judged(outcome), _terms(outcome), strict=True):
        label, value, hint = left
        yield [
            Cell(0, 0, label, is_label=True),
            Cell(1, 1, value),
            Cell(2, 5, hint, is_label=True),
            Cell(6, 8, right[0], is_label=True),
            Cell(9, 12, right[1]),
        ]


def _judged(outcome: Outcome) -> list[tuple[str, Value, str]]:
    number, due = counts(outcome), share(outcome)
    read = sum(each.status == "checked" for each in outcome.inputs)
    crashed = sum(each.crashed for each in outcome.coverage)
    blocked = sum(each.blocked for each in outcome.coverage)
    return [
        ("ファイル", number.files, f"　うち最後まで読み取れたもの {read:,}"),
        ("報告", number.reports, f"　項目 {number.items:,}"),
        ("規則", len(outcome.coverage), f"　判定できた割合 {due.label.partition('（')[0]}"),
        ("判定した箇所", due.judged, "　規則ごとに数えた延べの数"),
        ("控えた箇所", blocked, "　ほかの指摘などのため控えたもの"),
        ("止まった箇所", crashed, "　判定の途中で止まったもの"),
        ("未読のファイル", len(outcome.skipped), "　報告でないとみて読まなかったもの"),
        ("比べるための報告", len(outcome.prior), "　比べるためだけに読んだもの"),
    ]


def _terms(outcome: Outcome) -> list[tuple[str, str]]:
    baseline = outcome.baseline
    known = "なし" if baseline is None else f"{clean(baseline.path)}（{baseline.entries:,}件）"
    scope = outcome.scope
    narrowed = "全て"
    if scope is not None:
        narrowed = f"{clean(scope.changed_since)} から変わった{scope.changed:,}件だけ（全{scope.of:,}件）"
    return [
        ("基準日", clean(outcome.as_of)),
        ("様式設定", clean(outcome.profile)),
        ("不適合とする指摘", summary.threshold(outcome)),
        ("免除の一覧", register.tally(outcome.waivers) or "なし"),
        ("既知の指摘の一覧", known),
        ("点検の範囲", narrowed),
        ("プログラムの版", f"jisseki-check {clean(outcome.version)}"),
        ("規則のハッシュ値", f"{clean(outcome.rules_digest)[:_DIGEST]}…（全体は「証跡」）"),
    ]


def _add_unjudged(board: Board, outcome: Outcome) -> None:
    """What had to be judged and was not; nobody may take its absence for fine."""
    reasons = [each.text for each in unjudged(outcome)]
    board.heading(f"点検できなかったもの　{len(reasons):,}件")
    for reason in reasons[:_REASONS]:
        board.text(f"・{reason}")
    if len(reasons) > _REASONS:
        board.text(f"ほか{len(reasons) - _REASONS:,}件は「証跡」にあります。")
    blocked = [each for each in outcome.coverage if each.blocked]
    if not reasons:
        board.text("ありません。" if outcome.inputs else "点検した報告がありません。")
    if blocked:
        number = sum(each.blocked for each in blocked)
        most = max(blocked, key=lambda each: each.blocked)
        board.text(
            f"このほか、{len(blocked):,}規則の{number:,}か所で判定を控えました"
            f"（多いものは {held_back(most)}）。全ては「判定範囲」にあります。"
        )
    board.blank()


def _add_reports(board: Board, outcome: Outcome, held: Sequence[Group]) -> None:
    """Every report with what was found in it; files in which there was none stand here too."""
    states = [group.state[1] for group in held]
    number = Counter(states)
    told = "・".join(f"{state} {number[state]:,}" for state in sorted(number, key=_order))
    board.heading(f"報告ごとの指摘の数　{len(held):,}件（{told}）")
    board.table(
        _HEADS,
        [[*_report(group), state] for group, state in zip(held, states, strict=True)],
        signs={"状況": _STATES},
        is_main=True,
    )


def _order(state: str) -> int:
    """The gravest first."""
    return list(_STATES).index(state) if state in _STATES else len(_STATES)


def _report(group: Group) -> list[Value]:
    new = group.new
    statuses = Counter(each.status for each in group.findings)
    judged, blocked, crashed = group.judged or (0, 0, 0)
    return [
        clean(group.municipality or ""),
        clean(group.department or f"（部名なし）{group.path or group.name}"),
        "" if group.fiscal_year is None else year_name(group.fiscal_year),
        KINDS.get(group.kind or "", clean(group.kind or "")),
        group.items,
        *(new[severity] for severity in Severity),
        statuses["waived"],
        statuses["baselined"],
        None if group.judged is None else blocked,
        share_of(judged, judged + blocked + crashed),
    ]


def _add_fired(board: Board, outcome: Outcome, view: View, held: Sequence[Group]) -> None:
    """The rules that are broken most, and in how many reports."""
    new = [each for each in outcome.findings if each.status == "new"]
    if not new:
        return
    number = Counter(each.rule for each in new)
    spread = Counter(
        rule for group in held for rule in {each.rule for each in group.findings if each.status == "new"}
    )
    first = {each.rule: each for each in reversed(new)}
    most = sorted(number, key=lambda rule: (-number[rule], rule))
    board.heading(f"多い指摘（{len(most):,}規則のうち上位{min(len(most), _RULES):,}規則）")
    rows: list[list[Value]] = [
        [
            clean(rule),
            clean(view.titles.get(rule, first[rule].name)),
            *[None] * 7,
            LEVELS[first[rule].severity.value],
            number[rule],
            spread[rule],
        ]
        for rule in most[:_RULES]
    ]
    board.table(_FIRED, rows)
    board.blank()
