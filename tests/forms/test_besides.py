"""What files of ours hold beside the form, taken back into the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jisseki_check.engine.examples import clean_report
from jisseki_check.forms.besides import aside, settled
from jisseki_check.model import Amount, Indicator, Item, Remark, Report
from tests.edits import profile


def only(**changes: object) -> Item:
    """The first item of the clean report, changed and settled."""
    item = replace(clean_report().items[0], **changes)  # type: ignore[arg-type]
    return settled(replace(clean_report(), items=(item,)), profile()).items[0]


def test_a_report_without_such_things_stays_as_it_is() -> None:
    assert settled(clean_report(), profile()) == clean_report()


def test_lines_of_a_text() -> None:
    lines = "\n".join([aside("担当課", "道路課"), aside("備考", "一\n二"), aside("備え", "三")])
    item = only(division=None, indicators=(), result=f"舗装しました。\n{lines}")
    assert item.result == "舗装しました。"
    assert item.division == "道路課"
    assert item.extra == (("備考", "一\n二"), ("備え", "三"))


def test_a_sentence_that_only_speaks_of_it_stays() -> None:
    text = "「〔欄外：備考〕」と書かれた欄を設けました。"
    assert only(result=text).result == text


@pytest.mark.parametrize(
    ("line", "indicator"),
    [
        ("参加者数（単位：人）　目標 200　実績 215", Indicator("参加者数", "人", 200, 215)),
        ("参加者数（延べ）（単位：人）　実績 -0.5", Indicator("参加者数（延べ）", "人", None, -0.5)),
        ("待ち時間　目標 12.5", Indicator("待ち時間", None, 12.5, None)),
    ],
)
def test_an_indicator_in_a_line(line: str, indicator: Indicator) -> None:
    item = only(indicators=(), extra=(("指標", line),))
    assert (item.indicators, item.extra) == ((indicator,), ())


@pytest.mark.parametrize(
    "text", ["参加者は200人でした。", "参加者数　目標 二百", "参加者数　目標 200\n自由な文"]
)
def test_what_is_no_indicator_stays(text: str) -> None:
    item = only(indicators=(), extra=(("指標", text),))
    assert (item.indicators, item.extra) == ((), (("指標", text),))


def test_indicators_in_columns() -> None:
    pairs = [("名前", "参加者数"), ("単位", "人"), ("目標値", "200")]
    extra = (
        *((f"指標の{heading}", text) for heading, text in pairs),
        ("指標2の名前", "待ち時間"),
        ("指標2の実績値", "12.5"),
        ("指標3の目標値", "未定"),
    )
    item = only(indicators=(), extra=extra)
    assert item.indicators == (
        Indicator("参加者数", "人", 200, None),
        Indicator("待ち時間", None, None, 12.5),
    )
    assert item.extra == (("指標3の目標値", "未定"),)


def test_a_note_goes_with_the_amount_of_its_column() -> None:
    amounts = tuple(
        Amount("settlement", "平成29年度決算", 2017, value, "千円", None, "result") for value in (1, 2)
    )
    extra = (("平成29年度決算の注記", "流用による"), ("平成29年度予算の注記", "残す"))
    item = only(amounts=amounts, extra=extra)
    assert [amount.note for amount in item.amounts] == [None, "流用による"]
    assert item.extra == (("平成29年度予算の注記", "残す"),)


def test_the_kind_of_an_item() -> None:
    amounts = (Amount("initial_budget", "当初予算", None, 1, "千円", None, "initiative"),)
    item = only(amounts=amounts, initiative="", extra=(("項目の種類", "改革課題"),))
    assert (item.kind, item.initiative, item.amounts[0].field) == ("reform", None, "goal")
    assert only(extra=(("項目の種類", "他市の種類"),)).kind == "priority"


def _above(*lines: str, title: str = "平成29年度総務部の取り組み実績") -> Report:
    remarks = tuple(Remark("unread", line) for line in lines)
    return settled(replace(clean_report(), title=title, remarks=remarks), profile())


def test_lines_above_the_items() -> None:
    lines = ("<市町村名> あおの市", "<部名> 環境部", "<年度> 令和2年度", "<文書の種類> 計画", "<宛先> 市長")
    report = _above(*lines)
    assert (report.municipality, report.department, report.kind) == ("あおの市", "環境部", "plan")
    assert (report.fiscal_year, report.fiscal_year_label) == (2020, "令和2年度")
    assert [remark.kind for remark in report.remarks] == ["read"] * 4 + ["unread"]


def test_a_line_that_was_taken_for_the_title() -> None:
    report = _above("年次のまとめ", title="<年度> 令和2年度")
    assert (report.title, report.fiscal_year) == ("年次のまとめ", 2020)
    assert [remark.kind for remark in report.remarks] == ["read"]


def test_a_line_within_an_item_is_none_of_these() -> None:
    remark = Remark("unread", "<部名> 環境部", item=1)
    report = settled(replace(clean_report(), remarks=(remark,)), profile())
    assert (report.department, report.remarks) == (clean_report().department, (remark,))
