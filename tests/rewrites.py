"""Other ways to write the same report: what they must not change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rewrite:
    """`new` and `gone` are the rules that may come and go; `same_texts`: the fields stay to the letter."""

    apply: Callable[[str], str | bytes]
    new: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    same_texts: bool = True


def _sub(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    compiled = re.compile(pattern, re.M)
    return lambda text: compiled.sub(by, text)


_LABELS = r"^(目標|取り組み|実績)\t"
_TAGS = r"</?p\b[^>]*>"
_TO_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
LEGEND = "達成状況の記号　◎：計画どおり達成した　○：おおむね達成した"


def _two_line_title(text: str) -> str:
    return re.sub(r"^(平成 29 年度)\t", r"\1\n", text, count=1, flags=re.M)


def _one_line_title(text: str) -> str:
    return re.sub(r"^(平成 29 年度)\t", r"\1", text, count=1, flags=re.M)


def _blank_lines_added(text: str) -> str:
    return text.replace("\n", "\n\n")


def _blank_lines_removed(text: str) -> str:
    return re.sub(r"\n{2,}", "\n", text)


_NOTED = frozenset({"DOC006"})

REWRITES: dict[str, Rewrite] = {
    "blank lines added": Rewrite(_blank_lines_added),
    "blank lines removed": Rewrite(_blank_lines_removed),
    "lines of blanks and tabs": Rewrite(_sub(r"^$", " \t　")),
    "blank behind labels": Rewrite(_sub(_LABELS, r"\1 ")),
    "wide blank behind labels": Rewrite(_sub(_LABELS, r"\1　")),
    "colon behind labels": Rewrite(_sub(_LABELS, r"\1：")),
    "two tabs behind labels": Rewrite(_sub(_LABELS, r"\1\t\t")),
    "text on the line after its label": Rewrite(_sub(_LABELS, r"\1\n")),
    "text on the line after its label and a tab": Rewrite(_sub(_LABELS, r"\1\t\n")),
    "blanks within labels": Rewrite(
        _sub(r"^(目)(標)\t|^(実)(績)\t", lambda m: " ".join(m[0].strip()) + "\t")
    ),
    "tags removed": Rewrite(_sub(_TAGS, ""), gone=_NOTED, same_texts=False),
    "tags around every line": Rewrite(_sub(r"^([^\t<\n]+)$", r"<p>\1</p>"), new=_NOTED),
    "breaks at line ends": Rewrite(_sub(r"。$", "。<br>"), new=_NOTED),
    "no blanks in brackets": Rewrite(_sub(r"【 (.) 】", r"【\1】")),
    "wide blanks in brackets": Rewrite(_sub(r"【 (.) 】", r"【　\1　】")),
    "other brackets": Rewrite(_sub(r"【 (.) 】", r"［ \1 ］"), new=_NOTED),
    "half-width brackets": Rewrite(_sub(r"【 (.) 】", r"[ \1 ]"), new=_NOTED),
    "bare marks": Rewrite(_sub(r"【 (.) 】", r"\1"), new=_NOTED),
    "mark on its label's line": Rewrite(_sub(r"達成状況\t?\n【", "達成状況 【")),
    "mark in the next cell": Rewrite(_sub(r"達成状況 ?【", "達成状況\t【")),
    "mark on the next line": Rewrite(_sub(r"達成状況\s*【", "達成状況\n【")),
    "short mark label": Rewrite(_sub(r"取り組みに対する達成状況", "達成状況"), new=_NOTED),
    "half-width colon of amounts": Rewrite(_sub(r"(予算|決算)：", r"\1:")),
    "blanks around the colon of amounts": Rewrite(_sub(r"(予算|決算)：", r"\1 : ")),
    "no blank before the unit": Rewrite(_sub(r" 千円", "千円")),
    "no blanks in years": Rewrite(_sub(r"平成 29 年度(当初予算|決算)", r"平成29年度\1")),
    "blanks in years": Rewrite(_sub(r"平成29年度(当初予算|決算)", r"平成 29 年度 \1")),
    "amounts on a line of their own": Rewrite(
        _sub(r" (平成29年度(?:当初予算|決算)：.*)$", r"\n\1"), same_texts=False
    ),
    "amount with 額": Rewrite(_sub(r"(当初予算|決算)：", r"\1額：")),
    "trailing blanks": Rewrite(_sub(r"$", " 　")),
    "leading blanks": Rewrite(_sub(r"^(?=[^\t\n])", "　")),
    "byte order mark": Rewrite(lambda text: b"\xef\xbb\xbf" + text.encode("utf-8")),
    "CRLF": Rewrite(lambda text: text.replace("\n", "\r\n")),
    "CP932 and CRLF": Rewrite(lambda text: text.replace("\n", "\r\n").encode("cp932")),
    "title on two lines": Rewrite(_two_line_title),
    "title on one line": Rewrite(_one_line_title),
    "no hyphen before ◆": Rewrite(_sub(r"^- ?◆ ?", "◆")),
    "hyphen before every ◆": Rewrite(_sub(r"^(?:- ?)?◆ ?", "- ◆ ")),
    "wide blank behind ◆": Rewrite(_sub(r"^(- ?)?◆ ?", r"\1◆　")),
    "full-width digits": Rewrite(lambda text: text.translate(_TO_FULL), new=_NOTED, same_texts=False),
    "full-width brackets of numbers": Rewrite(_sub(r"^(<p>)?\((\d+)\) ", r"\1（\2）")),
    "full-width stop of numbers": Rewrite(_sub(r"^(\d+(?:-\d+)?)\. ", r"\1．")),
    "wide blank behind numbers": Rewrite(_sub(r"^(\d+(?:-\d+)?)\. ", r"\1.　")),
    "legend added": Rewrite(lambda text: f"{text}\n{LEGEND}\n", gone=frozenset({"MRK111"})),
    "legend before the sections": Rewrite(
        lambda text: text.replace("\n1. 重点", f"\n※ {LEGEND}\n\n1. 重点", 1), gone=frozenset({"MRK111"})
    ),
    "legend as a list": Rewrite(
        lambda text: f"{text}\n凡例\n◎：計画どおり達成した\n○：おおむね達成した\n", gone=frozenset({"MRK111"})
    ),
}
