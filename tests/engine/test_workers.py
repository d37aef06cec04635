"""Files shared out among workers: the same outcome, and no file lost with the worker that read it."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jisseki_check import readers
from jisseki_check.engine import run
from jisseki_check.engine.chunks import chunks_of
from jisseki_check.engine.gathered import Gathered
from jisseki_check.engine.inputs import Task, tasks
from jisseki_check.engine.judging import judging
from jisseki_check.engine.options import Options
from jisseki_check.engine.runners import shared_out
from jisseki_check.engine.runners.processes import Done
from jisseki_check.formatters import render
from jisseki_check.formatters.view import View
from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.model import Outcome, Source, Verdict

EXAMPLES = Path(__file__).parents[2] / "examples"
OPTIONS = Options(as_of=dt.date(2018, 6, 1))
_DIGEST = judging(OPTIONS)[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than a hundred files: good ones, faulty ones, one that is none."""
    folder = tmp_path_factory.mktemp("reports")
    texts = sorted([*EXAMPLES.glob("clean/*.txt"), *EXAMPLES.glob("faulty/*.txt")])
    for number in range(110):
        source = texts[number % len(texts)]
        (folder / f"{number:03}-{source.name}").write_bytes(source.read_bytes())
    (folder / "050-broken.json").write_text("{", encoding="utf-8")
    return folder


def _outcome(folder: Path, jobs: int) -> Outcome:
    steps: list[tuple[int, int]] = []
    options = Options(as_of=OPTIONS.as_of, jobs=jobs)
    outcome = run.check([folder], options=options, progress=lambda *step: steps.append(step))
    assert steps[-1] == (len(outcome.inputs), len(outcome.inputs))
    return outcome


def test_as_many_workers_as_you_like_find_the_same(folder: Path) -> None:
    alone, shared = _outcome(folder, 1), _outcome(folder, 2)
    assert alone == shared
    assert alone.verdict is Verdict.INCONCLUSIVE
    for name in ("json", "concise"):
        assert render(name, alone, View()) == render(name, shared, View())


@pytest.mark.parametrize("name", ["json", "jsonl", "sarif", "junit", "gitlab", "github"])
def test_bytes_do_not_depend_on_hashes_and_locale(name: str) -> None:
    """Sets are ordered otherwise with every hash seed, and texts are encoded otherwise in every locale."""
    command = [
        sys.executable, "-m", "jisseki_check", "check", "examples/faulty", "--as-of", "2018-06-01",
        "--output-format", name,
    ]  # fmt: skip

    def printed(seed: str, locale: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONUTF8": "0"}
        environment.pop("GITHUB_STEP_SUMMARY", None)
        done = subprocess.run(command, cwd=EXAMPLES.parent, env=environment, capture_output=True, check=False)
        assert done.returncode in {1, 3}, done.stderr.decode(errors="replace")
        return done.stdout

    assert printed("1", "C") == printed("2", "C.UTF-8")


# --- workers that die ---------------------------------------------------------------------------


def _deadly() -> Source:
    os._exit(9)


def _given(folder: Path) -> Iterator[Task]:
    found, _, _ = tasks(sorted(folder.glob("00*.txt")), None, DEFAULT_LIMITS)
    yield from found[:3]
    yield Task("deadly.txt", _deadly, "deadly.txt")
    yield from found[3:5]


def _gathered(parts: Iterator[Done]) -> Gathered:
    gathered = Gathered(judging(OPTIONS)[0].part)
    for _, part in parts:
        gathered.add(part)
    return gathered


def test_file_that_kills_its_worker_is_named_and_all_others_are_judged(folder: Path) -> None:
    held = list(_given(folder))
    chunks = chunks_of(sorted(held, key=lambda task: task.name), len(held))
    gathered = _gathered(shared_out(chunks, 2, OPTIONS, _DIGEST))
    entries = gathered.inputs()
    assert [entry.path for entry in entries] == sorted(task.name for task in held)
    assert {entry.path for entry in entries if entry.status != "checked"} == {"deadly.txt"}
    assert any(each.rule == "DOC001" and each.location.path == "deadly.txt" for each in gathered.findings())


def _broken() -> Source:
    raise MemoryError


def test_fault_in_a_worker_is_no_verdict(folder: Path) -> None:
    """A reader that runs out of memory says so as it would without workers."""
    with pytest.raises(MemoryError):
        list(shared_out([[Task("a.txt", _broken, "a.txt")]], 1, OPTIONS, _DIGEST))


def test_tasks_can_be_sent_to_another_process() -> None:
    import pickle

    found, _, _ = tasks([EXAMPLES / "clean" / "environment.txt"], (b"x", "stdin.txt"), DEFAULT_LIMITS)
    again = pickle.loads(pickle.dumps(found))
    assert again[0].read() == readers.read(EXAMPLES / "clean" / "environment.txt", found[0].name)
