"""Faults of a result against its plan, and of what a report says twice, planted into a valid report."""

from __future__ import annotations

from datetime import date

from jisseki_check.model import Report
from jisseki_check.notation.fiscal import label
from tests.planters import Planted, as_files, of_kind, one, planter, with_item
from tests.planters_of_files import PLANTERS
from tests.strategies import era_date

__all__ = ["PLANTERS"]

_LONG_PLAN = "職員の防災への意識の向上を図るため、全ての職員を対象とした訓練や研修に計画的に取り組みます。"


def _planted(rule: str, report: Report, index: int, **changes: object) -> Planted:
    return Planted(as_files(with_item(report, index, **changes)), one(rule, index, "result"))


def _told_twice(rule: str, report: Report, index: int, here: str, there: str, *, goal: str) -> Planted:
    """The plain item and a later one tell the same; the later one is found."""
    other = of_kind(report, "improvement")[-1]
    faulty = with_item(report, index, result=here)
    faulty = with_item(faulty, other.index, result=there, goal=goal, mark="◎")
    return Planted(as_files(faulty), one(rule, other.index, "result"))


@planter("PVR103")
def _plan_again(report: Report, index: int) -> Planted:
    result = _LONG_PLAN.replace("みます。", "みました。")
    return _planted(
        "PVR103", report, index, goal=_LONG_PLAN, initiative="計画的に取り組みます。", result=result
    )


@planter("PVR104")
def _words_alone(report: Report, index: int) -> Planted:
    result = (
        "備えの大切さについて職員の理解を深めるため、さまざまな機会を捉えて働きかけ、意識の向上を図りました。"
    )
    return _planted("PVR104", report, index, initiative="備えを確かめます。", result=result)


@planter("PVR105")
def _a_word(report: Report, index: int) -> Planted:
    return _planted(
        "PVR105", report, index, initiative="備えに取り組みます。", result="備えに取り組みました。"
    )


@planter("PVR106")
def _passage_again(report: Report, index: int) -> Planted:
    told = "12の地区で説明会を開き、自治会の役員や民生委員とともに、避難の手順と連絡の方法を確かめました。"
    return _told_twice(
        "PVR106", report, index, told, f"{told}\n手引も配りました。", goal="備えを見直します。"
    )


@planter("PVR107")
def _one_too_few(report: Report, index: int) -> Planted:
    result = "避難所となる東会館、西会館及び中央会館の4施設に、備蓄倉庫を設置しました。"
    return _planted("PVR107", report, index, result=result)


@planter("PVR108")
def _another_figure(report: Report, index: int) -> Planted:
    told = "みずき市防災対策審議会を{}回開催し、{}を話し合いました。"
    here, there = told.format(8, "倉庫に備えるもの"), told.format(6, "避難所の開き方")
    return _told_twice("PVR108", report, index, here, there, goal="備えを見直します。")


@planter("PVR109")
def _another_date(report: Report, index: int) -> Planted:
    told = "{}に中央公園で市の総合防災訓練を実施し、{}を確かめました。"
    year = report.fiscal_year or 0
    here = told.format(era_date(date(year, 11, 5)), "倉庫の備え")
    there = told.format(era_date(date(year, 11, 12)), "避難所の開き方")
    return _told_twice("PVR109", report, index, here, there, goal="備えを見直します。")


@planter("PVR110")
def _too_early(report: Report, index: int) -> Planted:
    result = (
        f"{label((report.fiscal_year or 0) + 1)}から実施する電子名簿の配備に向け、端末を3台備えました。"
        "北小学校のどこでも電子名簿を見られるようにし、備蓄倉庫の業務の効率化を実現しました。"
    )
    return _planted("PVR110", report, index, initiative="電子名簿の準備を進めます。", result=result)


@planter("PVR111")
def _falling(report: Report, index: int) -> Planted:
    year = report.fiscal_year or 0
    lines = [f"{label(year - back)}：{count}回" for back, count in ((2, 18), (1, 15), (0, 12))]
    result = "\n".join(["防災講座を増やし、備えを広げました。", "<防災講座の回数>", *lines])
    return _planted("PVR111", report, index, initiative="防災講座を増やします。", result=result)


@planter("PVR101")
def _promise_without_result(report: Report, index: int) -> Planted:
    plan = "北小学校に備蓄倉庫を設置します。また、外国語の避難看板を駅前に掲げます。"
    result = "北小学校に備蓄倉庫を設置しました。備蓄倉庫には、食料2,000食と水を納めました。"
    changed = with_item(report, index, initiative=plan, result=result)
    return Planted(as_files(changed), one("PVR101", index, "initiative"))


@planter("PVR102")
def _entry_beyond_the_plan(report: Report, index: int) -> Planted:
    plan = "ロビーの広告と、納税通知書の封筒の広告を募ります。"
    result = "ロビーの広告 (20万円)\n納税通知書の封筒の広告 (15万円)\n体育館の命名権 (100万円)"
    return _planted("PVR102", report, index, initiative=plan, result=result)
