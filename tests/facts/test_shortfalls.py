"""What explains a mark below the top one: a cause, what is left, what comes next."""

from __future__ import annotations

import pytest

from tests.facts.reports import item, rows


def _explained(result: str) -> bool:
    return bool(rows("items", item(result=result, mark="○"))[0]["shortfall_explained"])


@pytest.mark.parametrize(
    "result",
    [
        "見守りの店を募りましたが、応募は8店でした。",
        "見守りの店を30店に増やしました。残る10店の登録は手続きの途中です。",
        "連絡会は、委員の人選に日数を要したことから平成29年12月に立ち上げました。",
        "写真の写りが悪かったことから、位置の調整を進めています。",
        "在庫に余りが出たことから、平成30年度は年度の初めに需要を調べます。",
        "工事の様式は、国の約款が示されなかったため、平成30年度に作ることとしています。",
        "件数の目標には届いたものの、声かけの仕方は店によって異なっています。",
        "見守りの店を募りました。店の意見は次期の計画に生かします。",
    ],
)
def test_explained(result: str) -> None:
    assert _explained(result)


@pytest.mark.parametrize(
    "result",
    [
        "見守りの店を30店募りました。",
        "見守りの輪を広げるため、店を30店募り、職員が毎月訪ねています。",
        "平成29年度は、見守りの店を30店募り、名簿に載せました。",
        "申し出が増えたことから、見守りの店を30店に増やしました。",
        "継続的な取り組みとして、注意点をまとめた庁内報を各課に配布しました。",
        "平成30年度から実施する見守りのための端末の配布を終えました。",
    ],
)
def test_bare(result: str) -> None:
    assert not _explained(result)
