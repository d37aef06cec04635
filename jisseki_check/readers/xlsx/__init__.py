"""Excel workbooks (.xlsx, .xlsm) → `model.Source`; `document` is the door, and says what is read."""

from __future__ import annotations

from jisseki_check.readers.xlsx.document import read_xlsx

__all__ = ["read_xlsx"]
