"""Whether a profile reads what is written to its own labels: each label alone, then a whole report."""

from __future__ import annotations

from collections.abc import Iterator

from jisseki_check import forms
from jisseki_check.engine import examples
from jisseki_check.engine.own_files import Fault
from jisseki_check.forms.labels import Labels, compile_labels
from jisseki_check.forms.outline import Outline
from jisseki_check.model import Item, Report, Unreadable
from jisseki_check.notation.width import fold, squeeze
from jisseki_check.profiles import Profile
from jisseki_check.readers import read_bytes

_NAMES = {
    "composition": "部の構成の見出し",
    "section": "節の見出し",
    "group": "小見出し",
    "number": "項目の番号",
    "bullet": "項目の行頭の記号",
    "mark": "達成状況（mark）の見出し",
    "text": "ただの文",
}
_ADVICE = "別の見出しにしてください。"
_SHOWN = ("section_title", "group", "title", "goal", "initiative", "result", "mark")
_WORDS = {
    "section_title": "節",
    "group": "小見出し",
    "title": "項目の名",
    "goal": "目標",
    "initiative": "取り組み",
    "result": "実績",
    "mark": "達成状況",
}


def unread_labels(profile: Profile) -> Iterator[Fault]:
    """Labels that are taken for something else; without any, what a report loses when it is read again."""
    labels = compile_labels(profile)
    faults = [*_fields(profile, labels), *_amounts(profile, labels)]
    if faults or "results" not in profile.report_kinds:
        yield from faults
    else:
        yield from _lost(profile)


def _fields(profile: Profile, labels: Labels) -> Iterator[Fault]:
    outline = Outline((), profile, labels)
    for group, held in (("fields", profile.fields), ("also", profile.also)):
        for field, spellings in held.items():
            for place, spelling in enumerate(spellings):
                read_as = _role(f"{spelling}\t文", labels, outline)
                if read_as != field:
                    name = _NAMES.get(read_as, f"欄「{read_as}」の見出し")
                    yield (
                        (group, field, place),
                        f"見出し「{spelling}」は、{field} ではなく{name}として読まれます。{_ADVICE}",
                    )


def _role(line: str, labels: Labels, outline: Outline) -> str:
    """What the reader takes a line for, in the order in which it asks."""
    folded = fold(line)
    heading = fold(line.partition("\t")[0])
    if labels.composition.match(folded) or labels.composition.match(heading):
        return "composition"
    if outline.section_of(heading):
        return "section"
    if outline.group_of(heading):
        return "group"
    for name, pattern in (("number", labels.parenthesis), ("bullet", labels.bullet), ("mark", labels.mark)):
        if pattern.match(folded):
            return name
    match = labels.field.match(folded)
    return labels.field_of(match) if match else "text"


def _amounts(profile: Profile, labels: Labels) -> Iterator[Fault]:
    outline = Outline((), profile, labels)
    for stage, spellings in profile.stages.items():
        for place, spelling in enumerate(spellings):
            line = f"{spelling}：10{profile.unit}"
            match = labels.amount.match(fold(line))
            read_as = labels.stages.get(squeeze(match["label"])) if match and match["colon"] else None
            role = _role(line, labels, outline)
            if role != "text" or read_as != stage:
                name = _NAMES.get(
                    role if role != "text" or read_as is None else "", f"「{read_as or role}」の見出し"
                )
                yield (
                    ("amounts", "stages", stage, place),
                    f"見出し「{spelling}」は、{stage} ではなく{name}として読まれます。{_ADVICE}",
                )


# --- a whole report -----------------------------------------------------------------------------


def _lost(profile: Profile) -> Iterator[Fault]:
    written = examples.clean(profile)
    try:
        data, name = examples.document({"name": "clean"}, profile)
        read = forms.read(read_bytes(data, name), profile).report
    except Unreadable as error:
        yield ("sections",), f"この設定のとおりに書いた報告を読めません（{error.message}）。"
        return
    difference = _difference(written, read)
    if difference:
        yield (
            ("sections",),
            (
                f"この設定のとおりに書いた報告を読み直すと、{difference}が元のとおりに読めません。"
                "節と項目の見出し、行頭の記号が、ほかの見出しと紛れないかを確かめてください。"
            ),
        )


def _difference(written: Report, read: Report) -> str | None:
    # A section without items may hold a statement: 「該当なし」 is one there.
    found = [item for item in read.items if item.kind != "statement"]
    if len(written.items) != len(found):
        return f"項目の数（{len(written.items)}件が{len(found)}件）"
    for one, other in zip(written.items, found, strict=True):
        name = next((each for each in _SHOWN if _text(one, each) != _text(other, each)), None)
        if name is not None:
            return f"「{one.title}」の{_WORDS[name]}"
        if len(one.amounts) != len(other.amounts):
            return f"「{one.title}」の金額"
    return None


def _text(item: Item, name: str) -> str:
    return squeeze(getattr(item, name) or "")
