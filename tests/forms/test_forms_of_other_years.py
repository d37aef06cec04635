"""The forms of other years: read whole, as extractions print them, and with one slip of the pen."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jisseki_check import forms, profiles, readers
from jisseki_check.forms.report_json import from_json, to_json
from jisseki_check.model import Item, Report, Unreadable
from jisseki_check.writers.text import to_text
from tests.edits import check
from tests.example_files import EXAMPLES

NAMES = ("h27", "h28", "h30-plan", "r2")
TEXTS = {name: (EXAMPLES / "forms" / f"{name}.txt").read_text(encoding="utf-8") for name in NAMES}


def read(text: str) -> Report:
    source = readers.read_bytes(text.encode(), "報告.txt")
    return forms.read(source, forms.Chooser().choose(source).profile).report


def plain(report: Report) -> list[Item]:
    """The items without how their amounts are printed."""
    return [replace(i, amounts=tuple(replace(a, label="", text="") for a in i.amounts)) for i in report.items]


def rules(text: str, name: str = "報告.txt") -> list[tuple[str, int | None]]:
    """What is found of the form; what a report says in its sentences is no matter of it."""
    found = [each for each in check(text, name).findings if each.rule[:3] not in {"PVR", "STY"}]
    return [(each.rule, each.item.index if each.item else None) for each in found if each.rule != "DOC006"]


@pytest.mark.parametrize("name", NAMES)
def test_text_to_json_to_text(name: str) -> None:
    report = read(TEXTS[name])
    again = from_json(json.loads(json.dumps(to_json(report))))
    profile = profiles.load(f"hirakata-{name}")
    assert plain(read(to_text(again, profile))) == plain(report)
    assert rules(json.dumps(to_json(report)), "報告.json") == []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_over(name: str) -> None:
    assert {remark.kind for remark in read(TEXTS[name]).remarks} <= {"markup"}


@pytest.mark.parametrize("name", NAMES)
def test_no_city_is_made_up(name: str) -> None:
    assert read(TEXTS[name]).municipality is None


_LABELS = (
    r"重点施策・事業における目標|(?:具体的な|重点的な)?取り組み|局の方針・考え方|部の職員数|担当事務|目標|実績"
    r"|当初予算|決算"
)


def _apart(label: re.Match[str]) -> str:
    return " ".join(label.group())


_LAYOUTS: dict[str, Callable[[str], str]] = {
    "blanks between the letters of labels": lambda text: re.sub(_LABELS, _apart, text),
    "blanks before colons": lambda text: re.sub("(?<=[算み])[:：]", " ： ", text),
    "full width": lambda text: text.replace("(", "（").replace(")", "）").replace(":", "："),
    "stray paragraphs": lambda text: re.sub(
        r"^(実 ?績|目標|取り ?組み)\t(.+)$", r"\1\t<p>\2</p>", text, flags=re.M
    ),
    "label on its own line": lambda text: re.sub(r"^(実 ?績|目標|取り ?組み)\t", "\\1\n", text, flags=re.M),
    "page numbers": lambda text: re.sub(r"\n\n(?=\(|◆)", "\n\n- 3 -\n\n", text),
    "no blanks": lambda text: re.sub("(?<=[年度成和]) | (?=[年度千])", "", text),
    "angle brackets in full width": lambda text: re.sub("<([^/p][^>]*)>", r"＜\1＞", text),
}


@pytest.mark.parametrize("layout", _LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_layout_reads_as_the_same_report(name: str, layout: str) -> None:
    def squeezed(report: Report) -> list[object]:
        return [
            [
                re.sub(r"[\s:：()（）<>＜＞]", "", getattr(i, field) or "")
                for field in ("title", "goal", "initiative", "result")
            ]
            + [[(a.stage, a.value, a.unit, a.fiscal_year) for a in i.amounts]]
            for i in report.items
        ]

    text = _LAYOUTS[layout](TEXTS[name])
    assert squeezed(read(text)) == squeezed(read(TEXTS[name]))
    assert rules(text) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("h28", "重点施策・事業 における目標\t", "", [("STR102", 2)]),
        ("h28", "平成 28 年度の 取り 組み\t", "", [("STR102", 2)]),
        ("h28", "平成 28 年度の 実績\t空き", "空き", [("STR102", 1)]),
        ("h28", "平成 28 年度決算:", "平成 27 年度決算:", [("FIN112", 1)]),
        ("h28", "平成 28 年度当初予算:", "平成 29 年度当初予算:", [("FIN112", 1)]),
        ("h28", "11,565", "115,650", [("FIN101", 1)]),
        ("h28", "取り組みに対する達成状況\t\n【 ◎ 】", "取り組みに対する達成状況\t\n【  】", [("MRK101", 1)]),
        ("h30-plan", "取り 組み\t", "", [("STR102", 5)]),
        ("h30-plan", "目標\t通学路", "通学路", [("STR102", 4)]),
        ("h30-plan", "平成 30 年度当初予算:", "平成 29 年度当初予算:", [("FIN112", 4)]),
        ("h30-plan", "非常勤職員 5 名", "非常勤職員 6 名", [("FIN115", 2)]),
        ("h30-plan", "2.重点施策・事業\n", "", [("STR106", None)]),
        ("r2", "具体的な取り組み:", "", [("STR102", 2)]),
        ("r2", "実 績\t①幹線", "①幹線", [("STR102", 2)]),
        ("r2", "令和 2 年度決算 :3,050 千円\n", "", [("FIN103", 2)]),
        ("r2", "令和 2 年度決算", "令和元年度決算", [("FIN112", 2)]),
        ("r2", "(2020 年度)", "(2019 年度)", [("DAT107", None)]),
        ("r2", "(2) 川の", "(3) 川の", [("STR104", 3)]),
        (
            "h27",
            "実績 ・南小学校と北小学校の古くなった給食室を直し、衛生を保てるようにしました。\n",
            "",
            [("STR102", 3)],
        ),
    ],
)
def test_one_slip_is_one_finding(name: str, old: str, new: str, found: list[tuple[str, int | None]]) -> None:
    assert TEXTS[name].count(old) == 1
    assert rules(TEXTS[name].replace(old, new)) == found


def test_label_of_another_year_is_said() -> None:
    text = TEXTS["h28"].replace("平成 28 年度の 実績\t空き", "平成 27 年度の 実績\t空き")
    (finding,) = (each for each in check(text).findings if "年度の" in each.message)
    assert finding.rule == "DOC006"
    assert "平成28年度の実績" in finding.message


def test_figures_of_a_year_within_a_result_are_its_text() -> None:
    line = "平成 28 年度の実績：補助 8 件"
    text = TEXTS["h28"].replace(
        "改装の費用の一部を補助しました。", f"改装の費用の一部を補助しました。\n{line}"
    )
    assert (read(text).items[0].result or "").endswith(line)


def test_both_labels_of_one_field() -> None:
    more = "重点的な取り組み:通学路から先に見回ります。\n令和 2 年度当初"
    report = read(TEXTS["r2"].replace("令和 2 年度当初", more))
    assert (report.items[1].initiative or "").endswith("重点的な取り組み:通学路から先に見回ります。")
    assert not report.remarks


def test_list_of_a_result_is_no_new_item() -> None:
    listed = "実 績\t次のとおりです。\n(1) 幹線道路\n(2) 通学路\n①幹線道路の見回りの実施"
    report = read(TEXTS["r2"].replace("実 績\t①幹線道路の見回りの実施", listed))
    assert len(report.items) == len(read(TEXTS["r2"]).items)
    assert "(2) 通学路" in (report.items[1].result or "")


@pytest.mark.parametrize(
    "heading", ["2. 局の改革の取り組み\n\n(1) 舗装の記録", "2. 局の改革の取り組み\n\n◆舗装の記録"]
)
def test_heading_that_the_form_does_not_have_is_no_result(heading: str) -> None:
    text = (
        TEXTS["r2"].split("\n2. ")[0]
        + f"\n{heading}\n具体的な取り組み:舗装の記録を作ります。\n実 績\t舗装の記録の作成\n"
    )
    report = read(text)
    assert "局の改革" not in (report.items[2].result or "")
    assert [remark.text for remark in report.remarks] == ["2. 局の改革の取り組み"]
    assert (report.items[3].title, report.items[3].section_title) == ("舗装の記録", "局の改革の取り組み")
    assert rules(text) == []


@pytest.mark.parametrize("name", ["h28", "r2"])
def test_list_of_divisions_over_lines(name: str) -> None:
    text = re.sub("(商工課|道路課)、", "\\1、\n", TEXTS[name])
    assert read(text).divisions == read(TEXTS[name]).divisions


def test_fields_in_one_line() -> None:
    text = re.sub("</?p>", "", TEXTS["h28"])
    start, end = text.index("(2) 農産物"), text.index("2. 行政改革")
    line = " ".join(text[start:end].split())
    assert plain(read(f"{text[:start]}{line}\n\n{text[end:]}")) == plain(read(text))


@pytest.mark.parametrize("note", ["（案）", "(素案)", "【案】"])
@pytest.mark.parametrize("name", NAMES)
def test_title_of_a_draft_has_all_its_parts(name: str, note: str) -> None:
    text = re.sub("(取り組み実績|運営方針)$", rf"\1{note}", TEXTS[name], count=1, flags=re.M)
    assert [rule for rule, _ in rules(text)] == ["PLH102"]


# --- nothing is dropped, nothing raises, nothing hangs ------------------------------------------

_PIECES = [
    "平成30年度{}部の運営方針", "令和2年度（2020年度）", "{}局の取り組み実績", "<平成27年度>",
    "■ 基本方針 ■", "{}", "<部の構成> {}課、", "<部の構成>", "<局の方針・考え方>",
    "<部長の方針・考え方>{}", "<担当事務> (1) {}", "1.基本方針", "1. 重点施策・事業",
    "<部の職員数>H30年4月1日現在 正職員 3 名 {}職員 - 名 合計 3 名",
    "Ⅰ 重点施策・事業", "2.重点施策・事業", "2. {}の改革", "\n2. {}の改革", "◆{}", "(1) {}", "(2) {}",
    "・{}", "①{}", "重点施策・事業 における目標\t{}", "目標\t{}", "平成28年度の\n取り組み\t{}",
    "平成27年度の取り組み：{}", "具体的な取り組み:{}", "重点的な取り組み:{}", "実 績\t①{}",
    "平成28年度の実績\t{}", "実績 ・{}", "<{}：2 回>", "(3) {} 目標 {}。 取り組み {}。 実績 {}。",
    "平成30年度当初予算 :1,200 千円 ( {} )", "【 ◎ 】",
]  # fmt: skip


def held_of(name: str, text: str) -> str | None:
    """All that the report holds, read by that form; None where it is refused."""
    source = readers.read_bytes(text.encode(), "報告.txt")
    try:
        report = forms.read(source, profiles.load(f"hirakata-{name}")).report
    except Unreadable as error:
        refused = error.rule
    else:
        return json.dumps(to_json(report), ensure_ascii=False)
    assert refused in {"DOC002", "DOC004"}
    return None


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30))
def test_every_word_of_a_document_stands_in_its_report(name: str, pieces: list[str]) -> None:
    words = iter(f"語{number}番" for number in range(100, 1000))
    used: list[str] = []
    lines = []
    for piece in pieces:
        own = [next(words) for _ in range(piece.count("{}"))]
        used += own
        lines.append(piece.format(*own))
    held = held_of(name, "\n".join(lines))
    assert held is None or [word for word in used if word not in held] == []


@pytest.mark.parametrize(
    "text",
    [
        "\n<部の構成>" + "\nあ、" * 20_000,
        "\n<部の職員数>" + "正職員 1 名 " * 20_000,
        "\n<部の職員数>" + "あ" * 200_000 + " " * 100_000,
        "\n<局の方針・考え方>" + "\n(1) あ" * 20_000,
        "\n(1) あ\n" + "平成28年度の取り組み：あ\n" * 20_000,
        "\n(1) あ 目標 い" + "。 実績 ・う" * 20_000,
        "\n(1) あ\n具体的な取り組み:い\n実績\tう" + "\n\n2. あ" * 20_000,
        "\nあ 実績 ・" + "い 実績 ・" * 50_000,
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_hostile_text_takes_no_more_than_its_length(name: str, text: str) -> None:
    started = time.perf_counter()
    held_of(name, TEXTS[name].split("\n(1)")[0] + text)
    forms.Chooser().choose(readers.read_bytes(text.encode(), "報告.txt"))
    assert time.perf_counter() - started < 10
