"""The instructions that go with an empty form, made of the profile, the schema and the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jisseki_check.model import Rule, Severity
from jisseki_check.profiles import Profile
from jisseki_check.templates.form import (
    Column,
    Place,
    amount_label,
    heading,
    item_schema,
    kind_words,
    legend,
)
from jisseki_check.templates.hints import Hint
from jisseki_check.writers.sheets import LONGEST_CELL

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_OF_FILES = frozenset({"DOC", "SCH"})  # of no use to who fills in this form
_UNCODED = "選ぶ欄が空です"
_STEPS = (
    "「報告」のシートに、1行に1項目を書きます。入力できるのは、表題から表の中までの白いセルです。",
    "節・小見出し・達成状況は、セルを選ぶと右に出る ▼ から選びます。",
    "書き足りないところや、数字の合わないところには、その場で色が付きます。色の意味は下の表のとおりです。",
    "文の中で改行するときは、Alt キーを押しながら Enter キーを押します。",
    "行が足りないときは、表の途中の行を選んで右クリックし、「挿入」で増やします。",
    "色で分かるのは一部の決まりだけです。書き終えたら、点検プログラム（jisseki-check）で点検してください。",
    "選択肢と色はこのシートの表を使っています。このシートは点検の対象にならないので、消さずに残してください。",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the instructions. `spans`: how many of the sheet's five columns each of its own takes;
    `levels`: for each row, the gravity that its first cell shows as a colour."""

    title: str
    header: tuple[str, ...]
    spans: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    levels: tuple[Severity, ...] = ()


def steps() -> tuple[str, ...]:
    """How to use the form, in a few sentences."""
    return _STEPS


def tables(
    profile: Profile,
    columns: Sequence[Column],
    places: Sequence[Place],
    rules: Mapping[str, Rule],
    hints: Sequence[Hint],
) -> Iterator[Table]:
    """The tables of the instructions in their order."""
    words = _words(profile)
    rows = tuple(
        (column.heading, _what(column, profile), _limits(column, places, profile)) for column in columns
    )
    yield Table("欄の書き方", ("欄", "書くこと", "決まり"), (1, 2, 2), rows)
    if profile.marked:
        signs = tuple((sign.sign, sign.meaning) for sign in profile.signs)
        rest = tuple((sign, "評価の対象としない") for sign in profile.not_evaluated)
        yield Table("達成状況の記号", ("記号", "意味"), (1, 4), signs + rest)
    yield _colours(rules, hints, words)
    held = [rule for rule in rules.values() if rule.family not in _OF_FILES]
    yield Table(
        "点検の規則",
        ("コード", "段階", "指摘", "指摘する理由", "直し方"),
        (1, 1, 1, 1, 1),
        tuple((rule.id, rule.level.label, rule.title, rule.why, _filled(rule.fix, words)) for rule in held),
    )


def _colours(rules: Mapping[str, Rule], hints: Sequence[Hint], words: Mapping[str, str]) -> Table:
    rows: dict[str | None, tuple[tuple[str, ...], Severity]] = {}
    for hint in hints:
        rule = rules.get(hint.code or "")
        if rule is None:
            told = ("", hint.level.label, _UNCODED, "▼ の一覧から選んでください。")
        else:
            told = (rule.id, rule.level.label, rule.title, _filled(rule.fix, words))
        rows.setdefault(hint.code, (told, hint.level))
    return Table(
        "セルの色の意味",
        ("コード", "段階", "指摘", "直し方"),
        (1, 1, 1, 2),
        tuple(row for row, _ in rows.values()),
        tuple(level for _, level in rows.values()),
    )


def _filled(text: str, words: Mapping[str, str]) -> str:
    """A rule's sentence with the form's words in it; what depends on the report is left open."""
    return _PLACEHOLDER.sub(lambda found: words.get(found[1], "…"), text)


def _words(profile: Profile) -> dict[str, str]:
    """What the rules call `form_…`: how the form names things."""
    budget = next((stage for stage in profile.form_stages if stage != "settlement"), "initial_budget")
    usual = [sign.sign for sign in profile.signs if sign.in_form]
    return {
        "form_budget": amount_label(budget, profile, None),
        "form_settlement": amount_label("settlement", profile, None),
        "form_result": profile.fields["result"][0],
        "form_unit": profile.unit,
        "form_kind": kind_words(profile),
        "form_composition": profile.composition[0],
        "form_legend": legend(profile) or "",
        "form_marks": "、".join(usual),
        "mark_label": profile.fields["mark"][0],
    }


# --- the columns --------------------------------------------------------------------------------

_WHAT = {
    "section": "項目のある節を一覧から選びます。",
    "group": "節の中に小見出しがあるときに、一覧から選びます。",
    "kind": "項目の種類を一覧から選びます。",
    "number": (
        "印刷する番号を、括弧を付けずに書きます。順に番号を付ける項目では 1 から順に、計画の課題では"
        "計画の番号（17、18-1 など）を書きます。番号のない項目では空けます。"
    ),
    "title": "項目の名前を書きます。計画が一つの文だけの項目では、その文を書きます。",
    "goal": "目標の文を書きます。改革課題とテーマでは、取り組みの内容と目標を書きます。",
    "initiative": "行うことの文を書きます。",
    "result": "行ったことと、その結果を、数字や日付を入れて書きます。",
    "note": "決算が予算を超えたときなどに、添える言葉を括弧なしで書きます（補正予算等の対応あり、など）。",
    "mark": "達成の度合いを表す記号を一覧から選びます。",
}


def _what(column: Column, profile: Profile) -> str:
    if column.sort == "amount":
        return (
            f"金額を、{profile.unit}を単位とする整数で書きます。「,」は自動で付きます。ない項目では空けます。"
        )
    return _WHAT[column.name]


def _limits(column: Column, places: Sequence[Place], profile: Profile) -> str:
    needed = [place for place in places if column.name == "title" or column.name in place.kind.required]
    told = []
    if len(needed) == len(places):
        told.append("必ず書きます。")
    elif needed:
        names = dict.fromkeys(f"「{place.group or heading(place, profile)}」" for place in needed)
        told.append(f"{'、'.join(names)}では必ず書きます。")
    if column.name in {"section", "mark"}:
        told.append("必ず選びます。")
    longest = longest_text(column)
    if longest is not None:
        told.append(f"{longest:,}字まで書けます。")
    return "".join(told)


def longest_text(column: Column) -> int | None:
    """How many characters may stand in a column's cells, as the schema and the spreadsheet have it."""
    properties = item_schema()
    held = properties["amount"] if column.name == "note" else properties
    if column.sort not in {"text", "number", "note"}:
        return None
    return min(int(held[column.name]["maxLength"]), LONGEST_CELL)
