"""The command line's edge: every way in which a command can end becomes a message and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from jisseki_check import __version__
from jisseki_check.cli.command import COMPLETION, LazyGroup
from jisseki_check.cli.errors import INCONCLUSIVE, USAGE, CommandError, hint, translated
from jisseki_check.cli.output import drop_stdout, flush_stdout

_INTERRUPTED = 130
_COMPLETION = "_JISSEKI_CHECK_COMPLETE"  # set by the shell that completes a command line

_app = LazyGroup(
    "jisseki-check",
    help="市の「取り組み実績」の報告を点検します。\n"
    "終了コード　0 適合、1 不適合、2 コマンドや設定の誤り、3 判定不能（点検できなかったところがある）",
    package="jisseki_check.cli",
    commands_help={
        "check": "報告のファイルやフォルダーを点検します。",
        "report": "残しておいた結果（JSON）を、ほかの形式で書き出します。",
        "compare": "二つの結果を比べ、直った指摘・残る指摘・新しい指摘を示します。",
        "verify": "点検の記録が、今も成り立つかを確かめます。",
        "explain": "指摘のコードについて、理由・根拠・直し方・例を説明します。",
        "rules": "規則の一覧を表示します。",
        "convert": "報告を別の形式のファイルに書き直します。",
        "template": "記入用の様式（Excel・Word・JSON）を作ります。",
        "fix": "記号や数字の書き方などを直した写しを作ります。",
        "facts": "報告から取り出した表を、Parquet と CSV で書き出します。",
        "test": "規則の例が期待どおりになるかを確かめます。",
        "profile": "ほかの市の様式のための様式設定を作り、確かめます。",
        "waiver": "直さなくてよい指摘を、理由・承認した人・期限とともに免除します。",
        "baseline": "すでにある指摘を一覧にし、新しい指摘だけを数えられるようにします。",
        "config": "設定の値と、それがどこで決まったかを表示します。",
        "schema": "JSON Schema を表示します。",
        "server": "エディターで書きながら点検するための言語サーバーです（エディターが起動します）。",
        "completion": "Tab キーでコマンドの続きを補うための設定を表示します。",
    },
    examples=[
        ("jisseki-check check 報告/", "フォルダーの中の報告を全て点検します。"),
        ("jisseki-check explain FIN101", "指摘 FIN101 の説明を読みます。"),
    ],
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_app = click.version_option(
    __version__, "--version", message="jisseki-check %(version)s", help="版を表示します。"
)(_app)


def run() -> NoReturn:
    """The console script."""
    # What is imported, reports and findings hold no cycles; looking for some as often as usual takes a
    # tenth of a start and a fifth of a long run. A single report makes fewer objects than this.
    gc.set_threshold(200_000, 20, 50)
    code = main()
    # The interpreter's last collection would walk over all that was imported: up to 60 ms for nothing.
    gc.freeze()
    sys.exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and gives its exit code; never raises, and never prints a traceback."""
    if COMPLETION in os.environ:
        from jisseki_check.cli.completing import register  # only the shell that completes asks for it

        register()
    try:
        code = _app.main(arguments, prog_name="jisseki-check", standalone_mode=False)
        flush_stdout()
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.message)
        return USAGE
    except click.ClickException as error:
        _say(f"jisseki-check: {translated(error)}\n{hint(error)}")
        return USAGE
    except CommandError as error:
        _say(f"jisseki-check: {error.message}")
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("中断しました。")
        return _INTERRUPTED
    # Nobody reads on; click turns that into SystemExit, as it does the end of a shell's completion. A
    # verdict that was reached never comes this way.
    except (BrokenPipeError, SystemExit):
        if COMPLETION in os.environ:
            flush_stdout()
            return 0
        drop_stdout()
        return INCONCLUSIVE
    # A panic of a library in Rust is a BaseException; it must not look like a verdict either.
    except BaseException as error:
        _say(_internal(error))
        return INCONCLUSIVE
    return code if isinstance(code, int) else 0


def _internal(error: BaseException) -> str:
    return (
        f"内部で問題が起きました（{_kind(error)}）。報告の内容の誤りではなく、点検プログラムの不具合です。\n"
        "点検は終わっていません。「問題なし」ではありません。\n"
        "この表示と、実行したコマンドを、点検プログラムの担当者に知らせてください"
        f"（jisseki-check {__version__}）。"
    )


def _kind(error: BaseException) -> str:
    """The type of an unexpected error and the line of ours that it passed last."""
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    place = ""
    frame = error.__traceback__
    while frame is not None:
        path = frame.tb_frame.f_code.co_filename
        if path.startswith(ours):
            place = f" {os.path.relpath(path, ours)}:{frame.tb_lineno}"
        frame = frame.tb_next
    return type(error).__name__ + place


def _say(message: str) -> None:
    try:
        click.echo(message, err=True)
    except OSError:
        return
