"""What is kept of a report until all have been read: enough to find its counterparts and to compare with
them, without its results' texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jisseki_check.facts.across.texts import (
    Undated,
    digest,
    in_one_spelling,
    plain,
    spelled,
    undated,
    without_years,
)
from jisseki_check.facts.amounts import amount_yen, printed, step_of
from jisseki_check.facts.goals import Goal
from jisseki_check.facts.views import ItemView, ReportView
from jisseki_check.fingerprints import name_key
from jisseki_check.model import Amount, Report
from jisseki_check.notation.counts import Count
from jisseki_check.notation.titles import PERIOD
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.patterns import lazy_compile
from jisseki_check.profiles import Profile

_OPENING = 60  # characters of a result that a message may quote
_LEAST_FRAME = 10  # characters of a clause, with its counter, that tells by itself what is counted
_CLAUSE_END = lazy_compile(r"[、。\n]")
_MOST_COUNTS = 60  # of one item; among more nothing is plain
_STAGES = frozenset({"initial_budget", "revised_budget", "settlement"})
_SHARE = lazy_compile(
    r"所管分|所管の分|担当分|[部課室局]分|(?:部|課|室|局)の分|分のみ|うち|内訳|按分|案分|一部|再掲|除く|除いた"
)
# That the plan was changed, and why: a bare 計画変更 gives no reason.
_CHANGE = lazy_compile(
    r"計画[のを]?(?:一部)?変更\s*[:：]\s*[^\s)）]{2}"
    r"|計画[のを]?(?:一部)?変更[^。\n]*(?:ため|により|によって|による|に伴|理由)"
    # Of what was planned, not of what the work itself changes.
    r"|(?:ため|により|によって|に伴い|を受け|ことから)[^。\n]{0,60}"
    r"(?:計画|目標|予定|時期|回数|の数|台数|人数|予算|[0-9]\s*[^\s0-9。]{1,3}(?:から|を)[^。\n]{0,12}に)"
    r"[^。\n]{0,8}(?:変更|見直|改め|縮小|延期|先送り)"
    r"|(?:ため|により|によって|に伴い|を受け|ことから)[^。\n]{0,30}当初の?(?:計画|予定|目標)[^。\n]{0,24}(?:変更|改め|延期)"
)
_ENDED = lazy_compile(
    r"廃止|統合|統廃合|一本化|まとめ[てまる]|取り?やめ|取り?止め|中止|休止|見送|終了|移管|所管替|引き継|移し|組み替え|再編|除外"
)
_SENTENCE_END = lazy_compile(r"[。\n]")
_LONGEST_ASIDE, _MOST_ASIDES = 200, 40
_PERIOD = lazy_compile(rf"年\s*度\s*\(?\s*({PERIOD})")
_REVISED = lazy_compile("改定|改訂|変更|修正|見直し")
# Of indicators it is not written whether more is better.
_LESS_IS_BETTER = lazy_compile(
    r"削減|縮減|待|苦情|事故|滞納|未|残|排出|時間外|超過|欠席|死亡|発生|違反|不|誤|遅|廃棄|ごみ"
)


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
    """A counted thing of a result. `frame`: the clause that it stands in, without the number, where nothing
    names the thing."""

    thing: str
    counter: str
    value: float
    text: str
    start: int
    end: int
    frame: str = ""


@dataclass(frozen=True, slots=True)
class ItemDigest:
    """One item. `name`: its number and title as printed. `plan`: the fields that a plan publishes, with their
    texts. `result`: a digest of the result without its years, days and ordinals, None where there is none;
    `verbatim`: one of it with them.
    `whole`: a digest of all that the item says. `ends`: the sentences that tell of something ended, merged or
    moved."""

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
    ends: tuple[str, ...] = ()
    name: str = ""
    days: tuple[str, ...] = ()
    ordinals: tuple[int, ...] = ()
    volumes: int = 0
    goals: tuple[tuple[str, Goal], ...] = ()
    verbatim: int | None = None


@dataclass(frozen=True, slots=True)
class ReportDigest:
    """One report. `department` as it is compared, and its `name` as printed; `municipality`: only where the
    report itself names it. `is_prior`: it is read for comparison only; `is_cut`: it ends amid its form;
    `is_revised`: it is a plan that its title calls changed. `period`: the part of the year that its title
    names, if any. `is_mixed_up`: an item holds a field twice, perhaps another's; `asides`: what stands there
    outside of all fields. `sections`: the numbers and titles of its parts, those without an item among
    them."""

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
    is_mixed_up: bool = False
    asides: tuple[str, ...] = ()
    sections: tuple[tuple[int | None, str], ...] = ()

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
        municipality=name_key(report.municipality) if is_named else None,
        department=name_key(report.department),
        name=report.department,
        fiscal_year=view.fiscal_year,
        kind=report.kind,
        is_prior=is_prior,
        is_cut=is_cut,
        items=tuple(_item(item, view.profile, view.fiscal_year) for item in items),
        is_revised=report.kind == "plan" and _REVISED.search(report.title or "") is not None,
        period=_period(report.title or ""),
        is_mixed_up=any(remark.kind == "repeated" for remark in report.remarks),
        asides=tuple(
            plain(remark.text)[:_LONGEST_ASIDE] for remark in report.remarks if remark.kind == "unread"
        )[:_MOST_ASIDES],
        sections=tuple(dict.fromkeys(_sections(report))),
    )


def _sections(report: Report) -> Iterator[tuple[int | None, str]]:
    for item in report.items:
        if item.section_title:
            yield item.section, spelled(plain(item.section_title))
    for remark in report.remarks:
        if remark.kind == "section" and remark.read_as:
            yield None, spelled(plain(remark.read_as))


def _period(title: str) -> str | None:
    found = _PERIOD.search(fold(title))
    return (squeeze(found[1]) or None) if found else None


def _item(item: ItemView, profile: Profile, year: int | None) -> ItemDigest:
    held = item.item
    compared = plain(item.result)
    title = plain(held.title or "")
    amounts = tuple(_amounts(held.amounts, year))
    told = undated(in_one_spelling(compared)) if compared else Undated("", (), (), 0)
    return ItemDigest(
        index=held.index,
        kind=held.kind,
        section=held.section,
        number=squeeze(fold(held.number or "")) or None,
        plan_number=_plan_number(item, profile),
        title=title,
        name="　".join(" ".join(part.split())[:_OPENING] for part in (held.number, held.title) if part),
        plan=tuple(_published(item)),
        result=digest(told.text) if compared else None,
        verbatim=digest(compared) if compared else None,
        days=told.days,
        ordinals=told.ordinals,
        opening=" ".join(item.result[: 2 * _OPENING].split())[:_OPENING],
        length=len(compared),
        figures=len(item.counts.get("result", ())) + len(item.amounts.get("result", ())),
        volumes=told.volumes,
        whole=digest(
            title,
            compared,
            held.mark or "",
            *(squeeze(fold(text)) for _, text in item.plan),
            *((each.stage, each.yen) for each in amounts),
        ),
        amounts=amounts,
        counts=tuple(_counts(item)),
        goals=tuple(_goals(item)),
        is_share=_is_share(item),
        ends=tuple(_ends(item.told)),
        change_told=any(_CHANGE.search(text) for text in (*(text for _, text in item.plan), item.told)),
    )


def _ends(text: str) -> Iterator[str]:
    if _ENDED.search(text) is None:
        return
    for sentence in _SENTENCE_END.split(text):
        if _ENDED.search(sentence):
            yield plain(sentence)[:_LONGEST_ASIDE]


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


def _counts(item: ItemView) -> Iterator[CountDigest]:
    """What the result counts."""
    counts = item.counts.get("result", ())
    if len(counts) > _MOST_COUNTS:
        return
    for count in counts:
        thing = plain(count.noun) if len(count.noun) > 1 else ""
        frame = "" if thing else _frame(item.result, count)
        if (thing or len(frame) + len(count.counter) > _LEAST_FRAME) and not count.approximate:
            yield CountDigest(
                thing,
                count.counter,
                float(count.value),
                "".join(count.text.split()),
                count.start,
                count.end,
                frame,
            )


def _frame(text: str, count: Count) -> str:
    """The clause of a number, without the number and without years."""
    before = _CLAUSE_END.split(text[max(0, count.start - 60) : count.start])[-1]
    behind = _CLAUSE_END.split(text[count.end : count.end + 60])[0]
    return without_years(plain(f"{before}〔数〕{behind}"))


def _goals(item: ItemView) -> Iterator[tuple[str, Goal]]:
    """What the item aims at, each with the field that says so."""
    for position, indicator in enumerate(item.item.indicators):
        if indicator.target is not None and not _LESS_IS_BETTER.search(indicator.name):
            yield (
                f"indicators/{position}",
                Goal(
                    start=None,
                    end=None,
                    text=f"{indicator.target:g}{indicator.unit or ''}",
                    value=indicator.target,
                    unit=indicator.unit or "",
                    counter=indicator.unit or "",
                    manner="least",
                    thing=plain(indicator.name),
                    subject=plain(indicator.name),
                ),
            )
    if sum(map(len, item.counts.values())) > _MOST_COUNTS:
        return
    for field, _ in item.plan:
        for goal in item.goals[field]:
            yield field, goal
