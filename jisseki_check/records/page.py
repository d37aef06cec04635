"""What became of a book and of its records, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jisseki_check.formatters.text import clean, pad, paint, wrap
from jisseki_check.model import Verdict
from jisseki_check.notation.width import display_width
from jisseki_check.records.book import Book
from jisseki_check.records.differences import Difference, Obstacle, Result, Verified

ROLES = {
    "input": "報告",
    "prior": "比べるための報告",
    "settings": "設定",
    "profile": "様式設定",
    "rules": "規則",
    "waivers": "免除",
    "baseline": "既知の指摘",
    "expect": "提出の一覧",
}
_RESULTS = {
    Result.HOLDS: "記録のとおりです",
    Result.DIFFERS: "記録と違います",
    Result.UNVERIFIED: "確かめられません",
}
_STYLES = {Result.HOLDS: "good", Result.DIFFERS: "error", Result.UNVERIFIED: "error"}
_STATUSES = {"checked": "点検した", "unreadable": "読み取れなかった", "refused": "受け付けなかった"}
_FILE_CHANGES = {
    "changed": "中身が変わっています",
    "new": "記録のときにはありませんでした",
    "missing": "ありません（または読めません）",
}
_PARTS = {
    "settled": ("段階と上限", "不適合とする段階か、読むファイルの上限が変わっています。"),
    "coverage": ("判定範囲", "規則ごとの、判定した箇所の数が変わっています。"),
    "rest": ("そのほかの結果", "読み取った項目や、免除の状態などが変わっています。"),
}
_CODES = 10  # rules that are named
_NAME = 14  # columns of what differs
_LISTED = 100  # lines of one record; programs get them all
_ELSEWHERE = (
    "記録のときと同じ報告が一つも見つかりません。点検したときとは別のフォルダーを見ているのかもしれません。"
    "点検したときに作業していたフォルダー（移したときは、移した先）を --root で指定してください。"
)
_ADVICE = {
    "outside": "「{path}」は、読んでよい範囲の外にあります。この記録を作った人とそのファイルを確かめ、"
    "読んでよければ、そこまでを含むフォルダーを --within で指定してください。",
    "stdin": "標準入力から読んだ報告は残っていないため、点検し直せません。",
    "inconclusive": "今は判定不能になるため、結果を比べられません。check で理由を確かめてください。",
}


def broken(book: Book) -> str:
    """That the records are not as they were written, and where."""
    lines = [
        "記録が、書いたときのままではありません。このため、点検し直していません。"
        "控えのファイルがあれば、それで確かめてください。"
    ]
    lines += [f"  {clean(str(each))}" for each in book.breaks[:_LISTED]]
    return "\n".join(lines) + "\n"


def page(book: Book, noted: int | None, records: Sequence[Verified], *, width: int, color: bool) -> str:
    """`noted`: the number of the record whose digest was noted elsewhere."""
    lines = [f"記録のつながり　{len(book.entries):,}件、書いたときのままです。"]
    if noted is not None:
        after = len(book.entries) - noted
        then = f"その後に{after:,}件あります。" if after else "最後の記録です。"
        lines.append(f"控えたハッシュ値　{noted:,}件目の記録のものです。{then}")
    for each in records:
        lines += ["", *_record(each, width, color)]
    lines += ["", f"最後の記録のハッシュ値　{book.head}"]
    if noted is None:
        lines += wrap(
            "ハッシュ値は、中身から計算した照合用の値です。最後の方の記録が取り除かれても、このファイルだけでは分からないため、"
            "上の値を別の場所に控え、次は --head で示してください。",
            width,
        )
    return "\n".join(lines) + "\n"


def _record(verified: Verified, width: int, color: bool) -> Iterator[str]:
    record, result = verified.record, verified.result
    verdict = Verdict(record["verdict"]).label
    yield (
        f"{record['number']:,}件目の記録　"
        + paint(_RESULTS[result], _STYLES[result], color)
        + f"　（基準日 {clean(record['told']['as-of'])}、判定 {verdict}、"
        f"報告 {record['counts']['reports']:,}件）"
    )
    rows = [
        *(_difference(each) for each in verified.differences),
        *(_obstacle(each) for each in verified.obstacles),
        *(("参考", _note(each)) for each in verified.notes),
    ]
    for name, text in rows[:_LISTED]:
        first, *rest = wrap(text, width - _NAME - 4)
        yield f"  {pad(name, max(_NAME, display_width(name)))}  {first}"
        yield from (f"  {' ' * _NAME}  {line}" for line in rest)
    if len(rows) > _LISTED:
        yield f"  ほか{len(rows) - _LISTED:,}件（--output-format json で全て表示します）"
    if verified.knows_no_report:
        yield from (f"  {line}" for line in wrap(_ELSEWHERE, width - 2))


def _difference(each: Difference) -> tuple[str, str]:
    if each.what in ROLES:
        return ROLES[each.what], f"「{clean(each.path or '')}」{_of_file(each)}"
    if each.what == "findings":
        return "指摘", _of_findings(each)
    if each.what == "verdict":
        return "判定", f"{_verdict(each.recorded)}から{_verdict(each.now)}に変わっています。"
    if each.what == "built_in":
        return (
            "規則・様式設定",
            f"初めから入っている規則や様式設定が、記録のときのものと違います。{_of_rules(each)}",
        )
    return _PARTS[each.what]


def _of_rules(each: Difference) -> str:
    if each.rules is None:
        return ""
    if not each.rules:
        return "規則は一つも変わっていません（言葉の一覧か、様式設定などの違いです）。"
    rest = len(each.rules) - _CODES
    more = f"など{len(each.rules):,}件" if rest > 0 else ""
    return f"変わった規則は {'・'.join(each.rules[:_CODES])}{more} です。"


def _of_file(each: Difference) -> str:
    if each.change == "renamed":
        return f"の名前が「{clean(each.now or '')}」に変わっています。"
    if each.change == "status":
        before, after = (_STATUSES.get(status or "", "") for status in (each.recorded, each.now))
        return f"の状態が変わっています（記録では{before}、今は{after}）。"
    return f"{'は' if each.change == 'new' else 'の'}{_FILE_CHANGES[each.change]}。"


def _of_findings(each: Difference) -> str:
    name = f"「{clean(each.path)}」の" if each.path else ""
    if each.change == "waiver":
        return (
            f"{name}指摘は同じで、免除の内容（理由、申請した人、承認した人、期限、書かれた場所のどれか）が"
            "変わっています。"
        )
    if each.change == "reworded":
        return f"{name}指摘の内容は同じで、言葉か場所が変わっています。"
    rules = f"（{'・'.join(each.rules[:_CODES])} の指摘）" if each.rules else ""
    before, after = int(each.recorded or 0), int(each.now or 0)
    if before != after:
        return f"{name}指摘が変わっています。記録では{before:,}件、今は{after:,}件です{rules}。"
    return (
        f"{name}指摘は、記録のときと同じ{after:,}件ですが、"
        f"規則、段階、扱い、場所、値のどれかが変わっています{rules}。"
    )


def _verdict(value: str | None) -> str:
    return Verdict(value).label if value else ""


def _obstacle(each: Obstacle) -> tuple[str, str]:
    if each.kind == "missing":
        return ROLES[each.what or "input"], f"「{clean(each.path or '')}」が{_FILE_CHANGES['missing']}。"
    if each.kind == "run":
        return "点検", f"点検し直せません。{clean(each.message)}"
    return "点検", _ADVICE[each.kind].format(path=clean(each.path or ""))


def _note(each: Difference) -> str:
    if each.what == "version":
        before, after = (clean(version or "なし") for version in (each.recorded, each.now))
        return f"{clean(each.path or '')} の版が違います（記録では{before}、今は{after}）。"
    if each.what == "skipped":
        done = "増えて" if each.change == "new" else "なくなって"
        return (
            f"報告として読まないファイル「{clean(each.path or '')}」が{done}います（判定には関わりません）。"
        )
    return f"{_difference(each)[1]}版が違うため、書き方の違いとみなします。"


def result_of(book: Book, records: Iterable[Verified]) -> Result:
    """What is to be said of all of them together."""
    results = {each.result for each in records}
    if book.breaks or Result.DIFFERS in results:
        return Result.DIFFERS
    return Result.UNVERIFIED if Result.UNVERIFIED in results else Result.HOLDS
