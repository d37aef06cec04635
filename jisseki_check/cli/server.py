"""`server`: help for those who write reports in an editor."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.exceptions import exceptions
from jisseki_check.cli.options import own_rules, project_settings, run_options
from jisseki_check.cli.rulebook import load_entries

if TYPE_CHECKING:
    from collections.abc import Callable

    from jisseki_check.engine.run import Options

_LIBRARIES = frozenset({"attr", "attrs", "cattrs", "lsprotocol", "pygls"})
_MISSING = (
    "エディターとやり取りする部品（pygls と lsprotocol）が入っていません。"
    "「jisseki-check[editor]」を入れてください。"
)
_BY_HAND = (
    "このコマンドは、エディター（VS Code・Neovim・Emacs など）が裏で起動するものです。"
    "手で実行する必要はありません。設定のしかたは README の「エディターで書きながら点検する」にあります。\n"
    "ファイルを点検するときは「jisseki-check check 報告.txt」を使ってください。"
)


@command(
    "server",
    "エディターの中で、報告（テキスト・JSON・YAML）を書きながら点検するための言語サーバーです。エディターが起動します。\n"
    "標準入力と標準出力で Language Server Protocol によりやり取りします。\n"
    "終了コード　0 エディターの求めによる終了、1 エディターが先に終わった、2 コマンドの誤り",
    [("jisseki-check server", "エディターの設定に、起動するコマンドとして書きます。")],
)
def server() -> int:
    if sys.stdin is None or sys.stdout is None or sys.stdin.isatty():
        raise CommandError(_BY_HAND)
    return _serve()(_settle)


def _serve() -> Callable[[Any], int]:
    try:
        from jisseki_check.server.language_server import serve  # pygls and polars, for this command only
    except ImportError as error:
        if error.name is None or error.name.partition(".")[0] not in _LIBRARIES:
            raise
        raise CommandError(_MISSING) from None
    return serve


class _Nothing(dict[str, Any]):
    """The options of a command line on which none was given."""

    def __missing__(self, key: str) -> Any:
        return () if key in {"select", "ignore", "extend_select"} else None


def _settle(path: str) -> Options:
    """What `check` is told in the folder of a file. Raises Unsettled."""
    from jisseki_check.server.checking import Unsettled  # polars: the others who import this do without

    given = _Nothing(engine="local")
    try:
        settings = project_settings(os.path.dirname(os.path.abspath(path)))
        rules, _ = load_entries(own_rules(None, settings), settings.profile)
        options = run_options(given, settings, rules, None)
        return replace(options, exceptions=exceptions(given, settings, rules, []))
    except CommandError as error:
        raise Unsettled(error.message) from None
