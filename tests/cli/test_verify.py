"""`verify`: one changed byte of anything that a verdict rests on is named, and nothing else is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jisseki_check.model import Source
from jisseki_check.readers import READERS
from jisseki_check.resources import folder
from tests.cli.conftest import Ended
from tests.cli.desk import (
    AS_OF,
    BOOK,
    CHECK,
    CLEAN,
    MONEY,
    Command,
    changes,
    lay_out,
    records,
    turn_a_bit,
    verified,
    write,
)
from tests.example_files import EXAMPLES

AOBANO = EXAMPLES / "another-city"
HOLDS: tuple[int, str] = (0, "holds")


# --- it holds ---------------------------------------------------------------------------------------


def test_nothing_has_changed(settled: Command) -> None:
    code, record = verified(settled)
    assert (code, record["result"]) == HOLDS
    assert record["differences"] == record["obstacles"] == record["notes"] == []


def test_what_people_read(settled: Command) -> None:
    ended = settled("verify", BOOK)
    assert ended.code == 0
    assert "記録のつながり　1件、書いたときのままです。" in ended.out
    assert "1件目の記録　記録のとおりです　（基準日 2026-05-31、判定 不適合、報告 2件）" in ended.out
    assert "最後の記録のハッシュ値　sha256:" in ended.out
    assert "--head で示してください" in ended.out.replace("\n", "")


def test_with_all_options(desk: Command, tmp_path: Path) -> None:
    more = ("--select", "FIN,MRK", "--ignore", "FIN119", "--extend-select", "STY", "--engine", "pandera")
    desk(*CHECK, *more, "--profile", "hirakata", "--fail-on", "never", "--max-cells", "900", "--no-waivers")
    code, record = verified(desk)
    assert (code, record["result"]) == HOLDS
    assert record["verdict"] == "pass"


def test_after_the_folder_was_moved(
    settled: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path.parent / f"{tmp_path.name}-後"
    shutil.copytree(tmp_path, elsewhere / "令和7年度")
    shutil.rmtree(tmp_path / "報告")
    monkeypatch.chdir(elsewhere)
    ended = settled("verify", f"令和7年度/{BOOK}", "--root", "令和7年度")
    assert ended.code == 0, ended.out
    monkeypatch.chdir(elsewhere / "令和7年度")
    assert verified(settled)[0] == 0


def test_a_book_may_lie_among_the_reports_or_not(desk: Command, tmp_path: Path) -> None:
    inside = tmp_path / "報告" / BOOK
    desk("check", "報告", *AS_OF, "--select", "FIN", "-o", f"record=報告/{BOOK}")
    assert desk("verify", f"報告/{BOOK}").code == 0
    shutil.copy(inside, tmp_path / "控え.jsonl")
    assert desk("verify", "控え.jsonl").code == 0
    inside.unlink()
    assert desk("verify", "控え.jsonl").code == 0


def test_another_version_that_finds_the_same(desk: Command, tmp_path: Path) -> None:
    (record,) = records(tmp_path)
    runtime = [each | {"version": "0.1"} if each["name"] == "polars" else each for each in record["runtime"]]
    none = f"sha256:{'0' * 64}"
    findings = [each | {"digest": none, "unwaived": none} for each in record["findings"]]
    digests = record["digests"] | {"rest": f"sha256:{'1' * 64}", "findings": f"sha256:{'2' * 64}"}
    tool = record["tool"] | {"version": "0.0.1"}
    write(tmp_path, record | {"tool": tool, "runtime": runtime, "findings": findings, "digests": digests})
    code, held = verified(desk)
    assert (code, held["result"]) == HOLDS
    assert {(each["what"], each["path"]) for each in held["notes"]} >= {
        ("version", "polars"), ("version", "jisseki-check"), ("findings", MONEY), ("rest", None)
    }  # fmt: skip
    assert "版が違います（記録では0.0.1、" in desk("verify", BOOK).out


def test_a_file_that_is_no_report_decides_nothing(desk: Command, tmp_path: Path) -> None:
    (tmp_path / "報告" / "送付状.md").write_bytes(b"x")
    code, record = verified(desk)
    assert (code, record["result"]) == HOLDS
    assert [(each["what"], each["path"]) for each in record["notes"]] == [("skipped", "報告/送付状.md")]


# --- one byte ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "at", "what"),
    [
        (CLEAN, "環境", "input"),
        ("免除.toml", "監査課の写し", "waivers"),
        ("jisseki-check.toml", "財務課が管理する設定", "settings"),
        ("既知.json", '"path": "報告/財務部', "baseline"),
        ("規則/AOB101-low-mark-without-next-step.yaml", "あおば野市の作成要領で", "rules"),
    ],
    ids=lambda each: each,
)
def test_one_byte_of_what_it_rests_on(
    path: str, at: str, what: str, settled: Command, tmp_path: Path
) -> None:
    turn_a_bit(tmp_path / path, at)
    code, record = verified(settled)
    assert (code, record["result"]) == (1, "differs")
    files = {each for each in changes(record) if each[0] not in {"verdict", "findings", "coverage", "rest"}}
    assert files == {(what, "changed", path)}
    assert f"「{path}」の中身が変わっています。" in settled("verify", BOOK).out


def test_one_byte_of_an_amount(desk: Command, tmp_path: Path) -> None:
    turn_a_bit(tmp_path / MONEY, "5,212,000")
    code, record = verified(desk)
    assert code == 1
    assert {("input", "changed", MONEY), ("findings", "changed", MONEY)} <= changes(record)


def test_settings_that_cannot_be_read_any_more(settled: Command, tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_text("rules = [", encoding="utf-8")
    code, record = verified(settled)
    assert code == 1
    assert changes(record) == {("settings", "changed", "jisseki-check.toml")}
    assert [each["kind"] for each in record["obstacles"]] == ["run"]


def test_a_rule_that_cannot_be_used_any_more(settled: Command, tmp_path: Path) -> None:
    turn_a_bit(next((tmp_path / "規則").iterdir()), "violated_when")
    code, record = verified(settled)
    assert code == 1
    assert {each[:2] for each in changes(record)} == {("rules", "changed")}
    assert "点検し直せません" in settled("verify", BOOK).out


def test_one_byte_of_a_profile(tmp_path: Path, command: Command) -> None:
    for name in ("aobano.yaml", "children.txt"):
        shutil.copy(AOBANO / name, tmp_path / name)
    check = ("check", "children.txt", *AS_OF, "--profile", "aobano.yaml", "-q", "-o", f"record={BOOK}")
    assert command(*check).code == 0
    assert verified(command)[0] == 0
    turn_a_bit(tmp_path / "aobano.yaml", "あおば野市")
    code, record = verified(command)
    assert code == 1
    assert ("profile", "changed", "aobano.yaml") in changes(record)


@pytest.mark.parametrize("is_settled", [False, True], ids=["told", "settled"])
def test_one_byte_of_what_it_is_compared_with(is_settled: bool, command: Command, tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "昨年度").mkdir()
    shutil.copy(tmp_path / CLEAN, tmp_path / "昨年度" / "環境部.txt")
    (tmp_path / "昨年度" / "壊れた.docx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "提出.txt").write_text("環境部\n財務部\n# 監査課の写し\n", encoding="utf-8")
    more = ["--prior", "昨年度", "--expect", "提出.txt"]
    if is_settled:
        (tmp_path / "jisseki-check.toml").write_text('prior = ["昨年度"]\nexpect = "提出.txt"\n', "utf-8")
        more = []
    ended = command(*CHECK, *more)
    assert ended.code in (1, 3), ended.err
    (record,) = records(tmp_path)
    assert [each["path"] for each in record["prior"]] == ["昨年度/壊れた.docx", "昨年度/環境部.txt"]
    assert verified(command)[0] == 0
    for path, at, what in (
        ("昨年度/環境部.txt", "環境", "prior"),
        ("昨年度/壊れた.docx", "nothing", "prior"),
        ("提出.txt", "監査課の写し", "expect"),
    ):
        held = (tmp_path / path).read_bytes()
        turn_a_bit(tmp_path / path, at)
        code, verification = verified(command)
        assert code == 1
        assert (what, "changed", path) in changes(verification)
        (tmp_path / path).write_bytes(held)
    assert verified(command)[0] == 0


def test_one_byte_of_a_rule_that_comes_with_the_tool(tmp_path: Path) -> None:
    """In a copy of the tool, as an office would have it."""
    tool, reports = tmp_path / "tool", tmp_path / "desk"
    reports.mkdir()
    for name in ("jisseki_check", "rules", "schemas"):
        skipped = shutil.ignore_patterns("__pycache__")
        shutil.copytree(folder("rules").parent / name, tool / name, ignore=skipped)
    lay_out(reports)

    def run(*arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "jisseki_check", *arguments], cwd=reports, capture_output=True, text=True,
            encoding="utf-8", env=os.environ | {"PYTHONPATH": str(tool), "PYTHONUTF8": "1"},
        )  # fmt: skip
        return done.returncode, done.stdout

    assert run(*CHECK)[0] == 1
    assert run("verify", BOOK)[0] == 0
    changed = [
        (
            tool / "rules" / "money" / "FIN101-settlement-exceeds-budget.yaml",
            "予算",
            "変わった規則は FIN101 です。",
        ),
        (tool / "rules" / "money" / "FIN101-settlement-exceeds-budget.yaml", "id: FIN101", ""),
        (tool / "rules" / "profiles" / "hirakata.yaml", "予算", "規則は一つも変わっていません"),
        (tool / "rules" / "catalogue.json", "予算", "変わった規則は"),
        (tool / "schemas" / "report.schema.json", "予算", "規則は一つも変わっていません"),
    ]
    for path, at, said in changed:
        held = path.read_bytes()
        turn_a_bit(path, at)
        code, told = run("verify", BOOK)
        assert code == 1, path
        assert "初めから入っている規則や様式設定が、記録のときのものと違います。" in told
        assert "".join(said.split()) in "".join(told.split())
        path.write_bytes(held)
    assert run("verify", BOOK)[0] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [("翌年度にまたがった", "年度をまたいだ"), ("財政課長", "財務部長"), ("2027-03-31", "2027-03-30")],
)
def test_a_waiver_that_says_otherwise_is_told_as_that(
    settled: Command, tmp_path: Path, old: str, new: str
) -> None:
    path = tmp_path / "免除.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")
    code, record = verified(settled)
    assert (code, record["result"]) == (1, "differs")
    assert {("waivers", "changed", "免除.toml"), ("findings", "waiver", MONEY)} <= changes(record)
    assert "findings" not in {what for what, change, _ in changes(record) if change != "waiver"}
    told = "".join(settled("verify", BOOK).out.split())
    assert f"「{MONEY}」の指摘は同じで、免除の内容（理由、" in told


def test_a_record_of_an_earlier_version_does_not_tell_waivers_apart(settled: Command, tmp_path: Path) -> None:
    (record,) = records(tmp_path)
    findings = [
        {key: value for key, value in each.items() if key != "unwaived"} for each in record["findings"]
    ]
    write(tmp_path, record | {"findings": findings})
    assert verified(settled)[0] == 0
    path = tmp_path / "免除.toml"
    path.write_text(path.read_text("utf-8").replace("財政課長", "財務部長"), encoding="utf-8")
    assert ("findings", "reworded", MONEY) in changes(verified(settled)[1])


def test_as_many_findings_of_other_values_are_not_told_by_their_number(desk: Command, tmp_path: Path) -> None:
    (record,) = records(tmp_path)
    findings = [
        each | dict.fromkeys(("digest", "substance", "unwaived"), f"sha256:{'0' * 64}")
        | {"rules": each["rules"] | {"FIN109": f"sha256:{'0' * 64}"}}
        for each in record["findings"]
    ]  # fmt: skip
    write(tmp_path, record | {"findings": findings})
    code, held = verified(desk)
    [difference] = [each for each in held["differences"] if each["what"] == "findings"]
    assert (code, difference["rules"], difference["recorded"]) == (1, ["FIN109"], difference["now"])
    told = "".join(desk("verify", BOOK).out.split())
    assert (
        f"同じ{difference['now']}件ですが、規則、段階、扱い、場所、値のどれかが変わっています（FIN109の指摘）"
        in told
    )


def test_a_record_of_the_first_version_tells_no_rules_apart(desk: Command, tmp_path: Path) -> None:
    (record,) = records(tmp_path)
    findings = [{name: each[name] for name in each if name != "rules"} for each in record["findings"]]
    rules = {name: record["rules"][name] for name in ("digest", "built_in")}
    write(tmp_path, record | {"findings": findings, "rules": rules})
    code, held = verified(desk)
    assert (code, held["result"]) == HOLDS
    write(tmp_path, record | {"findings": findings, "rules": rules | {"built_in": f"sha256:{'0' * 64}"}})
    code, held = verified(desk)
    assert (code, [each["rules"] for each in held["differences"]]) == (1, [None])


# --- files that come and go -------------------------------------------------------------------------


def test_a_report_is_gone(desk: Command, tmp_path: Path) -> None:
    (tmp_path / CLEAN).unlink()
    code, record = verified(desk)
    assert (code, record["result"], record["differences"]) == (3, "unverified", [])
    assert [(each["kind"], each["path"]) for each in record["obstacles"]] == [("missing", CLEAN)]
    assert f"「{CLEAN}」がありません" in desk("verify", BOOK).out


def test_all_are_gone(desk: Command, tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "報告")
    code, record = verified(desk)
    assert (code, record["differences"]) == (3, [])
    assert [each["kind"] for each in record["obstacles"]] == ["run", "missing", "missing"]


def test_one_is_gone_and_another_has_changed(desk: Command, tmp_path: Path) -> None:
    """What surely differs goes before what cannot be told."""
    (tmp_path / CLEAN).unlink()
    turn_a_bit(tmp_path / MONEY, "5,212,000")
    code, record = verified(desk)
    assert code == 1
    assert changes(record) == {("input", "changed", MONEY)}
    assert [each["kind"] for each in record["obstacles"]] == ["missing"]


def test_a_report_has_another_name(desk: Command, tmp_path: Path) -> None:
    (tmp_path / CLEAN).rename(tmp_path / "報告" / "環境部（最終）.txt")
    code, record = verified(desk)
    assert code == 1
    assert ("input", "renamed", CLEAN) in changes(record)
    assert not record["obstacles"]
    assert f"「{CLEAN}」の名前が「報告/環境部（最終）.txt」に変わっています。" in desk("verify", BOOK).out


def test_a_report_has_come(desk: Command, tmp_path: Path) -> None:
    shutil.copy(tmp_path / MONEY, tmp_path / "報告" / "水道局.txt")
    code, record = verified(desk)
    assert code == 1
    assert ("input", "new", "報告/水道局.txt") in changes(record)


def test_settings_have_come(desk: Command, tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").write_text('fail-on = "warning"\n', encoding="utf-8")
    code, record = verified(desk)
    assert code == 1
    assert {("settings", "new", "jisseki-check.toml"), ("settled", "changed", None)} <= changes(record)


def test_settings_are_gone(settled: Command, tmp_path: Path) -> None:
    (tmp_path / "jisseki-check.toml").unlink()
    code, record = verified(settled)
    assert (code, record["differences"]) == (3, [])
    assert {each["what"] for each in record["obstacles"]} == {"settings", "rules", "waivers", "baseline"}


def _is_elsewhere(ended: Ended) -> bool:
    return "--root で指定してください" in "".join(ended.out.split()).replace("--root", "--root ")


def test_in_another_folder(settled: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is there, and what is there is nothing of it."""
    elsewhere = tmp_path.parent / f"{tmp_path.name}-別"
    (elsewhere / "報告").mkdir(parents=True)
    book = elsewhere / BOOK
    shutil.copy(tmp_path / BOOK, book)
    monkeypatch.chdir(elsewhere)
    for prepare in (
        lambda: None,
        lambda: shutil.copy(EXAMPLES / "faulty" / "plan.txt", elsewhere / "報告" / "水道局.txt"),
        lambda: (elsewhere / "jisseki-check.toml").write_text('fail-on = "warning"\n', encoding="utf-8"),
        lambda: shutil.copytree(AOBANO / "rules", elsewhere / "規則の控え"),
        lambda: (elsewhere / "jisseki-check.toml").write_text('rules = "規則の控え"\n', encoding="utf-8"),
    ):
        prepare()
        code, record = verified(settled)
        assert (code, record["differences"]) == (3, [])
        assert _is_elsewhere(settled("verify", BOOK))
    assert settled("verify", BOOK, "--root", str(tmp_path)).code == 0


@pytest.mark.parametrize("named", ["規則", "規則/下"])
def test_rules_that_were_named_are_not_there(named: str, command: Command, tmp_path: Path) -> None:
    lay_out(tmp_path)
    shutil.copytree(AOBANO / "rules", tmp_path / named)
    assert command(*CHECK, "--rules", named).code == 1
    assert verified(command)[0] == 0
    shutil.rmtree(tmp_path / "規則")
    code, record = verified(command)
    assert (code, record["differences"]) == (3, [])
    assert {each["kind"] for each in record["obstacles"]} == {"run", "missing"}
    assert not _is_elsewhere(command("verify", BOOK))


def test_where_all_reports_are_others_the_folder_may_be_another(desk: Command, tmp_path: Path) -> None:
    turn_a_bit(tmp_path / MONEY, "5,212,000")
    assert not _is_elsewhere(desk("verify", BOOK))
    turn_a_bit(tmp_path / CLEAN, "環境")
    ended = desk("verify", BOOK)
    assert ended.code == 1
    assert _is_elsewhere(ended)


def test_a_link_that_leads_nowhere_any_more(command: Command, tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "報告" / "写し.txt").symlink_to("環境部.txt")
    os.link(tmp_path / MONEY, tmp_path / "本体.txt")
    (tmp_path / MONEY).unlink()
    (tmp_path / MONEY).symlink_to(tmp_path / "本体.txt")
    assert command("check", MONEY, CLEAN, *AS_OF, "--select", "FIN", "-q", "-o", f"record={BOOK}").code == 1
    assert verified(command)[0] == 0
    (tmp_path / "本体.txt").unlink()
    code, record = verified(command)
    assert code == 3
    assert [(each["kind"], each["path"]) for each in record["obstacles"]] == [("missing", MONEY)]


def test_a_file_that_could_not_be_read_then_either(desk: Command, tmp_path: Path) -> None:
    broken = tmp_path / "報告" / "壊れた.docx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert desk(*CHECK).code == 3
    assert verified(desk)[0] == 0
    turn_a_bit(broken, "nothing")
    code, record = verified(desk)
    assert code == 1
    assert changes(record) == {("input", "changed", "報告/壊れた.docx")}


def test_what_cannot_be_judged_today(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that is missing makes no other outcome: it makes none."""
    shutil.copy(EXAMPLES / "office" / "clean.docx", tmp_path / "報告.docx")
    assert command("check", "報告.docx", *AS_OF, "-q", "-o", f"record={BOOK}").code == 0

    def missing(*arguments: object) -> Source:
        raise ImportError("No module named 'lxml'", name="lxml")

    monkeypatch.setitem(READERS, ".docx", missing)
    code, record = verified(command)
    assert (code, record["differences"]) == (3, [])
    assert [each["kind"] for each in record["obstacles"]] == ["inconclusive"]


def test_what_could_not_be_judged_then(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(EXAMPLES / "office" / "clean.docx", tmp_path / "報告.docx")

    def missing(*arguments: object) -> Source:
        raise ImportError("No module named 'lxml'", name="lxml")

    with monkeypatch.context() as then:
        then.setitem(READERS, ".docx", missing)
        assert command("check", "報告.docx", *CHECK[2:]).code == 3
        assert verified(command)[0] == 0
    code, record = verified(command)
    assert code == 1
    assert {("input", "status", "報告.docx"), ("verdict", "changed", None)} <= changes(record)
    assert "「報告.docx」の状態が変わっています（記録では" in command("verify", BOOK).out


def test_only_what_had_changed_was_checked(
    tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left out then is left out again, wherever git is now; what has come since is not."""
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    lay_out(tmp_path)

    def git(*arguments: str) -> str:
        who = ("-c", "user.name=みずき市", "-c", "user.email=mizuki@example.invalid")
        done = subprocess.run(
            ["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    git("init", "--quiet", "--initial-branch", "main")
    git("add", "報告")
    git("commit", "--quiet", "--message", "報告")
    git("switch", "--quiet", "--create", "直し")
    git("commit", "--quiet", "--allow-empty", "--message", "空")
    turn_a_bit(tmp_path / MONEY, "5,212,000")
    assert command(*CHECK, "--changed-since", "main").code == 1
    (record,) = records(tmp_path)
    assert record["scope"] == {"changed_since": "main", "changed": 1, "of": 2}
    assert record["commits"] == [{"base": git("rev-parse", "main"), "head": git("rev-parse", "HEAD")}]
    assert [each["path"] for each in record["inputs"]] == [MONEY]
    assert record["left_out"] == [CLEAN]
    shutil.rmtree(tmp_path / ".git")
    assert verified(command)[0] == 0
    turn_a_bit(tmp_path / MONEY, "5,212,00")
    shutil.copy(tmp_path / CLEAN, tmp_path / "報告" / "水道局.txt")
    assert {("input", "changed", MONEY), ("input", "new", "報告/水道局.txt")} <= changes(verified(command)[1])


# --- what cannot be run again -----------------------------------------------------------------------


def test_standard_input_is_not_kept(tmp_path: Path) -> None:
    lay_out(tmp_path)

    def run(*arguments: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "jisseki_check", *arguments], cwd=tmp_path, input=content,
            capture_output=True, env=os.environ | {"PYTHONPATH": str(EXAMPLES.parent)},
        )  # fmt: skip

    names = ("--stdin-filename", "/みずき市/財務部.txt")
    done = run("check", "-", CLEAN, *names, *CHECK[2:], content=(tmp_path / MONEY).read_bytes())
    assert done.returncode == 1
    assert "verify で点検し直せません" in done.stderr.decode()
    assert records(tmp_path)[0]["told"]["stdin-filename"] == "財務部.txt"
    done = run("verify", BOOK, "--output-format", "json")
    (record,) = json.loads(done.stdout)["records"]
    assert (done.returncode, record["differences"]) == (3, [])
    assert [each["kind"] for each in record["obstacles"]] == ["stdin"]
    turn_a_bit(tmp_path / CLEAN, "環境")
    done = run("verify", BOOK, "--output-format", "json")
    assert done.returncode == 1
    assert changes(json.loads(done.stdout)["records"][0]) == {("input", "changed", CLEAN)}
