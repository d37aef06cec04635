"""`--rules`: a city's own rules beside ours, and every mistake in them said with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Engine

Command = Callable[..., Ended]
NAME = "AOB101-mark-without-effort.yaml"
RULE = """\
id: AOB101
name: mark-without-effort
title: 取り組みが短すぎます
level: warning
table: items
at: initiative
applies_when: initiative IS NOT NULL
violated_when: LENGTH(initiative) < least_length
message: 取り組みが「{initiative:short}」です
fix: 取り組みの中身を書いてください。
why: 何をするのかが伝わりません。
basis: [{source: 内}]
params: {least_length: 8}
examples:
  good:
    - {name: 中身のある取り組み}
  bad:
    - {name: 短い取り組み, initiative: 努めます。}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "規則").mkdir()
    path = tmp_path / "規則" / NAME
    path.write_text(RULE, encoding="utf-8")
    return path


def test_own_rules_reach_the_engine_and_the_lists(command: Command, engine: Engine, own: Path) -> None:
    assert command("check", "報告.txt", "--rules", "規則", "--select", "AOB").code == 0
    assert engine.told().own_rules == "規則"
    assert command("rules", "AOB", "--rules", "規則").out.startswith("AOB101  確認  取り組みが短すぎます")
    assert "何をするのかが伝わりません。" in command("explain", "mark-without-effort", "--rules", "規則").out


def test_without_the_folder_there_is_no_such_rule(command: Command, own: Path) -> None:
    assert command("explain", "AOB101").code == 2


def test_settings_name_the_folder_from_where_they_stand(
    command: Command, engine: Engine, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jisseki-check.toml").write_text('rules = "規則"\n', encoding="utf-8")
    (tmp_path / "下").mkdir()
    monkeypatch.chdir(tmp_path / "下")
    assert command("check", "../報告.txt").code == 0
    assert engine.told().own_rules == str(tmp_path / "規則")
    assert command("explain", "AOB101").code == 0


@pytest.mark.parametrize("below", ["", "評価/"])
def test_rules_may_stand_one_folder_below(command: Command, tmp_path: Path, own: Path, below: str) -> None:
    (own.parent / below).mkdir(exist_ok=True)
    own.rename(own.parent / below / NAME)
    tried = command("test", "AOB", "--rules", "規則")
    assert (tried.code, tried.out) == (0, "規則 1件、例 2件、すべて期待どおりです。\n")


MISTAKES = [
    ("violated_when: LENGTH", "violated_when: LENGHT", 8, "SQL の式として読めません。"),
    ("< least_length", "< least_lenght", 8, "「least_lenght」は、表 items の列でも"),
    ("< least_length", "<", 8, "SQL の式として読めません。"),
    ("violated_when: LENGTH(initiative) <", "violated_when: initiative <", 8, "列の種類に合わない"),
    ("violated_when: LENGTH(initiative) < least_length", "violated_when: mark_rank + 1", 8, "真か偽になる式"),
    ("{initiative:short}", "{initiativ:short}", 9, "「initiative」のことでしょうか。"),
    ("{initiative:short}", "{initiative - mark_rank}", 9, "合わない計算"),
    ("table: items", "table: item", 5, "「items」のことでしょうか。"),
    ("at: initiative", "at: initiativ", 6, "「initiative」のことでしょうか。"),
    ("at: initiative", "at: mark_kind", 6, "場所を持たない列です。"),
    ("level: warning", "level: warn", 4, "「warning」のことでしょうか。"),
    ("why:", "wy:", 11, "「why」のことでしょうか。"),
    ("fix: 取り組みの中身を書いてください。\n", "", 1, "「fix」（直し方）がありません。"),
    ("[{source: 内}]", "[{source: 内部}]", 12, "使えるのは"),
    ("params:", "blocked_by: [FIN999]\nparams:", 13, "「FIN999」という規則はありません。"),
    ("initiative: 努めます。}", "initiativ: 努めます。}", 18, "「initiative」のことでしょうか。"),
    ("initiative: 努めます。}", "kind: nothing}", 18, "報告にできません。"),
    ("initiative: 努めます。}", "edit: [[ない文, 文]]}", 18, "「ない文」が、もとになる報告の中に"),
    ("id: AOB101", "id: AOB102", 1, "「AOB102-mark-without-effort.yaml」にしてください。"),
    ("title: 取", "title: [取", 4, "YAML として読めません。"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "said"), MISTAKES, ids=range(len(MISTAKES)))
def test_each_mistake_is_refused_with_file_and_line(
    command: Command, engine: Engine, own: Path, old: str, new: str, line: int, said: str
) -> None:
    assert RULE.count(old) == 1
    own.write_text(RULE.replace(old, new), encoding="utf-8")
    ended = command("check", "報告.txt", "--rules", "規則", "--profile", "hirakata")
    assert (ended.code, engine.options) == (2, None)
    head, told = ended.err.splitlines()
    assert head == "jisseki-check: 規則のフォルダー「規則」に誤りがあります。"
    assert re.match(rf"規則/{NAME}:{line}:[0-9]+: ", told), told
    assert said in told
    assert not re.search(r"[A-Za-z]+ [a-z]+ [a-z]+", re.sub(r"「[^「」]*」", "", told))


def test_an_example_of_an_unknown_form_is_no_mistake(command: Command, own: Path) -> None:
    """Whoever lists the rules of another city need not name its form."""
    own.write_text(RULE.replace("initiative: 努めます。}", "edit: [[ない文, 文]]}"), encoding="utf-8")
    assert command("explain", "AOB101", "--rules", "規則").code == 0
    own.write_text(RULE.replace("initiative: 努めます。}", "initiativ: 努めます。}"), encoding="utf-8")
    assert command("explain", "AOB101", "--rules", "規則").code == 2


def test_all_mistakes_of_all_files_at_once(command: Command, own: Path) -> None:
    own.write_text(RULE.replace("level: warning", "level: warn").replace("why:", "wy:"), encoding="utf-8")
    other = (
        RULE.replace("AOB101", "AOB102").replace("mark-without-effort", "other").replace("table: items", "")
    )
    (own.parent / "AOB102-other.yaml").write_text(other, encoding="utf-8")
    ended = command("rules", "--rules", "規則")
    assert len(ended.err.splitlines()) == 4


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("FIN101-mine.yaml", RULE.replace("AOB101", "FIN101").replace("mark-without-effort", "mine")),
        ("AOB101-low-execution.yaml", RULE.replace("mark-without-effort", "low-execution")),
    ],
)
def test_a_clash_names_both_files(command: Command, own: Path, name: str, text: str) -> None:
    own.unlink()
    (own.parent / name).write_text(text, encoding="utf-8")
    ended = command("rules", "--rules", "規則")
    assert ended.code == 2
    assert f"規則/{name}" in ended.err
    assert re.search(r"初めから入っている rules/money/FIN10[15]-", ended.err)
    assert "AOB101 のように" in ended.err


@pytest.mark.parametrize("name", ["aobano.yaml", "AOB1-x.yaml", "ＡＯＢ101-x.yaml", "AOB101.yml"])
def test_a_file_that_would_be_passed_over_is_refused(command: Command, own: Path, name: str) -> None:
    (own.parent / name).write_text(RULE, encoding="utf-8")
    ended = command("rules", "--rules", "規則")
    assert ended.code == 2
    assert f"「規則/{name}」は規則のファイルの名前ではありません。" in ended.err


@pytest.mark.parametrize(
    ("folder", "said"), [("ない", "が見つかりません。"), (".", "がありません。"), ("", "空です")]
)
def test_a_folder_without_rules(command: Command, folder: str, said: str) -> None:
    ended = command("rules", "--rules", folder)
    assert ended.code == 2
    assert said in ended.err


def test_an_example_that_fails(command: Command, own: Path) -> None:
    own.write_text(RULE.replace("least_length: 8", "least_length: 3"), encoding="utf-8")
    ended = command("test", "AOB", "--rules", "規則")
    assert ended.code == 1
    assert ended.out == (
        "AOB101　悪い例「短い取り組み」\n"
        "  期待した指摘は「AOB101」ですが、出た指摘は「なし」です。\n"
        "\n"
        "規則 1件、例 2件のうち、1件が期待どおりではありません。\n"
    )


def test_our_own_examples(command: Command) -> None:
    ended = command("test", "fin101", "STR101")
    assert re.fullmatch(r"規則 2件、例 [0-9]+件、すべて期待どおりです。\n", ended.out), ended.out


def test_an_unknown_code(command: Command) -> None:
    ended = command("test", "FIN999")
    assert (ended.code, ended.out) == (2, "")
    assert "「FIN999」で始まる規則はありません。" in ended.err


@pytest.mark.parametrize("name", ["test", "explain"])
def test_the_shell_completes_codes(
    command: Command, monkeypatch: pytest.MonkeyPatch, own: Path, name: str
) -> None:
    monkeypatch.setenv("_JISSEKI_CHECK_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", f"jisseki-check {name} --rules 規則 aob")
    monkeypatch.setenv("COMP_CWORD", "4")
    ended = command()
    assert (ended.code, ended.out) == (0, "plain,AOB101\n")
