"""`waiver add`: a waiver for a finding that is there, written into the file of waivers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from jisseki_check.cli.command import command
from jisseki_check.cli.errors import INCONCLUSIVE, CommandError
from jisseki_check.cli.exceptions import refused_waivers, terms
from jisseki_check.cli.options import own_rules, project_settings
from jisseki_check.cli.output import write_files, write_stdout
from jisseki_check.cli.rulebook import find, load_entries
from jisseki_check.cli.suggestions import suggest_rules
from jisseki_check.cli.types import Day
from jisseki_check.cli.waiver.checking import checked, checking_options, file_option, waiver_file
from jisseki_check.formatters.summary import reasons
from jisseki_check.formatters.text import clean
from jisseki_check.formatters.words import formats_of, item_name, message, place
from jisseki_check.os_errors import in_words

if TYPE_CHECKING:
    from jisseki_check.catalogue import Entry
    from jisseki_check.model import Finding, Outcome
    from jisseki_check.settings import Settings

_DIGITS = 8  # of a fingerprint that are shown
_LISTED = 20

_Group = list["Finding"]
"""Findings of one thing at one place, with one value: they are waived together."""


@command(
    "add",
    "報告を点検し、選んだ指摘の免除を、免除のファイルに書き加えます。すでに書かれているものは変えません。\n"
    "当てはまる指摘がいくつもあるときは一覧を示すので、--item や --fingerprint で一つに絞ってください。\n"
    "終了コード　0 書き加えた、2 コマンドや内容の誤り、3 報告を点検できなかった",
    [
        (
            'jisseki-check waiver add 報告.txt --rule FIN105 --item 7 --reason "入札の差金による" '
            '--requested-by "総務課 山田" --approved-by "財政課長 佐藤" --until 2027-03-31',
            "項目7の指摘を免除します。",
        ),
    ],
)
@click.argument("paths", nargs=-1, required=True, metavar="パス...", help="報告のファイルかフォルダー")
@click.option(
    "--rule",
    required=True,
    metavar="コード",
    shell_complete=suggest_rules,
    help="免除する指摘の規則のコード（名前でも可）",
)
@click.option("--item", metavar="項目", help="項目の番号、または項目名（一部でも可）")
@click.option("--fingerprint", metavar="番号", help="指摘の番号（一覧に示される英数字。始めの4文字以上）")
@click.option("--reason", required=True, metavar="理由", help="直さなくてよい理由")
@click.option("--requested-by", required=True, metavar="名前", help="免除を求めた人または課")
@click.option(
    "--approved-by", required=True, metavar="名前", help="免除を認めた人または課（申請した人とは別の人）"
)
@click.option("--approved-on", type=Day(), metavar="日付", help="認めた日。省略すると基準とする日")
@click.option("--until", type=Day(), required=True, metavar="日付", help="免除する最後の日（例 2027-03-31）")
@file_option
@checking_options
def add(paths: tuple[str, ...], waivers: str | None, rule: str, **given: Any) -> None:
    settings = project_settings()
    path = waiver_file(waivers, settings)
    _refuse_empty(given)
    rules, _ = load_entries(own_rules(given["own"], settings), given["profile"] or settings.profile)
    entry = find(rules, rule)
    given["as_of"] = given["as_of"] or date.today()
    _refuse_ahead(given)
    outcome = checked(paths, given, settings, rules, None if _holds_nothing(path) else path)
    group = _chosen(outcome, entry, given)
    data, line = _added(path, group, entry, rules, given)
    write_files({path: data})
    write_stdout("\n".join(_told(path, line, group, outcome, settings, given)) + "\n")


def _holds_nothing(path: str) -> bool:
    """Whether no waiver can hold yet: the file is not there, or is there to be filled."""
    if not os.path.lexists(path):
        return True
    from jisseki_check.engine.waiver_entry import holds_nothing

    try:
        with open(path, "rb") as stream:
            return holds_nothing(stream.read())
    except OSError:  # which is said when it is read for its waivers
        return False


def _refuse_empty(given: Mapping[str, Any]) -> None:
    for name in ("item", "fingerprint", "reason", "requested_by", "approved_by"):
        if given[name] is not None and not given[name].strip():
            raise CommandError(f"--{name.replace('_', '-')} が空です。内容を書いてください。")
    if given["fingerprint"] is not None and len(_hexadecimal(given["fingerprint"])) < 4:
        raise CommandError("--fingerprint には、指摘の番号の始めの4文字以上を書いてください。")


def _refuse_ahead(given: Mapping[str, Any]) -> None:
    """Who approves tomorrow may yet think otherwise."""
    approved_on, as_of = given["approved_on"], given["as_of"]
    if approved_on is not None and approved_on > as_of:
        raise CommandError(
            f"--approved-on（{approved_on}）が、基準とする日（{as_of}）より後です。"
            "この免除はまだ効きません。承認を受けてから書き加えてください。"
        )


def _hexadecimal(fingerprint: str) -> str:
    return fingerprint.strip().lower().removeprefix("sha256:")


# --- the finding --------------------------------------------------------------------------------


def _chosen(outcome: Outcome, entry: Entry, given: Mapping[str, Any]) -> _Group:
    """The one finding that is meant, with those that are the same. Raises CommandError."""
    code = entry["id"]
    held = [each for each in outcome.findings if each.rule == code]
    asked = [each for each in held if _is_asked(each, given)]
    groups = _grouped(each for each in asked if each.status == "new")
    if len(groups) == 1:
        return groups[0]
    formats = formats_of(outcome)
    if groups:
        listed = "\n".join(_line(each[0], formats) for each in groups[:_LISTED])
        rest = f"\n  ほか{len(groups) - _LISTED:,}件" if len(groups) > _LISTED else ""
        raise CommandError(
            f"当てはまる {code} の指摘が{len(groups):,}件あります。--fingerprint に番号を書いて、"
            f"一つに絞ってください。\n{listed}{rest}"
        )
    waived = next((each for each in asked if each.waiver is not None), None)
    if waived is not None and waived.waiver is not None:
        raise CommandError(
            f"この指摘は、すでに免除されています（{clean(waived.waiver.path or '')}:{waived.waiver.line}）。"
        )
    if outcome.verdict.exit_code == INCONCLUSIVE and not held:
        raise CommandError("\n".join(["報告を点検できませんでした。", *reasons(outcome)]), INCONCLUSIVE)
    if held:
        listed = "\n".join(_line(each, formats) for each in held[:_LISTED])
        raise CommandError(f"--item や --fingerprint に当てはまる {code} の指摘がありません。\n{listed}")
    raise CommandError(f"この報告に {code}（{entry['title']}）の指摘はありません。免除は要りません。")


def _is_asked(finding: Finding, given: Mapping[str, Any]) -> bool:
    if given["fingerprint"] is not None:
        number = _hexadecimal(given["fingerprint"])
        if not finding.fingerprint.removeprefix("sha256:").startswith(number):
            return False
    if given["item"] is None:
        return True
    from jisseki_check.fingerprints import named

    wanted, item = named(given["item"]), finding.item
    if item is None:
        return wanted == named(finding.subject)
    return named(item.number) == wanted or (not wanted.isdecimal() and wanted in named(item.title))


def _grouped(findings: Iterable[Finding]) -> list[_Group]:
    from jisseki_check.exceptions.known import known

    groups: dict[object, _Group] = {}
    for each in findings:
        key = replace(known(each), fingerprint="", count=1)
        groups.setdefault(key, []).append(each)
    return list(groups.values())


def _line(finding: Finding, formats: Mapping[str, str | None]) -> str:
    number = finding.fingerprint.removeprefix("sha256:")[:_DIGITS]
    at = finding.location
    where = ":".join(part for part in (clean(at.path or ""), place(at, formats)) if part)
    item = item_name(finding.item) if finding.item is not None else ""
    return "  " + "　".join(part for part in (number, where, item, message(finding)) if part)


# --- the file -----------------------------------------------------------------------------------


def _added(
    path: str, group: _Group, entry: Entry, rules: Sequence[Entry], given: Mapping[str, Any]
) -> tuple[bytes, int]:
    """The file with the waiver, and the line at which it stands. Raises CommandError."""
    from pathlib import Path

    from jisseki_check.engine.inputs import shown_name
    from jisseki_check.engine.waiver_entry import CannotAdd, NewWaiver, added, writable
    from jisseki_check.engine.waiver_file import WaiverFileError
    from jisseki_check.exceptions.known import known
    from jisseki_check.model import Waiver

    new = NewWaiver(
        known=replace(writable(known(group[0])), count=sum(each.count for each in group)),
        waiver=Waiver(
            reason=given["reason"].strip(),
            requested_by=given["requested_by"].strip(),
            approved_by=given["approved_by"].strip(),
            until=given["until"].isoformat(),
        ),
        approved_on=given["approved_on"] or given["as_of"],
        title=entry["title"],
    )
    try:
        before = Path(path).read_bytes() if os.path.lexists(path) else None
        return added(before, shown_name(path), new, terms(rules))
    except OSError as error:
        raise CommandError(f"「{path}」を読めませんでした（{in_words(error)}）。") from None
    except WaiverFileError as error:
        raise CommandError(refused_waivers(path, error)) from None
    except CannotAdd as error:
        raise CommandError(str(error)) from None


def _told(
    path: str,
    line: int,
    group: _Group,
    outcome: Outcome,
    settings: Settings,
    given: Mapping[str, Any],
) -> Iterator[str]:
    finding = group[0]
    item = f"　{item_name(finding.item)}" if finding.item is not None else ""
    yield f"{path}:{line} に免除を書き加えました。"
    yield f"  {finding.rule}{item}　{clean(finding.message)}"
    yield f"  期限 {given['until']}。報告の値が変わったときは、その前に効かなくなります。"
    old = [
        use
        for use in outcome.waivers
        if use.state in ("lapsed", "expired") and use.known.rule == finding.rule
    ]
    for use in old:
        yield f"  {use.waiver.path}:{use.waiver.line} の免除は効いていません。要らなければ消してください。"
    if settings.waivers is None or os.path.realpath(settings.waivers) != os.path.realpath(path):
        yield f'点検では check --waivers {path} とするか、設定に waivers = "{path}" と書いてください。'
