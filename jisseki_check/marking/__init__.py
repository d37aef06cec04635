"""Marked copies: an office file as it was, with the findings in it, for those who put them right.

A pure function from a file's bytes and its findings to the bytes of the copy.
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Protocol

from jisseki_check import own_marks
from jisseki_check.limits import DEFAULT_LIMITS, Limits
from jisseki_check.marking.contents import Contents, of_file
from jisseki_check.marking.former import Former
from jisseki_check.marking.refusal import CannotMark
from jisseki_check.marking.words import left_over

__all__ = ["CannotMark", "Contents", "ending_of", "is_marked", "mark", "of_file"]

_FORMATS = {".xlsx": "Excel", ".xlsm": "Excel", ".docx": "Word", ".docm": "Word"}


class _File(Protocol):
    """An office file that is being marked."""

    def former(self) -> Former: ...
    def clear(self, former: Former) -> None: ...
    def mark(self, contents: Contents, left_over: list[own_marks.Note]) -> None: ...
    def bytes(self) -> bytes: ...


def ending_of(path: str) -> str:
    """The ending of a file that can be marked; "" for any other."""
    ending = os.path.splitext(path)[1].lower()
    return ending if ending in _FORMATS else ""


def mark(
    data: bytes,
    ending: str,
    contents: Contents,
    limits: Limits = DEFAULT_LIMITS,
    earlier: bytes | None = None,
) -> bytes:
    """The marked copy of a file with an ending that `ending_of` gives.

    Marks that the file has already are replaced. What staff wrote in `earlier`, a marked copy of the same
    file, is taken over. Raises CannotMark where a copy cannot be made without harm.
    """
    try:
        file = _opened(data, ending, limits)
        former = file.former()
        before = Former() if earlier is None else _opened(earlier, ending, limits).former()
        known = before.explanations() | former.explanations()
        findings = tuple(
            replace(each, explanation=each.explanation or known.get(own_marks.reference(each.fingerprint)))
            for each in contents.findings
        )
        file.clear(former)
        file.mark(
            replace(contents, findings=findings), left_over([*former.notes(), *before.notes()], findings)
        )
        return file.bytes()
    except CannotMark:
        raise
    except Exception as error:  # no fault of ours may take the outcome of the run with it
        kind = type(error).__name__
        raise CannotMark(f"点検プログラムの不具合で、写しを作れませんでした（{kind}）") from error


def is_marked(data: bytes, ending: str, limits: Limits = DEFAULT_LIMITS) -> bool:
    """Whether a file is a marked copy of ours."""
    try:
        return bool(ending) and bool(_opened(data, ending, limits).former())
    except Exception:  # what cannot be made out was not made by us
        return False


def _opened(data: bytes, ending: str, limits: Limits) -> _File:
    if _FORMATS[ending] == "Excel":
        from jisseki_check.marking.workbook import Workbook  # lxml, with the first file that is marked

        return Workbook(data, limits)
    from jisseki_check.marking.document import WordDocument

    return WordDocument(data, limits)
