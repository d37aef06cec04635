"""Where the files of a run are judged: on this machine, or by the workers of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from typing import Any

import click

from jisseki_check.cli.errors import CommandError
from jisseki_check.cli.types import OneOf

_LIBRARIES = {"dask": ("dask", "distributed", "cryptography"), "spark": ("pyspark",)}


def cluster_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what judges, and where."""
    for option in (
        click.option(
            "--cluster",
            metavar="アドレス",
            help="--engine が dask か spark のとき、つなぐクラスター（例 tcp://10.0.0.1:8786、"
            "spark://10.0.0.1:7077）。省略すると、dask は環境変数 DASK_SCHEDULER_ADDRESS、"
            "spark は spark-submit の指定に従い、どちらもなければ、このコンピューターの中で動かします。",
        ),
        click.option(
            "--engine",
            type=OneOf(("local", "pandera", *_LIBRARIES)),
            default="local",
            help="判定の計算に使う部品。どれでも結果は同じです。dask と spark は、ファイルをクラスターの"
            "コンピューターに分けて点検します。報告は、どのコンピューターからも同じパスで読める所に置いてください。",
        ),
    ):
        command = option(command)
    return command


def without_cluster(given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the command line says, without the cluster, on which nothing of the outcome depends; and what the
    engine is told of it. Raises CommandError where its libraries are missing."""
    name, address = given["engine"], given["cluster"]
    if name not in _LIBRARIES:
        if address is not None:
            raise CommandError("--cluster は、--engine dask か --engine spark と一緒に使います。")
        return dict(given), {}
    if address == "":
        raise CommandError("--cluster が空です。クラスターのアドレスを書いてください。")
    missing = [each for each in _LIBRARIES[name] if find_spec(each) is None]
    if missing:
        raise CommandError(
            f"--engine {name} に要る部品（{'・'.join(missing)}）が入っていません。"
            f'情報システムの担当に、pip install "jisseki-check[{name}]" で部品を入れるよう頼んでください。'
        )
    return {**given, "engine": "local"}, {"runner": name, "cluster": address}
