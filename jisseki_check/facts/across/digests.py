"""What is kept of a report until all have been read: enough to find its counterparts and to compare with
them, without its results' texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.facts.across.texts import digest, plain, without_years
from jisseki_check.facts.amounts import amount_yen, printed, step_of
from jisseki_check.facts.targets import is_aimed_at
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.model import Amount
from jisseki_check.notation.counts import Count
from jisseki_check.notation.fiscal import find_fiscal_years
from jisseki_check.notation.titles import PERIOD
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile

_OPENING = 60  # characters of a result that a message may quote
_MOST_COUNTS = 60  # of one item; among more nothing is plain
_AT_LEAST = frozenset({"以上", "超"})
_STAGES = frozenset({"initial_budget", "revised_budget", "settlement"})
_SHARE = re.compile(
    r"所管分|所管の分|担当分|[部課室局]分|(?:部|課|室|局)の分|分のみ|うち|内訳|按分|案分|一部|再掲|除く|除いた"
)
# That the plan was changed, and why: a bare 計画変更 gives no reason.
_CHANGE = re.compile(
    r"計画[のを]?(?:一部)?変更\s*[:：]\s*[^\s)）]{2}"
    r"|計画[のを]?(?:一部)?変更[^。\n]*(?:ため|により|によって|による|に伴|理由)"
    # Of what was planned, not of what the work itself changes.
    r"|(?:ため|により|によって|に伴い|を受け|ことから)[^。\n]{0,60}"
    r"(?:計画|目標|予定|時期|回数|の数|台数|人数|予算|[0-9]\s*[^\s0-9。]{1,3}(?:から|を)[^。\n]{0,12}に)"
    r"[^。\n]{0,8}(?:変更|見直|改め|縮小|延期|先送り)"
)
_PERIOD = re.compile(rf"年\s*度\s*({PERIOD})")
_REVISED = re.compile("改定|改訂|変更|修正|見直し")
# Of indicators it is not written whether more is better.
_LESS_IS_BETTER = re.compile(
    r"削減|縮減|待|苦情|事故|滞納|未|残|排出|時間外|超過|欠席|死亡|発生|違反|不|誤|遅|廃棄|ごみ"
)
# A target of a part (1回当たり, 新規の利用者), and one that says by how much (5％以上高める), are others than
# that of the whole.
_PART_OF_IT = re.compile(r"(?:[当あ]たり|につき|ごとに?|各[^、。\n]{0,6}|(?:新規|新た)[^、。\n]{0,10})$")
_BY_HOW_MUCH = re.compile(r"(?:以上|超)?\s*(?:高め|増や|増加|上げ|引き上げ|向上|伸ば)")
_YEAR_BEFORE = re.compile(r"年度?(?:末|当初)?(?:まで|中)?[にのはで]?[：:]?[^。、\n]{0,8}$")


@dataclass(frozen=True, slots=True)
class AmountDigest:
    """An amount that stands alone in its stage. `step`: what one of its last digit is worth in yen."""

    stage: str
    label: str
    text: str
    yen: int
    step: int
    field: str


@dataclass(frozen=True, slots=True)
class CountDigest:
    """A counted thing of a text; `is_target`: to be reached, so that a smaller number is a lower goal."""

    thing: str
    counter: str
    value: float
    text: str
    field: str
    start: int | None = None
    end: int | None = None
    is_target: bool = False


@dataclass(frozen=True, slots=True)
class ItemDigest:
    """One item. `plan`: the fields that a plan publishes, with their texts. `result`: a digest of the result
    without its years, None where there is none. `whole`: a digest of all that the item says."""

    index: int
    kind: str
    section: int | None
    number: str | None
    plan_number: str | None
    title: str
    plan: tuple[tuple[str, str], ...]
    result: int | None
    opening: str
    length: int
    figures: int
    whole: int
    amounts: tuple[AmountDigest, ...] = ()
    counts: tuple[CountDigest, ...] = ()
    is_share: bool = False
    change_told: bool = False

    @property
    def targets(self) -> tuple[CountDigest, ...]:
        return tuple(count for count in self.counts if count.is_target)


@dataclass(frozen=True, slots=True)
class ReportDigest:
    """One report. `department` as it is compared, and its `name` as printed; `municipality`: only where the
    report itself names it. `is_prior`: it is read for comparison only; `is_cut`: it ends amid its form;
    `is_revised`: it is a plan that its title calls changed. `period`: the part of the year that its title
    names, if any."""

    path: str
    municipality: str | None
    department: str | None
    name: str | None
    fiscal_year: int | None
    kind: str
    is_prior: bool
    is_cut: bool
    items: tuple[ItemDigest, ...]
    is_revised: bool = False
    period: str | None = None

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def titles(self) -> frozenset[str]:
        return frozenset(item.title for item in self.items if item.title)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.rpartition("/")[2].rpartition(".")[0]

    @property
    def content(self) -> int:
        """A digest of all that the report says."""
        return digest(*(item.whole for item in self.items))


def digest_of(view: ReportView, *, is_data: bool, is_prior: bool = False) -> ReportDigest:
    """What is kept of a report. `is_data`: it was read from JSON or YAML, where nothing but the report
    itself names its municipality."""
    report = view.report
    is_cut = any(remark.kind == "truncated" for remark in report.remarks)
    items = view.items[:-1] if is_cut else view.items  # the last item may lack its end
    is_named = is_data or report.municipality != view.profile.municipality
    return ReportDigest(
        path=view.document.path,
        municipality=_key(report.municipality) if is_named else None,
        department=_key(report.department),
        name=report.department,
        fiscal_year=view.fiscal_year,
        kind=report.kind,
        is_prior=is_prior,
        is_cut=is_cut,
        items=tuple(_item(item, view.profile, view.fiscal_year) for item in items),
        is_revised=report.kind == "plan" and _REVISED.search(report.title or "") is not None,
        period=_period(report.title or ""),
    )


def _period(title: str) -> str | None:
    found = _PERIOD.search(fold(title))
    return (squeeze(found[1]) or None) if found else None


def _key(name: str | None) -> str | None:
    return squeeze(fold(name or "")) or None


def _item(item: ItemView, profile: Profile, year: int | None) -> ItemDigest:
    held = item.item
    compared = plain(item.result)
    title = plain(held.title or "")
    amounts = tuple(_amounts(held.amounts, year))
    return ItemDigest(
        index=held.index,
        kind=held.kind,
        section=held.section,
        number=squeeze(fold(held.number or "")) or None,
        plan_number=_plan_number(item, profile),
        title=title,
        plan=tuple(_published(item)),
        result=digest(without_years(compared)) if compared else None,
        opening=" ".join(item.result[: 2 * _OPENING].split())[:_OPENING],
        length=len(compared),
        figures=len(item.counts.get("result", ())) + len(item.amounts.get("result", ())),
        whole=digest(
            title,
            compared,
            held.mark or "",
            *(squeeze(fold(text)) for _, text in item.plan),
            *((each.stage, each.yen) for each in amounts),
        ),
        amounts=amounts,
        counts=tuple(_counts(item, year)),
        is_share=_is_share(item),
        change_told=any(_CHANGE.search(text) for text in (*(text for _, text in item.plan), item.told)),
    )


def _plan_number(item: ItemView, profile: Profile) -> str | None:
    kind = profile.item_kinds.get(item.item.kind)
    if kind is None or kind.numbering != "plan":
        return None
    return squeeze(fold(item.item.number or "")) or None


def _published(item: ItemView) -> Iterator[tuple[str, str]]:
    """The plan's own texts: a title only where it is the sentence of a ◆ that has no other."""
    texts = dict(item.plan)
    for field, text in texts.items():
        if field != "title" or len(texts) == 1:
            yield field, text


def _is_share(item: ItemView) -> bool:
    notes = (f"{amount.label}{amount.note or ''}{amount.text}" for amount in item.item.amounts)
    texts = item.item.title or "", *(text for _, text in item.plan), item.told, *notes
    return any(_SHARE.search(text) for text in texts)


def _amounts(amounts: tuple[Amount, ...], year: int | None) -> Iterator[AmountDigest]:
    """The amounts of the report's own year that stand alone in their stage."""
    stages = [amount.stage for amount in amounts]
    for position, amount in enumerate(amounts):
        yen = amount_yen(amount)
        of_year = amount.fiscal_year is None or amount.fiscal_year == year
        if yen is None or not of_year or amount.stage not in _STAGES or stages.count(amount.stage) > 1:
            continue
        yield AmountDigest(
            amount.stage,
            amount.label,
            "".join(printed(amount).split()),
            yen,
            step_of(amount) or 1,
            f"amounts/{position}",
        )


def _counts(item: ItemView, year: int | None) -> Iterator[CountDigest]:
    """What the item counts, and what it aims at."""
    for position, indicator in enumerate(item.item.indicators):
        if indicator.target is not None and not _LESS_IS_BETTER.search(indicator.name):
            yield CountDigest(
                plain(indicator.name),
                indicator.unit or "",
                float(indicator.target),
                f"{indicator.target:g}{indicator.unit or ''}",
                f"indicators/{position}",
                is_target=True,
            )
    if sum(map(len, item.counts.values())) > _MOST_COUNTS:
        return
    for field, text in item.texts:
        for count in item.counts[field]:
            is_target = field != "result" and _is_target(text, count, year)
            if (is_target or (field == "result" and len(count.noun) > 1)) and not count.approximate:
                yield CountDigest(
                    plain(count.noun),
                    count.counter,
                    float(count.value),
                    "".join(count.text.split()),
                    field,
                    count.start,
                    count.end,
                    is_target,
                )


def _is_target(text: str, count: Count, year: int | None) -> bool:
    """Whether it is to be reached in the report's own year: 60店以上, and not a line of a series of years."""
    if not is_aimed_at(text, count) or count.bound not in {None, *_AT_LEAST}:
        return False
    before = text[max(0, count.start - 30) : count.start]
    if _PART_OF_IT.search(before) or _BY_HOW_MUCH.match(text, count.end):
        return False
    named = find_fiscal_years(before)
    return not named or _YEAR_BEFORE.search(before) is None or named[-1].year == year
