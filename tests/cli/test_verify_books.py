"""`verify`: books that were changed, books of others, and what programs get."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from jisseki_check.records.book import read
from jisseki_check.resources import folder
from tests.cli.desk import (
    AS_OF,
    BOOK,
    CHECK,
    CLEAN,
    MONEY,
    Command,
    changes,
    records,
    settle,
    told,
    turn_a_bit,
    verified,
    write,
)

# --- the book ---------------------------------------------------------------------------------------


def test_a_broken_book_is_not_gone_on_with(desk: Command, tmp_path: Path) -> None:
    desk(*CHECK)
    path = tmp_path / BOOK
    path.write_bytes(path.read_bytes().replace(b'"verdict":"fail"', b'"verdict":"pass"', 1))
    ended = desk("verify", BOOK)
    assert ended.code == 1
    assert "書いたときのままではありません" in ended.out
    assert "1行目: 記録が書き換えられています" in ended.out
    assert "記録のとおり" not in ended.out
    ended = desk("verify", BOOK, "--output-format", "json")
    told = json.loads(ended.out)
    assert (ended.code, told["result"], told["records"]) == (1, "differs", [])
    assert [each["line"] for each in told["book"]["breaks"]] == [1]


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff\xfe\n"], ids=repr)
def test_another_file_is_no_book(content: bytes, desk: Command, tmp_path: Path) -> None:
    (tmp_path / BOOK).write_bytes(content)
    ended = desk("verify", BOOK)
    assert (ended.code, ended.out) == (2, "")
    assert "記録のファイル「記録.jsonl」を読めません" in ended.err


def test_a_book_that_is_too_large(desk: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jisseki_check.records.book.MOST_BYTES", 100)
    ended = desk("verify", BOOK)
    assert ended.code == 2
    assert "大きすぎます（上限は100バイト）" in ended.err


def test_the_head_that_was_noted(desk: Command, tmp_path: Path) -> None:
    path = tmp_path / BOOK
    desk(*CHECK)
    first, second = (each.digest for each in read(path.read_bytes()).entries)
    told = desk("verify", BOOK, "--head", first)
    assert told.code == 0
    assert "控えたハッシュ値　1件目の記録のものです。その後に1件あります。" in told.out
    assert desk("verify", BOOK, "--head", second.removeprefix("sha256:").upper()).code == 0
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert desk("verify", BOOK).code == 0
    ended = desk("verify", BOOK, "--head", second)
    assert ended.code == 1
    assert "控えたハッシュ値の記録がありません" in ended.out


def test_each_record_or_all(desk: Command, tmp_path: Path) -> None:
    turn_a_bit(tmp_path / CLEAN, "環境")
    desk(*CHECK)
    ended = desk("verify", BOOK, "--output-format", "json", "--all")
    told = json.loads(ended.out)
    assert ended.code == 1
    assert [(each["number"], each["result"]) for each in told["records"]] == [(1, "differs"), (2, "holds")]
    assert desk("verify", BOOK).code == 0
    assert desk("verify", BOOK, "--number", "2").code == 0
    assert desk("verify", BOOK, "--number", "1").code == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ない.jsonl",), "見つかりません"),
        ((BOOK, "--number", "3"), "3件目の記録はありません。記録は1件です。"),
        ((BOOK, "--number", "1", "--all"), "一緒に使えません"),
        ((BOOK, "--head", "0123"), "ハッシュ値ではありません"),
        ((BOOK, "--root", "ない"), "フォルダー「ない」が見つかりません"),
        ((BOOK, "--within", MONEY), f"フォルダー「{MONEY}」が見つかりません"),
        (("報告",), "読めません"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_a_wrong_command(arguments: tuple[str, ...], told: str, desk: Command) -> None:
    ended = desk("verify", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert told in ended.err


def test_what_programs_get_keeps_to_its_schema(settled: Command, tmp_path: Path) -> None:
    schema = json.loads((folder("schemas") / "verification.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema_rs.Draft202012Validator(schema)
    validator.validate(json.loads(settled("verify", BOOK, "--output-format", "json").out))
    turn_a_bit(tmp_path / MONEY, "5,212,000")
    (tmp_path / CLEAN).unlink()
    (tmp_path / "報告" / "送付状.md").write_bytes(b"x")
    validator.validate(json.loads(settled("verify", BOOK, "--output-format", "json").out))
    (tmp_path / BOOK).write_bytes((tmp_path / BOOK).read_bytes().replace(b"fail", b"pass"))
    validator.validate(json.loads(settled("verify", BOOK, "--output-format", "json").out))


# --- books of others --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {"paths": ["../秘密.txt"]},
        {"paths": ["報告/../../秘密.txt"]},
        {"paths": ["{outside}/秘密.txt"]},
        {"paths": ["報告"], "waivers": "../秘密.txt"},
        {"paths": ["報告"], "baseline": "../秘密.txt"},
        {"paths": ["報告"], "profile": "../秘密.yaml"},
        {"paths": ["報告"], "rules": ".."},
        {"paths": ["報告"], "prior": "../"},
        {"paths": ["報告"], "expect": "../秘密.txt"},
    ],
    ids=str,
)
def test_no_path_leads_out_of_the_root(said: dict[str, Any], desk: Command, tmp_path: Path) -> None:
    inner = tmp_path / "机"
    inner.mkdir()
    shutil.move(tmp_path / "報告", inner)
    (tmp_path / "秘密.txt").write_text("平成29年度総務部の取り組み実績\n", encoding="utf-8")
    filled = json.loads(json.dumps(said).replace("{outside}", str(tmp_path)))
    told(tmp_path, **filled)
    ended = desk("verify", BOOK, "--root", "机", "--output-format", "json")
    assert ended.code == 3
    (record,) = json.loads(ended.out)["records"]
    assert {each["kind"] for each in record["obstacles"]} == {"outside"}
    assert "--within" in desk("verify", BOOK, "--root", "机").out


def test_a_run_over_a_folder_beside_can_be_verified_where_that_is_meant(
    desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "監査課").mkdir()
    monkeypatch.chdir(tmp_path / "監査課")
    assert desk("check", "../報告", *AS_OF, "--select", "FIN", "-q", "-o", f"record={BOOK}").code == 1
    assert desk("verify", BOOK).code == 3
    assert desk("verify", BOOK, "--within", "..").code == 0
    turn_a_bit(tmp_path / CLEAN, "環境")
    assert desk("verify", BOOK, "--within", "..").code == 1


def test_settings_of_a_folder_above_are_no_path_of_the_book(
    desk: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(tmp_path, desk)
    monkeypatch.chdir(tmp_path / "報告")
    assert desk("check", "財務部.txt", *AS_OF, "--select", "FIN", "-q", "-o", f"record={BOOK}").code == 1
    held = {each["path"] for each in json.loads(Path(BOOK).read_bytes())["sources"]}
    assert {"../jisseki-check.toml", "../免除.toml"} <= held
    assert desk("verify", BOOK).code == 0
    turn_a_bit(tmp_path / "jisseki-check.toml", "財務課が管理する設定")
    ended = desk("verify", BOOK)
    assert ended.code == 1
    assert "設定            「../jisseki-check.toml」の中身が変わっています。" in ended.out


def test_what_a_book_says_cannot_steer_a_terminal(desk: Command, tmp_path: Path) -> None:
    told(tmp_path, paths=["\x1b[2J\u202e報告"])
    ended = desk("verify", BOOK)
    assert ended.code == 3
    assert not {"\x1b", "\u202e"} & set(ended.out)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"as-of": "2026-02-31"}, "2026-02-31"),
        ({"select": ["ZZZ"]}, "ZZZ"),
        ({"profile": "ない様式"}, "ない様式"),
        ({"paths": ["--help"]}, "--help"),
    ],
    ids=str,
)
def test_options_that_cannot_be(said: dict[str, Any], words: str, desk: Command, tmp_path: Path) -> None:
    told(tmp_path, **said)
    code, record = verified(desk)
    assert code == 3
    assert any(each["kind"] == "run" and words in each["message"] for each in record["obstacles"])


def test_a_record_that_lies_about_what_came_out(desk: Command, tmp_path: Path) -> None:
    """Whoever writes a whole book anew can make it sound, and not make it true."""
    (record,) = records(tmp_path)
    write(tmp_path, record | {"verdict": "pass", "findings": []})
    code, held = verified(desk)
    assert code == 1
    assert {("verdict", "changed", None), ("findings", "changed", MONEY)} <= changes(held)
    told = desk("verify", BOOK).out
    assert "適合から不適合に変わっています" in told
    assert "指摘が変わっています。記録では0件、今は10件です（" in told
