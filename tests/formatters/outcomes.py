"""Outcomes with exceptions and of many files, and outcomes as hypothesis makes them, of hostile texts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from jisseki_check.model import (
    BaselineUse,
    Coverage,
    Fault,
    Finding,
    Input,
    ItemFigures,
    ItemRef,
    KnownFinding,
    Location,
    Outcome,
    OwnFile,
    ReportFigures,
    Severity,
    Verdict,
    Waiver,
    WaiverUse,
)
from tests.formatters.sample import (
    FAILED,
    INCONCLUSIVE,
    LOOK_ALIKE,
    OVERRUN,
    PASSED,
    PATH,
    TITLE,
    short_result,
)

T = TypeVar("T")


def digest(text: str) -> str:
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()}"


def fingerprinted(outcome: Outcome) -> Outcome:
    """The outcome with fingerprints and digests of the length that real ones have."""
    findings = tuple(
        replace(each, fingerprint=digest(f"{number}"), value_fingerprint=digest(f"v{number}"))
        for number, each in enumerate(outcome.findings)
    )
    inputs = tuple(
        replace(each, sha256=each.sha256 and digest(each.path).removeprefix("sha256:"))
        for each in outcome.inputs
    )
    return replace(outcome, findings=findings, inputs=inputs)


GRANTED = Waiver(
    reason="国の補助金の受入れによるもので、決算書の備考に記載済み",
    requested_by="総務課",
    approved_by="財政課長",
    until="2027-03-31",
    path="jisseki-waivers.toml",
    line=12,
)
EXCEPTED = fingerprinted(
    replace(
        FAILED,
        findings=(
            replace(TITLE, status="baselined"),
            replace(OVERRUN, status="waived", waiver=GRANTED),
            replace(OVERRUN, status="waived", waiver=Waiver("照会済み", path=PATH, line=61)),
            LOOK_ALIKE,
            short_result(10, 110),
        ),
        baseline=BaselineUse("known.json", 2),
        sources=(OwnFile("baseline", "known.json", "5" * 64), OwnFile("expect", "提出.txt", None)),
    )
)
PLACES = fingerprinted(
    replace(
        FAILED,
        inputs=(
            *FAILED.inputs,
            Input("一覧 #1.xlsx", "", "xlsx", "checked", 1, 3),
            Input("報告.csv", "", "csv", "checked", 1, 3),
            Input("報告.docx", "", "docx", "checked", 1, 3),
            Input("報告.html", "", "html", "checked", 1, 3),
            Input("報告.json", "", "json", "checked", 1, 3),
            Input("報告.pdf", "", "pdf", "checked", 1, 3),
        ),
        findings=(
            replace(OVERRUN, location=Location("一覧 #1.xlsx", sheet="一覧", cell="AB12")),
            replace(OVERRUN, location=Location("報告.csv", 5, end_line=6, cell="I5", row=5)),
            replace(OVERRUN, location=Location("報告.docx", 12, 3, 12, 8)),
            replace(OVERRUN, location=Location("報告.docx", 2, 10, 2, 19, cell="B3", table=1, row=3)),
            replace(OVERRUN, location=Location("報告.html", cell="B1", table=12, row=1)),
            replace(LOOK_ALIKE, location=Location("報告.json", 27, 17, 27, 20, pointer="/items/0/mark")),
            replace(OVERRUN, location=Location("報告.pdf", 13, 10, 13, 18, cell="B3", table=1, page=2)),
            replace(OVERRUN, location=Location(PATH)),
        ),
    )
)  # fmt: skip
BY_HAND = {
    "failed": fingerprinted(FAILED),
    "inconclusive": fingerprinted(INCONCLUSIVE),
    "passed": fingerprinted(PASSED),
    "excepted": EXCEPTED,
    "places": PLACES,
}

# --- hostile texts ------------------------------------------------------------------------------

_HOSTILE = (
    '"', "'", "\n", "\r", "\r\n", "\t", "]]>", "<![CDATA[", "&amp;", "<b>", "<!--", "-->",
    "::error file=a,line=1::悪意", "\n::error::", "::stop-commands::x", "::add-mask::a", "%0A::warning::",
    "##[error]悪意", "##[group]", "##vso[task.complete result=Failed;]", "##teamcity[x]", "%0A", "%25", "%3A",
    ":", ",", "=", "{0}", "{", "}", "[見る](http://example.invalid)", "](", "|", "`", "@市民", "#1", "\\",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\ufffe", "\uffff",
    "\ud800", "\udc80", "𠮷", "葛\U000e0100", "…", "　", "../", "C:\\", "/etc", "\\u0000", "NaN",
)  # fmt: skip
_WORDS = ("決算額", "4,620千円", "◎", "平成30年度", "a", "1")


def mark(number: int) -> str:
    """What tells a finding's message apart, whatever else stands in it."""
    return f"Q{number:04}Q"


class _Dice:
    """Throws an outcome. Drawing each text from hypothesis takes longer than all that is tested with it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def one(self, *choices: T) -> T:
        return self.random.choice(choices)

    def text(self) -> str:
        return "".join(self.random.choices(_HOSTILE + _WORDS, k=self.random.randint(1, 6)))

    def maybe(self) -> str | None:
        return self.one(None, self.text())

    def small(self) -> int:
        return self.random.randint(1, 40)

    def location(self, path: str | None) -> Location:
        text, line = self.text(), self.small()
        return self.one(
            Location(path),
            Location(path, line),
            Location(path, line, self.small(), self.small(), self.small(), pointer=self.maybe()),
            Location(path, sheet=text, cell=self.one("A1", "AB12", "変")),
            Location(path, line, cell="B3", table=1, row=3),
            Location(path, line, self.small(), page=2),
            Location(path, pointer=text),
        )

    def finding(self, number: int, paths: tuple[str | None, ...]) -> Finding:
        status = self.one("new", "new", "waived", "baselined")
        granted = Waiver(
            self.text(), self.maybe(), self.maybe(), self.one(None, "2027-03-31"), self.maybe(), 3
        )
        return Finding(
            rule=self.one("FIN101", "MRK103", "DOC001", "WVR101"),
            name="a-name",
            severity=self.one(*Severity),
            message=f"{self.text()} {mark(number)} {self.text()}",
            fix=self.text(),
            location=self.location(self.one(*paths)),
            department=self.maybe(),
            fiscal_year=self.one(None, -3, 2018, 12_000),
            item=self.one(None, ItemRef(1, self.one(None, 2), self.maybe(), self.maybe())),
            field=self.maybe(),
            excerpt=self.maybe(),
            given=self.maybe(),
            expected=self.maybe(),
            difference=self.maybe(),
            related=tuple(self.location(self.one(*paths)) for _ in range(self.random.randint(0, 3))),
            correction=self.maybe(),
            fingerprint=self.one(digest("same"), digest(f"{number}")),
            value_fingerprint=self.one("", digest("v")),
            status=status,
            waiver=self.one(None, granted) if status == "waived" else None,
            explanation=self.maybe(),
        )

    def input(self, path: str) -> Input:
        return Input(
            path,
            self.one(None, "a" * 64),
            self.one(None, "text", "xlsx", "docx", "json"),
            self.one("checked", "checked", "unreadable", "refused"),
            items=self.one(0, 3),
            reason=self.maybe(),
        )

    def figures(self, path: str, *, prior: bool) -> ReportFigures:
        items = tuple(
            ItemFigures(
                index,
                self.one(None, 1),
                self.maybe(),
                self.maybe(),
                self.one(None, "◎", "○", "×", self.text()),
                self.one(None, -1, 0, 1, 1000),
                self.one(None, -1, 0, 500, 1000, 10**12),
                {self.text(): self.text()},
                self.maybe(),
            )
            for index in range(1, self.one(1, 2, 12))
        )
        year = self.one(None, 2017, 2018, 12_000)
        kind = self.one("results", "plan")
        return ReportFigures(
            path, self.maybe(), self.one(None, "総務部", self.text()), year, kind, None, items, prior
        )

    def use(self) -> WaiverUse:
        known = KnownFinding(
            "FIN101", self.maybe(), self.maybe(), 2018, title=self.maybe(), given=self.maybe()
        )
        return WaiverUse(
            known, Waiver(self.text(), until="2027-03-31"), self.one("used", "expired", "unused"), 1
        )

    def outcome(self) -> Outcome:
        names = tuple(dict.fromkeys(self.text() for _ in range(self.random.randint(1, 3))))
        coverage = tuple(
            Coverage(code, self.small(), self.small(), self.one(0, 2), self.one(0, 1), self.maybe())
            for code in ("FIN101", "MRK103", "STY101")
        )
        faults = range(self.random.randint(0, 2))
        findings = range(self.one(0, self.random.randint(0, 6), self.random.randint(0, 60)))
        return Outcome(
            profile=self.text(),
            as_of="2026-05-31",
            rules_digest=digest("rules"),
            fail_on=self.one("error", "warning", "info", "never"),
            verdict=self.one(*Verdict),
            inputs=tuple(map(self.input, names)),
            findings=tuple(self.finding(number, (*names, *names, None, "免除.toml")) for number in findings),
            coverage=coverage,
            faults=tuple(Fault("rule", self.text(), self.maybe(), self.maybe()) for _ in faults),
            skipped=tuple(self.text() for _ in faults),
            waivers=tuple(self.use() for _ in faults),
            baseline=self.one(None, BaselineUse("known.json", 1, (self.use().known,))),
            sources=self.one((), (OwnFile("waivers", "免除.toml", "6" * 64),)),
            prior=tuple(map(self.input, (f"前/{name}" for name in names))),
            reports=tuple(
                self.figures(f"前/{name}" if prior else name, prior=prior)
                for name in names
                for prior in (False, True)
            ),
            coverage_by_file=self.one({}, {names[0]: coverage}),
        )


def outcomes() -> st.SearchStrategy[Outcome]:
    """Outcomes in which every text may hold anything."""
    return st.integers(0, 2**32 - 1).map(lambda seed: _Dice(seed).outcome())
