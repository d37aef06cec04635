""".pre-commit-hooks.yaml: pre-commit itself, on a repository of reports, with this project as its source.

Its environment is really made: a virtual environment, into which pip builds and installs the project with
the extras that the hook asks for. Instead of a package index, pip is shown the packages that are installed
here, and of those no others than the project declares.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Collection
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from jisseki_check import readers

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
_SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT: dict[str, Any] = _SETTINGS["project"]
BUILD: dict[str, Any] = _SETTINGS["build-system"]
HOOK: dict[str, Any] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))[0]
SOURCE = (
    ".pre-commit-hooks.yaml", "LICENSE", "README.md", "pyproject.toml", "jisseki_check", "rules", "schemas",
)  # fmt: skip
WHO = ("-c", "user.name=みずき市", "-c", "user.email=mizuki@example.invalid")

Run = Callable[..., subprocess.CompletedProcess[str]]


def is_taken(path: str) -> bool:
    """Whether the hook, as it comes, is given this file."""
    return bool(re.search(HOOK["files"], path)) and not re.search(HOOK["exclude"], path)


@pytest.mark.parametrize("path", ["報告/総務部.txt", "みずき市/実績報告/総務部.DOCX", "取り組み実績/a.json"])
def test_reports_are_taken(path: str) -> None:
    assert is_taken(path)


@pytest.mark.parametrize(
    "path",
    ["package.json", "docs/notes.txt", "データ/一覧.csv", "報告書/a.txt", "報告/README.md"],
)
def test_other_files_are_let_be(path: str) -> None:
    assert not is_taken(path)


@pytest.mark.parametrize("ending", sorted({*readers.READERS, *readers.UNREAD}))
def test_no_format_passes_unread(ending: str) -> None:
    assert is_taken(f"報告/総務部{ending}")


def closure(*extras: str) -> dict[str, Distribution]:
    """What the project declares, with these extras, and what that needs; all of it is installed here."""
    found: dict[str, Distribution] = {}
    asked: set[tuple[str, str]] = set()
    pending = [Requirement(each) for each in (*PROJECT["dependencies"], *BUILD["requires"])]
    pending += [Requirement(f"jisseki-check[{extra}]") for extra in extras]
    while pending:
        requirement = pending.pop()
        if requirement.name == "jisseki-check":
            own = PROJECT["optional-dependencies"]
            pending += [Requirement(each) for extra in requirement.extras for each in own[extra]]
            continue
        held = distribution(requirement.name)
        found[held.name.lower()] = held
        for extra in {"", *requirement.extras} - {each for name, each in asked if name == held.name}:
            asked.add((held.name, extra))
            declared = (Requirement(each) for each in held.requires or ())
            pending += [
                each for each in declared if not each.marker or each.marker.evaluate({"extra": extra})
            ]
    return found


def show(folder: Path, distributions: Collection[Distribution]) -> Path:
    """A folder with nothing but these distributions, each where it is installed."""
    folder.mkdir()
    for held in distributions:
        tops = {path.parts[0] for path in held.files or () if path.parts[0] not in ("..", "__pycache__")}
        for top in tops:
            if not (folder / top).exists():
                (folder / top).symlink_to(Path(str(held.locate_file(top))))
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The project as a repository, and its only commit."""
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    git = ["git", "-C", str(folder), *WHO]
    env = neutral(folder / "home")
    subprocess.run([*git, "init", "--quiet"], check=True, env=env)
    subprocess.run([*git, "add", "--all"], check=True, env=env)
    subprocess.run([*git, "commit", "--quiet", "--message", "版"], check=True, env=env)
    done = subprocess.run([*git, "rev-parse", "HEAD"], check=True, env=env, capture_output=True, text=True)
    return folder, done.stdout.strip()


def neutral(home: Path) -> dict[str, str]:
    """The environment without anything that this machine has set up for git, pip and pre-commit."""
    unwanted = ("GIT_", "PIP_", "PRE_COMMIT", "PYTHON", "UV_", "VIRTUAL", "XDG_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip takes this the other way round: there is no isolation
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shared by the tests, so that the hook's environment is made once."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return show(tmp_path_factory.mktemp("packages") / "all", closure("all").values())


def project(
    folder: Path, source: tuple[Path, str], home: Path, packages: Path, files: str | None = None
) -> Run:
    """A city's repository in which the hook is set up; runs git there."""
    hook = {"id": "jisseki-check"} | ({"files": files} if files else {})
    config = {"repos": [{"repo": str(source[0]), "rev": source[1], "hooks": [hook]}]}
    env = neutral(home) | {"PYTHONPATH": str(packages), "PATH": path_without_ours()}

    def run(*arguments: str, program: str = "git") -> subprocess.CompletedProcess[str]:
        told = [program, *arguments] if program != "git" else ["git", *WHO, *arguments]
        return subprocess.run(told, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8")

    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    assert run("init", "--quiet").returncode == 0
    done = run("-m", "pre_commit", "install", program=sys.executable)
    assert done.returncode == 0, done.stdout + done.stderr
    return run


def path_without_ours() -> str:
    """A hook that has no command of its own must not find the one of this environment."""
    ours = Path(sys.executable).parent
    return os.pathsep.join(each for each in os.environ["PATH"].split(os.pathsep) if Path(each) != ours)


def commit(run: Run, folder: Path, files: dict[str, Path | str]) -> subprocess.CompletedProcess[str]:
    """Tries to commit these files."""
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Path):
            shutil.copy(content, target)
        else:
            target.write_text(content, encoding="utf-8")
    assert run("add", "--all").returncode == 0
    return run("commit", "--message", "報告")


def commits(run: Run) -> int:
    return int(run("rev-list", "--count", "--all").stdout)


def test_a_faulty_commit_is_blocked_and_a_clean_one_passes(
    tmp_path: Path, source: tuple[Path, str], home: Path, packages: Path
) -> None:
    run = project(tmp_path, source, home, packages)

    done = commit(
        run, tmp_path, {"報告/環境部.txt": EXAMPLES / "clean/environment.txt", "package.json": "{}\n"}
    )
    assert (done.returncode, commits(run)) == (0, 1), done.stdout + done.stderr
    assert "Passed" in done.stderr

    done = commit(run, tmp_path, {"README.md": "みずき市\n", "docs/一覧.csv": "a,b\n"})
    assert (done.returncode, commits(run)) == (0, 2), done.stdout + done.stderr
    assert "Skipped" in done.stderr

    done = commit(run, tmp_path, {"報告/財務部.txt": EXAMPLES / "faulty/money.txt"})
    assert (done.returncode, commits(run)) == (1, 2), done.stdout + done.stderr
    assert "報告/財務部.txt" in done.stderr
    assert "FIN101" in done.stderr
    assert "環境部" not in done.stderr

    (tmp_path / "報告/財務部.txt").unlink()
    # Word files, and the rules that need words, are judged: otherwise this would be inconclusive.
    done = commit(run, tmp_path, {"報告/環境部.docx": EXAMPLES / "office/clean.docx"})
    assert (done.returncode, commits(run)) == (0, 3), done.stdout + done.stderr

    done = commit(run, tmp_path, {"報告/古い報告.doc": "古い\n"})
    assert (done.returncode, commits(run)) == (1, 3), done.stdout + done.stderr
    assert "exit code: 3" in done.stderr


def test_a_folder_of_the_users_choice(
    tmp_path: Path, source: tuple[Path, str], home: Path, packages: Path
) -> None:
    run = project(tmp_path, source, home, packages, files="^reports/")
    faulty = EXAMPLES / "faulty/money.txt"
    done = commit(run, tmp_path, {"報告/財務部.txt": faulty, "reports/README.md": "みずき市\n"})
    assert (done.returncode, commits(run)) == (0, 1), done.stdout + done.stderr
    done = commit(run, tmp_path, {"reports/finance.txt": faulty})
    assert (done.returncode, commits(run)) == (1, 1), done.stdout + done.stderr


def test_the_environment_has_all_extras(tmp_path: Path, source: tuple[Path, str]) -> None:
    """Where the extras cannot be had there is no environment, and so none that judges less than it should."""
    held = closure()
    (tmp_path / "city").mkdir()
    run = project(tmp_path / "city", source, tmp_path / "home", show(tmp_path / "packages", held.values()))
    done = commit(run, tmp_path / "city", {"報告/環境部.txt": EXAMPLES / "clean/environment.txt"})
    assert done.returncode != 0
    missing = re.findall(r"No matching distribution found for ([a-z-]+)", done.stdout + done.stderr)
    assert missing
    assert set(missing) <= closure("all").keys() - held.keys()
