"""Commands whose help is Japanese, and wraps as Japanese does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.output import write_stdout
from jisseki_check.formatters.text import pad, wrap
from jisseki_check.notation.width import display_width

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMPLETION = "_JISSEKI_CHECK_COMPLETE"  # set by the shell that completes a command line
_WIDEST = 100
_LEFT = 30  # columns of an option's name
_EXAMPLE = 60  # columns of an example's command line
_INDENT = "  "


def page_width(widest: int = _WIDEST) -> int:
    """Columns to write in: those of the terminal, at most `widest`; 100 where there is no terminal."""
    try:
        columns = os.get_terminal_size(sys.__stdout__.fileno()).columns if sys.__stdout__ else 0
    except (OSError, ValueError):
        columns = 0
    return max(40, min(columns or _WIDEST, widest))


class Command(click.Command):
    """A command with examples: pairs of a command line and what it does."""

    def __init__(self, *args: Any, examples: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[オプション]")
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "この説明を表示します。"
            option.callback = _show_help
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write("\n".join(self._help_lines(ctx)) + "\n")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        is_group = isinstance(self, click.Group)
        ctx.allow_extra_args = True  # a group's are its command; the others are refused here, in Japanese
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx  # click leaves out which command it was
            raise
        if rest and not is_group and not ctx.resilient_parsing:
            raise click.UsageError(f"「{' '.join(rest)}」は余分です。", ctx=ctx)
        return rest

    def _help_lines(self, ctx: click.Context) -> list[str]:
        columns = page_width()
        lines = [f"使い方: {' '.join([ctx.command_path, *self.collect_usage_pieces(ctx)])}"]
        for paragraph in (self.help or "").split("\n"):
            lines += ["", *(_INDENT + line for line in wrap(paragraph.strip(), columns - 2))]
        for title, rows in self._sections(ctx):
            if rows:
                longest = _EXAMPLE if title == "例" else _LEFT
                lines += ["", f"{title}:", *_definitions(rows, columns, longest)]
        return lines

    def _sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        parameters = self.get_params(ctx)
        arguments = [
            (each.make_metavar(ctx), each.help or "")
            for each in parameters
            if isinstance(each, click.Argument)
        ]
        options = [each for each in parameters if isinstance(each, click.Option)]
        records = [(each.get_help_record(ctx), each.help or "") for each in options]
        return [
            ("引数", arguments),
            ("オプション", [(record[0], text) for record, text in records if record]),
            ("例", list(self.examples)),
        ]


class LazyGroup(Command, click.Group):
    """A group that loads the module of a command when the command is used, and no other.

    `commands_help` maps a command, which is a function of that name in the module of that name below
    `package`, to the sentence that the group's help shows.
    """

    def __init__(self, *args: Any, package: str, commands_help: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, subcommand_metavar="コマンド [引数]...", **kwargs)
        self._package = package
        self._commands_help = commands_help

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._commands_help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._commands_help:
            return None
        loaded: click.Command = getattr(import_module(f"{self._package}.{cmd_name}"), cmd_name)
        return loaded

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """The commands that begin so, without loading them, and the options."""
        from click.shell_completion import CompletionItem  # only the shell needs them

        commands = [
            CompletionItem(name, help=text)
            for name, text in self._commands_help.items()
            if name.startswith(incomplete)
        ]
        return commands + click.Command.shell_complete(self, ctx, incomplete)

    def _sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        return [("コマンド", list(self._commands_help.items())), *super()._sections(ctx)]


class ListingGroup(LazyGroup):
    """A group whose command `usual` is meant where none of its commands is named."""

    def __init__(self, *args: Any, usual: str, **kwargs: Any) -> None:
        super().__init__(*args, invoke_without_command=True, callback=self._invoke_usual, **kwargs)
        self._usual = usual

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[オプション]", *self._command(ctx).collect_usage_pieces(ctx)[1:]]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] in self._commands_help:
            return super().resolve_command(ctx, args)
        return self._usual, self._command(ctx), args

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        """Also what the usual command takes."""
        usual = self._command(ctx)
        argument = next(each for each in usual.params if isinstance(each, click.Argument))
        is_option = incomplete.startswith("-")
        held = click.Command.shell_complete(usual, ctx, incomplete) if is_option else []
        return super().shell_complete(ctx, incomplete) + (
            held if is_option else argument.shell_complete(ctx, incomplete)
        )

    def _invoke_usual(self) -> Any:
        ctx = click.get_current_context()
        return ctx.invoke(self._command(ctx)) if ctx.invoked_subcommand is None else None

    def _command(self, ctx: click.Context) -> click.Command:
        found = self.get_command(ctx, self._usual)
        assert found is not None
        return found

    def _sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        """What the usual command takes stands with the group's own."""
        own = dict(super()._sections(ctx))
        usual = self._command(ctx)
        assert isinstance(usual, Command)
        held = dict(usual._sections(ctx))
        return [(title, held.get(title) or rows if title != "例" else rows) for title, rows in own.items()]


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        write_stdout(ctx.get_help() + "\n")
        ctx.exit()


def command(
    name: str, help_text: str, examples: Sequence[tuple[str, str]]
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of ours; `help_text` has one paragraph a line."""
    return click.command(
        name,
        cls=Command,
        help=help_text,
        examples=examples,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _definitions(rows: Sequence[tuple[str, str]], columns: int, longest: int) -> list[str]:
    """Terms and what they mean, in two columns; a term over `longest` columns has a line of its own."""
    left = min(longest, columns // 2 + 10, max(display_width(term) for term, _ in rows))
    lines: list[str] = []
    for term, meaning in rows:
        first, *rest = wrap(meaning, columns - left - 4)
        if display_width(term) <= left:
            lines.append(f"{_INDENT}{pad(term, left)}{_INDENT}{first}".rstrip())
        else:
            lines += [_INDENT + term, f"{_INDENT}{' ' * left}{_INDENT}{first}".rstrip()]
        lines += [f"{_INDENT}{' ' * left}{_INDENT}{line}" for line in rest]
    return lines
