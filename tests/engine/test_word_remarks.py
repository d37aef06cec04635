"""What a Word file holds beside its text reaches the staff as findings, each at its place."""

from __future__ import annotations

import datetime as dt
from xml.sax.saxutils import escape

from jisseki_check import profiles
from jisseki_check.engine import examples, run
from jisseki_check.model import Outcome, Verdict
from tests.readers.packages import p, r, word

PROFILE = profiles.load("hirakata")
TEXT = examples.document({"name": "clean"}, PROFILE)[0].decode().rstrip("\n").split("\n")
TAB = r("<w:tab/>")


def _checked(body: str, parts: dict[str, str] | None = None) -> Outcome:
    stdin = (word(body, parts), "報告.docx")
    return run.check([], options=run.Options(as_of=dt.date(2026, 5, 31), stdin=stdin))


def _paragraphs() -> list[str]:
    return [p(TAB.join(r(escape(cell)) for cell in line.split("\t"))) for line in TEXT]


def test_a_clean_report_in_word_is_clean() -> None:
    outcome = _checked("".join(_paragraphs()))
    assert (outcome.verdict, outcome.findings, outcome.faults) == (Verdict.PASS, (), ())


def test_what_is_left_in_the_file_is_found_where_it_stands() -> None:
    lines = _paragraphs()
    at = next(number for number, line in enumerate(TEXT) if line.startswith("目標"))
    by = 'w:id="1" w:author="佐藤"'
    change = f"<w:ins {by}>{r('。')}</w:ins><w:del {by}><w:r><w:delText>です。</w:delText></w:r></w:del>"
    lines[at] = lines[at].replace("。</w:t>", "</w:t>").replace("</w:p>", f"{change}</w:p>")
    lines[at + 1] = lines[at + 1].replace("<w:p>", '<w:p><w:commentRangeStart w:id="7"/>')
    lines[at + 1] = lines[at + 1].replace("<w:r>", "<w:r><w:rPr><w:vanish/></w:rPr>")
    comment = f'<w:comment w:id="7" w:author="佐藤">{p("課長 090-1234-5678 に確認")}</w:comment>'
    outcome = _checked("".join(lines), {"comments": comment, "vbaProject": ""})
    hidden = TEXT[at + 1].replace("\t", " ")
    found = {(each.rule, each.message, each.location.line) for each in outcome.findings}
    assert found == {
        ("PLH102", "作る人どうしのコメント「課長 09＊＊＊＊＊＊＊＊＊78 に確認」が残っています", at + 2),
        ("PLH102", "作る人どうしの変更履歴「『です。』を『。』に変更」が残っています（変更2か所）", at + 1),
        ("DOC006", f"隠されている「{hidden}」も読んで点検しました（1か所）", at + 2),
        ("DOC006", "マクロがあります。動かしたり開いたりせずに点検しました（1か所）", None),
    }
    assert outcome.verdict is Verdict.FAIL
