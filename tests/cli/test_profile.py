"""`profile new` and `profile check`: a profile to begin with, and every mistake in it said in Japanese."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from jisseki_check import profiles
from jisseki_check.engine import examples
from jisseki_check.forms import read
from jisseki_check.readers import read_bytes
from jisseki_check.resources import folder
from tests.cli.conftest import Ended

Command = Callable[..., Ended]
NEW = profiles.beginning("aobano")


def test_new_profile_has_no_mistakes_and_reads_what_is_written_to_it(
    command: Command, tmp_path: Path
) -> None:
    assert command("profile", "new", "aobano.yaml").code == 0
    assert command("profile", "check", "aobano.yaml").code == 0
    profile = profiles.load(str(tmp_path / "aobano.yaml"))
    data, name = examples.document({"name": "clean"}, profile)
    report = read(read_bytes(data, name), profile).report
    assert [(item.kind, item.mark) for item in report.items] == [("priority", "◎")] + [("bullet", "◎")] * 2
    assert [amount.stage for amount in report.items[0].amounts] == ["initial_budget", "settlement"]


def test_new_profile_explains_every_part() -> None:
    """Above each key of the first level there is a comment."""
    lines = NEW.splitlines()
    keys = [number for number, line in enumerate(lines) if re.match("[a-z]", line)]
    assert len(keys) >= 13
    for number in keys:
        assert lines[number - 1].startswith("#"), lines[number]


def test_new_profile_never_replaces_a_file(command: Command, tmp_path: Path) -> None:
    (tmp_path / "aobano.yaml").write_text("大切な内容", encoding="utf-8")
    ended = command("profile", "new", "aobano.yaml")
    assert ended.code == 2
    assert "「aobano.yaml」はすでにあります" in ended.err
    assert (tmp_path / "aobano.yaml").read_text(encoding="utf-8") == "大切な内容"


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_new_profile_on_the_screen(command: Command, arguments: tuple[str, ...]) -> None:
    assert command("profile", "new", *arguments).out == profiles.beginning()


@pytest.mark.parametrize("target", ["aobano.txt", "あおば野.yaml", "ない/aobano.yaml", "Aobano.yaml"])
def test_new_profile_needs_a_name_that_can_be_used(command: Command, target: str) -> None:
    assert command("profile", "new", target).code == 2


def test_own_profiles_have_no_mistakes(command: Command) -> None:
    paths = sorted(map(str, (folder("rules") / "profiles").glob("*.yaml")))
    ended = command("profile", "check", *paths)
    assert (ended.code, ended.out) == (0, f"様式設定 {len(paths)}件に誤りはありません。\n")


MISTAKES = [
    ("unit: 千円", "unit: ドル", "使えるのは 円・千円・万円・百万円 です。"),
    ("composition: [部の構成]", "compositon: [部の構成]", "「composition」のことでしょうか。"),
    ("layout: labelled-blocks\n", "", "「layout」（配置）がありません。"),
    ("goal: [目標]", "goal: []", "「goal」（目標）が空です。"),
    ("goal: [目標]", "goal: 目標", "「goal」（目標）は配列（[ ]）で書きます（いまは文字列「目標」）。"),
    ("{number: 1, title: 重点事業", "{number: 一, title: 重点事業", "は整数で書きます"),
    ("brackets: [【】,", "brackets: [【,", "は2文字で書きます（いまは文字列「【」）。"),
    ("not_evaluated: [－]", "not_evaluated: [－, －]", "に文字列「－」が2回あります。"),
    ("重点事業, kind: priority}\n", "重点事業}\n", "「kind」か「groups」を書いてください。"),
    ("    sign: ◆\n", "", "「sign」（行頭の記号）がありません。"),
    ("name: aobano", "name: Aobano", "の書き方が違います（文字列「Aobano」）。"),
    ("rules: {}", "rules: {FIN1: {}}", "「FIN1」という名前は使えません。"),
    ("    settlement: [決算", "    settlment: [決算", "「settlement」のことでしょうか。"),
    ("sign: △", "sign: no", "YAML では別の値とも読めます。"),
    ("name: aobano", "name: aobana", "ファイルの名前は「aobano.yaml」です。"),
    ("goal: [目標]", "goal: [目標, 実績]", "見出し「実績」は fields の goal にもあり、見分けられません。"),
    ("settlement: [決算,", "settlement: [予算現額,", "にもあり、見分けられません。"),
    ("goal: [目標]", "goal: [達成状況（目標）]", "goal ではなく達成状況（mark）の見出しとして読まれます。"),
    ("title: 組織運営, kind", "title: 実績, kind", "result ではなく節の見出しとして読まれます。"),
    ("settlement: [決算,", "settlement: [目標額, 目標,", "にもあり、見分けられません。"),
    ("重点事業, kind: priority}", "重点事業, kind: reform}", "「reform」が item_kinds にありません。"),
    ("opens: bullet", "opens: parenthesis", "同じ始まり方（parenthesis）"),
    ("{number: 2,", "{number: 1,", "節の番号 1 が2回あります。"),
    ("title: 組織運営, kind", "title: 重点事業, kind", "見出し「重点事業」が2回あります。"),
    ("form: [initial_budget,", "form: [initial_budget, reserve,", None),
    ("    reserve: [予備費, 予備費充用額]\n", "", None),
    ("sign: △", "sign: 〇", "記号「〇」は「○」とよく似た別の文字です。"),
    ("sign: △", "sign: ○", "記号「○」が2回あります。"),
    (
        "{sign: ◎, meaning: 計画を上回って達成した,",
        "{sign: ◎, meaning: 計画を上回って達成した, least_percent: 90,",
        "記号「○」「△」「×」に達成率の基準",
    ),
    ("  columns: {}", "  columns: {reslt: [成果]}", "「result」のことでしょうか。"),
    ("  columns: {}", "  columns: {title: []}", "「title」が空です。"),
    ("  columns: {}", "  columns: {title: [事業], goal: [事業]}", "列の見出し「事業」は title にもあり"),
    ("  columns: {}", "  columns: {title: [実績]}", "列の見出し「実績」は fields の result にもあり"),
    ("  columns: {}", "  columns: {settlement: [予算/予備費], extra: [決算]}", None),
    ("  columns: {}", "  columns: {settlement: [支出/計]}\n  units: {支出/計: 円, 決算額: 円}", None),
    ("  columns: {}", "  units: {支出/計: ドル}", "使えるのは 円・千円・万円・百万円 です。"),
    ("  columns: {}", "  units: {支出/計: 円}", "単位を書いた見出し「支出/計」が、list の columns にも"),
    ("  columns: {}", "  colums: {}", "「columns」のことでしょうか。"),
    ("rules: {}", "rules: {FIN505: {}}", "「FIN505」という規則はありません。「FIN105」のことでしょうか。"),
    ("rules: {}", "rules: {FIN105: {params: {low_rat: 0.3}}}", "「low_rate」のことでしょうか。"),
    ("rules: {}", "rules: {FIN105: {params: {low_rate: 低}}}", "0.5 のような数を"),
    ("rules: {}", "rules: {MRK101: {params: {low_rate: 0.3}}}", "規則 MRK101 に、変えられる値はありません。"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES, ids=range(len(MISTAKES)))
def test_each_mistake_is_said_once_with_its_place(
    command: Command, tmp_path: Path, old: str, new: str, said: str | None
) -> None:
    assert NEW.count(old) == 1
    (tmp_path / "aobano.yaml").write_text(NEW.replace(old, new), encoding="utf-8")
    ended = command("profile", "check", "aobano.yaml")
    if said is None:
        assert ended.code == 0
        return
    assert ended.code == 2
    told, blank, summary = ended.out.splitlines()
    match = re.match(r"aobano\.yaml:(?P<line>[0-9]+):(?P<column>[0-9]+): ", told)
    assert match
    assert said in told
    assert (blank, summary) == ("", "様式設定 1件のうち 1件に、誤りが 1か所あります。")
    changed = NEW[: NEW.index(old)].count("\n") + 1
    if (
        "がありません。" not in said and "節の見出しとして" not in said
    ):  # what is missing has no line of its own
        assert abs(int(match["line"]) - changed) <= 6
    assert not re.search(r"required|property|one of|schema\b", told.partition(": ")[2])


def test_all_mistakes_at_once(command: Command, tmp_path: Path) -> None:
    faulty = NEW.replace("unit: 千円", "unit: ドル").replace("sign: △", "sign: 〇")
    faulty = faulty.replace("rules: {}", "rules: {FIN505: {}}").replace("goal: [目標]", "goal: [目標, 実績]")
    (tmp_path / "aobano.yaml").write_text(faulty, encoding="utf-8")
    listing = json.loads(command("profile", "check", "aobano.yaml", "--output-format", "json").out)
    assert len(listing) == 4
    assert [each["line"] for each in listing] == sorted(each["line"] for each in listing)
    assert set(listing[0]) == {"path", "line", "column", "message"}


@pytest.mark.parametrize(
    ("signs", "said"),
    [
        (((90, 70, 50, 0)), None),
        (((70, 90, 50, 0)), "達成率の基準 90 が、上の記号の 70 より小さくありません。"),
        (((90, 90, 50, 0)), "達成率の基準 90 が、上の記号の 90 より小さくありません。"),
        (((90, 70, 50, 10)), "一番下の記号の基準が 10 です。"),
    ],
)
def test_thresholds(
    command: Command, tmp_path: Path, signs: tuple[int, int, int, int], said: str | None
) -> None:
    text = NEW
    for sign, least in zip("◎○△×", signs, strict=True):
        text = re.sub(rf"(\{{sign: {sign}, .*in_form: true)", rf"\1, least_percent: {least}", text)
    (tmp_path / "aobano.yaml").write_text(text, encoding="utf-8")
    ended = command("profile", "check", "aobano.yaml")
    assert ended.code == (2 if said else 0)
    assert (said or "") in ended.out


@pytest.mark.parametrize(
    "text", ["", "a", "[]", "name: [", "name: a\nname: b\n", "a: &x 1\nb: *x\n", "\0", "{" * 5000]
)
def test_whatever_is_in_the_file_there_is_an_answer(command: Command, tmp_path: Path, text: str) -> None:
    (tmp_path / "aobano.yaml").write_text(text, encoding="utf-8")
    ended = command("profile", "check", "aobano.yaml")
    assert ended.code == 2
    assert ended.out.startswith("aobano.yaml:")


def test_a_missing_file(command: Command) -> None:
    ended = command("profile", "check", "ない.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert "「ない.yaml」というファイルが見つかりません。" in ended.err
