"""Runs on clusters of this machine: the same bytes as without, whatever dies in the middle.

They need `jisseki-check[dask]` and `jisseki-check[spark]`, which the usual environment lacks.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from jisseki_check import readers
from jisseki_check.engine import run
from jisseki_check.formatters import contract
from jisseki_check.limits import Limits
from jisseki_check.model import Outcome, Source
from tests.cities import AS_OF, report, save

ROOT = Path(__file__).parents[3]
_MARKED = "JISSEKI_CHECK_TEST_MARK"
_HAS_JAVA = shutil.which("java") is not None
CLUSTERS = [
    pytest.param("dask", marks=pytest.mark.skipif(find_spec("distributed") is None, reason="no Dask")),
    pytest.param(
        "spark", marks=pytest.mark.skipif(find_spec("pyspark") is None or not _HAS_JAVA, reason="no Spark")
    ),
]
# What these libraries warn of is theirs.
pytestmark = pytest.mark.filterwarnings("default")


def _reading(path: Path, name: str, limits: Limits) -> Source:
    """Reads as usual; but 040 ends the first process that reads it, and 080 every one."""
    mark = Path(os.environ[_MARKED])
    if path.stem == "080" or (path.stem == "040" and not mark.exists()):
        mark.touch()
        os._exit(9)
    return readers.read(path, name, limits)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    for number in range(110):
        save(folder / f"{number:03}.json", report(2017, department=f"第{number}部"))
    return folder


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the workers need to find the functions of this module."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv(_MARKED, str(tmp_path / "mark"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "mark"


def _outcome(folder: Path, runner: str, read: bool = True) -> Outcome:
    options = run.Options(as_of=AS_OF, select=("FIN", "DOC", "XDC"), jobs=2, runner=runner)
    return run.check([folder], options=replace(options, read=_reading) if read else options)


def _told(outcome: Outcome) -> str:
    return contract.document(contract.whole(outcome))


@pytest.mark.parametrize("runner", CLUSTERS)
def test_workers_that_die_change_nothing(runner: str, folder: Path, environment: Path) -> None:
    outcome = _outcome(folder, runner)
    assert environment.exists(), "no worker died"
    unread = [entry.path for entry in outcome.inputs if entry.status != "checked"]
    assert [Path(path).stem for path in unread] == ["080"]
    assert _told(outcome) == _told(_outcome(folder, "local"))


@pytest.mark.parametrize("runner", CLUSTERS)
def test_address_at_which_there_is_no_cluster(runner: str, folder: Path, environment: Path) -> None:
    options = run.Options(as_of=AS_OF, runner=runner, cluster="nowhere")
    with pytest.raises(run.UsageError, match=r"Dask|Spark"):
        run.check([folder], options=options)


@pytest.mark.skipif(find_spec("pyspark") is None, reason="no Spark")
def test_spark_without_java(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(run.UsageError, match="Java"):
        _outcome(folder, "spark", read=False)
