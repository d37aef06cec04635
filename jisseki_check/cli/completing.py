"""How the shells are answered that complete a command line."""

from __future__ import annotations

from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    PowerShellComplete,
    ShellComplete,
    ZshComplete,
    add_completion_class,
)


class _OrFiles(ShellComplete):
    """Offers files where nothing else is known: most arguments of ours are files and folders."""

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem[Any]]:
        held = super().get_completions(args, incomplete)
        return held if held or incomplete.startswith("-") else [CompletionItem(incomplete, type="file")]


class _Bash(_OrFiles, BashComplete):
    def get_completion_args(self) -> tuple[list[str], str]:
        # bash makes three words of --select=FIN.
        args, incomplete = super().get_completion_args()
        before = ["", *args]
        words = zip(before, args, strict=False)
        return [word for last, word in words if word != "=" or not last.startswith("--")], incomplete


class _Fish(_OrFiles, FishComplete):
    # The comma that ends the kind of a suggestion is the first one; lists of codes have others.
    source_template = FishComplete.source_template.replace('split ","', 'split --max 1 ","')


class _PowerShell(_OrFiles, PowerShellComplete):
    pass


class _Zsh(_OrFiles, ZshComplete):
    pass


_SHELLS: dict[str, type[ShellComplete]] = {each.name: each for each in (_Bash, _Zsh, _Fish, _PowerShell)}


def register() -> None:
    """Lets click answer the shells so."""
    for each in _SHELLS.values():
        add_completion_class(each)


def script(shell: str, app: click.Command, program: str, variable: str) -> str:
    """What a shell is to run once, so that it completes command lines of the program."""
    answering = _SHELLS[shell](app, {}, program, variable)
    return answering.source_template % answering.source_vars()
