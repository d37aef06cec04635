"""Reports that are read for comparison only: the plan, last year's."""

from __future__ import annotations

from dataclasses import dataclass, replace

from jisseki_check import facts, forms
from jisseki_check.engine.figures import figures
from jisseki_check.engine.inputs import Task
from jisseki_check.engine.kept import Kept
from jisseki_check.engine.part import Part
from jisseki_check.facts.across.digests import ReportDigest, digest_of
from jisseki_check.facts.views import ReportView
from jisseki_check.model import Document, Fault, Input, Source, Unreadable
from jisseki_check.profiles import Profile

_BATCH = 100


@dataclass(frozen=True, slots=True)
class _Read:
    document: Document
    is_data: bool


class Priors:
    """Keeps of each such report what it takes to compare with it, and its figures, in `part`.

    One that cannot be read is a fault: against it nothing was held that should have been.
    """

    def __init__(self, chooser: forms.Chooser, part: Part) -> None:
        self._chooser = chooser
        self._part = part
        self._waiting: dict[int, tuple[Profile, list[_Read]]] = {}

    def take(self, task: Task) -> None:
        """Read one file."""
        source: Source | None = None
        form: forms.Form | None = None
        try:
            source = task.read()
            form = self._chooser.choose(source, task.path)
            document = forms.read(source, form.profile)
        except Unreadable as error:
            status = "unreadable" if error.rule in {"DOC001", "DOC005"} else "refused"
            self.refuse(task.name, error.message, source, form, status)
            return
        except Exception as error:  # a reader or a form that crashes
            self.refuse(task.name, f"{type(error).__name__}: {error}".splitlines()[0][:200], source, form)
            return
        if any(remark.kind == "truncated" for remark in document.report.remarks):
            why = "文書が様式の途中で終わっています"
            self.refuse(task.name, why, source, form, "unreadable", items=len(document.report.items))
        else:
            self._part.prior.append(_input(source, form, "checked", items=len(document.report.items)))
        _, waiting = self._waiting.setdefault(id(form.profile), (form.profile, []))
        waiting.append(_Read(document, source.blocks is None))
        if len(waiting) >= _BATCH:
            self._keep(*self._waiting.pop(id(form.profile)))

    def refuse(
        self,
        name: str,
        why: str,
        source: Source | None = None,
        form: forms.Form | None = None,
        status: str = "refused",
        items: int = 0,
    ) -> None:
        """A file that cannot be compared with, or not with all of it, and why."""
        entry = Input(name, None, None, status) if source is None else _input(source, form, status, items)
        self._part.prior.append(replace(entry, reason=why))
        message = f"比べるための報告（--prior）を最後まで読めません。{why.rstrip('。')}。"
        self._part.faults.append(Fault("prior", message, path=name))

    def keep_rest(self) -> None:
        """Keep what is needed of the reports that wait, and let them go."""
        while self._waiting:
            self._keep(*self._waiting.pop(next(iter(self._waiting))))

    def _keep(self, profile: Profile, held: list[_Read]) -> None:
        digests: list[ReportDigest] = []

        def keep(view: ReportView) -> None:
            digests.append(digest_of(view, is_data=held[view.number].is_data, is_prior=True))

        documents = [each.document for each in held]
        try:
            frames = facts.tables(documents, profile, {"items"}, keep)
        except Exception as error:  # find the report that the facts fail on, and keep the others
            if len(held) > 1:
                for each in held:
                    self._keep(profile, [each])
                return
            self._fail(documents[0].path, f"{type(error).__name__}: {error}".splitlines()[0][:200])
            return
        self._part.kept += [Kept(digest) for digest in digests]
        self._part.figures += [replace(each, prior=True) for each in figures(frames["items"], documents)]

    def _fail(self, path: str, why: str) -> None:
        self._part.faults.append(Fault("facts", why, path=path))
        self._part.prior = [
            replace(each, status="refused", reason=why) if each.path == path else each
            for each in self._part.prior
        ]


def _input(source: Source, form: forms.Form | None, status: str, items: int = 0) -> Input:
    return Input(
        path=source.path,
        sha256=source.sha256,
        format=source.format,
        status=status,
        reports=int(items > 0),
        items=items,
        profile=form.profile.name if form else None,
        profile_reason=form.reason if form else None,
    )
