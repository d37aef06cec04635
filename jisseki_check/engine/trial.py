"""The rules' examples run through the whole engine, as files are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jisseki_check import catalogue
from jisseki_check.catalogue import CatalogueError
from jisseki_check.engine import example_company, examples, run
from jisseki_check.model import Outcome, Rule
from jisseki_check.profiles import DEFAULT, Profile, ProfileError, load

AS_OF = dt.date(2026, 5, 31)
"""The day on which examples are judged; they speak of years before it."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An example of which came what should not, or not what should. `kind`: good or bad."""

    rule: str
    kind: str
    example: str
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """How many rules and examples were tried, and which failed."""

    rules: int
    examples: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """An example of a rule, with the form and the rules by which it is judged."""

    rule: Rule
    kind: str
    example: Mapping[str, Any]
    profile: str = DEFAULT
    own_rules: str | None = None

    def outcome(self, form: Profile, engine: str = "local") -> Outcome:
        """What comes of checking it. Raises ExampleError and UsageError."""
        options = run.Options(as_of=AS_OF, profile=self.profile, own_rules=self.own_rules, engine=engine)
        return example_company.check(self.example, form, options)

    def faults(self, form: Profile) -> tuple[str, ...]:
        """What is wrong with what comes of it, in words for people. Raises UsageError."""
        try:
            outcome = self.outcome(form)
            return tuple(examples.unexpected(self.rule, self.kind, self.example, outcome, form))
        except examples.ExampleError as error:
            return (f"例を報告にできません（{str(error).rstrip('。')}）",)


def cases(rules: Sequence[Rule], profile: str = DEFAULT, own_rules: str | None = None) -> Iterator[Case]:
    """Every example of these rules."""
    for rule in rules:
        for kind in ("good", "bad"):
            for example in rule.examples[kind]:
                yield Case(rule, kind, example, profile, own_rules)


def try_examples(
    codes: tuple[str, ...],
    *,
    own: str | None = None,
    profile: str = DEFAULT,
    progress: Callable[[int, int], None] | None = None,
) -> Trial:
    """Try the examples of the rules whose codes begin so (none: of all rules).

    Those of a city's `own` rules are judged in its form; ours in the form that they are written in, by our
    rules alone. Raises UsageError.
    """
    try:
        ours = catalogue.load().rules
        held = {rule.id for rule in ours}
        added = [rule for rule in catalogue.load(own=own).rules if rule.id not in held] if own else []
        forms = {name: load(name) for name in {DEFAULT, profile}}
    except (CatalogueError, ProfileError) as error:
        raise run.UsageError(str(error)) from None
    tried = [*cases(ours), *cases(added, profile, own)]
    tried = [case for case in tried if not codes or case.rule.id.startswith(codes)]
    failures = []
    for number, case in enumerate(tried, start=1):
        faults = case.faults(forms[case.profile])
        if faults:
            failures.append(Failure(case.rule.id, case.kind, str(case.example["name"]), faults))
        if progress is not None:
            progress(number, len(tried))
    return Trial(len({case.rule.id for case in tried}), len(tried), tuple(failures))
