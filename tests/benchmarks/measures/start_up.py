"""How soon the commands that judge nothing answer."""

from __future__ import annotations

import sys

from tests.benchmarks import ours
from tests.benchmarks.measuring import Command, in_turns
from tests.benchmarks.results import Section, cpu, duration, share
from tests.benchmarks.setting import Setting

_TIMES = 21
_COMMANDS = (("--help",), ("explain", "FIN105"), ("rules",))


def measure(setting: Setting) -> Section:
    # Like most folders that people work in, that of the reports has no settings.
    folder = setting.folder
    peer = Command("import click", (sys.executable, "-c", "import click"), folder=folder)
    commands = [ours.plain(" ".join(words), *words, folder=folder) for words in _COMMANDS]
    *told, click = in_turns([*commands, peer], _TIMES)
    rows = [(each.name, duration(each), cpu(each), duration(click), share(each, click)) for each in told]
    return Section(
        "起動",
        f"`python -c 'import click'`（コマンドラインの部品を読み込むだけ）と、"
        f"設定ファイルのないフォルダーで、交互に {_TIMES} 回ずつ動かしました。",
        ("命令", "この道具", "CPU", "import click", "時間の比（この道具÷相手）"),
        tuple(rows),
    )
