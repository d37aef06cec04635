"""Lists whose cells hold two amounts, one below the other; and what stands below a list."""

from __future__ import annotations

import pytest

from jisseki_check import forms, readers
from jisseki_check.model import Report

_HEAD = "番号,事業名,目標,取り組み,{},実績,達成状況"
_ROW = "1,備蓄倉庫の充実,備えを高めます。,倉庫を設けます。,{},倉庫を2か所に設けました。,◎"
_TITLE = "平成29年度市民安全部の取り組み実績\n<部の構成> 危機管理課、防災課\n\n"


def _read(text: str) -> Report:
    source = readers.read_bytes((_TITLE + text).encode(), "一覧.csv")
    return forms.read(source, forms.Chooser().choose(source).profile).report


@pytest.mark.parametrize(
    "heading",
    [
        "当初予算\n決算\n（千円）",
        "当初予算／決算（千円）",
        "当初予算・決算額（千円）",
        "当初予算 決算（千円）",
    ],
)
def test_two_stages_in_one_heading_are_read_in_their_order(heading: str) -> None:
    head, row = _HEAD.format(f'"{heading}"'), _ROW.format('"7,420\n3,180"')
    report = _read(f"{head}\n{row}\n")
    amounts = [(each.stage, each.value, each.unit) for each in report.items[0].amounts]
    assert amounts == [("initial_budget", 7420, "千円"), ("settlement", 3180, "千円")]


def test_labels_in_the_cell_say_more_than_the_order() -> None:
    cell = '"決算 3,180\n当初予算 7,420"'
    report = _read(f"{_HEAD.format('当初予算／決算（千円）')}\n{_ROW.format(cell)}\n")
    amounts = {each.stage: each.value for each in report.items[0].amounts}
    assert amounts == {"initial_budget": 7420, "settlement": 3180}


def test_one_amount_below_two_stages_is_told_as_unread() -> None:
    report = _read(f"{_HEAD.format('当初予算／決算（千円）')}\n{_ROW.format('3180')}\n")
    assert report.items[0].amounts == ()
    assert [remark.text for remark in report.remarks if remark.kind == "unread"] == ["3180"]


def test_who_made_a_list_is_no_item_of_it() -> None:
    report = _read(
        f"{_HEAD.format('備考')}\n{_ROW.format('')}\n※金額は端数を切り捨てています。\n,,,,,（危機管理課作成）,\n"
    )
    assert len(report.items) == 1
