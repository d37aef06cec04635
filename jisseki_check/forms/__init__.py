"""Forms: a source → a report, by the layout that the profile names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from jisseki_check import profiles
from jisseki_check.forms import besides, report_json
from jisseki_check.forms.size import refuse_too_large
from jisseki_check.model import REPORT_FORMAT, Block, Document, Source, Unreadable
from jisseki_check.profiles import Profile
from jisseki_check.result_marks import no_report, of_format
from jisseki_check.selection import EVERYTHING, Selection

_COLUMNS_OF_A_LIST = 3  # at least
_DATA_ONLY = "「{title}」の様式設定は、JSON や YAML のデータだけを読むものです"
_NOT_A_REPORT = "取り組み実績の報告のデータではありません（format が jisseki-report/1 ではありません）"
_MAKE_IT_ONE = (
    "点検する報告のファイルかどうかを確かめてください。"
    "報告であれば、format に jisseki-report/1 と書き、items に項目を並べてください。"
)


@dataclass(frozen=True, slots=True)
class Form:
    """The profile by which a document is read, and why, in words for people."""

    profile: Profile
    reason: str


class Chooser:
    """Chooses the form of each document: the one that was named, else the one that the document shows."""

    def __init__(self, named: str | None = None, by_path: Selection = EVERYTHING) -> None:
        """`by_path` may name other profiles for some files. Raises ProfileError where one is not there."""
        self._told = named, by_path
        self._named = Form(profiles.load(named), "指定による") if named is not None else None
        self._by_path = by_path
        self._loaded: dict[str, Profile] = {}
        self._recognised: dict[str, Profile] = {}
        for entry in by_path.entries:
            if entry.profile is not None:
                self.load(entry.profile)

    def __reduce__(self) -> tuple[type[Chooser], tuple[str | None, Selection]]:
        """In another process it loads the profiles anew."""
        return Chooser, self._told

    @cached_property
    def _forms(self) -> tuple[profiles.Evidence, ...]:
        return tuple(profiles.evidence())

    def choose(self, source: Source, path: str | None = None) -> Form:
        """The form of a document; `path`: where it is, if it is a file."""
        by_path = self._by_path.profile_for(path) if path is not None else None
        if by_path is not None:
            return Form(self.load(by_path), "設定の per-path による")
        if self._named is not None:
            return self._named
        from jisseki_check.forms.recognition import recognise  # a named form needs no look

        recognised = recognise(source, self._forms)
        name = recognised.profile
        if name not in self._recognised:
            # A likeness to a city's form does not tell that the document is that city's.
            self._recognised[name] = replace(self.load(name), municipality=None)
        return Form(self._recognised[name], recognised.reason)

    def load(self, name: str | None = None) -> Profile:
        """A profile of ours; the one that was named, else the usual one, where no name is given."""
        if name is None and self._named is not None:
            return self._named.profile
        name = name or profiles.DEFAULT
        if name not in self._loaded:
            self._loaded[name] = profiles.load(name)
        return self._loaded[name]


def read(source: Source, profile: Profile, *, allow_empty: bool = False) -> Document:
    """The report that a source holds. Raises Unreadable (DOC001, DOC002, DOC004)."""
    if is_mapped(source, profile):
        from jisseki_check.forms.json_tree import read as read_tree

        document = read_tree(source, profile)
    elif source.blocks is None:
        document = _from_data(source, allow_empty)
    elif profile.tree is not None:
        raise Unreadable(
            _DATA_ONLY.format(title=profile.title),
            rule="DOC002",
            fix="文書の報告を点検するときは、その様式の様式設定を --profile で指定してください。",
        )
    else:
        document = _from_blocks(source, source.blocks, profile)
        document = replace(document, report=besides.settled(document.report, profile))
    refuse_too_large(document.report, source.path)
    return document


# The modules of a layout are imported with the first document that may have it.
def _from_blocks(source: Source, blocks: tuple[Block, ...], profile: Profile) -> Document:
    if any(len(block.cells) >= _COLUMNS_OF_A_LIST for block in blocks):
        from jisseki_check.forms.layouts import read as read_lists

        document = read_lists(source, profile)
        if document is not None:
            return document
    from jisseki_check.forms.labelled_blocks import read as read_labelled

    return read_labelled(source, profile)


def is_mapped(source: Source, profile: Profile) -> bool:
    """Whether a source is data of another shape than our own, which the profile maps."""
    own = isinstance(source.data, dict) and source.data.get("format") == REPORT_FORMAT
    return profile.tree is not None and source.blocks is None and not own


def is_report_data(data: object) -> bool:
    """Whether JSON or YAML data means to be a report, however faulty."""
    return isinstance(data, dict) and (data.get("format") == REPORT_FORMAT or "items" in data)


def has_items(data: object) -> bool:
    """Whether there is anything in the data that can be judged as an item."""
    items = data.get("items") if isinstance(data, dict) else None
    return isinstance(items, list) and any(isinstance(item, dict) for item in items)


def _from_data(source: Source, allow_empty: bool) -> Document:
    if not is_report_data(source.data):
        kind = of_format(source.data.get("format")) if isinstance(source.data, dict) else None
        raise no_report(kind) if kind else Unreadable(_NOT_A_REPORT, rule="DOC002", fix=_MAKE_IT_ONE)
    if not allow_empty and not has_items(source.data):
        raise Unreadable(
            "項目（items）が1件もありません", rule="DOC002", fix="items に項目を書いてください。"
        )
    report = report_json.from_json(source.data)
    if source.remarks:
        report = replace(report, remarks=report.remarks + source.remarks)
    return Document(source.path, report, report_json.JsonPlaces(source.data, source.pointers))
