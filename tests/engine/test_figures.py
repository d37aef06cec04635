"""What is kept of each report beside its findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from jisseki_check.engine import run
from jisseki_check.model import Outcome, ReportFigures
from tests.edits import AS_OF
from tests.example_files import EXAMPLES

_LIST = """環境部の取り組み実績（平成29年度）,,,,,,,,,
番号,項目名,目標,取り組み,実績,当初予算（千円）,決算（千円）,達成状況,担当者,備考
1,街路樹の植替え,植え替える,10本を植え替える,平成29年10月に10本を植え替えました。,"1,200",980,○,090-2345-6789,継続
2,水路の清掃,清掃する,3か所を清掃する,平成29年11月に3か所を清掃しました。,－,－,◎,,
"""  # fmt: skip


def _outcome(*paths: Path) -> Outcome:
    return run.check(paths, options=run.Options(as_of=AS_OF))


@pytest.fixture
def listed(tmp_path: Path) -> ReportFigures:
    path = tmp_path / "一覧.csv"
    path.write_text(_LIST, encoding="utf-8")
    [figures] = _outcome(path).reports
    return figures


def test_amounts_are_in_yen_and_a_dash_is_no_amount(listed: ReportFigures) -> None:
    amounts = [(each.number, each.budget_yen, each.settlement_yen, each.mark) for each in listed.items]
    assert amounts == [("1", 1_200_000, 980_000, "○"), ("2", None, None, "◎")]


def test_the_report_s_own_columns_are_kept_without_personal_data(listed: ReportFigures) -> None:
    own = listed.items[0].extra
    assert own["備考"] == "継続"
    assert set(own) == {"担当者", "備考"}
    assert "2345" not in own["担当者"]


def test_the_division_of_an_item_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(_LIST.replace("担当者", "担当課").replace("090-2345-6789", "緑政課"), encoding="utf-8")
    [figures] = _outcome(path).reports
    assert [each.division for each in figures.items] == ["緑政課", None]
    assert set(figures.items[0].extra) == {"備考"}


def test_every_report_that_was_judged_has_its_figures_by_path() -> None:
    outcome = _outcome(EXAMPLES / "clean", EXAMPLES / "unreadable")
    assert [each.path for each in outcome.reports] == [each.path for each in outcome.inputs if each.reports]
    assert [len(each.items) for each in outcome.reports] == [
        each.items for each in outcome.inputs if each.reports
    ]
    assert not any(each.prior for each in outcome.reports)


def test_it_is_kept_whatever_rules_are_asked_for() -> None:
    chosen = run.Options(as_of=AS_OF, select=("STR",))
    [figures] = run.check([EXAMPLES / "clean" / "environment.txt"], options=chosen).reports
    assert (figures.department, figures.fiscal_year, figures.kind) == ("環境部", 2017, "results")
    assert any(each.budget_yen for each in figures.items)


def test_the_shortfall_of_a_low_execution_is_counted_to_the_rate_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "一覧.csv"
    path.write_text(_LIST.replace('"1,200",980', '"1,200",350'), encoding="utf-8")
    [found] = [each for each in _outcome(path).findings if each.rule == "FIN105"]
    assert found.expected == "600千円以上（執行率50％以上）、または理由の記載"
    assert found.difference == "△250千円"
