"""The rules as a form and a choice have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jisseki_check import catalogue, profiles
from jisseki_check.engine.rule_sets import RuleSet, RuleSets
from jisseki_check.model import Severity
from jisseki_check.profiles import Profile, RuleSetting
from jisseki_check.selection import Layer, Levels

RULES = catalogue.load().rules
OF_RUN = {rule.id for rule in RULES if rule.judged_by in {"reader", "engine"}}
USUAL = profiles.load("hirakata")


def levelled(**levels: str) -> Layer:
    return Layer(levels=Levels(tuple(levels.items())))


def rule_set(*layers: Layer, profile: Profile = USUAL, command: Layer | None = None) -> RuleSet:
    return RuleSets(RULES, command or Layer()).of(profile, layers)


def changed(**settings: RuleSetting) -> Profile:
    return replace(USUAL, rules=settings)


def test_without_a_choice_all_are_used_as_they_are() -> None:
    assert rule_set().rules == {rule.id: rule for rule in RULES}


def test_that_something_was_not_judged_is_always_said_and_an_error() -> None:
    layers = Layer(select=("FIN101",)), Layer(ignore=("DOC", "FIN")), levelled(DOC="info", D="info")
    left = rule_set(*layers)
    assert set(left.rules) == OF_RUN
    assert {code for code in OF_RUN if code.startswith("DOC")} >= {"DOC001", "DOC007"}
    assert all(left.rules[code].level is Severity.ERROR for code in OF_RUN if code.startswith("DOC"))
    assert not left.judges


def test_what_is_said_of_waivers_can_be_graded() -> None:
    assert rule_set(levelled(WVR="error")).rules["WVR101"].level is Severity.ERROR


def test_settings_go_before_the_profile_and_the_profile_before_the_rule() -> None:
    profile = changed(FIN105=RuleSetting(level=Severity.INFO))
    assert rule_set(profile=profile).rules["FIN105"].level is Severity.INFO
    assert rule_set(levelled(FIN="error"), profile=profile).rules["FIN105"].level is Severity.ERROR
    assert rule_set(levelled(FIN1="error"), levelled(F="warning")).rules["FIN105"].level is Severity.WARNING


def test_levels_of_a_profile() -> None:
    layer = Layer(levels=Levels((), (("hirakata-h28", (("FIN105", "error"),)),)))
    sets = RuleSets(RULES)
    assert sets.of(profiles.load("hirakata-h28"), (layer,)).rules["FIN105"].level is Severity.ERROR
    assert sets.of(USUAL, (layer,)).rules["FIN105"].level is Severity.WARNING


def test_the_command_comes_last() -> None:
    said = Layer(ignore=("FIN105",))
    assert "FIN105" in rule_set(said, command=Layer(extend_select=("FIN105",))).rules
    assert "FIN105" not in rule_set(Layer(extend_select=("FIN105",)), command=said).rules


def test_a_level_changes_the_words_of_findings_and_nothing_else() -> None:
    """What an error keeps from being judged is not judged, however that error is graded."""
    for layer in (levelled(FIN110="info"), levelled(FIN110="error")):
        condition = next(each for each in rule_set(layer).conditions if each.rule.id == "FIN110")
        assert condition.stops
    condition = next(
        each for each in rule_set(levelled(FIN105="error")).conditions if each.rule.id == "FIN105"
    )
    assert condition.rule.level is Severity.ERROR
    assert not condition.stops


def test_choices_share_what_is_compiled() -> None:
    sets = RuleSets(RULES)
    profile = changed(FIN105=RuleSetting(params={}))
    held = [sets.of(profile, layers) for layers in ((), (Layer(ignore=("MRK",)),), (levelled(FIN="info"),))]
    for code in ("FIN101", "FIN105"):
        violated = [next(c.violated for c in each.conditions if c.rule.id == code) for each in held]
        assert violated[0] is violated[1] is violated[2]


def test_one_choice_has_one_set() -> None:
    sets = RuleSets(RULES)
    assert sets.of(USUAL, (Layer(ignore=("FIN",)),)) is sets.of(USUAL, (Layer(ignore=("FIN",)),))
    assert sets.of(USUAL) is not sets.of(USUAL, (Layer(ignore=("FIN",)),))


def test_two_forms_of_one_name_are_told_apart() -> None:
    sets = RuleSets(RULES)
    other = changed(FIN105=RuleSetting(enabled=False))
    assert other.name == USUAL.name
    assert "FIN105" in sets.of(USUAL).rules
    assert "FIN105" not in sets.of(other).rules


@pytest.mark.parametrize("code", ["FIN105", "FIN"])
def test_what_a_profile_switches_off(code: str) -> None:
    profile = changed(FIN105=RuleSetting(enabled=False))
    assert "FIN105" not in rule_set(Layer(select=(code,)), profile=profile).rules
    assert "FIN105" in rule_set(Layer(extend_select=(code,)), profile=profile).rules
