"""Which form a document is taken for, and why; a slip of the pen does not make it another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jisseki_check import forms, readers
from jisseki_check.forms import Form
from jisseki_check.forms.report_json import to_json
from tests.example_files import EXAMPLES

FOLDER = EXAMPLES / "forms"
PROFILES = {
    "h27": "hirakata-h27",
    "h28": "hirakata-h28",
    "h30-plan": "hirakata-h30-plan",
    "r2": "hirakata-r2",
}
H29 = (Path(__file__).parents[1] / "reports" / "mizuki.txt").read_text(encoding="utf-8")


def choose(text: str, name: str = "報告.txt", named: str | None = None) -> Form:
    return forms.Chooser(named).choose(readers.read_bytes(text.encode(), name))


def example(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("ending", ["", "-faulty"])
@pytest.mark.parametrize("name", PROFILES)
def test_each_form_is_recognised(name: str, ending: str) -> None:
    assert choose(example(name + ending)).profile.name == PROFILES[name]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("h27", "表題の年度（平成27年度）と、見出し「基本方針」による"),
        ("h28", "表題の年度（平成28年度）と、見出し「重点施策・事業における目標」による"),
        ("h30-plan", "表題の年度（平成30年度）と、表題の「運営方針」と、見出し「担当事務」による"),
        ("r2", "表題の年度（令和2年度）と、見出し「局の方針・考え方」による"),
    ],
)
def test_the_reason_names_what_was_seen(name: str, reason: str) -> None:
    assert choose(example(name)).reason == reason


@pytest.mark.parametrize("name", PROFILES)
def test_it_is_recognised_without_its_year(name: str) -> None:
    title = example(name).split("\n")[0]
    text = example(name).replace(title, title.split("\t")[-1] if "\t" in title else "", 1)
    assert choose(text).profile.name == PROFILES[name]


@pytest.mark.parametrize("year", ["平成 28 年度", "平成 26 年度", "令和 2 年度", "令和 9 年度", ""])
def test_year_of_another_form_does_not_outweigh_the_headings(year: str) -> None:
    assert choose(H29.replace("平成29年度", year, 1)).profile.name == "hirakata"


@pytest.mark.parametrize(
    "line",
    ["具体的な取り組み：広報", "平成28年度の取り組み 広報", "平成28年度の実績：20件", "担当事務の見直し"],
)
def test_line_of_a_text_is_no_heading(line: str) -> None:
    text = H29.replace("\n実績\t", f"\n実績\t次のとおりです。\n{line}\n", 1)
    assert choose(text).profile.name == "hirakata"


def test_city_alone_tells_nothing() -> None:
    form = choose("枚方市の広報\n枚方市の広報紙の原稿です。\n")
    assert form.profile.name == "hirakata"
    assert "見分けられない" in form.reason
    assert all(name in form.reason for name in PROFILES.values())


def test_a_named_profile_is_used_whatever_stands_there() -> None:
    form = choose(example("r2"), named="hirakata-h28")
    assert (form.profile.name, form.reason) == ("hirakata-h28", "指定による")


@pytest.mark.parametrize("name", PROFILES)
def test_json_shows_its_form_by_year_and_kind(name: str) -> None:
    source = readers.read_bytes(example(name).encode(), "報告.txt")
    report = forms.read(source, choose(example(name)).profile).report
    form = choose(json.dumps(to_json(report)), "報告.json")
    assert form.profile.name == PROFILES[name]
    assert form.reason.startswith("年度の欄（")


@pytest.mark.parametrize(
    "data", ["[]", "{}", '{"items": 1, "fiscal_year": true, "kind": []}', '{"items": [[]]}']
)
def test_data_of_any_shape_are_given_a_form(data: str) -> None:
    assert choose(data, "報告.json").profile.name == "hirakata"


def test_json_with_marks_is_none_of_a_form_without() -> None:
    items = [{"index": 1, "kind": "bullet", "title": "あ", "mark": "◎"}]
    data = {"fiscal_year": 2020, "kind": "results", "items": items}
    assert choose(json.dumps(data), "報告.json").profile.name == "hirakata"
    items[0].pop("mark")
    assert choose(json.dumps(data), "報告.json").profile.name == "hirakata-r2"


# --- lists --------------------------------------------------------------------------------------

HEAD = "番号,項目名,目標,取り組み,実績,達成状況"


@pytest.mark.parametrize(
    ("title", "head", "profile"),
    [
        ("平成29年度福祉部の取り組み実績", HEAD, "hirakata"),
        ("平成28年度福祉部取り組み実績一覧", HEAD, "hirakata-h28"),
        ("平成30年度福祉部の運営方針一覧表", "番号,項目名,目標,取り組み", "hirakata-h30-plan"),
        ("令和3年度福祉部の取り組み実績", "番号,項目名,具体的な取り組み,実績", "hirakata-r2"),
        ("令和3年度福祉部の取り組み実績", HEAD, "hirakata"),
        ("令和8年度福祉部の取り組み実績", HEAD, "hirakata"),
    ],
)
def test_lists_show_their_form(title: str, head: str, profile: str) -> None:
    form = choose(f"{title},,,,,\n{head}\n1,あ,い,う,え,◎\n", "一覧.csv")
    assert form.profile.name == profile


@pytest.mark.parametrize("mark", ["達成状況：◎", "取り組みに対する達成状況\n【 ○ 】", "達成度\t△"])
def test_marks_are_of_no_form_without_them(mark: str) -> None:
    text = "平成26年度市民部の取り組み実績\n(1) 見守り\n目標\t見守ります。\n実績\t回りました。\n"
    assert choose(text).profile.name == "hirakata-h27"
    assert choose(text + mark).profile.name == "hirakata"
    assert choose(text + "達成状況を審議会で報告しました。").profile.name == "hirakata-h27"
