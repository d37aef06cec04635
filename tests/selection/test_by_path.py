"""What holds for which file."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from jisseki_check.selection import Layer, PathEntry, Selection

USUAL, PLAN, CSV = Layer(ignore=("STY",)), Layer(select=("STR",), ignore=("FIN",)), Layer(ignore=("MRK",))


@pytest.fixture
def selection(tmp_path: Path) -> Selection:
    return Selection(
        (USUAL,),
        (
            PathEntry(str(tmp_path), ("計画/**",), PLAN, "hirakata-h30-plan"),
            PathEntry(str(tmp_path), ("*.csv",), CSV),
            PathEntry(str(tmp_path), ("計画/旧/",), profile="hirakata-h28"),
        ),
    )


def test_entries_add_up(selection: Selection, tmp_path: Path) -> None:
    assert selection.layers_for(str(tmp_path / "実績/a.txt")) == (USUAL,)
    assert selection.layers_for(str(tmp_path / "計画/a.txt")) == (USUAL, PLAN)
    assert selection.layers_for(str(tmp_path / "計画/a.csv")) == (USUAL, PLAN, CSV)


def test_the_last_profile_holds(selection: Selection, tmp_path: Path) -> None:
    assert selection.profile_for(str(tmp_path / "実績/a.txt")) is None
    assert selection.profile_for(str(tmp_path / "計画/a.csv")) == "hirakata-h30-plan"
    assert selection.profile_for(str(tmp_path / "計画/旧/a.csv")) == "hirakata-h28"


def test_the_command_takes_the_place_of_what_settings_say(selection: Selection, tmp_path: Path) -> None:
    plan = str(tmp_path / "計画/a.txt")
    told = selection.overruled(Layer(select=("FIN",)), profile=True)
    assert told.layers_for(plan) == (USUAL, Layer(ignore=("FIN",)))
    assert told.profile_for(plan) is None
    told = selection.overruled(Layer(ignore=("PII",)), profile=False)
    assert told.layers_for(plan) == (Layer(), PLAN)
    assert told.profile_for(plan) == "hirakata-h30-plan"


def test_it_can_be_sent_to_another_process(selection: Selection) -> None:
    assert pickle.loads(pickle.dumps(selection)) == selection
