"""One edit at a time, at every place of a report where it fits, and the finding that it must give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.edits import Edit, Key, Original

Editor = Callable[[Original], Iterator[Edit]]
EDITORS: dict[str, Editor] = {}


def editor(function: Editor) -> Editor:
    EDITORS[function.__name__] = function
    return function


def _key(rule: str, item: int | None = None, field: str | None = None) -> frozenset[Key]:
    return frozenset({(rule, item, field)})


def _replaced(original: Original, match: re.Match[str], by: str, expected: frozenset[Key]) -> Edit:
    line = original.text.count("\n", 0, match.start()) + 1
    text = original.text[: match.start()] + by + original.text[match.end() :]
    return Edit(f"{line}: {match[0]!r} → {by!r}", text, expected, original.item_at(match.start()))


# --- marks --------------------------------------------------------------------------------------

_MARK = re.compile(r"【 [◎○] 】")


def _marks(rule: str, *written: str) -> Editor:
    def edits(original: Original) -> Iterator[Edit]:
        for match in _MARK.finditer(original.text):
            for by in written:
                yield _replaced(original, match, by, _key(rule, original.item_at(match.start()), "mark"))

    return edits


EDITORS["look-alike mark"] = _marks("MRK103", "【 〇 】", "【◯】", "【 O 】", "【 ● 】")
EDITORS["empty bracket"] = _marks("MRK101", "【　】", "【 】", "【】")
EDITORS["two marks"] = _marks("MRK104", "【 ◎ ○ 】", "【◎・○】", "【 ◎ 】【 ○ 】", "【 ◎ 】 【 ◎ 】")
EDITORS["mark of no form"] = _marks("MRK102", "【 A 】", "【 ☆ 】")
EDITORS["mark deleted, label kept"] = _marks("MRK101", "")


@editor
def mark_label_and_sign_deleted(original: Original) -> Iterator[Edit]:
    """The whole mark: label and bracket, on one line or on two."""
    whole = re.compile(r"(?:<[^>]*>)?取り組みに対する達成状況(?:<[^>]*>|\s)*【 [◎○] 】(?:</p>)?")
    for match in whole.finditer(original.text):
        yield _replaced(original, match, "", _key("MRK101", original.item_at(match.start()), "mark"))


# --- amounts ------------------------------------------------------------------------------------

_AMOUNT = re.compile(r"平成 ?29 ?年度(?P<label>当初予算|決算)：(?P<digits>[0-9,]+) ?千円")
_STAGES = {"当初予算": "initial_budget", "決算": "settlement"}


def _amounts(rule: str, change: Callable[[re.Match[str]], str | None], field: str | None = None) -> Editor:
    def edits(original: Original) -> Iterator[Edit]:
        for match in _AMOUNT.finditer(original.text):
            by = change(match)
            if by is not None:
                item = original.item_at(match.start())
                yield _replaced(original, match, by, _key(rule, item, field or _STAGES[match["label"]]))

    return edits


def _slipped(match: re.Match[str]) -> str | None:
    return match[0].replace(",", ".") if "," in match["digits"] else None


def _short_group(match: re.Match[str]) -> str:
    digits = match["digits"].replace(",", "")
    return match[0].replace(match["digits"], f"{digits[:-2]},{digits[-2:]}")


EDITORS["point for comma"] = _amounts("FIN111", _slipped)
EDITORS["group of two"] = _amounts("FIN111", _short_group)
EDITORS["enumeration comma"] = _amounts("FIN111", lambda m: m[0].replace(",", "、") if "," in m[0] else None)
EDITORS["unit missing"] = _amounts("FIN110", lambda m: m[0].removesuffix("千円"))
EDITORS["円 for 千円"] = _amounts("FIN108", lambda m: m[0].removesuffix("千円") + "円", "settlement")
EDITORS["another year in a label"] = _amounts("FIN112", lambda m: m[0].replace("29", "28", 1))
EDITORS["negative amount"] = _amounts("FIN122", lambda m: m[0].replace("：", "：△"))


@editor
def settlement_above_budget(original: Original) -> Iterator[Edit]:
    budget = 0
    for match in _AMOUNT.finditer(original.text):
        if match["label"] == "当初予算":
            budget = int(match["digits"].replace(",", ""))
            continue
        for above in (budget + 1, budget + 1000, budget * 2):
            by = match[0].replace(match["digits"], f"{above:,}")
            yield _replaced(
                original, match, by, _key("FIN101", original.item_at(match.start()), "settlement")
            )


@editor
def one_of_the_pair_deleted(original: Original) -> Iterator[Edit]:
    for match in _AMOUNT.finditer(original.text):
        item = original.item_at(match.start())
        lost_budget = match["label"] == "当初予算"
        expected = ("FIN104", item, "settlement") if lost_budget else ("FIN103", item, "initial_budget")
        yield _replaced(original, match, "", frozenset({expected}))


@editor
def labels_swapped(original: Original) -> Iterator[Edit]:
    found = list(_AMOUNT.finditer(original.text))
    for budget, settlement in zip(found[::2], found[1::2], strict=True):
        item = original.item_at(budget.start())
        text = (
            original.text[: budget.start("label")]
            + "決算"
            + original.text[budget.end("label") : settlement.start("label")]
            + "当初予算"
            + original.text[settlement.end("label") :]
        )
        yield Edit(f"item {item}", text, _key("FIN113", item, "settlement"))


# --- numbers and headings -----------------------------------------------------------------------


@editor
def number_twice(original: Original) -> Iterator[Edit]:
    """(4) for (5), and 18-3 for 18-4."""
    numbered = re.compile(r"^(?:<p>)?\((\d+)\)", re.M)
    for before, match in pairwise(numbered.finditer(original.text)):
        by = match[0].replace(match[1], before[1])
        yield _replaced(original, match, by, _key("STR104", original.item_at(match.start()), "number"))
    planned = re.compile(r"^([0-9]+(?:-[0-9]+)?)\. (?=.*\t)", re.M)
    for before, match in pairwise(planned.finditer(original.text)):
        by = match[0].replace(match[1], before[1])
        yield _replaced(original, match, by, _key("STR105", original.item_at(match.start()), "number"))


@editor
def item_heading_deleted(original: Original) -> Iterator[Edit]:
    """The line that names the item."""
    for index, line in enumerate(original.starts, 1):
        expected = _lost_heading(original, index)
        yield Edit(f"item {index}: {original.lines[line]}", original.without(line), expected, index)


def _lost_heading(original: Original, index: int) -> frozenset[Key]:
    """Two items look like one; or an item that can be told from the one before has no title."""
    item = original.report.items[index - 1]
    before = original.report.items[index - 2] if index > 1 else None
    if item.kind in {"reform", "improvement"} or (item.initiative is not None and item.goal is None):
        return _key("STR102", index, "title")
    if before is None or before.section != item.section:
        return _key("STR102", index, "title")
    return _key("STR107", index - 1, "goal" if item.goal is not None else "result")


@editor
def section_heading_deleted(original: Original) -> Iterator[Edit]:
    for line, text in enumerate(original.lines):
        if re.match(r"[1-5]\. \D", text) and "\t" not in text:
            yield Edit(text, original.without(line), _key("STR106", None, None))


@editor
def sub_heading_deleted(original: Original) -> Iterator[Edit]:
    for line, text in enumerate(original.lines):
        if text.startswith(("◆新行政改革", "◆業務改善のテーマ")):
            item = original.item_of_line(line) + 1
            yield Edit(text, original.without(line), _key("STR106", item, None))


@editor
def table_header_deleted(original: Original) -> Iterator[Edit]:
    for line, text in enumerate(original.lines):
        if text.endswith("\t取り組み内容・目標"):
            item = original.item_of_line(line + 1)
            yield Edit(f"{line}: {text}", original.without(line), _key("DOC006", item, "title"))


_FIELDS = {"目標": "goal", "取り組み": "initiative", "実績": "result"}
# A field with the paragraphs below it, those of its amount and mark aside.
_WHOLE_FIELD = re.compile(r"^(目標|取り組み|実績)\t[^\n]*(?:\n\t(?!.*決算|.*達成状況)[^\n]*)*", re.M)


@editor
def field_label_deleted(original: Original) -> Iterator[Edit]:
    for match in re.finditer(r"^(目標|取り組み|実績)\t", original.text, re.M):
        item = original.item_at(match.start())
        yield _replaced(original, match, "", _key("STR102", item, _FIELDS[match[1]]))


@editor
def field_emptied(original: Original) -> Iterator[Edit]:
    for match in _WHOLE_FIELD.finditer(original.text):
        item = original.item_at(match.start())
        amount = _AMOUNT.search(match[0])
        by = f"{match[1]}\t{amount[0] if amount else ''}"
        yield _replaced(original, match, by, _key("STR103", item, _FIELDS[match[1]]))


@editor
def field_emptied_with_its_amount(original: Original) -> Iterator[Edit]:
    """A missing amount follows from the empty field in which it stood."""
    for match in _WHOLE_FIELD.finditer(original.text):
        if _AMOUNT.search(match[0]):
            item = original.item_at(match.start())
            yield _replaced(original, match, f"{match[1]}\t", _key("STR103", item, _FIELDS[match[1]]))


@editor
def field_deleted(original: Original) -> Iterator[Edit]:
    for match in _WHOLE_FIELD.finditer(original.text):
        item = original.item_at(match.start())
        if _AMOUNT.search(match[0]):
            continue
        yield _replaced(original, match, "", _key("STR102", item, _FIELDS[match[1]]))


@editor
def fields_repeated(original: Original) -> Iterator[Edit]:
    for match in re.finditer(r"^(目標|取り組み|実績)\t(?P<text>[^\n]*)\n", original.text, re.M):
        item = original.item_at(match.start())
        by = f"{match[1]}\tこの欄は別に書きました。\n{match[0]}"
        yield _replaced(original, match, by, _key("STR107", item, _FIELDS[match[1]]))


@editor
def two_fields_repeated(original: Original) -> Iterator[Edit]:
    """A goal and an initiative that both stand twice, as where one item was pasted into another."""
    both = re.compile(r"^目標\t[^\n]*\n+取り組み\t[^\n]*\n", re.M)
    for match in both.finditer(original.text):
        item = original.item_at(match.start())
        by = f"目標\tこの欄は別に書きました。\n取り組み\tこの欄も別に書きました。\n{match[0]}"
        expected = frozenset({("STR107", item, "goal"), ("STR107", item, "initiative")})
        yield _replaced(original, match, by, expected)


@editor
def odd_bullet(original: Original) -> Iterator[Edit]:
    for index, line in enumerate(original.starts, 1):
        if "◆" in original.lines[line]:
            for sign in "■●◇▲":
                lines = [*original.lines]
                lines[line] = lines[line].replace("◆", sign)
                yield Edit(f"{line}: {lines[line]}", "\n".join(lines), _key("STR109", index, "title"))


@editor
def title_deleted(original: Original) -> Iterator[Edit]:
    line = next(at for at, text in enumerate(original.lines) if "年度" in text)
    yield Edit("title", original.without(line), _key("STR101", None, "title"))


@editor
def composition_deleted(original: Original) -> Iterator[Edit]:
    line = next(at for at, text in enumerate(original.lines) if "部の構成" in text)
    yield Edit("composition", original.without(line), _key("STR108", None, "divisions"))


@editor
def stray_paragraph(original: Original) -> Iterator[Edit]:
    for match in _MARK.finditer(original.text):
        end = original.text.find("\n", match.end())
        end = len(original.text) if end < 0 else end
        text = f"{original.text[:end]}\nなお、詳しくは別に定めるところによります。{original.text[end:]}"
        item = original.item_at(match.start())
        yield Edit(f"after the mark of item {item}", text, _key("DOC003", item, None))


# --- dates --------------------------------------------------------------------------------------

_DATED = re.compile(r"平成 ?(?P<year>\d+) ?年 ?(?P<month>\d+) ?月(?: ?(?P<day>\d+) ?日)?(?!ま)")


def _in_field(original: Original, offset: int) -> str:
    line = original.lines[original.text.count("\n", 0, offset)]
    return {"目": "goal", "取": "initiative", "実": "result"}.get(line[:1], "result")


@editor
def year_that_never_was(original: Original) -> Iterator[Edit]:
    for match in _DATED.finditer(original.text):
        item = original.item_at(match.start())
        by = match[0].replace(match["year"], "39", 1)
        yield _replaced(original, match, by, _key("DAT102", item, _in_field(original, match.start())))


@editor
def day_that_is_none(original: Original) -> Iterator[Edit]:
    for match in _DATED.finditer(original.text):
        item = original.item_at(match.start())
        for by in ("平成 29 年 4 月 31 日", "平成29年13月", "平成29年2月30日"):
            yield _replaced(original, match, by, _key("DAT101", item, _in_field(original, match.start())))


@editor
def title_of_another_year(original: Original) -> Iterator[Edit]:
    match = re.search(r"平成 29 年度", original.text)
    assert match is not None
    for by in ("平成 28 年度", "平成 30 年度", "令和元年度", "平成19年度"):
        yield _replaced(original, match, by, _key("DAT113", None, "title"))


def _added_sentence(rule: str, *sentences: str) -> Editor:
    """A sentence at the end of every result's first line."""

    def edits(original: Original) -> Iterator[Edit]:
        for match in re.finditer(r"^実績\t(?:<p>)?(?=[^\n])", original.text, re.M):
            for sentence in sentences:
                item = original.item_at(match.start())
                yield _replaced(original, match, match[0] + sentence, _key(rule, item, "result"))

    return edits


@editor
def deadline_missed(original: Original) -> Iterator[Edit]:
    """What the plan promises by July is done in August."""
    for deadline in re.finditer(r"平成29年(?P<month>\d+)月までに", original.text):
        item = original.item_at(deadline.start())
        done = re.compile(r"平成29年(?P<month>\d+)月に").search(original.text, deadline.end())
        if done and original.item_at(done.start()) == item:
            by = f"平成29年{int(deadline['month']) + 1}月に"
            yield _replaced(original, done, by, _key("DAT112", item, "result"))


EDITORS["weekday wrong"] = _added_sentence("DAT108", "平成29年9月3日（月）に説明会を行いました。")
EDITORS["range reversed"] = _added_sentence("DAT109", "平成29年11月30日から平成29年9月1日まで募りました。")
EDITORS["era and Gregorian year"] = _added_sentence("DAT107", "平成29年(2018年)9月3日に説明会を行いました。")
EDITORS["era and fiscal Gregorian year"] = _added_sentence(
    "DAT107", "平成28年度(2017年度)からの講座を続けました。"
)
