"""What became of a book and of its records, for programs (`schemas/verification.schema.json`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from jisseki_check.formatters.contract import written
from jisseki_check.records.book import Book
from jisseki_check.records.differences import Result, Verified

FORMAT = "jisseki-verification/1"


def document(name: str, book: Book, noted: int | None, records: Sequence[Verified], result: Result) -> str:
    """One JSON document. `name`: that of the book's file; `noted`: the number of the record whose digest was
    noted elsewhere."""
    data = {
        "format": FORMAT,
        "result": result.value,
        "book": {
            "name": name,
            "records": len(book.entries),
            "head": book.head,
            "noted": noted,
            "breaks": [asdict(each) for each in book.breaks],
        },
        "records": [
            {
                "number": each.record["number"],
                "digest": each.record["digest"],
                "as_of": each.record["told"]["as-of"],
                "verdict": each.record["verdict"],
                "result": each.result.value,
                "differences": [asdict(one) for one in each.differences],
                "obstacles": [asdict(one) for one in each.obstacles],
                "notes": [asdict(one) for one in each.notes],
            }
            for each in records
        ],
    }
    return written(data, indent=2) + "\n"
