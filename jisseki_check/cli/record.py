"""`check -o record=FILE`: what is needed to prove a run, appended to a book of records."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.options import STDIN
from jisseki_check.os_errors import in_words

if TYPE_CHECKING:
    from jisseki_check.engine.run import Options
    from jisseki_check.model import Outcome
    from jisseki_check.records.book import Book
    from jisseki_check.records.proof import Source
    from jisseki_check.settings import Settings

RECORD = "record"
NEEDS_FILE = {
    RECORD: f"記録は書き足していくものなので、「-o {RECORD}=記録.jsonl」と、ファイルを指定してください。"
}
ENDING = ".jsonl"

_PATIENCE = 60.0  # seconds to wait for another run that writes into the same book
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Record:
    """What `-o record=` asks for, seen to be possible before the run. `books`: where to write; none where no
    record was asked for. `files`: the files and folders given."""

    books: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict)
    settings: Settings | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    commits: tuple[Mapping[str, str], ...] = ()

    def append(self, outcome: Outcome, options: Options) -> None:
        """Writes the record of the run into each book. Raises CommandError."""
        if not self.books or self.settings is None:
            return
        from jisseki_check.cli import evidence
        from jisseki_check.records.proof import Surroundings, body

        if evidence.sources_of(self.given, self.settings) != self.sources:
            raise CommandError(
                "点検している間に、設定・様式設定・規則・免除・既知の指摘のどれかが変わったため、記録を残せません。"
                "もう一度点検してください。",
                INCONCLUSIVE,
            )
        around = Surroundings(
            told={**self.told, "as-of": outcome.as_of},
            sources=self.sources,
            built_in=evidence.built_in(),
            rules=evidence.rules(),
            runtime=evidence.runtime(),
            limits=asdict(options.limits),
            left_out=sorted({*evidence.names_of(options.left_out), *_own_names(self.books, self.files)}),
            commits=self.commits,
        )
        is_read = all(each.sha256 is not None for each in (*outcome.inputs, *outcome.prior))
        data = body(around, outcome, {} if is_read else evidence.all_of(self.files, options))
        for book in self.books:
            _append(book, data)


def record_of(paths: Sequence[str], given: Mapping[str, Any], settings: Settings) -> Record:
    """What the command line asks to be recorded. Raises CommandError where that could not be verified
    later, or a book is not as it was written."""
    books = tuple(path for name, path in given["outputs"] if name == RECORD)
    if not books:
        return Record()
    from jisseki_check.cli import evidence
    from jisseki_check.cli.told import told

    files = tuple(path for path in paths if path != STDIN)
    if given["watch"]:
        raise CommandError(
            f"--watch と -o {RECORD}= は一緒に使えません。記録は、書き終えた報告について残してください。"
        )
    for path in books:
        _refuse(path)
        _read(path)
    _refuse_outputs_among_reports(given["outputs"], files)
    said = told(paths, given)
    if STDIN in paths:
        click.echo(
            "標準入力から読む報告は残らないので、この記録は、後で verify で点検し直せません。",
            err=True,
        )
    return Record(
        books, files, given, settings, said, evidence.sources_of(given, settings), _commits(given, files)
    )


def opened(path: str) -> Book:
    """A book of records. Raises CommandError where it cannot be read as one."""
    from jisseki_check.records.book import MOST_BYTES, NotABook, read

    try:
        if os.path.getsize(path) > MOST_BYTES:
            raise NotABook(f"大きすぎます（上限は{MOST_BYTES:,}バイト）。")
        with open(path, "rb") as stream:
            return read(stream.read())
    except NotABook as error:
        raise CommandError(f"記録のファイル「{path}」を読めません。{error}") from None
    except OSError as error:
        raise CommandError(f"記録のファイル「{path}」を読めません（{in_words(error)}）。") from None


def _commits(given: Mapping[str, Any], files: Sequence[str]) -> tuple[Mapping[str, str], ...]:
    if not given["changed_since"]:
        return ()
    from jisseki_check.cli.changed import compared
    from jisseki_check.cli.git import GitError

    try:
        return tuple(compared(given["changed_since"], files))
    except GitError as error:
        raise CommandError(str(error)) from None


# --- the book ---------------------------------------------------------------------------------------


def _refuse(path: str) -> None:
    if not path.lower().endswith(ENDING):
        raise CommandError(
            f"記録のファイル「{path}」の名前の終わりを {ENDING} にしてください。"
            "報告や、ほかの形式の結果と間違えないためです。"
        )
    if os.path.lexists(path) and not os.path.isfile(path):
        raise CommandError(f"「{path}」は通常のファイルではないので、記録を書き足せません。")


def _read(path: str) -> Book | None:
    """The book to append to; None where a new one begins. Raises CommandError."""
    if not os.path.exists(path):
        return None
    book = opened(path)
    if book.breaks:
        listed = "\n".join(f"  {each}" for each in book.breaks[:_SHOWN])
        raise CommandError(
            f"記録のファイル「{path}」が、書いたときのままではないため、書き足しません。\n{listed}\n"
            "控えがあれば元に戻すか、このファイルを残したまま、別の名前で新しい記録を始めてください。"
        )
    return book


def _append(path: str, data: Mapping[str, Any]) -> None:
    """The book with one record more, written beside and moved there. Raises CommandError."""
    from jisseki_check.cli.output import write_files
    from jisseki_check.records.book import line_of

    with alone(path):
        book = _read(path)
        write_files({path: (book.content if book else b"") + line_of(data, book)})


@contextmanager
def alone(path: str) -> Iterator[None]:
    """Keeps other runs from writing into the same book meanwhile. Raises CommandError."""
    from filelock import FileLock, Timeout, UnixFileLock

    target = os.path.realpath(path)
    lock = FileLock(
        os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.lock"), timeout=_PATIENCE
    )
    try:
        with lock:
            try:
                yield
            finally:
                # Beside the book, for a folder that several computers share, and gone when it is written.
                # Whoever locks a file that has lost its name tries again (filelock looks at its links), so
                # that two never hold one book. Elsewhere than on Unix the lock takes its file away itself.
                if isinstance(lock, UnixFileLock):
                    with suppress(OSError):
                        os.unlink(lock.lock_file)
    except Timeout:
        raise CommandError(
            f"ほかの点検が記録のファイル「{path}」に書き終わらないため、記録を残せませんでした。"
            "終わってから、もう一度点検してください。",
            INCONCLUSIVE,
        ) from None
    except OSError as error:
        raise CommandError(
            f"記録のファイル「{path}」に書けませんでした（{in_words(error)}）。"
            "フォルダーに書き込む権限を確かめてください。",
            INCONCLUSIVE,
        ) from None


def _own_names(books: Sequence[str], files: Sequence[str]) -> Iterator[str]:
    """How a later run over the same folders would call the books that lie in them."""
    from jisseki_check.engine.inputs import shown_name

    for folder in filter(os.path.isdir, files):
        real = os.path.join(os.path.realpath(folder), "")
        for book in map(os.path.realpath, books):
            if book.startswith(real):
                yield shown_name(os.path.join(folder, book[len(real) :]))


def _refuse_outputs_among_reports(outputs: Sequence[tuple[str, str]], files: Sequence[str]) -> None:
    folders = [os.path.join(os.path.realpath(each), "") for each in files if os.path.isdir(each)]
    for name, target in outputs:
        if name != RECORD and any(os.path.realpath(target).startswith(folder) for folder in folders):
            raise CommandError(
                f"書き出し先「{target}」が点検するフォルダーの中にあり、次に点検するときには「未読のファイル」が変わって、"
                "記録のとおりに確かめられなくなります。外のフォルダーを指定してください。"
            )
