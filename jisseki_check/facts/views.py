"""One report as the facts need it: each text's dates, amounts and counts found once, on demand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from jisseki_check.facts.goals import Goal, find_goals
from jisseki_check.facts.listing import NoColumn, dated_columns, missing_columns, unitless_columns
from jisseki_check.facts.resemblance import Sharing, Skeleton, sharings, skeleton
from jisseki_check.facts.suspects import suspects
from jisseki_check.model import Document, Item, Report
from jisseki_check.notation.counts import Count, find_counts
from jisseki_check.notation.dates import DateMention, find_dates
from jisseki_check.notation.fiscal import FiscalYearMention, find_fiscal_years
from jisseki_check.notation.marks import MarkReading, read_mark
from jisseki_check.notation.money import Money, find_amounts
from jisseki_check.notation.morphemes import LONGEST, Analysis, analyse
from jisseki_check.notation.titles import years_of
from jisseki_check.notation.width import fold
from jisseki_check.profiles import Profile


class ItemView:
    """One item, with its plan's and its result's texts and what is written in them."""

    def __init__(self, item: Item, profile: Profile, year: int | None) -> None:
        self.item = item
        self.profile = profile
        self.year = year
        plan = (("title", item.title),) if item.kind == "bullet" else ()
        self.plan = tuple(
            (name, text)
            for name, text in (*plan, ("goal", item.goal), ("initiative", item.initiative))
            if text
        )
        self.result = item.result or ""

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Each field that holds text: its name and the text."""
        yield from self.plan
        if self.result:
            yield "result", self.result

    @cached_property
    def told(self) -> str:
        """The result and what stands in a list's other columns, where reasons may be given as well."""
        return "\n".join((self.result, *(text for _, text in self.item.extra)))

    @cached_property
    def plan_text(self) -> str:
        return "\n".join(text for _, text in self.plan)

    @cached_property
    def dates(self) -> dict[str, list[DateMention]]:
        return {name: find_dates(text) for name, text in self.texts}

    @cached_property
    def fiscal_years(self) -> dict[str, list[FiscalYearMention]]:
        return {name: find_fiscal_years(text) for name, text in self.texts}

    @cached_property
    def amounts(self) -> dict[str, list[Money]]:
        return {name: find_amounts(text) for name, text in self.texts}

    @cached_property
    def counts(self) -> dict[str, list[Count]]:
        return {name: find_counts(text) for name, text in self.texts}

    @cached_property
    def goals(self) -> dict[str, list[Goal]]:
        """What each field of the plan says is to be reached."""
        return {
            name: find_goals(text, self.counts[name], self.amounts[name], self.year)
            for name, text in self.plan
        }

    @cached_property
    def skeleton(self) -> Skeleton:
        """The result without its dates and numbers."""
        return skeleton(self.result, self.dates.get("result", ()), self.counts.get("result", ()))

    @cached_property
    def words(self) -> dict[str, Analysis]:
        """The words of each field; a text that is too long to analyse is not among them."""
        return {name: analyse(text) for name, text in self.texts if len(text) <= LONGEST}

    @cached_property
    def title_words(self) -> Analysis | None:
        """The words of the title; None where it is too long to analyse."""
        title = self.item.title or ""
        if "title" in self.words:
            return self.words["title"]
        return analyse(title) if len(title) <= LONGEST else None

    @cached_property
    def mark(self) -> MarkReading | None:
        """How the mark reads; None where the field is not there."""
        return None if self.item.mark is None else _reading(self.item.mark, self.profile.mark_signs)

    @cached_property
    def mark_rank(self) -> int | None:
        """1 for the top mark; None where no mark was read, or one that does not evaluate."""
        if self.mark is None or self.mark.kind != "mark":
            return None
        signs = [sign.sign for sign in self.profile.signs]
        return signs.index(self.mark.sign) + 1 if self.mark.sign in signs else None

    @property
    def top(self) -> bool | None:
        return None if self.mark_rank is None else self.mark_rank == 1


@lru_cache(maxsize=256)
def _reading(mark: str, signs: tuple[str, ...]) -> MarkReading:
    return read_mark(mark, signs)


@dataclass(frozen=True)
class ReportView:
    """One report of the batch, numbered from 0. `looked_for`: its suspects, where the batch's were looked for
    together."""

    number: int
    document: Document
    profile: Profile
    looked_for: frozenset[str] | None = None

    @property
    def report(self) -> Report:
        return self.document.report

    @cached_property
    def items(self) -> tuple[ItemView, ...]:
        return tuple(ItemView(item, self.profile, self.fiscal_year) for item in self.report.items)

    @cached_property
    def suspects(self) -> frozenset[str]:
        """Which of the words that rules look for may stand in the texts; no others do."""
        return suspects([self.report], self.profile)[0] if self.looked_for is None else self.looked_for

    @cached_property
    def sharings(self) -> list[Sharing]:
        """What the items' results have in common; the numbers are places in `items`."""
        return sharings([item.skeleton for item in self.items], [item.mark_rank for item in self.items])

    @cached_property
    def missing_columns(self) -> dict[tuple[int, str], NoColumn]:
        """For each item and field the column that its list lacks."""
        return missing_columns(self.report)

    @cached_property
    def dated_columns(self) -> set[tuple[int, str]]:
        """The items and stages whose heading's year has been told at another item."""
        return dated_columns(self.report)

    @cached_property
    def unitless_columns(self) -> dict[tuple[int, str], int]:
        """For each item and stage the note of the reader that its list's column has no unit."""
        return unitless_columns(self.report)

    @cached_property
    def title_year(self) -> int | None:
        """The fiscal year that the title names, else the report's own."""
        years = years_of(self.report.title or "")
        return years[0].year if years else self.report.fiscal_year

    @cached_property
    def label_years(self) -> list[int]:
        """The fiscal years that the amounts' labels name."""
        return [
            amount.fiscal_year
            for item in self.report.items
            for amount in item.amounts
            if amount.fiscal_year is not None and (item.index, amount.stage) not in self.dated_columns
        ]

    @cached_property
    def agreed_label_year(self) -> int | None:
        """The year on which two or more labels agree, without exception."""
        years = set(self.label_years)
        return self.label_years[0] if len(years) == 1 and len(self.label_years) >= 2 else None

    @cached_property
    def fiscal_year(self) -> int | None:
        """The year to judge by: agreeing labels outweigh the one title."""
        return self.title_year if self.agreed_label_year is None else self.agreed_label_year

    @cached_property
    def explained_signs(self) -> frozenset[str]:
        """The signs that the document's legend or the profile's explains."""
        legend = fold(" ".join(text for text in (self.report.legend, self.profile.legend) if text))
        return frozenset(
            sign for sign in self.profile.mark_signs if re.search(rf"{re.escape(fold(sign))}\s*\S", legend)
        )


_DENIED = r"(?!.{0,6}(?:なし|無し|ありません|不明))"


@lru_cache(maxsize=64)
def _said(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}){_DENIED}")


def says(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text, and is not denied there (流用なし, 理由は不明)."""
    return bool(text) and _said(words).search(text) is not None
