"""Results that are a folder of files, which is whole or not there."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Sequence

from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.os_errors import in_words


def refuse_bad_folders(folders: Sequence[str], own: Collection[str], others: Sequence[str]) -> None:
    """Raises CommandError where a folder cannot be written, is written twice, or holds other files than those
    of an earlier run. `own`: the names of these; `others`: what else is read or written."""
    taken = [*map(os.path.realpath, others)]
    for folder in folders:
        real = os.path.realpath(folder)
        if os.path.lexists(folder) and not os.path.isdir(folder):
            raise CommandError(
                f"「{folder}」はフォルダーではありません。書き出すフォルダーを指定してください。"
            )
        if not os.path.isdir(os.path.dirname(real)):
            raise CommandError(
                f"書き出し先のフォルダー「{os.path.dirname(folder)}」がありません。先に作ってください。"
            )
        if real in taken:
            raise CommandError(f"書き出し先「{folder}」は、ほかでも使われています。別の名前にしてください。")
        if os.path.isdir(folder) and not set(os.listdir(folder)) <= set(own):
            raise CommandError(
                f"書き出し先のフォルダー「{folder}」に、ほかのファイルがあります。"
                "フォルダーごと作り直すので、新しいフォルダーの名前を指定してください。"
            )
        taken.append(real)


def write_folder(path: str, write: Callable[[str], None]) -> None:
    """Lets `write` fill a folder beside its place and moves it there; one that it wrote before is replaced.
    Raises CommandError."""
    target = os.path.realpath(path)
    beside, before = (
        os.path.join(
            os.path.dirname(target), f".jisseki-check-{os.getpid()}-{os.path.basename(target)}.{each}"
        )
        for each in ("tmp", "old")
    )
    try:
        os.mkdir(beside)
        write(beside)
        if os.path.isdir(target):
            os.rename(target, before)
        try:
            os.rename(beside, target)
        except OSError:
            if os.path.isdir(before):
                os.rename(before, target)
            raise
    except OSError as error:
        raise CommandError(
            f"「{path}」に書けませんでした（{in_words(error)}）。"
            "書き込む権限と空き容量、ほかのソフトウェアで開いていないかを確かめてください。",
            INCONCLUSIVE,
        ) from None
    finally:
        for each in (beside, before):
            shutil.rmtree(each, ignore_errors=True)
