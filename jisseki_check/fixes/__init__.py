"""`fix`: what can be put right without a person, in a copy of the file.

A copy is given out only after it was read again: it must hold the same report but for the corrections.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from jisseki_check import forms, readers
from jisseki_check.fixes.corrections import FIELDS, KINDS, Correction, find
from jisseki_check.fixes.text_files import Edits
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.model import Amount, Document, Item, Report, Source
from jisseki_check.profiles import Profile

__all__ = ["KINDS", "CannotFix", "Correction", "Fixed", "fix"]


class CannotFix(Exception):
    """No corrected copy can be made; the message says why, for people."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A corrected copy, what was corrected in it, and what must be left to a person."""

    data: bytes
    made: tuple[Correction, ...]
    left: tuple[Correction, ...]


_Corrected = tuple[bytes, list[Correction]]


def fix(
    data: bytes,
    name: str,
    chooser: forms.Chooser,
    *,
    spellings: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Fixed:
    """The corrected copy of a report. Raises Unreadable where it cannot be read, and CannotFix."""
    source = readers.read_bytes(data, name, limits)
    corrector = _corrector(source, name, limits)
    profile = chooser.choose(source).profile
    document = forms.read(source, profile)
    wanted = find(source, document, profile, spellings=spellings)
    copy, made = corrector(data, wanted) if wanted else (data, [])
    left = tuple(each for each in wanted if each not in made)
    if made:
        _check(copy, name, document, made, profile, limits)
    return Fixed(copy, tuple(made), left)


def _corrector(
    source: Source, name: str, limits: Limits
) -> Callable[[bytes, Sequence[Correction]], _Corrected]:
    if source.format == "text":
        from jisseki_check.fixes.text_files import corrected

        return lambda data, corrections: corrected(data, name, corrections)
    if source.format in {"json", "yaml"}:
        from jisseki_check.fixes import data_files

        pointers = source.pointers
        assert pointers is not None
        return lambda data, corrections: data_files.corrected(data, name, corrections, pointers)
    if source.format == "csv":
        from jisseki_check.fixes.csv_files import corrected as corrected_fields

        return lambda data, corrections: corrected_fields(data, name, corrections)
    if source.format in {"xlsx", "docx"}:
        return _office_corrector(source.format, limits)
    raise CannotFix(
        f"{PurePath(name).suffix} のファイルは直せません。元の文書（Word・Excel・テキスト）を直してください。"
    )


def _office_corrector(kind: str, limits: Limits) -> Callable[[bytes, Sequence[Correction]], _Corrected]:
    from jisseki_check.fixes.office_files import CORRECTORS  # lxml, with the first office file
    from jisseki_check.marking.refusal import CannotMark

    def corrected(data: bytes, corrections: Sequence[Correction]) -> _Corrected:
        try:
            return CORRECTORS[kind](data, corrections, limits)
        except CannotMark as error:
            raise CannotFix(str(error)) from None

    return corrected


def _check(
    copy: bytes, name: str, before: Document, made: Sequence[Correction], profile: Profile, limits: Limits
) -> None:
    """The copy must hold what the file held, but for what was corrected."""
    source = readers.read_bytes(copy, name, limits)
    if _content(forms.read(source, profile).report) != _content(_expected(before.report, made)):
        raise CannotFix(
            "直した内容を読み直すと、直すところのほかにも違いがありました。写しは作りません。"
            "点検プログラムの不具合と思われます。"
        )


def _expected(report: Report, made: Sequence[Correction]) -> Report:
    """The report as it must be after the corrections."""
    items = tuple(_expected_item(item, made) for item in report.items)
    own: dict[str, Any] = {
        field: _edited(getattr(report, field), None, field, made) for field in ("title", "legend")
    }
    return replace(report, items=items, **own)


def _expected_item(item: Item, made: Sequence[Correction]) -> Item:
    texts: dict[str, Any] = {
        field: _edited(getattr(item, field), item.index, field, made) for field in FIELDS
    }
    amounts = tuple(
        replace(amount, text=_edited(amount.text, item.index, f"amounts/{number}", made) or "")
        for number, amount in enumerate(item.amounts)
    )
    return replace(item, amounts=amounts, **texts)


def _edited(text: str | None, item: int | None, field: str, made: Sequence[Correction]) -> str | None:
    if text is None:
        return None
    edits = Edits(text)
    for correction in made:
        spot = correction.spot
        if spot is not None and (spot.item, spot.field) == (item, field):
            edits.replace(spot.start or 0, spot.end or 0, correction.after)
    return edits.result()


def _content(report: Report) -> tuple[object, ...]:
    """What must not change: all but the record of reading, and how amounts are labelled and printed."""
    items = [replace(item, amounts=tuple(map(_sum, item.amounts))) for item in report.items]
    return replace(report, items=tuple(items), remarks=()), [len(item.amounts) for item in items]


def _sum(amount: Amount) -> Amount:
    return replace(amount, text="", label="".join(amount.label.split()))
