"""Profiles of JSON trees: one to begin with, the mistakes in one, what it is used for and what it is not."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jisseki_check import profiles
from jisseki_check.engine import examples
from jisseki_check.server.relevance import is_report
from jisseki_check.templates import TEMPLATES, Wishes, create
from jisseki_check.writers import WRITERS, CannotWrite, write
from tests.cli.conftest import Ended
from tests.forms.test_json_tree import CITY, MINATO, SHEET, TREE, read

Command = Callable[..., Ended]
NEW = profiles.beginning("aobano", profiles.JSON_TREE)
DATA = {
    "年度": 2023,
    "部": "農政部",
    "作成日": "2024-05-31",
    "事業": [
        {
            "番号": 3,
            "事業名": "朝市の開催",
            "目標": "毎月1回開く。",
            "内容": "駅前の広場で開く。",
            "実績": "駅前の広場で12回開きました。",
            "評価": "A",
            "予算額": 620,
            "決算額": 598,
            "指標": [{"指標名": "開催", "単位": "回", "目標値": 12, "実績値": 12}],
        }
    ],
}


def test_new_profile_reads_the_data_that_it_describes(command: Command, tmp_path: Path) -> None:
    assert command("profile", "new", "aobano.yaml", "--layout", "json-tree").code == 0
    assert command("profile", "check", "aobano.yaml").code == 0
    profile = profiles.load(str(tmp_path / "aobano.yaml"))
    report = read(DATA, profile).report
    assert (report.department, report.title, report.remarks) == ("農政部", "令和5年度 事業評価", ())
    (item,) = report.items
    assert (item.number, item.title, item.mark) == ("3", "朝市の開催", "A")
    assert [(each.name, each.unit, each.target, each.actual) for each in item.indicators] == [
        ("開催", "回", 12.0, 12.0)
    ]
    assert [(each.label, each.value, each.unit) for each in item.amounts] == [
        ("予算額", 620, "千円"),
        ("決算額", 598, "千円"),
    ]


def test_new_profile_explains_every_part() -> None:
    lines = NEW.splitlines()
    keys = [number for number, line in enumerate(lines) if re.match("[a-z]", line)]
    assert len(keys) >= 13
    assert [lines[number] for number in keys if not lines[number - 1].startswith("#")] == []


MISTAKES = [
    ("  required: [/年度, /部, /事業]\n", "", "「required」（必ずあるもの）がありません。"),
    ("fiscal_year: /年度\n", "fiscal_year: 年度\n", "（文字列「年度」）"),
    ("      each: /事業\n", "      each: 事業\n", "（文字列「事業」）"),
    ("      mark: /評価\n", "      marks: /評価\n", "「mark」のことでしょうか。"),
    ("      filled: true\n", "      years: past\n", "「year」"),
    ("    - kind: priority\n", "    - kind: reform\n", "項目の種類「reform」が item_kinds にありません。"),
    ("settlement: /決算額}", "settlement: /決算額, reserve: /予備費}", "「reserve」の見出しが amounts の"),
    ("      result: /実績\n", "", "「priority」に必要な欄「result」の道筋がありません。"),
    ("[DOC, SCH,", "[DOC, FIX,", "「FIX」という規則も、「FIX」で始まる規則もありません。"),
    ("[DOC, SCH,", "[DOC, SCHEMA,", "（文字列「SCHEMA」）"),
    ("select: [", "chosen: [", "「select」"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=range(len(MISTAKES)))
def test_each_mistake_is_said(command: Command, tmp_path: Path, old: str, new: str, said: str) -> None:
    assert NEW.count(old) == 1
    (tmp_path / "aobano.yaml").write_text(NEW.replace(old, new), encoding="utf-8")
    ended = command("profile", "check", "aobano.yaml")
    assert ended.code == 2
    assert said in ended.out
    assert not re.search(r"required\b|property|one of|schema\b", ended.out.replace("「required」", ""))


def test_one_may_take_over_another(tmp_path: Path) -> None:
    text = (
        "format: jisseki-profile/1\nname: own\ntitle: 独自の様式\nextends: gyosei-review\nselect: [FIN117]\n"
    )
    own = profiles.parse(text, "own")
    assert own.tree == profiles.load("gyosei-review").tree
    assert (own.uses("FIN117"), own.uses("FIN101")) == (True, False)


def test_a_rule_that_is_switched_off_is_not_used() -> None:
    own = profiles.parse(CITY + "rules: {FIN101: {enabled: false}}\n", "minato")
    assert [own.uses(code) for code in ("FIN101", "FIN105", "STR102", "STR103")] == [False, True, True, False]


def test_marks_are_not_asked_for_where_there_are_none() -> None:
    assert MINATO.marked
    assert not profiles.load("gyosei-review").marked


# --- what it is used for ------------------------------------------------------------------------


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_its_reports_are_written_as_data_only(ending: str) -> None:
    report = read(json.loads(SHEET), profiles.load("gyosei-review")).report
    if ending in {".json", ".yaml", ".yml"}:
        assert "みずき庁" in write(report, profiles.load("gyosei-review"), ending).decode()
    else:
        with pytest.raises(CannotWrite, match="文書の様式がありません"):
            write(report, profiles.load("gyosei-review"), ending)


def test_amounts_with_decimals_are_written_in_a_smaller_unit(command: Command, tmp_path: Path) -> None:
    (tmp_path / "sheet.json").write_text(SHEET, encoding="utf-8")
    assert command("convert", "sheet.json", "report.json").code == 0
    written = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [(each["value"], each["unit"]) for each in written["items"][1]["amounts"]] == [
        (value, "千円") for value in (84_200, 0, 12_500, -9_700, 0, 87_000, 83_600)
    ]


@pytest.mark.parametrize("ending", sorted(TEMPLATES))
def test_there_is_no_empty_form_of_it(ending: str) -> None:
    with pytest.raises(CannotWrite, match="記入する様式がありません"):
        create(MINATO, Wishes(None, None, None), ending)


def test_examples_of_rules_are_written_for_it_as_data() -> None:
    assert examples.clean(MINATO) == examples.clean_report()
    data, name = examples.document({"name": "one", "set": {"/items/0/mark": "A"}}, MINATO)
    assert (json.loads(data)["items"][0]["mark"], name) == ("A", "報告.json")
    with pytest.raises(examples.ExampleError, match="set と remove"):
        examples.document({"name": "one", "mark": "A"}, MINATO)


def test_an_editor_knows_its_data(tmp_path: Path) -> None:
    (tmp_path / "minato.yaml").write_text(CITY, encoding="utf-8")
    minato = json.dumps(TREE, ensure_ascii=False).encode()
    assert is_report(SHEET.encode(), "sheet.json")
    assert not is_report(minato, "tree.json")
    assert is_report(minato, "tree.json", str(tmp_path / "minato.yaml"))
