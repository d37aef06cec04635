"""The faults of the city: which stands where."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from faults import City, Fault, amount, copied, counted, of_budget, plant, put, said, without

Truth = list[dict[str, Any]]

# fmt: off
_MONEY = (
    Fault("FIN101", "2017/results/children", "産後の母親の心と体のケア", "settlement",
          "決算が予算より多い", of_budget(1.034)),
    Fault("FIN103", "2018/results/fire", "消防団の充実", "settlement",
          "決算の書き忘れ", without("settlement")),
    Fault("FIN105", "2018/results/children", "児童の虐待の早期の発見", "settlement",
          "執行率が低く、理由がない", of_budget(0.37)),
    Fault("FIN107", "2017/results/urban-development", "木造の住宅の耐震化の促進", "settlement",
          "決算が0円で、理由がない", amount("settlement", lambda _: 0)),
    Fault("FIN108", "2018/results/public-works", "通学路の安全の対策", "settlement",
          "予算は千円、決算は円", amount("settlement", lambda value: value * 1000, unit="円")),
    Fault("FIN109", "2017/results/finance", "公共施設の総量の見直し", "settlement",
          "円で書いた決算に千円を付けた", amount("settlement", lambda value: value * 1000)),
    Fault("FIN110", "2019/results/environment", "生ごみの水切りと堆肥化の推進", "settlement",
          "決算の単位の書き忘れ", amount("settlement", unit=None)),
    Fault("FIN110", "2018/plan/environment", "里山の保全と活用", "initial_budget",
          "予算の単位の書き忘れ", amount("initial_budget", unit=None)),
    Fault("FIN111", "2019/results/water", "漏水の早期の発見", "settlement",
          "数字の区切りの誤り", amount("settlement", lambda _: None, unit=None, text="17.982.5千円")),
    Fault("FIN112", "2018/results/general-affairs", "電子申請の利用の拡大", "initial_budget",
          "前の年度の見出しのまま",
          amount("initial_budget", label="平成29年度当初予算", fiscal_year=2017)),
    Fault("FIN122", "2019/results/education", "図書館の利用の促進", "settlement",
          "決算が負の額", amount("settlement", lambda value: -value)),
)
_MARKS = (
    Fault("MRK101", "2017/results/water", "漏水の早期の発見", "mark",
          "記号の書き忘れ", put("mark", None)),
    Fault("MRK102", "2018/results/urban-development", "公園の遊具の更新", "mark",
          "凡例にない記号", put("mark", "☆")),
    Fault("MRK103", "2018/results/finance", "固定資産の評価の正確さの確保", "mark",
          "○に似た漢数字の〇", put("mark", "〇")),
    Fault("MRK104", "2019/results/children", "児童の虐待の早期の発見", "mark",
          "二つの記号", put("mark", "◎○")),
    Fault("MRK106", "2018/results/environment", "里山の保全と活用", "result",
          "途中で取りやめたのに最上位の記号",
          said("result", "観察会は春、夏、秋、冬に1回ずつ開き、", "観察会は春と夏に開いて秋からは中止し、")),
    Fault("MRK107", "2019/results/fire", "消防の指令の装置の更新", "result",
          "計画より遅れたのに最上位の記号", said("result", "令和元年10月1日", "令和元年12月2日")),
    Fault("MRK110", "2017/results/industry-culture", "市民のスポーツの機会の拡大", "mark",
          "最上位でない理由がない", put("mark", "○")),
)
_TEXTS = (
    Fault("DAT101", "2018/results/education", "いじめと不登校への対応", "result",
          "暦にない日", said("result", "平成30年9月3日", "平成30年9月31日")),
    Fault("DAT102", "2019/results/industry-culture", "みずき城跡を生かした観光の推進", "result",
          "改元の後の日付が平成のまま", said("result", "令和元年10月", "平成31年10月")),
    Fault("DAT107", "2019/plan/children", None, "title",
          "元号の年度と西暦の年度が合わない", said("title", "令和元年度", "令和元年度（2020年度）")),
    Fault("DAT108", "2018/results/citizens", "窓口の混雑の解消", "result",
          "曜日が日付と合わない", said("result", "平成30年10月1日に", "平成30年10月1日（日）に")),
    Fault("DAT109", "2019/results/environment", "里山の保全と活用", "result",
          "期間の終わりが始まりより前",
          said("result", "平成31年4月から令和元年10月まで", "令和元年10月から平成31年4月まで")),
    Fault("PVR107", "2019/results/urban-development", "公園の遊具の更新", "result",
          "三つを挙げて4つと書いた", said("result", "北の森公園の3つの公園", "北の森公園の4つの公園")),
    Fault("PLH101", "2017/results/environment", "住まいの省エネルギー化の支援", "result",
          "数を後で入れるつもりの○○", said("result", "展示場で10日間行い", "展示場で○○日間行い")),
    Fault("PLH102", "2018/plan/health-welfare", "基本方針", "initiative",
          "作る人どうしの注記", said("initiative", "延ばします。", "延ばします。（※要修正）")),
    Fault("PII101", "2019/results/citizens", "消費者被害の注意の呼び掛け", "result",
          "市民の携帯電話の番号",
          said("result", "市民を14人育て", "市民（代表の電話は090-1234-5678）を14人育て")),
    Fault("STR103", "2019/results/public-works", "災害の応急の対応に当たる職員の訓練を行います。", "result",
          "実績の欄が横線だけ", put("result", "－")),
    Fault("STR104", "2018/plan/industry-culture", "学校給食への地元の野菜の供給", "number",
          "番号の重なり", put("number", "2")),
)
_REWRITTEN = (
    Fault("XDC101", "2018/results/industry-culture", "学校給食への地元の野菜の供給", "initiative",
          "使用の割合の目標を下げた",
          said("initiative", "21パーセント以上", "20パーセント以上"), "2018/plan/industry-culture"),
    Fault("XDC101", "2019/results/urban-development", "地域を巡るバスの路線の再編", "initiative",
          "年間の利用の目標を消した",
          said("initiative", "広げ、年間の利用を3万人以上とします。", "広げます。"),
          "2019/plan/urban-development"),
    Fault("XDC101", "2017/results/health-welfare", "介護認定の結果の通知の早期化", "goal",
          "目標の日数を延ばした",
          said("goal", "平均で30日以内", "平均で35日以内"), "2017/plan/health-welfare"),
    Fault("XDC101", "2018/results/education", "図書館の利用の促進", "initiative",
          "計画した取り組みの一つを消した",
          said("initiative", "駅に返却の箱を置き、開館の時間を", "開館の時間を"), "2018/plan/education"),
    Fault("XDC101", "2018/results/public-works", "東西を結ぶ幹線道路の建設", "initial_budget",
          "当初予算を、決算に近い額に書き換えた",
          amount("initial_budget", lambda value: round(value * 0.96)), "2018/plan/public-works"),
    Fault("XDC101", "2019/results/water", "水道の水のおいしさの発信", "initiative",
          "取り組みの言葉を弱めた",
          said("initiative", "飲み比べを催しで行い", "飲み比べの準備を進め"), "2019/plan/water"),
)
_BETWEEN = (
    Fault("XDC103", "2018/results/general-affairs", "みずき市総合防災訓練の実施", "result",
          "総務部と消防本部で、訓練の参加者の数が違う",
          counted("result", "人となりました", lambda count: count + 180), "2018/results/fire"),
    Fault("XDC103", "2019/results/public-works", "みずき川の流域の一斉清掃", "settlement",
          "環境部と土木部で、決算の額が違う",
          amount("settlement", lambda value: value - 65), "2019/results/environment"),
    Fault("XDC103", "2017/results/education", "放課後の居場所づくり", "result",
          "子ども未来部と教育委員会事務局で、登録した児童の数が違う",
          counted("result", "人です。", lambda count: count - 54), "2017/results/children"),
)
# fmt: on
_COPIED = (
    (2018, "urban-development", "まちづくりの情報の公開"),
    (2018, "industry-culture", "農産物の直売所の情報の発信"),
    (2018, "citizens", "自治会の活動の支援"),
    (2019, "finance", "税務の職員の専門の力を高めるため、実例による研修を行います。"),
)
_LOWERED = (
    (2018, "water", "水道の管の耐震化", "6.2キロメートル以上", "5.5キロメートル以上"),
    (2019, "finance", "市税の徴収率の向上", "99.0パーセント以上", "98.5パーセント以上"),
    (2018, "health-welfare", "介護予防の通いの場づくり", "70か所以上", "55か所以上"),
)
_AGAIN = (
    ("2017/results/citizens", "同じ報告を二度提出した"),
    ("2019/plan/fire", "予算の額が違う、二つの版がある"),
)
_MISSING = ("2017/results/fire", "2018/plan/citizens")


def plant_all(city: City) -> Truth:
    """Plant every fault; where each is to be found. The paths are without endings."""
    alone = (*_MONEY, *_MARKS, *_TEXTS)
    truth = [plant(city, fault) for fault in (*alone, *_REWRITTEN, *_copied(city), *_BETWEEN, *_lowered())]
    return [*truth, *_handed_in_again(city), *_missing(city)]


def _copied(city: City) -> Iterator[Fault]:
    what = "前の年度の実績を写し、年だけを変えた"
    for year, name, title in _COPIED:
        last = f"{year - 1}/results/{name}"
        change = copied(city[last], title)
        yield Fault("XDC102", f"{year}/results/{name}", title, "result", what, change, last)


def _lowered() -> Iterator[Fault]:
    """A lower target stands in the plan and in its results; it is told of the results."""
    what = "目標の数を前の年度より下げた"
    for year, name, title, old, new in _LOWERED:
        change, last = said("initiative", old, new), f"{year - 1}/results/{name}"
        path, plan = f"{year}/results/{name}", f"{year}/plan/{name}"
        yield Fault("XDC106", path, title, "initiative", what, change, last, also=(plan,))


def _handed_in_again(city: City) -> Iterator[dict[str, Any]]:
    for path, what in _AGAIN:
        again = f"{path}_2"
        city[again] = copy.deepcopy(city[path])
        if "版" in what:
            budget = next(item for item in city[again]["items"] if item["amounts"])["amounts"][0]
            budget["value"] += 200
        yield _whole("XDC104", again, what, path)


def _missing(city: City) -> Iterator[dict[str, Any]]:
    for path in _MISSING:
        del city[path]
        yield _whole("XDC105", path, "出るはずの報告がない", None)


def _whole(rule: str, path: str, what: str, other: str | None) -> dict[str, Any]:
    """Of a report as a whole."""
    told: dict[str, Any] = {"rule": rule, "path": path, "item": None, "title": None, "field": None}
    return told | {"what": what, "other": other}
