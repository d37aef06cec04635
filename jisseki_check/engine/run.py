"""One run: files in, an outcome out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from jisseki_check.engine import inputs
from jisseki_check.engine.across import compare, say_what_was_left_out
from jisseki_check.engine.cache import Session, open_cache
from jisseki_check.engine.chunks import Chunk, chunks_of
from jisseki_check.engine.coverage import verdict
from jisseki_check.engine.excepting import excepted
from jisseki_check.engine.gathered import Gathered
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.jobs import WORTHWHILE, cores, workers
from jisseki_check.engine.judge import Frames
from jisseki_check.engine.judging import Judging, judging
from jisseki_check.engine.missing import look_for
from jisseki_check.engine.options import ClusterError, Options, UsageError
from jisseki_check.engine.part import PackedPart
from jisseki_check.model import Document, Fault, Outcome
from jisseki_check.readers.libraries import BadUrl
from jisseki_check.resources import rules_of

__all__ = ["ClusterError", "Options", "UsageError", "check"]

Progress = Callable[[int, int], None]
Look = Callable[[Frames, Sequence[Document]], object]

_WORDS_WANTED = (
    "言葉を調べる部品（SudachiPy と sudachidict-core）が入っていないため、判定していません。"
    "「jisseki-check[words]」を入れて、もう一度点検してください。"
)


def check(
    paths: Sequence[Path], *, options: Options, progress: Progress | None = None, look: Look | None = None
) -> Outcome:
    """The outcome of checking files and folders. `look` is shown the facts of the reports, batch by batch;
    all is then done in this process. Raises UsageError, ClusterError; whatever else goes wrong is in it."""
    with rules_of(options.rules):
        return _check(paths, options, progress, look)


def _check(paths: Sequence[Path], options: Options, progress: Progress | None, look: Look | None) -> Outcome:
    options = replace(options, is_traced=options.exceptions.are_told)
    judged, digest = judging(options)
    judged.look = look
    told = options.stdin, options.limits, options.left_out, options.read
    tasks, problems, skipped = inputs.tasks(paths, *told)
    if options.remote:
        try:
            elsewhere, gone, others = inputs.remote_tasks(options.remote, options.limits)
        except BadUrl as error:
            raise UsageError(str(error)) from None
        tasks = sorted([*tasks, *elsewhere], key=lambda task: task.name)
        problems, skipped = problems + gone, sorted(skipped + others)
    if not judged.judges_anything:
        raise UsageError(
            "使う規則が一つも残りません。--select と --ignore、設定の select と ignore を確かめてください。"
            "XDC105 だけを使うときは、提出されるはずの報告の一覧を --expect で渡してください。"
        )
    is_vain = not judged.looks_for_reports if options.scope is None else not options.scope.of
    if not tasks and is_vain:
        listed = "\n".join(f"{name}: {problem.message}" for name, problem in problems)
        raise UsageError(f"点検する報告がありません。\n{listed}".rstrip())
    for name, problem in problems:
        judged.refuse(name, problem)
    prior, gone = inputs.prior_tasks(options.prior, paths, tasks, options.limits, options.read)
    for name, problem in gone:
        judged.priors.refuse(name, problem.message)
    files = len(tasks) + len(prior)
    judged.options = replace(
        options,
        compares=files > 1 or options.expected is not None,
        cache=options.cache if files >= WORTHWHILE and look is None else None,
    )
    gathered = Gathered(judged.part)
    chunks = [*chunks_of(tasks, files), *chunks_of(prior, files)]
    with open_cache(judged.options, digest, chunks) as cache:
        _judge(chunks, judged, digest, gathered, cache, progress or _silent)
        found = None if cache is None else cache.across()
        if found is None:
            found = compare(gathered, judged, tasks, prior)
            if cache is not None:
                cache.keep_across(found)
        gathered.part.add(found)
    say_what_was_left_out(gathered, judged)
    look_for(options.expected, judged, gathered)
    return _outcome(judged, gathered, skipped, digest)


def _judge(
    chunks: Sequence[Chunk],
    judged: Judging,
    digest: str,
    gathered: Gathered,
    cache: Session | None,
    progress: Progress,
) -> None:
    done, files = 0, sum(map(len, chunks))
    progress(done, files)
    for part, read in _parts(chunks, judged, digest, cache):
        gathered.add(part)
        done += read
        progress(done, files)


def _parts(
    chunks: Sequence[Chunk], judged: Judging, digest: str, cache: Session | None
) -> Iterator[tuple[PackedPart, int]]:
    """What is found in the files, in their order, and in how many each time."""
    fresh = [place for place in range(len(chunks)) if cache is None or not cache.holds(place)]
    judging = _judged_anew([chunks[place] for place in fresh], judged, digest)
    anew = frozenset(fresh)
    for place, chunk in enumerate(chunks):
        part = None if cache is None or place in anew else cache.part(place)
        if part is not None:
            yield part, len(chunk)
            continue
        again = judging if place in anew else _judged_here([chunk], judged)
        held: list[PackedPart] = []
        left = len(chunk)
        while left:
            done, found = next(again)
            held.append(found)
            left -= len(done)
            yield found, len(done)
        if cache is not None:
            cache.keep(place, held)


def _judged_anew(
    chunks: Sequence[Chunk], judged: Judging, digest: str
) -> Iterator[tuple[Sequence[Task], PackedPart]]:
    """Chunk by chunk; one on which a worker died comes in pieces."""
    options, files = judged.options, sum(map(len, chunks))
    is_local = options.runner == "local"
    jobs = workers(options.jobs, files) if is_local else options.jobs or cores()
    is_shared = judged.look is None and files > 0 and (not is_local or jobs > 1)
    if is_shared:
        from jisseki_check.engine.runners import shared_out  # few files need not wait for it

        yield from shared_out(chunks, jobs, options, digest)
    else:
        yield from _judged_here(chunks, judged)


def _judged_here(chunks: Sequence[Chunk], judged: Judging) -> Iterator[tuple[Sequence[Task], PackedPart]]:
    yield from ((chunk, judged.afresh().judge_all(chunk)) for chunk in chunks)


def _silent(done: int, total: int) -> None:
    return


def _outcome(judged: Judging, gathered: Gathered, skipped: Sequence[str], digest: str) -> Outcome:
    part, options = gathered.part, judged.options
    if part.unable:
        part.faults.append(Fault("words", _WORDS_WANTED, rule="・".join(sorted(part.unable))))
    entries = gathered.inputs()
    applied = excepted(gathered.findings(), judged, part, entries)
    used = {entry.profile for entry in entries if entry.profile is not None}
    faults = tuple(part.faults)
    return Outcome(
        profile="、".join(sorted(used)) or judged.usual.profile.name,
        as_of=options.as_of.isoformat(),
        rules_digest=digest,
        fail_on=options.fail_on,
        verdict=verdict(entries, applied.findings, part.ledger, faults, options.fail_on, options.scope),
        inputs=entries,
        findings=applied.findings,
        coverage=part.ledger.coverage(),
        coverage_by_file=part.by_file.coverage() if part.by_file is not None else {},
        faults=faults,
        skipped=tuple(skipped),
        waivers=applied.waivers,
        baseline=applied.baseline,
        scope=options.scope,
        prior=tuple(sorted(part.prior, key=lambda entry: entry.path)),
        sources=options.sources,
        reports=gathered.figures(),
    )
