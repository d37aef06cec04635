"""A long run is compared in shards: the same outcome as if all reports were held at once."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from jisseki_check.engine import run, shards, shelf
from jisseki_check.formatters import FORMATS, content, contract
from jisseki_check.formatters.view import View
from jisseki_check.model import Outcome, Report
from jisseki_check.profiles import load
from jisseki_check.writers.text import to_text
from tests.cities import OPTIONS, TITLES, plan, report, save

_DEPARTMENTS = ("こども部", "健康部", "総務部", None)
_CITIES = ("みずき市", "あかね市", None)


def _told(outcome: Outcome) -> str:
    return contract.document(contract.whole(outcome))


def _report(chance: random.Random) -> Report:
    """One of few departments, cities, years; some of its items go by another name or have other figures."""
    make = plan if chance.random() < 0.3 else report
    year = chance.choice((2016, 2017, 2018, None))
    changes = [
        {"title": chance.choice(TITLES)} if chance.random() < 0.1 else {} for _ in range(chance.randint(0, 4))
    ]
    held = make(year or 2017, *changes, department=chance.choice(_DEPARTMENTS))
    if year is None:
        held = replace(held, fiscal_year=None, fiscal_year_label=None, title="取り組み実績")
    return replace(held, items=held.items[: chance.choice((4, 4, 4, 2))])


def _save(folder: Path, chance: random.Random, number: int) -> None:
    held, city = _report(chance), chance.choice(_CITIES)
    name = folder / chance.choice(("", "東", "西")) / f"{chance.choice(('報告', f'報告{number}'))}"
    if city is None:  # a text does not say whose it is
        name.parent.mkdir(parents=True, exist_ok=True)
        name.with_suffix(".txt").write_text(to_text(held, load("hirakata")), encoding="utf-8")
    else:
        save(name.with_suffix(".json"), replace(held, municipality=city))


@pytest.mark.parametrize("seed", range(12))
def test_shards_find_what_the_whole_finds(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    for number in range(24):
        _save(tmp_path / ("前" if chance.random() < 0.2 else "今"), chance, number)
    options = replace(OPTIONS, coverage_by_file=True, prior=(tmp_path / "前",))
    whole = run.check([tmp_path / "今"], options=options)
    assert whole.findings
    monkeypatch.setattr(shards.Shards.__init__, "__defaults__", (3,))
    parted = run.check([tmp_path / "今"], options=options)
    assert _told(parted) == _told(whole)


def test_what_is_filed_reads_like_what_is_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(60):
        save(tmp_path / f"報告{number}.json", report(2017, department=f"第{number % 50}部"))
    options = replace(OPTIONS, select=(), coverage_by_file=True)
    whole = run.check([tmp_path, tmp_path / "無い.txt"], options=options)
    assert {each.rule for each in whole.findings} >= {"XDC104", "DOC001"}
    monkeypatch.setattr(shelf, "_IN_MEMORY", 100)
    filed = run.check([tmp_path, tmp_path / "無い.txt"], options=options)
    assert not isinstance(filed.findings, tuple)
    assert _told(filed) == _told(whole)
    assert list(filed.findings[3:5]) == list(whole.findings[3:5])
    assert filed.findings[-1] == whole.findings[-1]
    with pytest.raises(IndexError):
        filed.findings[len(whole.findings)]


def test_every_format_goes_through_what_is_filed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        save(tmp_path / f"報告{number}.json", report(2017, department=f"第{number % 20}部"))
    options = replace(OPTIONS, select=(), coverage_by_file=True)
    views = [View(), View(statistics=True), View(verbose=True)]
    whole = run.check([tmp_path], options=options)
    told = [content(name, whole, view) for name in FORMATS for view in views]
    monkeypatch.setattr(shelf, "_IN_MEMORY", 100)
    filed = run.check([tmp_path], options=options)
    assert not isinstance(filed.findings, tuple)
    # To look for a finding by its number is to go through all before it.
    monkeypatch.delattr(type(filed.findings), "__getitem__")
    assert [content(name, filed, view) for name in FORMATS for view in views] == told
