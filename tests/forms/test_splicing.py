"""Two columns run together are refused in whatever way their lines stand in one another; clean ones never."""

from __future__ import annotations

import pytest

from jisseki_check import forms, readers
from jisseki_check.model import Unreadable
from tests.example_files import EXAMPLES

HEAD = "<平成 27 年度>\n学校管理部の取り組み実績\n■ 基本方針 ■\n施設を整えます。\n\nⅠ 重点施策・事業\n"

SPLICED = {
    "plan and result in one line": (
        "◆校門の見守り\n登校の時間に校門に人を置 実績 ・校門に見守りの人を\nき、見守ります。 置きました。\n"
        "◆給食室の改修\n古くなった給食室を直し、衛生を保 実績 ・給食室を\nちます。 直しました。\n"
    ),
    "one item only": (
        "◆校門の見守り\n登校の時間に校門に人を置 実績 ・校門に見守りの人を\nき、見守ります。 置きました。\n"
    ),
    "within a word": (
        "◆歩道の整備\n平成 実績 ・平成 26 年 12 月から、南町の歩道の工 24年に定めた計画の\n"
        "とおりに歩道を広げ 実績 ・事を進め、\n"
    ),
    "label before both": (
        "◆校門の見守り\n実績 ・校門に見守りの人を 登校の時間に校門に人を\n"
        "置き、 ・登校の時間に 置き、地域の人と\n"
        "◆給食室の改修\n実績 ・給食室を 古くなった給食室を\n直し、 ・床も張り 衛生を保ちます。\n"
    ),
    "lines in turn": (
        "◆校門の見守り\n登校の時間に、校門に\n実績 ・校門に見守りの人を\n人を置き、地域の人と\n"
        "置きました。\n見守ります。\n"
        "◆給食室の改修\n古くなった給食室を\n実績 ・給食室を\n直します。\n直しました。\n"
    ),
    "no list": (
        "◆校門の見守り\n登校の時間に校門に人を置 実績 校門に見守りの人を\nき、見守ります。 置きました。\n"
        "◆給食室の改修\n古くなった給食室を直し、衛生を保 実 績 給食室を\nちます。 直しました。\n"
    ),
    "cells": (
        "◆校門の見守り\n登校の時間に校門に人を置\t実績\t・校門に見守りの人を\nき、見守ります。\t\t置きました。\n"
        "◆給食室の改修\n古くなった給食室を直し、衛生を保\t実績\t・給食室を\nちます。\t\t直しました。\n"
    ),
}
CLEAN = {
    "fields one below the other": (
        "◆校門の見守り\n登校の時間に、校門に人を置きます。\n"
        "実績 ・校門に見守りの人を置きました。\n・集まりを開きました。\n"
        "◆給食室の改修\n給食室を直します。\n実績 ・給食室を直しました。\n"
    ),
    "result in the line of the plan": (
        "◆校門の見守り\n登校の時間に、校門に人を置きます。 実績 ・校門に見守りの人を置きました。\n"
        "◆給食室の改修\n給食室を直します。 実績 ・給食室を直しました。\n"
    ),
    "the word within sentences": (
        "◆校門の見守り\n過去の実績 ・他市の例を調べ、校門に人を置きます。\n"
        "実績 ・校門に見守りの人を置きました。\n"
        "◆給食室の改修\nこれまでの 実績 を踏まえ、給食室を直します。\n実績 ・給食室を直しました。\n"
    ),
}


def items_of(text: str) -> int:
    source = readers.read_bytes(text.encode(), "報告.txt")
    return len(forms.read(source, forms.Chooser().choose(source).profile).report.items)


@pytest.mark.parametrize("name", SPLICED)
def test_spliced_columns_are_refused(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        items_of(HEAD + SPLICED[name])
    assert refused.value.rule == "DOC004"
    place = refused.value.at
    assert place is not None
    assert place.line is not None
    assert place.line > HEAD.count("\n")


@pytest.mark.parametrize("name", CLEAN)
def test_clean_text_of_that_form_is_read(name: str) -> None:
    assert items_of(HEAD + CLEAN[name]) == 3


@pytest.mark.parametrize("path", sorted((EXAMPLES / "forms").glob("*.txt")), ids=lambda path: path.stem)
def test_result_named_in_sentences_refuses_no_form(path: str) -> None:
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    for sentence in ("過去の実績 ・前年度の実績 ・を比べました。", "前の年の 実績 を上回りました。"):
        assert items_of(text.replace("しました。", f"しました。{sentence}")) == items_of(text)
