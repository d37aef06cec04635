"""What a report holds is kept in every format, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jisseki_check import forms, profiles, readers
from jisseki_check.model import Report
from jisseki_check.profiles import Profile
from jisseki_check.writers import WRITERS, write
from jisseki_check.writers.comparison import losses
from tests.edits import profile
from tests.example_files import EXAMPLES
from tests.writers.reports import rich_reports

REAL = Path(__file__).resolve().parents[3] / "shared/data/hirakata/soumu-h29.txt"
_SETTINGS = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
ENDINGS = (".txt", ".csv", ".xlsx", ".docx", ".json", ".yaml")


def again(report: Report, ending: str, form: Profile) -> Report:
    """The report, written and read."""
    data = write(report, form, ending)
    return forms.read(readers.read_bytes(data, f"報告{ending}"), form).report


@pytest.mark.parametrize("ending", ENDINGS)
@_SETTINGS
@given(report=rich_reports())
def test_there_and_back_again(ending: str, report: Report) -> None:
    read = again(report, ending, profile())
    assert list(losses(report, read, profile())) == []
    assert [remark for remark in read.remarks if remark.kind in {"unread", "repeated"}] == []


@_SETTINGS
@given(report=rich_reports(), chain=st.permutations(ENDINGS))
def test_a_chain_of_formats(report: Report, chain: list[str]) -> None:
    held = report
    for ending in chain:
        held = again(held, ending, profile())
    assert list(losses(report, held, profile())) == []


@pytest.mark.parametrize(
    "path",
    [
        *(EXAMPLES / "forms" / f"{name}.txt" for name in ("h27", "h28", "h30-plan", "r2")),
        EXAMPLES / "clean" / "environment.txt",
        EXAMPLES / "clean" / "environment.json",
        pytest.param(
            REAL, marks=pytest.mark.skipif(not REAL.is_file(), reason="the real report is not here")
        ),
    ],
    ids=lambda path: path.stem,
)
def test_whole_documents(path: Path) -> None:
    source = readers.read(path)
    form = forms.Chooser().choose(source).profile
    report = held = forms.read(source, form).report
    for ending in (".docx", ".csv", ".xlsx", ".txt", ".yaml", ".xlsx", ".docx", ".json"):
        held = again(held, ending, form)
        assert list(losses(report, held, form)) == [], ending


@pytest.mark.parametrize("name", ["h27", "h28", "h30-plan", "r2"])
@pytest.mark.parametrize("ending", [".docx", ".csv", ".xlsx", ".txt"])
def test_the_form_is_recognised_in_what_was_written(name: str, ending: str) -> None:
    source = readers.read(EXAMPLES / "forms" / f"{name}.txt")
    form = forms.Chooser().choose(source).profile
    data = write(forms.read(source, form).report, form, ending)
    written = readers.read_bytes(data, f"報告{ending}")
    assert forms.Chooser().choose(written).profile.name == form.name


@pytest.mark.parametrize("ending", sorted(WRITERS))
def test_the_same_bytes_each_time(ending: str) -> None:
    report = forms.read(readers.read(EXAMPLES / "clean" / "environment.json"), profile()).report
    assert write(report, profile(), ending) == write(report, profiles.load("hirakata"), ending)
