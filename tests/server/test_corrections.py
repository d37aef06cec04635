"""The corrections of an editor are those of `fix`, to the character."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from jisseki_check.fixes import fix
from jisseki_check.forms import Chooser
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.readers.decoding import decode
from jisseki_check.server.buffer import Buffer
from jisseki_check.server.corrections import Replacement, applied, corrections

TEXT = """平成29年度みずき市環境部の取り組み実績
<部の構成> 環境総務課

1. 重点施策・事業

(1) 𠮷野川の清掃
目　標 川を清掃します。
取り組み 清掃の日を設けます。
平成29年度当初予算：１，２００千円
実績 𠮷\u200b野川を\u00a03回清掃しました。
平成29年度決算：1,100千円
取り組みに対する達成状況 【 〇 】
"""
DATA: dict[str, Any] = {
    "format": "jisseki-report/1",
    "department": "環境部",
    "divisions": ["環境総務課"],
    "title": "平成29年度みずき市環境部の取り組み実績",
    "kind": "results",
    "fiscal_year": 2017,
    "items": [
        {
            "index": 1,
            "kind": "priority",
            "section": 1,
            "number": "1",
            "title": "𠮷野川の\u200b清掃",
            "goal": "川を清掃します。",
            "initiative": "清掃の日を設けます。",
            "result": "\u200b𠮷野川を\u200b3回\u00a0清掃しました。\n\\u200b とは書きません。",
            "mark": "〇",
            "amounts": [],
        }
    ],
}
WRITTEN = {
    "報告.txt": TEXT,
    "報告（CRLF）.txt": TEXT.replace("\n", "\r\n"),
    "報告.json": json.dumps(DATA, ensure_ascii=False, indent=2),
    "報告（一行）.json": json.dumps(DATA, ensure_ascii=False),
    "報告（BOM）.json": "\ufeff" + json.dumps(DATA, ensure_ascii=False),
    "報告（ASCII）.json": json.dumps(DATA),
    "報告.yaml": yaml.safe_dump(DATA, allow_unicode=True, sort_keys=False),
}
EXAMPLES = [
    path
    for path in sorted((Path(__file__).parents[2] / "examples").glob("*/*"))
    if path.suffix in {".txt", ".json", ".yaml"} and path.parent.name in {"clean", "faulty", "forms"}
]


def _corrections(text: str, name: str) -> tuple[Replacement, ...]:
    return corrections(Buffer(text), name, Chooser(), DEFAULT_LIMITS)


def _fixed(text: str, name: str) -> str:
    return fix(text.encode(), name, Chooser()).data.decode()


@pytest.mark.parametrize("name", WRITTEN)
def test_all_together_give_the_copy_that_fix_makes(name: str) -> None:
    text = WRITTEN[name]
    copy = _fixed(text, name)
    assert copy != text
    assert applied(text, _corrections(text, name)) == copy


@pytest.mark.parametrize("name", WRITTEN)
def test_one_after_the_other_gives_the_same(name: str) -> None:
    text = WRITTEN[name]
    copy = _fixed(text, name)
    steps = 0
    while found := _corrections(text, name):
        text = applied(text, found[-1:])
        steps += 1
    assert text == copy
    assert steps >= 3


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_examples_get_what_fix_gives_them(path: Path) -> None:
    text = decode(path.read_bytes(), path.name)
    assert applied(text, _corrections(text, path.name)) == _fixed(text, path.name)


def test_only_what_changes_is_replaced() -> None:
    name = "報告.json"
    found = _corrections(WRITTEN[name], name)
    replaced = [(WRITTEN[name][each.start : each.end], each.text) for each in found]
    assert replaced[0] == ("\u200b", "")
    assert replaced[-1] == ("〇", "○")
    assert found[-1].title == "記号を直す：「〇」→「○」"
    assert WRITTEN[name][slice(*found[-1].place)] == '"〇"'


def test_titles_show_what_cannot_be_seen() -> None:
    titles = [each.title for each in _corrections(TEXT, "報告.txt")]
    assert "目に見えない文字を消す：「⟦U+200B⟧」" in titles
    assert "全角の数字を直す：「１，２００千円」→「1,200千円」" in titles


@pytest.mark.parametrize(("name", "text"), [("報告.txt", "ただの文です。"), ("報告.json", "{")])
def test_what_is_no_report_has_none(name: str, text: str) -> None:
    assert _corrections(text, name) == ()
