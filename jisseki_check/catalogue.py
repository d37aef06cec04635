"""The catalogue: rules/**/*.yaml → Rule.

Parsing sixty YAML files costs more than judging a report, so rules/catalogue.json keeps them parsed.
It is used only when its digest is that of the YAML files at hand: an edited rule is never missed.
`python -m jisseki_check.catalogue` writes it anew, with rules/README.md and the stored profiles.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jisseki_check.resources import file

if TYPE_CHECKING:
    from jisseki_check.model import Rule

LEVELS = {"error": "誤り", "warning": "確認", "info": "参考"}
FAMILIES = {
    "DOC": "読み取り",
    "SCH": "形（JSON Schema）",
    "STR": "構成",
    "FIN": "金額",
    "MRK": "達成状況",
    "DAT": "日付と年度",
    "PVR": "計画と実績",
    "STY": "言葉と表記",
    "PLH": "公表の前に（書き残し）",
    "PII": "公表の前に（個人情報）",
    "PUB": "公表の前に（文字）",
    "XDC": "報告どうし（計画・前の年度・ほかの部）",
    "WVR": "指摘の免除",
}


LONGEST_WAIVER_DAYS = 366
"""Unless a rule says less: reports come once a year, and the year may be a leap year."""

_NO_RULES = frozenset({"profiles", "lists"})
_YAML = (".yaml", ".yml")


class CatalogueError(Exception):
    """A rule file that cannot be used; the message names it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rules, by code, and the digest of the files that they stand in."""

    rules: tuple[Rule, ...]
    digest: str


Entry = Mapping[str, Any]
"""A rule file's data, as schemas/rule.schema.json describes it."""


def load(root: str | None = None, own: str | None = None) -> Catalogue:
    """The rules of a folder (the project's by default) and a city's `own`. Raises CatalogueError."""
    held, digest = entries(root, own)
    return Catalogue(tuple(map(rule_of, held)), digest)


def entries(root: str | None = None, own: str | None = None) -> tuple[list[Entry], str]:
    """The rules' data, by code, and their digest: what is enough to print them. Raises CatalogueError."""
    root = root or file("rules")
    files = _files(root, rule_names(root))
    digest = _digest([*files, *_files(root, _list_names(root))])
    held = _stored(os.path.join(root, "catalogue.json"), digest)
    if held is None:
        held = [_parse(name, data) for name, data in files]
    if not held:
        raise CatalogueError(f"規則のファイルが {root} にありません。")
    if own is not None:
        added = _files(own, own_names(own))
        _refuse_clashes({name for name, _ in files}, [os.path.join(own, name) for name, _ in added])
        held = held + [_parse(name, data) for name, data in added]
        digest = _digest([("", digest.encode()), *added])
    return sorted(held, key=lambda entry: str(entry["id"])), digest


def own_names(own: str) -> list[str]:
    """The rule files of a city's own folder, in it or one folder below. Raises CatalogueError.

    What is no rule by its name is refused: a rule that is passed over would never judge.
    """
    if not os.path.isdir(own):
        raise CatalogueError(f"規則のフォルダー「{own}」が見つかりません。場所と名前を確かめてください。")
    names = [*(name for name in os.listdir(own) if name.endswith(_YAML)), *rule_names(own)]
    odd = next((name for name in sorted(names) if not _is_rule_file(os.path.basename(name))), None)
    if odd is not None:
        raise CatalogueError(
            f"「{os.path.join(own, odd)}」は規則のファイルの名前ではありません。"
            "「AOB101-mark-too-low.yaml」のようにコードと名前を付けるか、規則でないファイルは別のフォルダーに移してください。"
        )
    if not names:
        raise CatalogueError(f"規則のフォルダー「{own}」に、規則のファイル（.yaml）がありません。")
    return sorted(names)


def _is_rule_file(name: str) -> bool:
    code, hyphen, rest = name.partition("-")
    return (
        hyphen == "-"
        and len(code) == len("FIN101")
        and code.isascii()
        and code[:3].isupper()
        and code[:3].isalpha()
        and code[3:].isdigit()
        and rest.endswith(".yaml")
    )


def _refuse_clashes(project: set[str], added: list[str]) -> None:
    """Raises CatalogueError for a code or a name of two rules: neither may stand for the other unseen."""
    held = {part: f"初めから入っている rules/{name} " for name in project for part in _code_and_name(name)}
    for path in added:
        for part in _code_and_name(path):
            if part in held:
                raise CatalogueError(
                    f"規則「{part}」が二つのファイルにあります（{held[part]}と {path}）。"
                    "自分の規則には、AOB101 のように、初めから入っている規則にない3文字のコードと、"
                    "別の名前を付けてください。"
                )
            held[part] = f"{path} "


def _code_and_name(path: str) -> tuple[str, str]:
    code, _, name = os.path.basename(path).removesuffix(".yaml").partition("-")
    return code, name


def _files(root: str, names: Iterable[str]) -> list[tuple[str, bytes]]:
    """Each rule file's name below the folder, and its content."""
    return [(name, _content(os.path.join(root, name))) for name in sorted(names)]


def rule_names(root: str) -> Iterator[str]:
    """The files in the folders of `root` that hold rules, by their names below it."""
    # os.scandir, for `rules` and `explain` should not wait for pathlib
    for folder in os.scandir(root):
        if folder.is_dir() and folder.name not in _NO_RULES:
            yield from (f"{folder.name}/{name}" for name in os.listdir(folder) if name.endswith(_YAML))


def _list_names(root: str) -> list[str]:
    """The lists of words that the facts look for: what a rule finds rests on them too."""
    lists = os.path.join(root, "lists")
    return (
        [f"lists/{name}" for name in os.listdir(lists) if name.endswith(_YAML)]
        if os.path.isdir(lists)
        else []
    )


def _content(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()


def _digest(files: list[tuple[str, bytes]]) -> str:
    digest = hashlib.sha256()
    for name, data in files:
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
    return f"sha256:{digest.hexdigest()}"


def proof() -> Mapping[str, Any]:
    """What was measured of the project's own rules, by code; empty where the figures are not at hand."""
    try:
        held: Mapping[str, Any] = json.loads(_content(file("rules", "proof.json")))
    except (OSError, ValueError):
        return {}
    return held


def _stored(path: str, digest: str) -> list[Entry] | None:
    try:
        stored = json.loads(_content(path))
        return list(stored["rules"]) if stored["digest"] == digest else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _parse(name: str, data: bytes) -> Entry:
    import yaml  # only when the stored catalogue is out of date

    try:
        entry = yaml.load(data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CatalogueError(f"規則 {name} をYAMLとして読めません: {error}") from None
    if not isinstance(entry, dict) or os.path.basename(name) != f"{entry.get('id')}-{entry.get('name')}.yaml":
        raise CatalogueError(f"規則 {name} の id・name とファイル名が合いません。")
    return entry


def rule_of(entry: Entry) -> Rule:
    """The rule that a file's data describe. Raises CatalogueError."""
    from jisseki_check.model import Basis, Rule, Severity  # 12 ms that printing the rules does not need

    try:
        return Rule(
            id=entry["id"],
            name=entry["name"],
            title=entry["title"],
            level=Severity(entry["level"]),
            message=entry["message"],
            fix=entry["fix"],
            why=entry["why"],
            basis=tuple(Basis(*basis_of(item)) for item in entry["basis"]),
            judged_by=entry.get("judged_by", "facts"),
            table=entry.get("table"),
            at=entry.get("at"),
            applies_when=entry.get("applies_when"),
            violated_when=entry.get("violated_when"),
            blocked_by=tuple(entry.get("blocked_by", ())),
            needs=tuple(entry.get("needs", ())),
            related=tuple(entry.get("related", ())),
            once_per=entry.get("once_per"),
            longest_waiver_days=longest_waiver_days(entry),
            expected=entry.get("expected"),
            difference=entry.get("difference"),
            correction=entry.get("correction"),
            params=entry.get("params", {}),
            criteria=entry.get("criteria"),
            examples={kind: tuple(given) for kind, given in entry.get("examples", {}).items()},
        )
    except (KeyError, ValueError, AttributeError) as error:
        raise CatalogueError(
            f"規則 {entry.get('id')} に足りない、または正しくない欄があります: {error}"
        ) from None


def longest_waiver_days(entry: Entry) -> int:
    """For how many days a finding of a rule may be waived at most; 0: never."""
    days: int = entry.get("longest_waiver_days", LONGEST_WAIVER_DAYS)
    return days


def basis_of(item: Mapping[str, str]) -> tuple[str, str | None, str | None]:
    """A basis' source, article and relation (of a law), or source and note."""
    return item.get("law") or item["source"], item.get("article"), item.get("relation") or item.get("note")


def stored_catalogue(root: str | None = None) -> str:
    """What rules/catalogue.json must hold."""
    root = root or file("rules")
    files = _files(root, rule_names(root))
    digest = _digest([*files, *_files(root, _list_names(root))])
    stored = {"digest": digest, "rules": [_parse(name, data) for name, data in files]}
    return json.dumps(stored, ensure_ascii=False, indent=1) + "\n"


def readme() -> str:
    """The catalogue as a page: one table a family."""
    held, _ = entries()
    lines = [
        "# 規則一覧",
        "",
        "規則は1件1ファイルで、条件・言葉・根拠・例を持ちます。",
        "このページは規則のファイルから作られます（`make generated`）。",
        "1件ずつの説明は `jisseki-check explain コード` で読めます。",
        "「免除」は、指摘を免除できる最も長い期間です。不可の規則の指摘は、免除も既知の指摘にすることもできません。",
    ]
    for family, title in FAMILIES.items():
        rules = [entry for entry in held if entry["id"].startswith(family)]
        if not rules:
            continue
        lines += [
            "",
            f"## {family} {title}",
            "",
            "| コード | 段階 | 指摘 | 名前 | 根拠 | 免除 |",
            "|---|---|---|---|---|---|",
        ]
        for rule in rules:
            basis = "、".join(source + (article or "") for source, article, _ in map(basis_of, rule["basis"]))
            days = longest_waiver_days(rule)
            lines.append(
                f"| {rule['id']} | {LEVELS[rule['level']]} | {rule['title']} | {rule['name']} | {basis} "
                f"| {f'{days}日まで' if days else '不可'} |"
            )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write what is generated from the rule files and the profiles."""
    from jisseki_check.profiles import stored_profiles
    from jisseki_check.wordlists import stored_lists

    generated = {
        "catalogue.json": stored_catalogue,
        "README.md": readme,
        "profiles/profiles.json": stored_profiles,
        "lists/lists.json": stored_lists,
    }
    for name, content in generated.items():
        text = content()  # before the file is emptied
        with open(file("rules", name), "w", encoding="utf-8") as stream:
            stream.write(text)


if __name__ == "__main__":
    main()
