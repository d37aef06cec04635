"""What a comparison says to people and to programs, whatever stands in its texts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings

from jisseki_check.comparing import KINDS, Comparison, compare
from jisseki_check.engine import run as engine
from jisseki_check.formatters.comparison import FORMATS, render
from jisseki_check.formatters.comparison.told import LABELS, MEANINGS, Names
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome
from jisseki_check.notation.width import display_width
from jisseki_check.resources import folder
from tests.cities import AS_OF, report, save
from tests.comparing.desk import CLEAN, MONEY, PLAN, checked, compared, edited
from tests.formatters import pages
from tests.formatters.outcomes import outcomes

NAMES = Names("前.json", "今回.json")
VIEW = View(verbose=True)
SCHEMA = jsonschema_rs.Draft202012Validator(
    json.loads((folder("schemas") / "comparison.schema.json").read_text(encoding="utf-8"))
)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    """One put right, one changed, one new, and a report that is not there any more."""
    before = {"a.txt": MONEY, "b.txt": PLAN, "c.txt": CLEAN}
    after = {
        "下/a.txt": edited(MONEY, ("決算：462\t", "決算：462 千円\t"), ("5,212,000", "5,999,000")),
        "c.txt": edited(CLEAN, ("平成 29 年度決算：6,215 千円", "平成 29 年度決算：6,215")),
    }
    return compared(tmp_path_factory.mktemp("比較"), before, after)


def _json(held: Comparison) -> Any:
    return json.loads(render("json", held, NAMES, VIEW))


def test_every_kind_has_its_words() -> None:
    assert set(LABELS) == set(MEANINGS) == set(KINDS)


def test_the_table_tells_people_what_to_look_at_first(comparison: Comparison) -> None:
    text = render("table", comparison, NAMES, View())
    lines = text.splitlines()
    assert text.index("新しい指摘　1件") < text.index("平成29年度決算：6,215")
    assert "書かれた値が変わりました　「5,212,000 千円」 → 「5,999,000 千円」" in text
    assert "今回の点検では、この報告を点検していません" in text
    assert "規則、様式設定、基準日などの条件は、前と同じです。" in text
    assert lines[-2] == "比較　新しい指摘が1件あります。"
    tally = "新しい 1・確かめられない 11・残る 9（うち変わったもの 1）・直った 1"
    assert lines[-1].endswith(tally)
    assert "そのまま残る指摘　8件（-v で全て表示します）" in text
    assert "7.940" not in text
    assert "7.940" in render("table", comparison, NAMES, View(verbose=True))
    assert max(map(display_width, lines)) <= 100
    assert "\x1b[" not in text
    assert "\x1b[" in render("table", comparison, NAMES, View(color=True))


def test_a_narrow_terminal_is_not_overrun(comparison: Comparison) -> None:
    lines = render("table", comparison, NAMES, View(width=60)).splitlines()
    told = [line for line in lines if not line.startswith(("部", "規則", "－", "-")) and "  －" not in line]
    assert max(map(display_width, told)) <= 72


def test_quiet_shows_no_finding(comparison: Comparison) -> None:
    text = render("table", comparison, NAMES, View(summary_only=True))
    assert "FIN" not in text
    assert "比較　新しい指摘が1件あります。" in text
    assert "今回の点検にない 1（b.txt）" in text


def test_json_keeps_to_its_schema_and_says_all(comparison: Comparison) -> None:
    data = _json(comparison)
    assert [error.message for error in SCHEMA.iter_errors(data)] == []
    numbers = {kind: len(comparison.of(kind)) for kind in KINDS}
    assert {kind: data["counts"][kind] for kind in KINDS} == numbers
    assert data["counts"]["altered"] == 1
    assert data["counts"]["counts_anew"] == 1
    assert data["exit_code"] == 1
    assert (data["old"]["path"], data["new"]["path"]) == ("前.json", "今回.json")
    for part in ("departments", "rules"):
        assert {kind: sum(each[kind] for each in data[part]) for kind in KINDS} == numbers
    assert [each["kind"] for each in data["findings"]] == [each.kind for each in comparison.changes]


def test_a_department_whose_name_is_written_with_a_blank_is_no_other(tmp_path: Path) -> None:
    def saved(folder: Path, department: str) -> Outcome:
        for year in (2016, 2017):
            held = report(year, {"mark": None}, department=department if year == 2017 else "ICT推進部")
            save(folder / f"{year}.json", held)
        return engine.check([folder], options=engine.Options(as_of=AS_OF, coverage_by_file=True))

    old, new = saved(tmp_path / "前", "ICT推進部"), saved(tmp_path / "後", "ＩＣＴ 推進部")
    assert old.findings
    held = compare(old, new)
    assert {each.kind for each in held.changes} == {"remaining"}
    assert [each["department"] for each in _json(held)["departments"]] == ["ICT推進部"]
    assert render("table", held, NAMES, VIEW).count("ICT推進部") >= 1


def test_what_differs_beside_the_reports_is_told(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = checked(tmp_path / "後", {"a.txt": MONEY}, ignore=("FIN110",), fail_on="warning")
    new = replace(new, rules_digest="sha256:" + "0" * 64, version="9.9.9")
    for held, said in (
        (compare(old, new), "今回の点検では、この規則を使っていません"),
        (compare(new, old), "前の点検では、この規則を使っていません"),
    ):
        for name in ("table", "html"):
            text = render(name, held, NAMES, VIEW)
            assert "前と条件が違います" in text
            assert "規則のハッシュ値" in text
            assert "9.9.9" in text
            assert "確認以上" in text
            assert said in text
        data = _json(held)
        assert data["basis"]["is_same"] is False
        assert {each["what"] for each in data["basis"]["differences"]} == {"rules", "version", "fail_on"}


def test_a_finding_that_came_or_went_while_its_file_stayed_says_so(tmp_path: Path) -> None:
    old = checked(tmp_path / "前", {"a.txt": MONEY})
    new = replace(old, findings=tuple(each for each in old.findings if each.rule != "FIN110"))
    text = "".join(render("table", compare(new, old), NAMES, VIEW).split())
    assert "報告のファイルは同じなので、規則・設定・免除などの違いによります" in text
    text = "".join(render("table", compare(old, new), NAMES, VIEW).split())
    assert "条件も前と同じなのに見つかりません（結果に残らない設定の違いによります）" in text
    assert text.endswith("直った0")


def test_an_item_under_another_title_is_shown_so(tmp_path: Path) -> None:
    held = compared(
        tmp_path, {"a.txt": MONEY}, {"a.txt": edited(MONEY, ("文書管理システムの更新", "電子決裁の導入"))}
    )
    for name in ("table", "html"):
        text = "".join(render(name, held, NAMES, View()).split())
        assert "項目名が変わりました「文書管理システムの更新」→「電子決裁の導入」" in text
        assert "うち変わったもの1" in text
    data = _json(held)
    assert [error.message for error in SCHEMA.iter_errors(data)] == []
    assert [each["renamed_to"] for each in data["findings"] if each["renamed_to"]] == ["電子決裁の導入"]
    assert data["counts"]["altered"] == 1


def test_an_item_that_is_gone_is_not_shown_as_put_right(tmp_path: Path) -> None:
    start, end = MONEY.index("(9) 会議録"), MONEY.index("\n2. ")
    held = compared(tmp_path, {"a.txt": MONEY}, {"a.txt": MONEY[:start] + MONEY[end:]})
    for name in ("table", "html"):
        text = "".join(render(name, held, NAMES, View()).split())
        assert "今回の点検では、この項目が報告にありません" in text
        assert "確かめられない1（うち項目がなくなったもの1）" in text
    assert [each["item_gone"] for each in _json(held)["findings"] if each["kind"] == "unverified"] == [True]


def test_the_page_reads_without_a_script(comparison: Comparison) -> None:
    page = pages.parsed(render("html", comparison, NAMES, VIEW))
    assert pages.texts(page, "h1") == ["点検結果の比較"]
    assert pages.texts(page, "title") == ["点検結果の比較"]
    assert len(pages.texts(page, "li.f")) == len(comparison.changes)
    numbers = pages.texts(page, ".tile dd")
    assert pages.texts(page, ".tile dt") == list(LABELS.values())
    for kind, text in zip(KINDS, numbers, strict=True):
        assert text == f"{len(comparison.of(kind))}{MEANINGS[kind]}"
    [new] = pages.texts(page, "li.f.new .m")
    assert "6,215" in new
    links = {str(each.attrs["href"])[1:] for each in pages.elements(page) if each.name == "a"}
    ids = {str(each.attrs["id"]) for each in pages.elements(page) if "id" in each.attrs}
    assert links <= ids


@given(old=outcomes(), new=outcomes())
@settings(max_examples=60, deadline=None)
def test_every_format_tells_of_every_finding(old: Outcome, new: Outcome) -> None:
    held = compare(old, new)
    table = "".join(render("table", held, NAMES, VIEW).split())
    html = render("html", held, NAMES, VIEW)
    data = _json(held)
    assert [error.message for error in SCHEMA.iter_errors(_plain(data))] == []
    for change in held.changes:
        words = re.search("Q[0-9]{4}Q", change.finding.message)
        assert words is not None
        assert words[0] in table
        assert words[0] in html
    assert len(data["findings"]) == len(held.changes)
    assert len(pages.texts(pages.parsed(html), "li.f")) == len(held.changes)


def _plain(data: Any) -> Any:
    """Without half characters, of which the validator knows nothing, and as a run's rules are named."""
    return json.loads(json.dumps(data).replace("\\ud800", "?").replace("\\udc80", "?"))


@given(old=outcomes(), new=outcomes())
@settings(max_examples=60, deadline=None)
def test_no_text_of_a_report_steers_a_terminal_or_a_browser(old: Outcome, new: Outcome) -> None:
    held = compare(old, new)
    assert _CONTROL.search(render("table", held, Names("\x1b[31m", "b"), VIEW)) is None
    page = pages.parsed(render("html", held, Names("<script>", "b"), VIEW))
    assert len(list(page.query("script"))) == 1
    assert not any(
        name.startswith("on") or name == "style" for each in pages.elements(page) for name in each.attrs
    )


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_comparison_is_the_same_text(comparison: Comparison, name: str) -> None:
    again = compare(comparison.old, comparison.new)
    assert render(name, again, NAMES, VIEW) == render(name, comparison, NAMES, VIEW)
    assert render(name, again, NAMES, VIEW).endswith("\n")
