"""`baseline` and `check --baseline`: old findings are known, and a new one is not missed among them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

from jisseki_check.formatters import BINARY, FORMATS
from jisseki_check.model import Report
from tests import repositories
from tests.cli.conftest import Ended
from tests.planters import budget, settlement, with_item
from tests.repositories import FAULTS, report, write

Command = Callable[..., Ended]
FILE = "jisseki-check-baseline.json"
OLD = len(FAULTS) * 30
ONE = "報告/平成29年度/環境部.txt"
CHECK = ("check", "報告", "--as-of", "2026-05-31")


def _entries(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / FILE).read_text(encoding="utf-8"))["findings"]
    return found


def _clean(year: int = 2017) -> Report:
    """Another year's has other figures."""
    return report("環境部", year, shift=year - 2017)


def _faulty(year: int = 2017) -> Report:
    held = _clean(year)
    for index, change in enumerate(FAULTS.values(), 1):
        held = with_item(held, index, **change(year))
    return held


@pytest.fixture
def few(tmp_path: Path, command: Command) -> Command:
    """A command line where two reports lie below 報告/ and their faults are known."""
    (tmp_path / "報告.txt").unlink()
    write(tmp_path, {ONE: _faulty(), "報告/平成30年度/環境部.json": _faulty(2018)})
    ended = command("baseline", "create", "報告")
    assert (ended.code, ended.err) == (0, "")
    return command


def _put(folder: Path, held: Report, name: str = ONE) -> None:
    write(folder, {name: held})


def _mended(held: Report, index: int) -> Report:
    right = _clean(held.fiscal_year or 0).items[index - 1]
    return replace(held, items=tuple(right if item.index == index else item for item in held.items))


def _outcome(command: Command, *more: str) -> tuple[int, dict[str, Any]]:
    ended = command(*CHECK, "--baseline", FILE, "--output-format", "json", *more)
    return ended.code, json.loads(ended.out)


def _new(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["rule"], each["item"]["title"]) for each in data["findings"] if each["status"] == "new"]


def _gone(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each["rule"], each["title"]) for each in data["baseline"]["unmatched"]]


# --- thirty reports -----------------------------------------------------------------------------

Count = Callable[[str], list[str]]
"""What a format tells of new findings, each with its rule in it."""


def _lines(pattern: str) -> Count:
    return lambda text: [line for line in text.splitlines() if re.search(pattern, line)]


def _json(text: str) -> list[str]:
    return [each["rule"] for each in json.loads(text)["findings"] if each["status"] == "new"]


def _jsonl(text: str) -> list[str]:
    records = [json.loads(line) for line in text.splitlines()]
    return [each["rule"] for each in records if each["type"] == "finding" and each["status"] == "new"]


def _sarif(text: str) -> list[str]:
    results = json.loads(text)["runs"][0]["results"]
    return [each["ruleId"] for each in results if each["baselineState"] == "new"]


def _junit(text: str) -> list[str]:
    return [
        case.attrib["name"]
        for case in ElementTree.fromstring(text).iter("testcase")
        if case.findall("failure")
    ]


def _gitlab(text: str) -> list[str]:
    return [each["check_name"] for each in json.loads(text) if each["severity"] != "info"]


def _csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def _html(text: str) -> list[str]:
    """The rules of the findings of the list that count."""
    return re.findall(r'<li class="f \w+ new"><p><b>[^<]+</b> <a href="#([A-Z0-9]+)">', text)


def _xlsx(book: bytes) -> list[dict[str, object]]:
    """The rows of 指摘一覧 by their headings."""
    rows = openpyxl.load_workbook(io.BytesIO(book))["指摘一覧"].iter_rows(values_only=True)
    heads = next(rows)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


NEW: dict[str, Count] = {
    "table": _lines(r"^ +(誤り|確認|参考) +[A-Z]{3}[0-9]{3} "),
    "concise": _lines(r": (誤り|確認|参考) [A-Z]{3}[0-9]{3} "),
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "junit": _junit,
    "github": _lines(r"^::(error|warning|notice) "),
    "gitlab": _gitlab,
    "html": _html,
    "csv": lambda text: [row["コード"] for row in _csv(text) if row["扱い"] == "対象"],
    "markdown": lambda text: _lines(r"^\| (誤り|確認|参考) ")(text.partition("判定に数えない指摘")[0]),
}
ALL: dict[str, Callable[[str], int]] = {
    "json": lambda text: len(json.loads(text)["findings"]),
    "jsonl": lambda text: len(_lines('^{"type":"finding"')(text)),
    "sarif": lambda text: len(json.loads(text)["runs"][0]["results"]),
    "gitlab": lambda text: len(json.loads(text)),
    "html": lambda text: len(re.findall('<li class="f ', text)),
    "csv": lambda text: len(_csv(text)),
}
"""What is known is told, too, where programs read it."""


def test_one_new_fault_among_two_hundred_old_ones(tmp_path: Path, command: Command) -> None:
    held = {f"報告/{name}": each for name, each in repositories.reports().items()}
    write(tmp_path, held)
    ended = command("baseline", "create", "報告")
    assert (ended.code, len(_entries(tmp_path))) == (0, OLD)
    assert OLD > 200
    assert f"既知の指摘 {OLD}件（30ファイル）を {FILE} に書き出しました。" in ended.out
    ended = command(*CHECK, "--baseline", FILE)
    assert (ended.code, NEW["table"](ended.out)) == (0, [])
    assert f"誤り 0・確認 0・参考 0（ほかに 既知 {OLD}）" in ended.out
    assert "既知の指摘のために、判定を控えた箇所があります。" in ended.out

    amounts = (budget(2016), settlement(2016, 49_000))
    write(
        tmp_path,
        {"報告/平成28年度/土木部.txt": with_item(held["報告/平成28年度/土木部.txt"], 10, amounts=amounts)},
    )
    names = FORMATS.keys() - BINARY
    files = [f"{name}=結果.{name}" for name in FORMATS]
    ended = command(*CHECK, "--baseline", FILE, *(part for each in files for part in ("-o", each)))
    assert ended.code == 1
    assert set(NEW) == names
    for name in names:
        text = (tmp_path / f"結果.{name}").read_text(encoding="utf-8")
        told = NEW[name](text)
        assert len(told) == 1, name
        assert "FIN101" in told[0], name
        if name in ALL:
            assert ALL[name](text) == OLD + 1, name
    rows = _xlsx((tmp_path / "結果.xlsx").read_bytes())
    assert (len(rows), [row["コード"] for row in rows if row["扱い"] == "対象"]) == (OLD + 1, ["FIN101"])
    ended = command(*CHECK, "--baseline", FILE, "-v")
    assert len(NEW["table"](ended.out)) == OLD + 1
    assert ended.out.count("［既知］") == OLD


# --- check --------------------------------------------------------------------------------------


def test_one_put_right_and_another_of_its_rule_are_both_told(few: Command, tmp_path: Path) -> None:
    right = report("環境部", 2017)
    _put(tmp_path, with_item(_mended(_faulty(), 1), 9, mark=""))
    code, data = _outcome(few)
    assert (code, _new(data)) == (1, [("MRK101", right.items[8].title)])
    assert _gone(data) == [("MRK101", right.items[0].title)]
    assert data["counts"]["baselined"] == 2 * len(FAULTS) - 1


def test_what_is_gone_is_named_and_fails_nothing(few: Command, tmp_path: Path) -> None:
    _put(tmp_path, report("環境部", 2017))
    ended = few(*CHECK, "--baseline", FILE)
    assert ended.code == 0
    assert f"{FILE} のうち{len(FAULTS)}件は、なくなったか、値が変わりました。" in ended.out
    assert "jisseki-check baseline update" in ended.out
    assert "MRK101　環境部　平成29年度　1節 1　防災倉庫の充実" in ended.out
    assert f"ほか{len(FAULTS) - 5}件（-v で全て表示します）" in ended.out
    whole = few(*CHECK, "--baseline", FILE, "-v").out
    assert sum(f"{rule}　環境部　平成29年度　" in whole for rule in FAULTS) == len(FAULTS)
    junit = few(*CHECK, "--baseline", FILE, "--output-format", "junit").out
    assert sum(f"{rule}　環境部　平成29年度　" in junit for rule in FAULTS) == len(FAULTS)
    lines = few(*CHECK, "--baseline", FILE, "--output-format", "concise").out.splitlines()
    assert sum(line.startswith("既知の指摘: ") for line in lines) == 7


def test_what_is_waived_by_now_is_neither_gone_nor_changed(few: Command, tmp_path: Path) -> None:
    named = ("--reason", "補正予算で対応したため", "--requested-by", "環境課", "--approved-by", "財政課長")
    term = ("--until", "2027-03-31", "--as-of", "2026-05-31")
    assert few("waiver", "add", ONE, "--rule", "FIN101", *named, *term).code == 0
    waived = ("--waivers", "jisseki-check-waivers.toml")
    code, data = _outcome(few, *waived)
    assert (code, data["counts"]["waived"], _gone(data)) == (0, 1, [])
    ended = few("baseline", "update", "報告", *waived, "--as-of", "2026-05-31")
    assert "除いたもの" not in ended.out
    assert len(_entries(tmp_path)) == 2 * len(FAULTS)


@pytest.mark.parametrize(
    ("told", "instead"),
    [('"rule": "FIN101"', '"rule": "FIN106"'), ('"given": "4,620千円"', '"given": "4,520千円"')],
)
def test_an_entry_is_used_for_nothing_but_what_it_tells_its_readers(
    few: Command, tmp_path: Path, told: str, instead: str
) -> None:
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert told in text, text
    (tmp_path / FILE).write_text(text.replace(told, instead), encoding="utf-8")
    code, data = _outcome(few)
    assert code == 1
    assert {rule for rule, _ in _new(data)} == {"FIN101"}


def test_a_renamed_file_of_another_format_stays_known(few: Command, tmp_path: Path) -> None:
    (tmp_path / ONE).unlink()
    _put(tmp_path, _faulty(), "報告/平成29年度/環境部（改）.json")
    code, data = _outcome(few)
    assert (code, _new(data), _gone(data)) == (0, [], [])


def test_a_copy_of_a_known_report_is_new_even_where_it_is_checked_alone(few: Command, tmp_path: Path) -> None:
    """The file that the entries name is still there, so that the other is no new name of it."""
    copy = "報告/平成29年度/写し.txt"
    (tmp_path / copy).write_bytes((tmp_path / ONE).read_bytes())
    ended = few("check", copy, *CHECK[2:], "--baseline", FILE, "--output-format", "json")
    data = json.loads(ended.out)
    assert ended.code == 1
    assert data["counts"]["baselined"] == 0
    (tmp_path / ONE).unlink()
    ended = few("check", copy, *CHECK[2:], "--baseline", FILE, "--output-format", "json")
    assert (ended.code, _new(json.loads(ended.out))) == (0, [])


def test_what_was_not_checked_is_not_called_gone(few: Command, tmp_path: Path) -> None:
    _put(tmp_path, report("環境部", 2017))
    for more in (("--select", "FIN"), ("--ignore", "MRK,STR")):
        _, data = _outcome(few, *more)
        assert {rule for rule, _ in _gone(data)} == {"FIN101", "FIN105", "FIN110"}
    ended = few("check", "報告/平成30年度/環境部.json", "--baseline", FILE, "--output-format", "json")
    assert json.loads(ended.out)["baseline"]["unmatched"] == []
    (tmp_path / ONE).write_bytes(b"\x00\x01\x02")
    code, data = _outcome(few)
    assert (code, _gone(data)) == (3, [])


def test_a_report_that_was_deleted_is_gone(few: Command, tmp_path: Path) -> None:
    (tmp_path / ONE).unlink()
    (tmp_path / "報告/平成29年度/無関係.txt").write_text("お知らせ\n", encoding="utf-8")
    assert len(_gone(_outcome(few)[1])) == len(FAULTS)
    (tmp_path / "報告/平成29年度/無関係.txt").unlink()
    (tmp_path / "報告/平成29年度").rmdir()
    assert _gone(_outcome(few)[1]) == []  # as though from another working directory


def test_a_row_that_another_fault_holds_back_is_not_called_gone(few: Command, tmp_path: Path) -> None:
    index = list(FAULTS).index("FIN101") + 1
    amounts = (budget(2017), settlement(2017, 4_620, unit=None))
    _put(tmp_path, with_item(_faulty(), index, amounts=amounts))
    code, data = _outcome(few)
    assert (code, [rule for rule, _ in _new(data)], _gone(data)) == (1, ["FIN110"], [])


def test_the_settings_name_it(few: Command, tmp_path: Path) -> None:
    settings = tmp_path / "jisseki-check.toml"
    settings.write_text(f'baseline = "{FILE}"\n', encoding="utf-8")
    data = json.loads(few(*CHECK, "--output-format", "json").out)
    assert (data["verdict"], data["baseline"]["path"]) == ("pass", FILE)
    settings.write_text('baseline = "ない.json"\n', encoding="utf-8")
    ended = few(*CHECK)
    assert (ended.code, ended.out) == (2, "")
    assert "baseline create" in ended.err


def test_it_is_no_report_and_no_place_for_results(few: Command, tmp_path: Path) -> None:
    """Also where it lies among the reports."""
    (tmp_path / "報告/既知.json").write_bytes((tmp_path / FILE).read_bytes())
    ended = few(*CHECK, "--baseline", "報告/既知.json", "--output-format", "json")
    data = json.loads(ended.out)
    assert (ended.code, len(data["inputs"]), data["skipped"]) == (0, 2, [])
    ended = few("check", ".", "--output-format", "json")
    assert FILE in json.loads(ended.out)["skipped"]
    ended = few(*CHECK, "--baseline", FILE, "-o", f"json={FILE}")
    assert ended.code == 2
    assert "読み込むファイル" in ended.err


def test_a_faulty_file_stops_the_check(few: Command, tmp_path: Path) -> None:
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(text.replace('"FIN101"', '"FIN999"'), encoding="utf-8")
    ended = few(*CHECK, "--baseline", FILE)
    assert (ended.code, ended.out) == (2, "")
    assert re.search(rf"{FILE}:[0-9]+:[0-9]+: 「FIN999」という規則はありません", ended.err)
    assert few(*CHECK, "--baseline", "").code == 2


def test_the_statistics_count_what_is_known_apart(few: Command, tmp_path: Path) -> None:
    _put(tmp_path, with_item(_faulty(), 9, mark=""))
    page = few(*CHECK, "--baseline", FILE, "--statistics").out
    assert re.search(r"1 +2 +誤り +MRK101", page)
    assert re.search(r"0 +2 +誤り +FIN101", page)


# --- create -------------------------------------------------------------------------------------


def test_an_existing_list_is_not_replaced_unasked(few: Command, tmp_path: Path) -> None:
    before = (tmp_path / FILE).read_bytes()
    ended = few("baseline", "create", "報告")
    assert (ended.code, (tmp_path / FILE).read_bytes()) == (2, before)
    assert "update" in ended.err
    _put(tmp_path, report("環境部", 2017))
    assert few("baseline", "create", "報告", "--overwrite").code == 0
    assert len(_entries(tmp_path)) == len(FAULTS)


def test_what_could_not_be_judged_is_said_and_not_adopted(few: Command, tmp_path: Path) -> None:
    (tmp_path / "報告/壊れた.json").write_bytes(b"{")
    ended = few("baseline", "create", "報告", "-o", "別.json")
    assert ended.code == 3
    assert "壊れた.json" in ended.out
    assert "読み取れないファイルの指摘 1件（DOC001）は、既知にできません" in ended.out
    held = json.loads((tmp_path / "別.json").read_text(encoding="utf-8"))["findings"]
    assert len(held) == 2 * len(FAULTS)
    ended = few(*CHECK, "--baseline", "別.json")
    assert ended.code == 3


def test_a_choice_of_rules_is_adopted(few: Command, tmp_path: Path) -> None:
    assert few("baseline", "create", "報告", "--select", "FIN", "-o", "金額.json").code == 0
    held = json.loads((tmp_path / "金額.json").read_text(encoding="utf-8"))["findings"]
    assert {each["rule"] for each in held} == {"FIN101", "FIN105", "FIN110"}


@pytest.mark.parametrize("target", ["", "報告", "ない所/既知.json", ONE])
def test_a_place_that_cannot_be_written_to_is_refused(few: Command, tmp_path: Path, target: str) -> None:
    before = (tmp_path / ONE).read_bytes()
    assert few("baseline", "create", "報告", "-o", target, "--overwrite").code == 2
    assert (tmp_path / ONE).read_bytes() == before


def test_standard_input_is_refused(few: Command) -> None:
    assert few("baseline", "create", "-", "-o", "別.json").code == 2


def test_the_list_says_nothing_of_the_machine(few: Command, tmp_path: Path) -> None:
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    outside = few("baseline", "create", str(tmp_path / "報告"), "-o", "別.json")
    assert outside.code == 0
    assert (tmp_path / "別.json").read_text(encoding="utf-8") == text


# --- update -------------------------------------------------------------------------------------


def test_an_update_takes_away_and_adds_only_when_told(few: Command, tmp_path: Path) -> None:
    before = _entries(tmp_path)
    _put(tmp_path, with_item(_mended(_faulty(), 1), 9, mark=""))
    ended = few("baseline", "update", "報告")
    after = _entries(tmp_path)
    assert (ended.code, len(after)) == (0, len(before) - 1)
    assert all(each in before for each in after)
    assert "    MRK101　環境部　平成29年度　1節 1　防災倉庫の充実" in ended.out
    assert "新しい指摘 1件は加えていません" in ended.out
    assert _outcome(few)[0] == 1

    ended = few("baseline", "update", "報告", "--add")
    assert (ended.code, len(_entries(tmp_path))) == (0, len(before))
    assert "加えたもの 1件\n    MRK101　環境部　平成29年度　1節 9　" in ended.out
    assert _outcome(few)[0] == 0


def test_an_update_of_one_report_leaves_the_others_alone(few: Command, tmp_path: Path) -> None:
    _put(tmp_path, report("環境部", 2017))
    ended = few("baseline", "update", "報告/平成30年度/環境部.json", "--baseline", FILE)
    assert (ended.code, len(_entries(tmp_path))) == (0, 2 * len(FAULTS))
    assert f"そのまま残したもの {len(FAULTS)}件" in ended.out
    assert few("baseline", "update", ONE).code == 0
    assert len(_entries(tmp_path)) == len(FAULTS)


def test_an_update_follows_renamed_files_and_moved_items(few: Command, tmp_path: Path) -> None:
    (tmp_path / ONE).unlink()
    _put(tmp_path, repositories.moved(_faulty(), 1, 8), "報告/平成29年度/新しい名.txt")
    ended = few("baseline", "update", "報告")
    assert (ended.code, len(_entries(tmp_path))) == (0, 2 * len(FAULTS))
    assert f"書き改めたもの {len(FAULTS)}件" in ended.out
    assert {each["path"] for each in _entries(tmp_path)} == {
        "報告/平成29年度/新しい名.txt",
        "報告/平成30年度/環境部.json",
    }
    text = (tmp_path / FILE).read_bytes()
    few("baseline", "update", "報告")
    assert (tmp_path / FILE).read_bytes() == text


def test_an_update_keeps_what_a_broken_file_may_still_hold(few: Command, tmp_path: Path) -> None:
    (tmp_path / ONE).write_bytes(b"\x00\x01\x02")
    ended = few("baseline", "update", "報告")
    assert (ended.code, len(_entries(tmp_path))) == (3, 2 * len(FAULTS))
    assert "点検できなかったところ" in ended.out


def test_places_are_counted_down_and_never_up(few: Command, tmp_path: Path) -> None:
    """Of a word that is found in several places, there is one finding."""
    text = (tmp_path / ONE).read_text(encoding="utf-8")
    word = "担い手"

    def abbreviate(count: int) -> None:
        (tmp_path / ONE).write_text(text.replace(word, "㈱みずき", count), encoding="utf-8")

    abbreviate(3)
    assert few("baseline", "create", "報告", "--overwrite").code == 0
    abbreviate(1)
    assert _outcome(few)[0] == 0
    ended = few("baseline", "update", "報告")
    assert re.search(r"件数の減ったもの 1件\n    STY108　.*　3か所 → 1か所", ended.out)
    abbreviate(2)
    _, data = _outcome(few)
    assert [each["rule"] for each in data["findings"] if each["status"] == "new"] == ["STY108"]


# --- show ---------------------------------------------------------------------------------------


def test_the_list_is_shown_by_report_and_rule(few: Command) -> None:
    page = few("baseline", "show").out
    assert f"既知の指摘 {2 * len(FAULTS)}件（2報告・{len(FAULTS)}規則）　{FILE}" in page
    assert re.search(rf"{ONE}　環境部　平成29年度 +FIN101 +1 +決算額が予算額を超えています", page)
    data = json.loads(few("baseline", "show", FILE, "--output-format", "json").out)
    assert (data["path"], data["findings"]) == (FILE, 2 * len(FAULTS))
    assert sum(row["findings"] for row in data["rows"]) == data["findings"]


def test_a_list_that_is_not_there_cannot_be_shown(command: Command) -> None:
    ended = command("baseline", "show")
    assert (ended.code, ended.out) == (2, "")
    assert FILE in ended.err
