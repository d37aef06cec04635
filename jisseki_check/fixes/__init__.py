"""`fix`: what can be put right without a person, in a copy of the file.

A copy is given out only after it was read again: it must hold the same report but for the corrections.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from jisseki_check import forms, readers
from jisseki_check.fixes.corrections import FIELDS, KINDS, Correction, find, visible
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
_Corrector = Callable[[bytes, Sequence[Correction]], _Corrected]


def fix(
    data: bytes,
    name: str,
    chooser: forms.Chooser,
    *,
    path: str | None = None,
    spellings: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Fixed:
    """The corrected copy of a report; `path`: where it is. Raises Unreadable where it cannot be read, and
    CannotFix."""
    source = readers.read_bytes(data, name, limits)
    profile = chooser.choose(source, path).profile
    making = _Making(name, profile, limits, spellings)
    corrector = _corrector(source, name, limits)
    document = forms.read(source, profile)
    wanted = making.wanted(source, document)
    try:
        return making.corrected(data, document, wanted, corrector)
    except CannotFix:
        unseen = [each for each in wanted if each.kind == "unseen"]
        if not unseen:
            raise
        # What cannot be seen may part an amount from its unit: without it the report reads otherwise.
        return making.in_two_steps(data, source, unseen, corrector) or making.corrected(
            data, document, [each for each in wanted if each not in unseen], corrector, tuple(unseen)
        )


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes corrected copies of one file, and reads each again."""

    name: str
    profile: Profile
    limits: Limits
    spellings: bool

    def wanted(self, source: Source, document: Document) -> list[Correction]:
        return find(source, document, self.profile, spellings=self.spellings)

    def corrected(
        self,
        data: bytes,
        document: Document,
        wanted: Sequence[Correction],
        corrector: _Corrector,
        left: tuple[Correction, ...] = (),
    ) -> Fixed:
        """The copy with what is wanted, as far as it can be made. Raises CannotFix."""
        copy, made = corrector(data, wanted) if wanted else (data, [])
        if made:
            _check(copy, self.name, document, made, self.profile, self.limits)
        return Fixed(copy, tuple(made), (*(each for each in wanted if each not in made), *left))

    def in_two_steps(
        self, data: bytes, source: Source, unseen: Sequence[Correction], corrector: _Corrector
    ) -> Fixed | None:
        """The copy that is first rid of what cannot be seen, and then corrected as it reads without; None
        where the first step changes more than that."""
        copy, made = corrector(data, unseen)
        again = readers.read_bytes(copy, self.name, self.limits)
        if _visible(again) != _visible(source):
            return None
        document = forms.read(again, self.profile)
        rest = [each for each in self.wanted(again, document) if each.kind != "unseen"]
        fixed = self.corrected(copy, document, rest, _corrector(again, self.name, self.limits))
        left = [each for each in unseen if each not in made]
        return Fixed(fixed.data, (*made, *fixed.made), (*left, *fixed.left))


def _visible(source: Source) -> object:
    """The texts of a file as they are seen."""
    if source.blocks is None:
        return _visible_data(source.data)
    texts = (
        visible("".join(run.text for run in paragraph)).strip()
        for block in source.blocks
        for cell in block.cells
        for paragraph in cell
    )
    return [text for text in texts if text]


def _visible_data(data: object) -> object:
    if isinstance(data, dict):
        return {key: _visible_data(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_visible_data(value) for value in data]
    return visible(data) if isinstance(data, str) else data


def _corrector(source: Source, name: str, limits: Limits) -> _Corrector:
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


def _office_corrector(kind: str, limits: Limits) -> _Corrector:
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
