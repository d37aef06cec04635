"""The project's own promises: what it needs, what it ships, what it must not drag in."""

from __future__ import annotations

import re
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.wheel import WheelBuilder

from jisseki_check import __version__, resources

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", LOCK, re.MULTILINE))


def plain_name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_no_pandas() -> None:
    """With pandas installed, pandera takes 1.1 s to import instead of 0.34 s."""
    assert find_spec("pandas") is None
    assert "pandas" not in LOCKED


def test_every_requirement_is_locked() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
    assert {plain_name(each) for each in wanted} <= set(LOCKED)


def test_every_locked_version_has_hashes() -> None:
    entries = re.split(r"^(?=[a-z])", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(LOCKED)
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_lock_names_no_machine_and_no_index() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links|(^|[ '\"])/[a-z]", LOCK, re.MULTILINE)


def test_resources_are_found() -> None:
    assert (resources.folder("schemas") / "report.schema.json").is_file()
    assert Path(resources.file("rules", "profiles")).is_dir()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    built = next(iter(WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])))
    return zipfile.ZipFile(built)


def test_wheel_carries_rules_and_schemas_inside_the_package(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    for kind in ("rules", "schemas"):
        shipped = {
            f"jisseki_check/{kind}/{path.relative_to(ROOT / kind).as_posix()}"
            for path in (ROOT / kind).rglob("*")
            if path.is_file()
        }
        assert shipped
        assert shipped <= names
    assert "jisseki_check/py.typed" in names


def test_wheel_carries_what_pages_are_made_of(wheel: zipfile.ZipFile) -> None:
    folder = "jisseki_check/formatters/html"
    shipped = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".html", ".css", ".js"}
    }
    assert f"{folder}/templates/page.html" in shipped
    assert shipped <= set(wheel.namelist())


def test_wheel_puts_one_package_beside_its_metadata(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"jisseki_check", f"jisseki_check-{__version__}.dist-info"}


def test_wheel_names_its_command(wheel: zipfile.ZipFile) -> None:
    entry_points = wheel.read(f"jisseki_check-{__version__}.dist-info/entry_points.txt").decode()
    assert "jisseki-check = jisseki_check.cli.app:run" in entry_points
