"""Whether a dated clause tells of something done or of something still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。\n]*")
# A date that only qualifies a noun (「4月の本格導入に向けた準備」) dates nothing.
_DATES_ACTION = re.compile(
    r"\s*(?:付け?(?:で|けで)|頃|ごろ|中|まで)?\s*(?:に(?!向)|から(?!の)|より|は|には|をもって|以降|までに|、|,|（|\()"
)
_NOUN = r"(?=[一-龥々ァ-ヶ「『“A-Za-zＡ-Ｚ])"
_TOKEN = re.compile(
    r"(?P<aside>に向け|へ向け|を目指|のため|に備え|までの|見据え|ことと(?:し|なり|なっ)|ことに(?:し|決|なり|なっ))"
    rf"|(?P<past>た{_NOUN}|(?:ました|でした|であった|済みです|した)(?=[)）」』。、\s]|$))"
    rf"|(?P<later>(?:する|される|れる|る|う|予定の)(?!予定|見込){_NOUN})"
    r"|(?P<future>(?:予定|見込み|見込)(?:です|である|であり|しています|しております|となっています)?(?=[)）」。、\s]|$)"
    r"|(?<!てい)(?<!でい)(?<!てお)(?<!でお)ます(?=[)）」。\s]|$))"
)


def status(text: str, end: int) -> str:
    """What is said of the date that ends at `end`: "done", "future", or "" when neither is plain."""
    match = _SENTENCE.match(text, end, min(len(text), end + 300))
    rest = match.group() if match else ""
    if not _DATES_ACTION.match(rest):
        return ""
    token = _TOKEN.search(rest)
    if token is None or token.lastgroup in {"aside", "later"}:
        return ""
    return "done" if token.lastgroup == "past" else "future"


_PROMISE = re.compile(
    r"(?:(?:し|行い|始め|設け|取り組み|図り|進め|努め|開き|迎え|整え)ます|(?:予定|見込み|見込)(?:です|である|しています|しております)?)"
    r"[)）」』]*$"
)
_OUTLOOK = re.compile(r"今後|引き?続き|さらに|将来|今後も|次年度|翌年度|来年度")
_SENTENCES = re.compile(r"[^。\n]+")


def future_statements(result: str) -> Iterator[tuple[int, int]]:
    """The spans of the sentences that say what will be done, instead of what was.

    A closing outlook (今後も…努めます) is not one: it reports nothing as if it were a result.
    """
    if "ます" not in result and "予定" not in result and "見込" not in result:
        return
    for match in _SENTENCES.finditer(result):
        sentence = match.group().rstrip()
        if _PROMISE.search(sentence, max(0, len(sentence) - 40)) and not _OUTLOOK.search(sentence):
            yield match.start(), match.start() + len(sentence)
