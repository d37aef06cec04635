"""Where results go: standard output, and files that are either whole or not there."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import IO

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.os_errors import in_words


def encode(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes \\ud800, which is what JSON writes for it."""
    return text.encode("utf-8", "backslashreplace")


def write_stdout(text: str | Iterable[str], *, for_people: bool = True) -> None:
    """To people in the terminal's own encoding, to programs in UTF-8. `text`: whole, or in pieces. Raises
    CommandError."""
    encoding = sys.stdout.encoding if for_people and sys.stdout is not None else None
    pieces = (text,) if isinstance(text, str) else text
    write_bytes(each.encode(encoding, "backslashreplace") if encoding else encode(each) for each in pieces)


def write_bytes(data: Iterable[bytes]) -> None:
    """To standard output, piece by piece. A reader who has left is no fault. Raises CommandError."""
    if sys.stdout is None:
        raise CommandError(
            "標準出力が閉じられていて、結果を表示できません。-o でファイルに書き出してください。",
            INCONCLUSIVE,
        )
    try:
        sys.stdout.flush()
        for piece in data:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        drop_stdout()
    except OSError as error:
        drop_stdout()
        raise CommandError(f"結果を標準出力に書けませんでした（{in_words(error)}）。", INCONCLUSIVE) from None


def flush_stdout() -> None:
    if sys.stdout is not None:
        sys.stdout.flush()


def drop_stdout() -> None:
    """What is still in the buffer goes nowhere, so that Python does not complain of it when it ends."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def wants_color(choice: str) -> bool:
    """`choice`: auto, always, never. auto follows NO_COLOR, FORCE_COLOR and whether people are looking."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    # The old console of Windows would print the codes.
    capable = os.environ.get("TERM") != "dumb" and (os.name != "nt" or "WT_SESSION" in os.environ)
    return capable and sys.stdout is not None and sys.stdout.isatty()


def refuse_bad_targets(targets: Sequence[str], inputs: Sequence[str]) -> None:
    """Raises CommandError where a target cannot be written to, is named twice, or is a file that is read."""
    for number, path in enumerate(targets):
        if path == "-":
            raise CommandError(
                "書き出し先に - は使えません。画面に出すときは --output-format を使ってください。"
            )
        if os.path.isdir(path):
            raise CommandError(f"書き出し先「{path}」はフォルダーです。ファイルの名前を指定してください。")
        if not os.path.isdir(os.path.dirname(os.path.realpath(path))):
            raise CommandError(
                f"書き出し先のフォルダー「{os.path.dirname(path)}」がありません。先に作ってください。"
            )
        if os.path.realpath(path) in map(os.path.realpath, targets[:number]):
            raise CommandError(f"書き出し先「{path}」が2回あります。別の名前にしてください。")
        if any(_is_same(path, each) for each in inputs):
            raise CommandError(
                f"「{path}」は読み込むファイルなので、書き出し先にはできません。別の名前にしてください。"
            )


def make_folder(path: str) -> None:
    """A folder to write into, with those above it, unless it is there. Raises CommandError."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise CommandError(
            f"フォルダー「{path}」を作れません（{in_words(error)}）。"
            "書き込む権限があるか、同じ名前のファイルがないかを確かめてください。"
        ) from None


def write_files(contents: Mapping[str, bytes | Iterable[bytes] | Callable[[IO[bytes]], None]]) -> None:
    """Writes each file, whole or in pieces, or lets it be written, beside its place; moves them there when
    all are written. A file of that name is replaced.

    Something that is no file (a device, a pipe) is written to directly. Raises CommandError.
    """
    waiting: dict[str, str] = {}
    given = {os.path.realpath(path): path for path in contents}
    try:
        for number, (path, content) in enumerate(contents.items()):
            target = os.path.realpath(path)
            if _is_special(target):
                with open(target, "wb") as stream:
                    _fill(stream, content)
                continue
            beside = os.path.join(os.path.dirname(target), f".jisseki-check-{os.getpid()}-{number}.tmp")
            waiting[beside] = target
            with open(beside, "xb") as stream:
                _fill(stream, content)
        for beside, target in waiting.items():
            os.replace(beside, target)
    except OSError as error:
        target = waiting.get(error.filename, error.filename) or "書き出し先"
        raise CommandError(
            f"「{given.get(target, target)}」に書けませんでした（{in_words(error)}）。"
            "書き込む権限と空き容量、ほかのソフトウェアで開いていないかを確かめてください。",
            INCONCLUSIVE,
        ) from None
    finally:
        for beside in waiting:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(beside)


def _fill(stream: IO[bytes], content: bytes | Iterable[bytes] | Callable[[IO[bytes]], None]) -> None:
    if callable(content):
        content(stream)
    elif isinstance(content, bytes):
        stream.write(content)
    else:
        stream.writelines(content)


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


def _is_special(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False
