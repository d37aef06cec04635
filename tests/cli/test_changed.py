"""`check --changed-since`: what git says is left out is unchanged, and nothing else is left out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import jsonschema_rs
import pytest

from jisseki_check.resources import folder
from tests.cli.conftest import Ended, Engine

EXAMPLES = Path(__file__).parents[2] / "examples"
WHO = ("-c", "user.name=みずき市", "-c", "user.email=mizuki@example.invalid")
AS_OF = ("--as-of", "2026-05-31")

Command = Callable[..., Ended]


class Repository:
    """A city's repository in the test's folder, with three reports on the branch main."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str, folder: Path | None = None) -> str:
        done = subprocess.run(
            ["git", *WHO, "-c", "protocol.file.allow=always", *arguments],
            cwd=folder or self.folder, check=True, capture_output=True, text=True, encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    def write(self, name: str, text: str = "平成29年度みずき市の取り組み実績\n") -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def commit(self) -> None:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "報告")


@pytest.fixture
def repository(tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [each for each in os.environ if each.startswith("GIT_")]:
        monkeypatch.delenv(name)
    home = tmp_path.parent / f"{tmp_path.name}-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = Repository(tmp_path)
    made.git("init", "--quiet", "--initial-branch", "main")
    for name in ("総務部", "財務部", "環境部"):
        made.write(f"報告/{name}.txt")
    made.commit()
    return made


@pytest.fixture
def checked(command: Command, engine: Engine, tmp_path: Path) -> Callable[..., set[str]]:
    """The reports below the folders given that a run does not leave out."""

    def run(*paths: str, since: str = "main", expected: int = 0) -> set[str]:
        ended = command("check", *(paths or ("報告",)), "--changed-since", since)
        assert ended.code == expected, ended.err
        found = {
            os.fspath(Path(folder, name))
            for path in paths or ("報告",)
            for folder, _, names in os.walk(path)
            for name in names
            if ".git" not in (name, *Path(folder).parts)
        } | {path for path in paths if os.path.isfile(path)}
        left = {os.fspath(each) for each in engine.told().left_out}
        assert left <= found
        scope = engine.told().scope
        if scope is not None:
            assert (scope.changed_since, scope.of - scope.changed) == (since, len(left))
        return found - left

    return run


Checked = Callable[..., set[str]]


def test_nothing_has_changed(repository: Repository, checked: Checked) -> None:
    assert checked() == set()


def test_whatever_differs_is_checked(repository: Repository, checked: Checked) -> None:
    repository.git("switch", "--quiet", "--create", "work")
    repository.write("報告/総務部.txt", "committed\n")
    repository.commit()
    assert checked() == {"報告/総務部.txt"}
    repository.write("報告/財務部.txt", "staged\n")
    repository.git("add", "--all")
    assert checked() == {"報告/総務部.txt", "報告/財務部.txt"}
    repository.write("報告/環境部.txt", "on the disk only\n")
    repository.write('報告/新しい課/児童 "部".txt', "untracked\n")
    assert checked() == {
        "報告/総務部.txt", "報告/財務部.txt", "報告/環境部.txt", "報告/新しい課/児童 \"部\".txt"
    }  # fmt: skip


def test_what_others_have_done_meanwhile_is_not_ours(repository: Repository, checked: Checked) -> None:
    repository.git("switch", "--quiet", "--create", "work")
    repository.write("報告/総務部.txt", "ours\n")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write("報告/財務部.txt", "theirs\n")
    repository.commit()
    repository.git("switch", "--quiet", "work")
    assert checked() == {"報告/総務部.txt"}


def test_a_file_with_another_time_only_is_unchanged(repository: Repository, checked: Checked) -> None:
    os.utime(repository.folder / "報告/総務部.txt", (1, 1))
    assert checked() == set()


@pytest.mark.parametrize("setting", ["diff.renames=false", "diff.renames=copies", "status.renames=true"])
def test_renamed_and_deleted_reports(
    repository: Repository, checked: Checked, command: Command, setting: str
) -> None:
    repository.git("config", *setting.split("="))
    repository.git("mv", "報告/総務部.txt", "報告/総務局.txt")
    repository.git("rm", "--quiet", "報告/財務部.txt")
    assert checked() == {"報告/総務局.txt"}
    ended = command("check", "報告", "--changed-since", "main", "-v")
    assert "main にあり、今はないファイル（点検していません）: 報告/財務部.txt\n" in ended.err
    assert "今はない" not in command("check", "報告", "--changed-since", "main").err


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_taken_as_the_disk_has_them(
    repository: Repository, checked: Checked, form: Literal["NFC", "NFD"]
) -> None:
    name = unicodedata.normalize(form, "報告/プロジェクト「が」\n改行\t.txt")
    repository.write(name)
    repository.write(unicodedata.normalize("NFD" if form == "NFC" else "NFC", name), "the other one\n")
    repository.commit()
    assert checked() == set()
    repository.write(name, "changed\n")
    assert checked() == {name}


def test_from_a_folder_below_and_by_other_ways(
    repository: Repository, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.write("報告/総務部.txt", "changed\n")
    whole = str(repository.folder / "報告")
    assert checked(whole) == {f"{whole}/総務部.txt"}
    monkeypatch.chdir(repository.folder / "報告")
    assert checked(".") == {"総務部.txt"}
    assert checked("総務部.txt", "財務部.txt") == {"総務部.txt"}
    (repository.folder.parent / "linked").symlink_to(repository.folder / "報告")
    linked = str(repository.folder.parent / "linked")
    assert checked(linked) == {f"{linked}/総務部.txt"}


def test_a_link_changes_with_what_it_leads_to(repository: Repository, checked: Checked) -> None:
    repository.write("元/総務部.txt")
    (repository.folder / "報告/写し.txt").symlink_to("../元/総務部.txt")
    repository.commit()
    assert checked("報告/写し.txt") == set()
    repository.write("元/総務部.txt", "changed\n")
    assert checked("報告/写し.txt") == {"報告/写し.txt"}
    repository.commit()
    (repository.folder / "報告/写し.txt").unlink()
    (repository.folder / "報告/写し.txt").symlink_to("財務部.txt")
    assert checked("報告/写し.txt") == {"報告/写し.txt"}


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
def test_what_git_was_told_not_to_look_at_is_checked(
    repository: Repository, checked: Checked, flag: str
) -> None:
    repository.git("update-index", flag, "報告/総務部.txt")
    assert checked() == {"報告/総務部.txt"}


def test_what_git_does_not_watch_is_checked(repository: Repository, checked: Checked) -> None:
    repository.write(".gitignore", "下書き*\n")
    repository.commit()
    repository.write("報告/下書き.txt")
    inner = repository.folder / "報告/別の課"
    inner.mkdir()
    repository.git("init", "--quiet", folder=inner)
    repository.write("報告/別の課/窓口.txt")
    assert checked() == {"報告/下書き.txt", "報告/別の課/窓口.txt"}


def test_a_submodule(repository: Repository, checked: Checked, tmp_path: Path) -> None:
    other = tmp_path.parent / f"{tmp_path.name}-other"
    other.mkdir()
    library = Repository(other)
    library.git("init", "--quiet", "--initial-branch", "main")
    library.write("児童.txt")
    library.commit()
    repository.git("submodule", "--quiet", "add", str(other), "報告/児童")
    repository.commit()
    assert checked() == set()
    repository.write("報告/児童/児童.txt", "changed\n")
    assert checked() == {"報告/児童/児童.txt"}


def test_a_second_working_tree(
    repository: Repository, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = repository.folder.parent / f"{repository.folder.name}-second"
    repository.git("worktree", "add", "--quiet", "-b", "work", str(second))
    monkeypatch.chdir(second)
    assert checked() == set()
    (second / "報告/総務部.txt").write_text("changed\n", encoding="utf-8")
    assert checked() == {"報告/総務部.txt"}


def test_variables_that_git_sets_for_hooks_are_not_obeyed(
    repository: Repository, checked: Checked, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    repository.write("報告/総務部.txt", "changed\n")
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert checked() == {"報告/総務部.txt"}


@pytest.mark.parametrize(
    "setting",
    [
        "diff.external=false", "diff.relative=true", "diff.ignoreSubmodules=all", "color.ui=always",
        "diff.autoRefreshIndex=false", "core.quotePath=true", "core.pager=false", "diff.noprefix=true",
    ],
)  # fmt: skip
def test_settings_of_the_user_change_nothing(repository: Repository, checked: Checked, setting: str) -> None:
    repository.git("config", *setting.split("="))
    repository.write("報告/総務部.txt", "changed\n")
    os.utime(repository.folder / "報告/財務部.txt", (1, 1))
    assert checked() == {"報告/総務部.txt"}


# --- what everything depends on -------------------------------------------------------------------


def said(command: Command, engine: Engine, *arguments: str) -> str:
    """What is said where everything is checked."""
    ended = command("check", "報告", "--changed-since", "main", *arguments)
    assert (engine.told().scope, engine.told().left_out) == (None, frozenset()), ended.err
    return ended.err


def test_changed_settings_concern_every_report(
    repository: Repository, command: Command, engine: Engine
) -> None:
    repository.write("jisseki-check.toml", 'fail-on = "warning"\n')
    assert "「jisseki-check.toml」が main から変わっているため" in said(command, engine)
    repository.commit()
    assert command("check", "報告", "--changed-since", "main").err == ""
    (repository.folder / "jisseki-check.toml").unlink()
    assert "「jisseki-check.toml」" in said(command, engine)


def test_settings_that_are_extended_concern_every_report(
    repository: Repository, command: Command, engine: Engine
) -> None:
    repository.write("jisseki-check.toml", 'extends = "市/共通.toml"\n')
    repository.write("市/共通.toml", 'fail-on = "error"\n')
    repository.commit()
    assert command("check", "報告", "--changed-since", "main").err == ""
    repository.write("市/共通.toml", 'fail-on = "warning"\n')
    assert "「市/共通.toml」" in said(command, engine)


def test_a_pyproject_concerns_the_reports_only_where_it_speaks_of_them(
    repository: Repository, command: Command, engine: Engine
) -> None:
    repository.write("pyproject.toml", "[tool.ruff]\n")
    repository.commit()
    repository.write("pyproject.toml", "[tool.ruff]\nline-length = 100\n")
    assert command("check", "報告", "--changed-since", "main").err == ""
    repository.write("pyproject.toml", '[tool.jisseki-check]\nfail-on = "warning"\n')
    assert "「pyproject.toml」" in said(command, engine)
    repository.commit()
    (repository.folder / "pyproject.toml").unlink()
    assert "「pyproject.toml」" in said(command, engine)


@pytest.mark.parametrize("by", ["settings", "option"])
def test_a_changed_profile_or_rule_concerns_every_report(
    repository: Repository, command: Command, engine: Engine, by: str
) -> None:
    city = EXAMPLES / "another-city"
    shutil.copytree(city / "rules", repository.folder / "規則")
    shutil.copy(city / "aobano.yaml", repository.folder / "様式.yaml")
    options = ["--profile", "様式.yaml", "--rules", "規則"] if by == "option" else []
    if by == "settings":
        repository.write("jisseki-check.toml", 'profile = "様式.yaml"\nrules = "規則"\n')
    repository.commit()
    assert command("check", "報告", "--changed-since", "main", *options).err == ""

    (repository.folder / "様式.yaml").write_text(
        (city / "aobano.yaml").read_text(encoding="utf-8") + "\n# 直しました\n", encoding="utf-8"
    )
    assert "「様式.yaml」" in said(command, engine, *options)
    repository.commit()
    rule = next((repository.folder / "規則").iterdir())
    rule.write_text(rule.read_text(encoding="utf-8") + "\n# 直しました\n", encoding="utf-8")
    assert "「規則」" in said(command, engine, *options)
    repository.commit()
    shutil.copy(rule, rule.with_name("AOB102-another-name.yaml"))
    text = rule.read_text(encoding="utf-8").replace("AOB101", "AOB102")
    rule.with_name("AOB102-another-name.yaml").write_text(
        text.replace(rule.stem.removeprefix("AOB101-"), "another-name"), encoding="utf-8"
    )
    assert "「規則」" in said(command, engine, *options)


# --- where git cannot tell ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        ("nowhere", "「nowhere」というブランチやコミットが、git の履歴に見つかりません。"),
        ("main..HEAD", "比べる相手を一つだけ書いてください。"),
        ("^main", "見つかりません"),
        ("--output=報告/総務部.txt", "は使えません。"),
        ("-O報告/総務部.txt", "は使えません。"),
        ("main:報告/総務部.txt", "見つかりません"),
        ("", "--changed-since が空です。"),
        ("main\nHEAD", "見つかりません"),
    ],
)
def test_a_revision_that_is_none(
    repository: Repository, command: Command, engine: Engine, revision: str, told: str
) -> None:
    before = (repository.folder / "報告/総務部.txt").read_bytes()
    ended = command("check", "報告", f"--changed-since={revision}")
    assert ended.code == 2
    assert told in ended.err
    assert engine.options is None
    assert (repository.folder / "報告/総務部.txt").read_bytes() == before


def test_no_repository(
    command: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    ended = command("check", "報告.txt", "--changed-since", "main")
    assert ended.code == 2
    assert "git で管理されたフォルダーではない" in ended.err


def test_no_commit_yet(command: Command, engine: Engine, repository: Repository, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    repository.git("init", "--quiet", folder=empty)
    repository.write("空/報告.txt")
    assert command("check", "空", "--changed-since", "main").code == 2


def test_no_git(repository: Repository, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    ended = command("check", "報告", "--changed-since", "main")
    assert ended.code == 2
    assert "git が見つかりません。" in ended.err


def test_a_program_of_the_working_directory_is_not_run(
    repository: Repository, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: os.path.join(".", name))
    assert "git が見つかりません。" in command("check", "報告", "--changed-since", "main").err


def test_a_shallow_clone(
    repository: Repository, command: Command, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.git("switch", "--quiet", "--create", "work")
    repository.write("報告/総務部.txt", "changed\n")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write("報告/財務部.txt", "changed\n")
    repository.commit()
    clone = repository.folder.parent / f"{repository.folder.name}-clone"
    source = f"file://{repository.folder}"
    repository.git("clone", "--quiet", "--depth", "1", "--branch", "work", source, str(clone))
    monkeypatch.chdir(clone)
    ended = command("check", "報告", "--changed-since", "origin/main")
    assert ended.code == 2
    assert "fetch-depth: 0" in ended.err
    repository.git(
        "fetch", "--quiet", "--depth", "1", "origin", "main:refs/remotes/origin/main", folder=clone
    )
    ended = command("check", "報告", "--changed-since", "origin/main")
    assert ended.code == 2
    assert "共通の履歴が見つからず" in ended.err
    assert "GIT_DEPTH: 0" in ended.err


def test_standard_input_has_no_history(repository: Repository, command: Command) -> None:
    ended = command("check", "-", "--stdin-filename", "報告.txt", "--changed-since", "main")
    assert ended.code == 2
    assert "標準入力（-）と一緒には使えません" in ended.err


# --- the whole way --------------------------------------------------------------------------------


@pytest.fixture
def city(repository: Repository) -> Repository:
    for name, example in (("環境部", "clean/environment"), ("財務部", "faulty/money")):
        shutil.copy(EXAMPLES / f"{example}.txt", repository.folder / f"報告/{name}.txt")
    (repository.folder / "報告/総務部.txt").unlink()
    repository.commit()
    return repository


def test_a_merge_request_that_touches_no_report_passes(city: Repository, command: Command) -> None:
    city.write("README.md", "みずき市\n")
    ended = command("check", "報告", *AS_OF, "--changed-since", "main")
    assert ended.code == 0
    assert ended.out.startswith("判定　適合　main と比べて、変わった報告はありません。\n")
    assert "変わっていない2ファイルは点検していません" in "".join(ended.out.split())
    told = json.loads(
        command("check", "報告", *AS_OF, "--changed-since", "main", "--output-format", "json").out
    )
    assert told["verdict"] == "pass"
    assert told["scope"] == {"changed_since": "main", "changed": 0, "of": 2}
    assert (told["inputs"], told["findings"]) == ([], [])
    schema = json.loads((folder("schemas") / "outcome.schema.json").read_text(encoding="utf-8"))
    assert jsonschema_rs.Draft202012Validator(schema).is_valid(told)


def test_old_faults_of_other_reports_do_not_count(city: Repository, command: Command) -> None:
    (city.folder / "報告/環境部.txt").write_bytes((EXAMPLES / "clean/environment.txt").read_bytes() + b"\n")
    assert command("check", "報告", *AS_OF).code == 1
    ended = command("check", "報告", *AS_OF, "--changed-since", "main", "--output-format", "json")
    assert ended.code == 0
    told = json.loads(ended.out)
    assert [each["path"] for each in told["inputs"]] == ["報告/環境部.txt"]
    assert told["scope"] == {"changed_since": "main", "changed": 1, "of": 2}


def test_a_changed_report_is_told_the_same_as_in_the_whole_run(city: Repository, command: Command) -> None:
    with (city.folder / "報告/財務部.txt").open("a", encoding="utf-8") as file:
        file.write("\n")
    arguments = ("check", "報告", *AS_OF, "--output-format", "json")
    whole, changed = command(*arguments), command(*arguments, "--changed-since", "main")
    assert (whole.code, changed.code) == (1, 1)
    assert json.loads(whole.out)["findings"] == json.loads(changed.out)["findings"]
    assert json.loads(whole.out)["scope"] is None


def test_a_baseline_among_the_reports(city: Repository, command: Command) -> None:
    assert command("baseline", "create", "報告", "-o", "報告/既知.json", *AS_OF).code == 0
    arguments = ("check", "報告", "--baseline", "報告/既知.json", *AS_OF, "--changed-since", "main")
    ended = command(*arguments)
    assert ended.code == 0, ended.out + ended.err
    assert "「報告/既知.json」が main から変わっているため" in ended.err
    city.commit()
    told = json.loads(command(*arguments, "--output-format", "json").out)
    assert told["scope"] == {"changed_since": "main", "changed": 0, "of": 2}
    assert told["baseline"]["unmatched"] == []


def test_waivers_of_reports_that_are_left_out(city: Repository, command: Command) -> None:
    ended = command(
        "waiver", "add", "報告/財務部.txt", "--rule", "FIN105", "--reason", "入札の差金による",
        "--requested-by", "財務部 川井", "--approved-by", "監理課長 小森", "--until", "2026-12-31",
        "--approved-on", "2026-05-01", "--file", "免除.toml", *AS_OF,
    )  # fmt: skip
    assert ended.code == 0, ended.out + ended.err
    arguments = ("check", "報告", "--waivers", "免除.toml", *AS_OF, "--changed-since", "main")
    assert "「免除.toml」が main から変わっているため" in command(*arguments).err
    city.commit()
    told = json.loads(command(*arguments, "--output-format", "json").out)
    assert (told["verdict"], told["findings"]) == ("pass", [])
    assert [each["state"] for each in told["waivers"]] == ["unchecked"]


def test_a_changed_file_that_cannot_be_read_is_not_passed_over(city: Repository, command: Command) -> None:
    city.write("報告/古い報告.doc", "古い\n")
    assert command("check", "報告", *AS_OF, "--changed-since", "main").code == 3
    city.commit()
    assert command("check", "報告", *AS_OF, "--changed-since", "main").code == 0


def test_a_place_that_is_not_there_is_not_passed_over(city: Repository, command: Command) -> None:
    ended = command("check", "報告", "ない.txt", *AS_OF, "--changed-since", "main")
    assert ended.code == 3
