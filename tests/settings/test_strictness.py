"""A file that extends another may only be stricter, unless the other one allows more by name."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from jisseki_check.limits import DEFAULT_LIMITS
from jisseki_check.selection import LEVELS, settled
from jisseki_check.settings import Settings, SettingsError, load
from jisseki_check.settings.keys import FAIL_ON, LOOSENING
from jisseki_check.settings.strictness import Graded, require_stricter_rules
from tests.settings.conftest import write

RULES = (
    Graded("FIN101", "hirakata", "error"),
    Graded("FIN101", "mizuki", "warning"),
    Graded("FIN105", "hirakata", "warning"),
    Graded("FIN105", "mizuki", "warning"),
    Graded("MRK101", "hirakata", "info"),
    Graded("MRK101", "mizuki", "error"),
)


def loaded(folder: Path, city: str, own: str) -> Settings:
    write(folder / "市/jisseki-check.toml", city)
    write(folder / "部/jisseki-check.toml", f'extends = "../市/jisseki-check.toml"\n{own}')
    held = load(str(folder / "部"))
    require_stricter_rules(held.files, RULES)
    return held


@pytest.mark.parametrize(
    ("city", "own"),
    [
        ("", 'fail-on = "warning"'),
        ('fail-on = "never"', 'fail-on = "error"'),
        ("", "max-bytes = 1000"),
        ("max-bytes = 1000", "max-bytes = 1000"),
        ("", 'extend-select = ["FIN"]\noutput-format = "json"\nrules = "規則"'),
        ('rules = "規則"', 'rules = "../市/規則"'),
        ('profile = "a.yaml"', 'profile = "../市/a.yaml"'),
        ('waivers = "w"\nbaseline = "b"', 'waivers = "../市/w"\nbaseline = "../市/b"'),
        ('select = ["FIN"]', 'select = ["FIN", "MRK"]'),
        ('select = ["FIN"]', 'select = ["FIN101"]\nextend-select = ["FIN105"]'),
        ('select = ["FIN"]', 'ignore = ["MRK"]'),
        ('ignore = ["FIN"]', 'ignore = ["FIN101"]'),
        ("", '[levels]\nFIN = "error"'),
        ('[levels]\nFIN = "info"', '[levels]\nFIN = "warning"'),
        ('ignore = ["FIN"]', '[levels]\nFIN = "info"'),
        ("", '[levels.hirakata]\nMRK = "warning"'),
        ('profile = "mizuki"', '[[per-path]]\npaths = ["a"]\nprofile = "mizuki"'),
        ("", '[[per-path]]\npaths = ["a"]\nextend-select = ["FIN"]'),
        ('allow-looser = ["ignore"]', 'allow-looser = ["ignore"]\nignore = ["FIN"]'),
        ('allow-looser = ["levels", "select"]', 'select = ["FIN"]\n[levels]\nFIN = "info"'),
        ('allow-looser = ["profile"]', '[[per-path]]\npaths = ["a"]\nprofile = "mizuki"'),
        ('allow-looser = ["max-pages", "fail-on"]', 'max-pages = 9999\nfail-on = "never"'),
    ],
    ids=range(22),
)
def test_stricter_is_good(tmp_path: Path, city: str, own: str) -> None:
    assert len(loaded(tmp_path, city, own).files) == 2


@pytest.mark.parametrize(
    ("city", "own", "key", "how"),
    [
        ("", 'fail-on = "never"', "fail-on", "error を never にしています"),
        ('fail-on = "info"', 'fail-on = "warning"', "fail-on", "info を warning にしています"),
        ("", "max-bytes = 50000001", "max-bytes", "上限 50,000,000 を 50,000,001 にしています"),
        ("max-cells = 9", "max-cells = 10", "max-cells", "上限 9 を 10 にしています"),
        ("", 'profile = "mizuki"', "profile", "引き継いだ設定にない「mizuki」は使えません"),
        ('profile = "a.yaml"', 'profile = "a.yaml"', "profile", "「a.yaml」の代わりに「a.yaml」を"),
        ('rules = "規則"', 'rules = "別の規則"', "rules", "「規則」の代わりに「別の規則」を"),
        ("", 'waivers = "w.toml"', "waivers", "引き継いだ設定にない「w.toml」"),
        ('baseline = "a"', 'baseline = "b"', "baseline", "「a」の代わりに「b」"),
        ("", 'select = ["FIN"]', "select", "MRK101 を使わない"),
        ('select = ["FIN", "MRK"]', 'select = ["FIN1"]', "select", "MRK101 を使わない"),
        ("", 'ignore = ["FIN105"]', "ignore", "FIN105 を使わない"),
        ('ignore = ["FIN105"]', 'ignore = ["FIN"]', "ignore", "（FIN101 を使わない）"),
        ("", '[levels]\nFIN = "info"', "levels", "FIN101 を error（誤り）から info（参考）に下げています"),
        ("", '[levels.mizuki]\nMRK = "warning"', "levels", "MRK101 を error（誤り）から warning"),
        (
            '[levels]\nMRK = "error"',
            '[levels]\nMRK101 = "warning"',
            "levels",
            "error（誤り）から warning（確認）に",
        ),
        ("", '[[per-path]]\npaths = ["a"]\nignore = ["FIN105"]', "ignore", "FIN105 を使わない"),
        ("", '[[per-path]]\npaths = ["a"]\nselect = ["FIN"]', "select", "MRK101 を使わない"),
        (
            "",
            '[[per-path]]\npaths = ["a"]\nlevels = {FIN101 = "info"}',
            "levels",
            "error（誤り）から info（参考）に",
        ),
        ("", '[[per-path]]\npaths = ["a"]\nprofile = "mizuki"', "profile", "per-path で「mizuki」"),
        (
            '[[per-path]]\npaths = ["a"]\nextend-select = ["MRK"]\n',
            '[[per-path]]\npaths = ["b"]\nignore = ["MRK"]',
            "ignore",
            "MRK101 を使わない",
        ),
        (
            'select = ["FIN"]\n[[per-path]]\npaths = ["a"]\nselect = ["MRK"]\n',
            'ignore = ["MRK"]',
            "ignore",
            "MRK101 を使わない",
        ),
        ('allow-looser = ["levels"]', 'ignore = ["FIN"]', "ignore", "FIN101 を使わない"),
        (
            'allow-looser = ["select"]',
            'allow-looser = ["ignore"]',
            "allow-looser",
            "許されていない「ignore」",
        ),
    ],
    ids=range(24),
)
def test_looser_is_refused_by_name(tmp_path: Path, city: str, own: str, key: str, how: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, city, own)
    message = caught.value.message
    assert f"「{key}」が、引き継いだ {tmp_path / '市' / 'jisseki-check.toml'} より緩く" in message
    assert how in message
    assert message.startswith(f"{tmp_path / '部' / 'jisseki-check.toml'}（")
    assert (f'allow-looser = ["{key}"]' in message) is (key != "allow-looser")


def test_the_line_of_an_entry_for_paths(tmp_path: Path) -> None:
    own = '[[per-path]]\npaths = ["a"]\nignore = []\n\n[[per-path]]\npaths = ["b"]\nignore = ["FIN105"]\n'
    with pytest.raises(SettingsError, match=r"部/jisseki-check.toml（8行目）: 「ignore」"):
        loaded(tmp_path, "", own)


def test_all_that_is_looser_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, "", 'fail-on = "never"\nmax-pages = 5000\nwaivers = "w"')
    assert caught.value.message.count("\n") == 2


def chained(folder: Path, state: str, city: str, own: str) -> Settings:
    write(folder / "県/jisseki-check.toml", state)
    write(folder / "市/jisseki-check.toml", f'extends = "../県/jisseki-check.toml"\n{city}')
    write(folder / "部/jisseki-check.toml", f'extends = "../市/jisseki-check.toml"\n{own}')
    held = load(str(folder / "部"))
    require_stricter_rules(held.files, RULES)
    return held


def test_permission_is_passed_on_but_not_given_away(tmp_path: Path) -> None:
    allowed = 'allow-looser = ["ignore"]'
    assert len(chained(tmp_path, allowed, "", 'ignore = ["FIN"]').files) == 3
    with pytest.raises(SettingsError, match="「ignore」が"):
        chained(tmp_path, allowed, "allow-looser = []", 'ignore = ["FIN"]')
    with pytest.raises(SettingsError, match="許されていない「ignore」"):
        chained(tmp_path, "", allowed, 'ignore = ["FIN"]')


def test_what_a_middle_file_takes_up_again_stays(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FIN105 を使わない"):
        chained(tmp_path, 'ignore = ["FIN"]', 'extend-select = ["FIN105"]', 'ignore = ["FIN105"]')


# --- whatever the files say ------------------------------------------------------------------------

CODES = st.lists(st.sampled_from(["FIN", "FIN101", "FIN105", "MRK", "MRK101"]), max_size=2, unique=True)
GRADES = st.dictionaries(st.sampled_from(["FIN", "FIN105", "MRK101"]), st.sampled_from(LEVELS), max_size=2)
RULE_KEYS: Mapping[str, st.SearchStrategy[Any]] = {
    "select": CODES,
    "ignore": CODES,
    "extend-select": CODES,
    "levels": st.builds(
        lambda general, own: general | ({"mizuki": own} if own else {}), GRADES, GRADES
    ),
}  # fmt: skip
ENTRY = st.fixed_dictionaries(
    {"paths": st.sampled_from([["a*"], ["*b"], ["!a*"]])}, optional=dict(RULE_KEYS)
).filter(lambda entry: len(entry) > 1)
FILE = st.fixed_dictionaries(
    {},
    optional={
        **RULE_KEYS,
        "fail-on": st.sampled_from(FAIL_ON),
        "max-pages": st.sampled_from([10, 1000, 2000]),
        "waivers": st.just("../免除.toml"),
        "profile": st.sampled_from(["hirakata", "mizuki"]),
        "per-path": st.lists(ENTRY, max_size=2),
    },
)
PATHS = ("a", "b", "ab", "c")


def toml(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{key} = {inline(value)}" for key, value in table.items())


def inline(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def judged(held: Settings, folder: Path) -> dict[object, tuple[bool, int]]:
    """For each file, rule and profile: whether the rule is used, and how high it is graded."""
    out: dict[object, tuple[bool, int]] = {}
    for name, rule, by_profile in product(PATHS, RULES, (True, False)):
        layers = held.selection.layers_for(str(folder / name))
        state = settled(layers, rule.code, rule.profile, rule.level)
        out[name, rule, by_profile] = state.is_on(by_profile=by_profile), LEVELS.index(state.level)
    return out


@settings(deadline=None, max_examples=300)
@given(FILE, FILE)
def test_nothing_passes_that_the_city_would_fail(city: dict[str, Any], own: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "市/jisseki-check.toml", toml(city))
        before = load(str(folder / "市"))
        try:
            after = loaded(folder, toml(city), toml(own))
        except SettingsError:
            event("refused")
            return
        event("accepted")
        # One folder for both: the patterns of a city's file are seen from there.
        known, now = judged(before, folder / "市"), judged(after, folder / "市")
        known |= {("部", key): each for key, each in judged(before, folder / "部").items()}
        now |= {("部", key): each for key, each in judged(after, folder / "部").items()}
    for key, (was_on, level) in known.items():
        if was_on:
            assert now[key][0], key
            assert now[key][1] >= level, key
    assert FAIL_ON.index(after.fail_on or "error") <= FAIL_ON.index(before.fail_on or "error")
    assert (after.max_pages or DEFAULT_LIMITS.max_pages) <= (before.max_pages or DEFAULT_LIMITS.max_pages)
    assert (after.profile, after.waivers) == (before.profile, before.waivers)


@settings(deadline=None, max_examples=150)
@given(FILE, st.fixed_dictionaries({}, optional=dict(RULE_KEYS)))
def test_what_is_no_looser_is_not_refused(city: dict[str, Any], own: dict[str, Any]) -> None:
    """Where a file for all paths is refused, there is a rule, and a file that some path may name, for which
    it is looser."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        city = {key: value for key, value in city.items() if key != "per-path"}
        write(folder / "市/jisseki-check.toml", toml(city))
        before = judged(load(str(folder / "市")), folder)
        write(folder / "部/jisseki-check.toml", f'extends = "../市/jisseki-check.toml"\n{toml(own)}')
        held = load(str(folder / "部"))
        after = judged(held, folder)
        is_looser = any(
            was_on and (not after[key][0] or after[key][1] < level) for key, (was_on, level) in before.items()
        )
        try:
            require_stricter_rules(held.files, RULES)
        except SettingsError:
            assert is_looser
        else:
            assert not is_looser


@settings(deadline=None, max_examples=60)
@given(FILE, FILE)
def test_a_city_may_allow_everything(city: dict[str, Any], own: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        held = loaded(Path(name), toml(city | {"allow-looser": sorted(LOOSENING)}), toml(own))
        assert held.path is not None
