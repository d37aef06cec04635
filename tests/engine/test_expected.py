"""Which reports must be there, and what is said of those that are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jisseki_check.engine.expected import Expected, ExpectedError, ExpectedReport, parse, read
from jisseki_check.engine.options import UsageError
from jisseki_check.model import Scope, Verdict
from tests.cities import check, plan, reason, report, save, told
from tests.readers.packages import archive


def _one(line: str) -> ExpectedReport:
    (found,) = parse(line, "一覧.txt").reports
    return found


@pytest.mark.parametrize(
    ("line", "year", "kind"),
    [
        ("こども部", None, "results"),
        ("こども部,平成29年度", 2017, "results"),
        ("こども部，Ｈ２９年度，計画", 2017, "plan"),
        ("こども部\t2017\t実績", 2017, "results"),
        ("こども部、令和元年度、運営方針", 2019, "plan"),
        ("こども部,計画,令和２年", 2020, "plan"),
        ('"こども部","R1",""', 2019, "results"),
        ("　こども部　, 2017年度 # 4月に改称", 2017, "results"),
        ("こども部 ＃ 未提出", None, "results"),
    ],
)
def test_a_line_names_department_year_and_kind(line: str, year: int | None, kind: str) -> None:
    assert _one(line) == ExpectedReport(1, "こども部", year, kind)


def test_comments_blanks_and_a_heading_are_passed_over() -> None:
    text = "# 提出する部\r\n部名,年度,種類\r\n\r\n総務部,平成29年度,実績\r\n環境部\r\n"
    assert [(each.line, each.department) for each in parse(text, "一覧.csv").reports] == [
        (4, "総務部"),
        (5, "環境部"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("総務部\n環境部,二十九", 2, "「二十九」"),
        ("総務部,平成39年度", 1, "「平成39年度」"),
        ("総務部,2017,平成29年度", 1, "「平成29年度」"),
        ("総務部,実績,計画", 1, "「計画」"),
        (",2017", 1, "部名がありません"),
        ("総務部,2017\n\n総務部,平成29年度,実績", 3, "1行目と同じ"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(ExpectedError, match=f"「一覧.txt」の{line}行目：.*{words}"):
        parse(text, "一覧.txt")


@pytest.mark.parametrize("content", [b"", b"# nobody\n", b"\xff\xfe\x00"])
def test_a_file_that_names_nobody_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "一覧.txt"
    path.write_bytes(content)
    with pytest.raises(ExpectedError, match="「一覧"):
        read(path, "一覧.txt")


@pytest.mark.parametrize(
    ("content", "noun"),
    [
        (archive({"xl/workbook.xml": b"\x1b$B"}), "」は Excel ブックなので"),
        (archive({"word/document.xml": b"\x1b$B"}), "」は Word 文書なので"),
        (archive({"a.txt": b"\x1b$B"}), "」は圧縮ファイル（ZIP）なので"),
        (b"PK\x03\x04 \x1b$B", "」は壊れた Word・Excel の文書か圧縮ファイルなので"),
        (b"%PDF-1.7\n", "」は PDF なので"),
        (b"<!DOCTYPE html><title>a</title>", "」は Web ページ（HTML）なので"),
    ],
    ids=range(6),
)
def test_a_file_that_is_no_text_is_named_with_what_to_give(content: bytes, noun: str, tmp_path: Path) -> None:
    path = tmp_path / "一覧.txt"
    path.write_bytes(content)
    with pytest.raises(ExpectedError, match=noun) as error:
        read(path, "一覧.txt")
    assert "1行に部名を一つずつ書いたテキスト" in str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_both_encodings_of_offices_are_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "一覧.txt"
    path.write_bytes("総務部\n".encode(encoding))
    assert read(path, "一覧.txt").reports == (ExpectedReport(1, "総務部", None, "results"),)


# --- in a run -------------------------------------------------------------------------------------


def _expected(*lines: str) -> Expected:
    return parse("\n".join(lines), "一覧.txt")


@pytest.mark.parametrize(
    ("line", "is_missing"),
    [
        ("こども部", False),
        ("こ ど も 部", False),
        ("こども部,2017", False),
        ("こども部,2016", True),
        ("こども部,2017,計画", True),
        ("教育部", True),
    ],
)
def test_a_report_that_is_not_there_is_found(line: str, is_missing: bool, tmp_path: Path) -> None:
    save(tmp_path / "実績.json", report(2017))
    outcome = check(tmp_path, expected=_expected("# 一覧", line))
    assert told(outcome) == ([("XDC105", "一覧.txt", None)] if is_missing else [])
    assert outcome.verdict is (Verdict.INCONCLUSIVE if is_missing else Verdict.PASS)
    if is_missing:
        assert outcome.findings[0].location.line == 2


def test_where_there_is_no_report_at_all_every_one_is_missing(tmp_path: Path) -> None:
    (tmp_path / "報告").mkdir()
    outcome = check(tmp_path / "報告", expected=_expected("こども部", "教育部,2017"))
    assert sorted((each.rule, each.location.line) for each in outcome.findings[:2]) == [
        ("XDC105", 1), ("XDC105", 2)
    ]  # fmt: skip
    assert [each.rule for each in outcome.findings[2:]] == ["DOC001"]
    assert outcome.verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize("lines", [(), ("こども部",)])
def test_where_nobody_asks_for_missing_reports_an_empty_folder_is_refused(
    lines: tuple[str, ...], tmp_path: Path
) -> None:
    expected = _expected(*lines) if lines else None
    with pytest.raises(UsageError, match="点検する報告がありません"):
        check(tmp_path, expected=expected, ignore=("XDC105",) if lines else ())


def test_what_is_only_compared_with_has_not_been_submitted(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017))
    prior = save(tmp_path / "前/計画.json", plan(2017))
    outcome = check(tmp_path / "今年", prior=(prior,), expected=_expected("こども部,2017,計画"))
    assert told(outcome) == [("XDC105", "一覧.txt", None)]
    assert "（比べるためだけに渡された「前/計画.json」にはあります）" in outcome.findings[0].message
    assert "「前/計画.json」を、--prior ではなく" in (outcome.findings[0].fix or "")


def test_last_years_report_does_not_stand_in_for_this_years(tmp_path: Path) -> None:
    save(tmp_path / "今年/実績.json", report(2017))
    prior = save(tmp_path / "前/教育部.json", report(2016, department="教育部"))
    for line, is_beside in (("教育部", False), ("教育部,2017", False), ("教育部,2016", True)):
        outcome = check(tmp_path / "今年", prior=(prior,), expected=_expected(line))
        assert told(outcome) == [("XDC105", "一覧.txt", None)]
        assert ("比べるためだけ" in outcome.findings[0].message) is is_beside


def test_a_report_without_its_year_is_not_missing_as_well(tmp_path: Path) -> None:
    held = report(2017, fiscal_year=None, title="こども部の取り組み実績")
    bare = tuple(type(each)(**_fields(each) | {"amounts": ()}) for each in held.items)
    save(tmp_path / "実績.json", type(held)(**_fields(held) | {"items": bare}))
    assert check(tmp_path, expected=_expected("こども部,2017")).findings == ()


def _fields(held: Any) -> dict[str, Any]:
    return {name: getattr(held, name) for name in held.__slots__}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("教育部.json", ["DOC001"]),
        ("H29教育部/報告.json", ["DOC001"]),
        ("平成29年度教育部.json", ["DOC001"]),
        ("平成28年度教育部.json", ["DOC001", "XDC105"]),
        ("学校教育部.json", ["DOC001", "XDC105"]),
        ("報告.json", ["DOC001", "XDC105"]),
    ],
)
def test_a_file_that_is_there_and_cannot_be_read_is_not_missing(
    name: str, codes: list[str], tmp_path: Path
) -> None:
    save(tmp_path / "実績.json", report(2017))
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("{", encoding="utf-8")
    outcome = check(tmp_path, expected=_expected("こども部", "教育部,2017"))
    assert sorted(each.rule for each in outcome.findings) == codes
    assert outcome.verdict is Verdict.INCONCLUSIVE


def test_where_only_changes_are_checked_nothing_is_missing(tmp_path: Path) -> None:
    save(tmp_path / "実績.json", report(2017))
    outcome = check(tmp_path, expected=_expected("こども部", "教育部"), scope=Scope("main", 1, 5))
    assert outcome.findings == ()
    assert outcome.verdict is Verdict.PASS
    assert reason(outcome, "XDC105") == "変わったファイルだけを点検したため"
    assert "変わったファイルどうしだけを比べたため" in reason(outcome, "XDC104")


def test_only_who_ignores_it_by_name_is_not_told(tmp_path: Path) -> None:
    save(tmp_path / "実績.json", report(2017))
    outcome = check(tmp_path, expected=_expected("教育部"), select=("FIN",))
    assert "XDC105" in {each.rule for each in outcome.findings}
    ignored = check(tmp_path, expected=_expected("教育部"), ignore=("XDC105",))
    assert "XDC105" not in {each.rule for each in ignored.findings}
    assert "--ignore" in reason(ignored, "XDC105")


def test_without_a_list_it_is_said_that_there_was_none(tmp_path: Path) -> None:
    save(tmp_path / "実績.json", report(2017))
    assert "--expect" in reason(check(tmp_path), "XDC105")
