"""Who judges the chunks of a run: worker processes of this machine, or a cluster. The outcome is the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module

from jisseki_check.engine.inputs import Task
from jisseki_check.engine.options import Options
from jisseki_check.engine.part import PackedPart

# Imported with the first run that shares out its files: few files need not wait for it.
_MODULES = {"local": "local", "dask": "on_dask", "spark": "on_spark"}


def shared_out(
    chunks: Sequence[Sequence[Task]], jobs: int, options: Options, digest: str
) -> Iterator[tuple[Sequence[Task], PackedPart]]:
    """What the workers of `options.runner` find, chunk by chunk, in the order of the chunks; one on which a
    worker died comes in pieces. `jobs`: how many workers, where they are started for this run; `digest`: that
    of the rules. Raises UsageError where the workers cannot be had, ClusterError where they are lost."""
    module = import_module(f"{__name__}.{_MODULES[options.runner]}")
    yield from module.shared_out(chunks, jobs, options, digest)
