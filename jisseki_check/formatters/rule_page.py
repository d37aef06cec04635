"""A rule's page: what it finds, why, on what basis, how to put it right, and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from jisseki_check.formatters.rule_examples import line
from jisseki_check.formatters.text import clean
from jisseki_check.notation.percent import percent

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry

_DUTIES = {
    "error": "必ず直してください",
    "warning": "直すか、理由を書いてください",
    "info": "参考にしてください",
}
# The abbreviations of the catalogue; whatever else stands there is a law's own name.
SOURCES = {
    "算": "計算で確かめられること",
    "内": "報告の中での食い違い",
    "様": "様式の決まり",
    "監": "監査委員の審査で問われること",
    "RS": "行政事業レビュー",
    "公": "公用文作成の考え方（令和4年 文化審議会建議）",
    "機": "統計表における機械判読可能なデータの表記方法の統一ルール（令和2年 総務省）",
    "改": "元号の改元の取扱い（平成31年4月 申合せ）",
    "個": "個人情報の保護に関する法律",
    "J": "JIS X 8341-3",
}
_JUDGED = {
    "reader": "ファイルを読み取るときに確かめます。",
    "schema": "報告の形（JSON Schema）として確かめます。",
    "engine": "点検を進める中で確かめます。",
}
# What the findings that a person read were found in.
_CORPORA = {
    "hirakata-h29": "公表された報告1件（33項目）",
    "judgit-sample": "国の行政事業レビューシート151件（JUDGIT、CC BY 4.0）",
    "akane": "架空の報告8件（163項目）",
}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
# What most forms call it; of other values the page cannot know any.
_USUAL = {"{form_result}": "実績"}
_VALUE = re.compile(r"\{(\w+)(:percent)?\}")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&])")


def heading(rule: Entry) -> tuple[str, str]:
    """Code and title; then how grave it is, and its name."""
    from jisseki_check.catalogue import LEVELS  # `explain --help` needs none of it

    level = rule["level"]
    return f"{rule['id']}　{rule['title']}", f"{LEVELS[level]}（{_DUTIES[level]}）　{rule['name']}"


def markdown(rule: Entry) -> str:
    """The page as a reader of the report needs it: without how the rule is judged, and with one example of
    each kind."""
    title, below = heading(rule)
    lines = [f"**{escaped(title)}**", "", escaped(below)]
    for name, paragraphs in told(rule, examples=1):
        lines += ["", f"**{name}**", *("", *(f"{escaped(clean(each))}  " for each in paragraphs))]
    return "\n".join(line if line.strip() else "" for line in lines)


def plain(rule: Entry) -> str:
    """The same without markup."""
    lines = list(heading(rule))
    for name, paragraphs in told(rule, examples=1):
        lines += ["", name, *map(clean, paragraphs)]
    return "\n".join(lines)


def escaped(text: str) -> str:
    """Text as Markdown shows it again: no character of it is taken for markup."""
    return _MARKDOWN.sub(r"\\\1", text)


def sections(rule: Entry) -> Iterator[tuple[str, list[str]]]:
    """The whole page: titles, and the paragraphs below each."""
    yield "指摘の文", _shown(rule, "message")
    yield from told(rule)
    yield "判定の方法", _condition(rule)
    yield "免除", [_waivable(rule)]
    if measured := _measured(rule["id"]):
        yield "実測値", measured


def told(rule: Entry, examples: int | None = None) -> Iterator[tuple[str, list[str]]]:
    """Why, on what basis and how to put it right, then at most `examples` examples of each kind: a title, and
    the paragraphs below it."""
    yield "理由", rule["why"].splitlines()
    yield "根拠", [basis_name(each) for each in rule["basis"]]
    yield "直し方", _shown(rule, "fix")
    if rule.get("params"):
        yield "基準の値", criteria(rule)
    for kind, title in (("good", "良い例"), ("bad", "悪い例")):
        if held := rule.get("examples", {}).get(kind):
            yield title, [f"・{line(each)}" for each in held[:examples]]


def _shown(rule: Entry, name: str) -> list[str]:
    """A rule's words (`name`: message or fix) where a report has no part in them; else those that its bad
    example gets; else, of a rule that was not tried, as far as they are known."""
    from jisseki_check.catalogue import proof

    words = str(rule[name])
    known = _PLACEHOLDER.sub(lambda found: _USUAL.get(found[0], found[0]), words)
    if not _PLACEHOLDER.search(known):
        return known.splitlines()
    shown = proof().get(rule["id"], {}).get("shown")
    if shown is None:
        return _PLACEHOLDER.sub("…", known).splitlines()
    return [*shown[name].splitlines(), f"（悪い例「{shown['example']}」のとき）"]


def _condition(rule: Entry) -> list[str]:
    """How the rule is judged, for those who want to know exactly."""
    judged_by = rule.get("judged_by", "facts")
    lines = [_JUDGED[judged_by]] if judged_by in _JUDGED else []
    if rule.get("table"):
        lines.append(f"表　　{rule['table']}（facts コマンドで書き出せます）")
    if rule.get("applies_when"):
        lines.append(f"対象　{rule['applies_when']}")
    if rule.get("violated_when"):
        lines.append(f"指摘　{rule['violated_when']}")
    if rule.get("params"):
        lines.append(
            "変えられる値　" + "、".join(f"{name} = {each}" for name, each in rule["params"].items())
        )
    if rule.get("blocked_by"):
        lines.append(f"先に直すもの　{'、'.join(rule['blocked_by'])}（あるうちは判定を控えます）")
    return lines


def _waivable(rule: Entry) -> str:
    """Whether its findings can be waived, and for how long."""
    from jisseki_check.catalogue import longest_waiver_days

    days = longest_waiver_days(rule)
    if not days:
        return "免除できません。既知の指摘にもできません。"
    return f"承認した日から{days}日先まで、期限を付けて免除できます。"


def _measured(code: str) -> list[str]:
    """How the rule did when it was tried; a city's own rules have no figures."""
    from jisseki_check.catalogue import proof

    held = proof().get(code)
    if held is None:
        return []
    lines = [f"例　　　　　{held['examples']}件がすべて期待どおり"]
    if held.get("mutants"):
        lines.append(f"条件の変異　{held['mutants']}通りのうち{held['killed']}通りを例が見分ける")
    if "planted" in held:
        lines.append(
            f"植えた誤り　架空の報告8件（規則の改良にも使用）の"
            f"{held['planted']}か所のうち{held['found']}か所を指摘"
        )
    return lines + [
        f"実際の文書　{_CORPORA[each['corpus']]}：指摘{each['hits']}件、うち正しいもの{each['right']}件"
        for each in held["read"]
    ]


def criteria(rule: Entry) -> list[str]:
    """From which values on a rule finds something, for people; where it does not say so, the values by the
    names under which settings change them."""
    params = rule.get("params") or {}
    if not rule.get("criteria"):
        return [f"{name} = {value}" for name, value in params.items()]
    return [_VALUE.sub(lambda found: _value(params.get(found[1], found[0]), found[2]), rule["criteria"])]


def _value(value: object, form: str | None) -> str:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return percent(value) if form else f"{value:,}"


def basis_name(basis: Mapping[str, str]) -> str:
    """On what a rule rests: the law or guideline by its name, the passage, and how."""
    from jisseki_check.catalogue import basis_of

    source, article, relation = basis_of(basis)
    return f"{SOURCES.get(source, source)} {article or ''}".strip() + (f"（{relation}）" if relation else "")
