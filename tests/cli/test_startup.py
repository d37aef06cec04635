"""What people wait for: --help imports click and next to nothing else."""

from __future__ import annotations

import subprocess
import sys
import tempfile

import pytest

HEAVY = {
    "asyncio",
    "importlib.metadata",
    "importlib.resources",
    "json",
    "jsonschema_rs",
    "logging",
    "pandera",
    "pathlib",
    "polars",
    "tabulate",
    "tempfile",
    "tomllib",
    "wcwidth",
    "yaml",
}
LOADED = (
    "import sys\n"
    "from jisseki_check.cli.app import main\n"
    "main(sys.argv[1:])\n"
    "print(*sys.modules, file=sys.stderr)\n"
)


def loaded(*arguments: str) -> set[str]:
    with tempfile.TemporaryDirectory() as folder:  # where no settings are
        done = subprocess.run(
            [sys.executable, "-c", LOADED, *arguments], capture_output=True, text=True, check=True, cwd=folder
        )
    return set(done.stderr.split())


def test_help() -> None:
    modules = loaded("--help")
    assert modules & HEAVY == set()
    assert not {module for module in modules if module.startswith("jisseki_check.cli.")} - {
        f"jisseki_check.cli.{name}" for name in ("app", "command", "errors", "output")
    }


@pytest.mark.parametrize("arguments", [("rules",), ("explain", "SCH001")], ids=lambda each: each[0])
def test_catalogue(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) & (HEAVY - {"json", "pathlib"}) == set()


@pytest.mark.parametrize(
    "name",
    [
        "check",
        "convert",
        "facts",
        "schema",
        "test",
        "profile",
        "profile new",
        "profile check",
        "config show",
        "verify",
        "report",
        "compare",
        "rules diff",
    ],
)
def test_help_of_a_command(name: str) -> None:
    assert loaded(*name.split(), "--help") & (HEAVY - {"pathlib"}) == set()
