"""What can be wrong with a command, said in Japanese."""

from __future__ import annotations

from collections.abc import Iterable

import click

USAGE = 2
INCONCLUSIVE = 3


class CommandError(Exception):
    """Ends the command with a message for people. `exit_code`: 2 wrong command or settings, 3 not judged."""

    def __init__(self, message: str, exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


def nearest(wrong: str, known: Iterable[str]) -> str:
    """「…」のことでしょうか。, or nothing where no known word is like the wrong one."""
    from difflib import get_close_matches  # 6 ms that only a mistake has to pay

    close = get_close_matches(wrong, list(known), n=1, cutoff=0.5)
    return f"「{close[0]}」のことでしょうか。" if close else ""


def translated(error: click.ClickException) -> str:
    """The message of an error that click raised. Those of our own parameter types are Japanese already."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.NoSuchCommand):
        return f"「{error.command_name}」というコマンドはありません。{_nearest_command(error)}"
    if isinstance(error, click.NoSuchOption):
        close = f"「{error.possibilities[0]}」のことでしょうか。" if error.possibilities else ""
        return f"「{error.option_name}」というオプションはありません。{close}"
    if isinstance(error, click.MissingParameter):
        return f"「{_named(error.param, context)}」を指定してください。"
    if isinstance(error, click.BadOptionUsage):
        return _misused(error.option_name, context)
    if isinstance(error, click.BadParameter):
        return f"「{_named(error.param, context)}」の値を確かめてください。{error.message}"
    if type(error) is click.UsageError and context and isinstance(context.command, click.Group):
        return "コマンドを指定してください。"
    return error.format_message()


def hint(error: click.ClickException) -> str:
    """Where to read on."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    path = context.command_path if context else "jisseki-check"
    return f"使い方は「{path} --help」で確かめられます。"


def _nearest_command(error: click.NoSuchCommand) -> str:
    group = error.ctx.command if error.ctx else None
    if error.ctx is None or not isinstance(group, click.Group):
        return ""
    return nearest(error.command_name, group.list_commands(error.ctx))


def _named(parameter: click.Parameter | None, context: click.Context | None) -> str:
    if parameter is None:
        return "引数"
    if isinstance(parameter, click.Argument) or context is None:
        return parameter.human_readable_name.rstrip(".")
    return "／".join(parameter.opts)


def _misused(option: str, context: click.Context | None) -> str:
    """An option without the value that it needs, or with one that it does not take."""
    options = [each for each in context.command.params if isinstance(each, click.Option)] if context else []
    if any(each.is_flag and option in each.opts for each in options):
        return f"「{option}」に値は付けられません。"
    return f"「{option}」の後に値を書いてください。"
