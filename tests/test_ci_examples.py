"""examples/ci/: valid by the published schemas, and their steps run as they stand, on reports in git.

The steps that install the tool need a network and are not run; all others that are commands of a shell are.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from jisseki_check import __version__

ROOT = Path(__file__).parent.parent
CI = ROOT / "examples" / "ci"
EXAMPLES = ROOT / "examples"
BIN = Path(sys.executable).parent
WHO = ("-c", "user.name=みずき市", "-c", "user.email=mizuki@example.invalid")

Done = subprocess.CompletedProcess[str]


def read(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load((CI / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded


GITHUB = read("github-actions.yml")
GITLAB = read("gitlab-ci.yml")
PRE_COMMIT = read("pre-commit-config.yaml")


@pytest.mark.parametrize(
    ("name", "schema"), [("github-actions.yml", "github-workflows"), ("gitlab-ci.yml", "gitlab-ci")]
)
def test_it_is_valid_by_the_published_schema(name: str, schema: str) -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", f"vendor.{schema}", str(CI / name)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_is_the_one_that_there_is(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-config", str(CI / "pre-commit-config.yaml")]
    home = {"PRE_COMMIT_HOME": str(tmp_path)}
    assert subprocess.run(command, env=os.environ | home).returncode == 0
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    asked = [hook["id"] for repository in PRE_COMMIT["repos"] for hook in repository["hooks"]]
    assert asked == [hook["id"] for hook in hooks]


def test_the_version_is_this_one() -> None:
    assert GITHUB["env"]["TOOL"].endswith(f"@v{__version__}")
    assert GITLAB["variables"]["TOOL"].endswith(f"@v{__version__}")
    assert [each["rev"] for each in PRE_COMMIT["repos"]] == [f"v{__version__}"]


# --- a repository of reports ----------------------------------------------------------------------


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A clone in which main, with a faulty report of old, is known as origin/main."""
    folder = tmp_path / "city"
    (folder / "報告").mkdir(parents=True)
    shutil.copy(EXAMPLES / "faulty/money.txt", folder / "報告/財務部.txt")
    shutil.copy(EXAMPLES / "clean/environment.txt", folder / "報告/環境部.txt")
    git(folder, "init", "--quiet", "--initial-branch", "main")
    commit(folder)
    git(folder, "update-ref", "refs/remotes/origin/main", "main")
    git(folder, "switch", "--quiet", "--create", "work")
    return folder


def git(folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", *WHO, *arguments], cwd=folder, env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "報告")


def touch_no_report(folder: Path) -> None:
    (folder / "README.md").write_text("みずき市\n", encoding="utf-8")
    commit(folder)


def change_the_clean_one(folder: Path) -> None:
    with (folder / "報告/環境部.txt").open("a", encoding="utf-8") as report:
        report.write("\n")
    commit(folder)


def add_a_faulty_one(folder: Path) -> None:
    shutil.copy(EXAMPLES / "faulty/marks.txt", folder / "報告/新しい部.txt")
    commit(folder)


CHANGES = [(touch_no_report, 0), (change_the_clean_one, 0), (add_a_faulty_one, 1)]


def run(folder: Path, script: str, shell: str, variables: Mapping[str, str]) -> Done:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))
    }
    path = f"{BIN}{os.pathsep}{inherited['PATH']}"
    return subprocess.run(
        [shell, "-e", "-c", script], cwd=folder, env=inherited | {"PATH": path, **variables},
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip


def is_install(script: str) -> bool:
    return script.startswith("python -m pip install ") and "\n" not in script


# --- GitHub Actions -------------------------------------------------------------------------------


@pytest.fixture
def on_github(city: Path, tmp_path: Path) -> Callable[[str], Done]:
    """Runs the one step of a job that is not set-up."""

    def job(name: str) -> Done:
        steps = [step for step in GITHUB["jobs"][name]["steps"] if "run" in step]
        (step,) = (step for step in steps if not is_install(step["run"]))
        told = GITHUB["env"] | step.get("env", {})
        filled = {key: value.replace("${{ github.base_ref }}", "main") for key, value in told.items()}
        assert not any("${{" in value for value in (*filled.values(), step["run"]))
        summary = {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"), "GITHUB_ACTIONS": "true"}
        return run(city, step["run"], "bash", filled | summary)

    return job


@pytest.mark.parametrize(("change", "code"), CHANGES)
def test_a_pull_request(
    city: Path, on_github: Callable[[str], Done], change: Callable[[Path], None],
    code: int,
) -> None:  # fmt: skip
    change(city)
    done = on_github("changed")
    assert done.returncode == code, done.stdout + done.stderr
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert bool(errors) == (code == 1)
    assert all("file=報告/新しい部.txt" in line for line in errors)


def test_main_uploads_the_results_of_all_reports(city: Path, on_github: Callable[[str], Done]) -> None:
    add_a_faulty_one(city)
    done = on_github("all")
    assert done.returncode == 1, done.stdout + done.stderr
    (upload,) = (step for step in GITHUB["jobs"]["all"]["steps"] if "upload-sarif" in step.get("uses", ""))
    assert f"hashFiles('{upload['with']['sarif_file']}')" in upload["if"]
    held = json.loads((city / upload["with"]["sarif_file"]).read_text(encoding="utf-8"))
    assert held["version"] == "2.1.0"
    places = [each["locations"][0]["physicalLocation"] for each in held["runs"][0]["results"]]
    assert len({place["artifactLocation"]["uri"] for place in places}) == 2


def test_the_jobs_of_github_are_the_ones_that_were_run() -> None:
    assert set(GITHUB["jobs"]) == {"changed", "all"}


# --- GitLab CI ------------------------------------------------------------------------------------


def on_gitlab(folder: Path, name: str) -> Done:
    assert all(is_install(each) for each in GITLAB["default"]["before_script"])
    base = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": git(folder, "rev-parse", "origin/main")}
    variables = GITLAB["variables"] | GITLAB[name].get("variables", {}) | base
    return run(folder, "\n".join(GITLAB[name]["script"]), "sh", variables)


@pytest.mark.parametrize(("change", "code"), CHANGES)
def test_a_merge_request(city: Path, change: Callable[[Path], None], code: int) -> None:
    change(city)
    done = on_gitlab(city, "変わった報告")
    assert done.returncode == code, done.stdout + done.stderr
    assert "財務部" not in done.stdout


def test_all_reports(city: Path) -> None:
    add_a_faulty_one(city)
    done = on_gitlab(city, "全ての報告")
    assert done.returncode == 1, done.stdout + done.stderr
    artifacts = GITLAB["全ての報告"]["artifacts"]["reports"]
    quality = json.loads((city / artifacts["codequality"]).read_text(encoding="utf-8"))
    assert {each["location"]["path"] for each in quality} == {"報告/財務部.txt", "報告/新しい部.txt"}
    assert ElementTree.parse(city / artifacts["junit"]).getroot().tag == "testsuites"


def test_the_jobs_of_gitlab_are_the_ones_that_were_run() -> None:
    assert set(GITLAB) - {"variables", "default"} == {"変わった報告", "全ての報告"}
