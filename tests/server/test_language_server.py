"""The server as an editor meets it: over standard input and output."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jisseki_check.engine import run
from jisseki_check.fixes import fix
from jisseki_check.forms import Chooser
from jisseki_check.readers.decoding import decode
from tests.server.editor import Editor, Gone, editing
from tests.server.test_corrections import DATA, TEXT, WRITTEN

EXAMPLES = Path(__file__).parents[2] / "examples"
LANGUAGES = {".txt": "plaintext", ".json": "json", ".yaml": "yaml"}
SEVERITIES = {"error": 1, "warning": 2, "info": 3}
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
Place = tuple[str, int, int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workspace")


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[Editor]:
    with editing(folder) as begun:
        begun.begin()
        yield begun


def _uri(folder: Path, name: str) -> str:
    return (folder / name).as_uri()


def _found(editor: Editor, uri: str, **asked: Any) -> list[Place]:
    return sorted(
        (each["code"], *editor.span(uri, each["range"])) for each in editor.diagnostics(uri, **asked)
    )


def _expected(folder: Path, name: str, text: str) -> list[Place]:
    """What `check` says of a file with that text, each place as characters of the text."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text.encode())
    starts = [0, *(match.end() for match in _LINE_BREAK.finditer(text))]
    ends = [match.start() for match in _LINE_BREAK.finditer(text)] + [len(text)]
    places = []
    for finding in run.check([path], options=run.Options(as_of=dt.date.today())).findings:
        at = finding.location
        start = starts[(at.line or 1) - 1] + (at.column or 1) - 1
        end = ends[(at.line or 1) - 1]
        if at.end_line is not None and at.end_column is not None:
            end = starts[at.end_line - 1] + at.end_column - 1
        places.append((finding.rule, start, end))
    return sorted(places)


# --- what is found ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "clean/environment.yaml",
        "faulty/money.txt",
        "faulty/publication.txt",
        "faulty/reading.txt",
        "faulty/schema.json",
        "faulty/structure.txt",
        "faulty/publication-markup.json",
        "unreadable/cut-off.txt",
        "unreadable/duplicate-key.json",
    ],
)
def test_the_findings_are_those_of_check(editor: Editor, folder: Path, tmp_path: Path, name: str) -> None:
    path = EXAMPLES / name
    text = decode(path.read_bytes(), name)
    uri = _uri(folder, path.name)
    editor.open(uri, text, LANGUAGES[path.suffix])
    expected = _expected(tmp_path, path.name, text)
    assert _found(editor, uri) == expected
    assert bool(expected) == (path.parent.name != "clean")
    editor.close(uri)


def test_a_finding_says_what_is_wrong_how_grave_it_is_and_what_to_do(editor: Editor, folder: Path) -> None:
    uri = _uri(folder, "決算.txt")
    editor.open(uri, TEXT.replace("1,100千円", "11,000千円"))
    found = {each["code"]: each for each in editor.diagnostics(uri)}["FIN101"]
    assert found["severity"] == SEVERITIES["error"]
    assert found["source"] == "jisseki-check"
    assert found["message"].startswith("決算額 11,000千円 が")
    assert "\n直し方：" in found["message"]
    assert "codeDescription" not in found
    assert "tags" not in found
    assert "11,000千円" in editor.quoted(uri, found["range"])
    places = [each["location"] for each in found["relatedInformation"]]
    assert [each["uri"] for each in places] == [uri]
    assert "１，２００千円" in editor.quoted(uri, places[0]["range"])


def test_what_is_on_the_disk_does_not_count(editor: Editor, folder: Path, tmp_path: Path) -> None:
    (folder / "別.txt").write_text("目標も実績もない別の文", encoding="utf-8")
    uri = _uri(folder, "別.txt")
    editor.open(uri, TEXT)
    assert _found(editor, uri) == _expected(tmp_path, "別.txt", TEXT)


def test_a_document_that_was_never_saved_is_checked(editor: Editor, tmp_path: Path) -> None:
    uri = "untitled:Untitled-1"
    editor.open(uri, WRITTEN["報告.yaml"], "yaml")
    assert _found(editor, uri) == _expected(tmp_path, "Untitled-1.yaml", WRITTEN["報告.yaml"])


# --- while somebody writes ----------------------------------------------------------------------


def test_changes_are_followed(editor: Editor, folder: Path, tmp_path: Path) -> None:
    uri = _uri(folder, "変更.txt")
    editor.open(uri, TEXT)
    before = _found(editor, uri)
    at = TEXT.index("1,100千円")
    editor.type(uri, at, at + len("1,100"), "11,000")
    changed = editor.texts[uri]
    assert changed == TEXT.replace("1,100千円", "11,000千円")
    after = _found(editor, uri)
    assert after == _expected(tmp_path, "変更.txt", changed)
    assert after != before
    editor.replace(uri, TEXT)
    assert _found(editor, uri) == before


def test_only_the_last_of_many_changes_counts(editor: Editor, folder: Path, tmp_path: Path) -> None:
    uri = _uri(folder, "連続.txt")
    editor.open(uri, TEXT.replace("\n", "\r\n"))
    for letter in "\n𠮷野川の水は、\r\nきれいになりました。\n":
        at = editor.texts[uri].index("平成29年度決算")
        editor.type(uri, at, at, letter)
    expected = _expected(tmp_path, "連続.txt", editor.texts[uri])
    assert _found(editor, uri) == expected
    versions = [version or 0 for version in editor.history[uri]]
    assert versions == sorted(set(versions))
    assert versions[-1] == editor.versions[uri]


def test_a_broken_file_says_where(editor: Editor, folder: Path, tmp_path: Path) -> None:
    uri, name = _uri(folder, "書きかけ.json"), "書きかけ.json"
    whole = WRITTEN["報告.json"]
    editor.open(uri, whole, "json")
    before = _found(editor, uri)
    at = whole.index('"goal"')
    editor.type(uri, at, at, '"number: ')
    found = editor.diagnostics(uri)
    assert [each["code"] for each in found] == ["DOC001"]
    assert _found(editor, uri) == _expected(tmp_path, name, editor.texts[uri])
    assert found[0]["range"]["start"]["line"] == whole[:at].count("\n")
    editor.type(uri, at, at + len('"number: '), "")
    assert _found(editor, uri) == before


def test_a_report_of_which_all_was_deleted_is_still_one(editor: Editor, folder: Path) -> None:
    uri = _uri(folder, "消した.txt")
    editor.open(uri, TEXT)
    editor.diagnostics(uri)
    editor.replace(uri, "")
    assert [each["code"] for each in editor.diagnostics(uri)] == ["DOC001"]
    editor.replace(uri, "あとで書く")
    assert [each["code"] for each in editor.diagnostics(uri)] == ["DOC002"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("package.json", '{"name": "site", "version": "1.0.0"}'),
        ("package-broken.json", '{"name": "site", '),
        ("買い物.txt", "1. 牛乳\n2. パン\n"),
        ("compose.yaml", "services:\n  web: {image: nginx}\n"),
        ("main.py", "# 平成29年度総務部の取り組み実績\n"),
    ],
)
def test_a_document_that_is_no_report_is_let_be(editor: Editor, folder: Path, name: str, text: str) -> None:
    uri = _uri(folder, name)
    editor.open(uri, text)
    editor.settle(uri)
    assert uri not in editor.shown
    assert editor.actions(uri, 0, len(text)) == []
    logged = [each["params"]["message"] for each in editor.heard if each["method"] == "window/logMessage"]
    assert any(name in message for message in logged) == (not name.endswith(".py"))
    editor.type(uri, len(text), len(text), "\n")
    editor.settle(uri)
    assert uri not in editor.shown


def test_documents_do_not_mix_and_one_that_is_closed_is_cleared(editor: Editor, folder: Path) -> None:
    first, second = _uri(folder, "一.txt"), _uri(folder, "二.json")
    editor.open(first, TEXT)
    editor.open(second, WRITTEN["報告.json"], "json")
    one, two = _found(editor, first), _found(editor, second)
    assert one != two
    editor.replace(second, "{")
    assert [each["code"] for each in editor.diagnostics(second)] == ["DOC001"]
    assert _found(editor, first) == one
    editor.close(second)
    editor.settle(first)
    assert editor.shown[second]["diagnostics"] == []
    assert editor.shown[first]["diagnostics"]
    assert editor.hover(second, 0) is None


# --- help ---------------------------------------------------------------------------------------


def test_hover_gives_the_page_of_the_rule(editor: Editor, folder: Path) -> None:
    uri = _uri(folder, "説明.txt")
    text = TEXT.replace("1,100千円", "11,000千円")
    editor.open(uri, text)
    answer = editor.hover(uri, text.index("11,000千円") + 2)
    assert answer is not None
    page = answer["contents"]["value"]
    assert answer["contents"]["kind"] == "markdown"
    assert "**FIN101　決算額が予算額を超えています**" in page
    for title in ("理由", "根拠", "直し方", "良い例", "悪い例"):
        assert f"**{title}**" in page
    assert "地方自治法 第232条の3" in page
    assert "11,000千円" in editor.quoted(uri, answer["range"])
    quiet = text.index("環境総務課")
    assert not any(start <= quiet <= end for _, start, end in _found(editor, uri))
    assert editor.hover(uri, quiet) is None


@pytest.mark.parametrize("name", [name for name in WRITTEN if "BOM" not in name])
def test_a_correction_of_one_place_is_exact(editor: Editor, folder: Path, name: str) -> None:
    uri, text = _uri(folder, f"一か所-{name}"), WRITTEN[name]
    editor.open(uri, text, LANGUAGES[Path(name).suffix])
    copy = fix(text.encode(), name, Chooser()).data.decode()
    steps = 0
    while offered := editor.actions(uri, 0, len(editor.texts[uri]), only=["quickfix"]):
        editor.apply(offered[0])
        steps += 1
    assert steps >= 3
    assert editor.texts[uri] == copy
    assert copy != text


def test_a_correction_names_what_it_solves(editor: Editor, folder: Path) -> None:
    uri = _uri(folder, "記号.txt")
    editor.open(uri, TEXT)
    found = editor.diagnostics(uri)
    at = TEXT.index("〇")
    (action,) = editor.actions(uri, at, at, only=["quickfix"], diagnostics=found)
    assert action["title"] == "記号を直す：「〇」→「○」"
    assert action["isPreferred"] is True
    assert [editor.quoted(uri, each["range"]) for each in action["diagnostics"]] == ["〇"]
    (change,) = action["edit"]["documentChanges"]
    assert [(editor.quoted(uri, each["range"]), each["newText"]) for each in change["edits"]] == [("〇", "○")]
    quiet = TEXT.index("環境総務課")
    assert editor.actions(uri, quiet, quiet, only=["quickfix"], diagnostics=found) == []


@pytest.mark.parametrize(
    ("only", "kinds"),
    [
        (["quickfix"], {"quickfix"}),
        (["source"], {"source.fixAll.jisseki-check"}),
        (["source.fixAll"], {"source.fixAll.jisseki-check"}),
        (["source.organizeImports", "refactor"], set()),
        (None, {"quickfix", "source.fixAll.jisseki-check"}),
    ],
)
def test_the_editor_gets_the_kinds_that_it_asks_for(
    editor: Editor, folder: Path, only: list[str] | None, kinds: set[str]
) -> None:
    uri = _uri(folder, "種類.txt")
    editor.open(uri, TEXT)
    context = {} if only is None else {"only": only}
    assert {each["kind"] for each in editor.actions(uri, 0, len(TEXT), **context)} == kinds


def test_an_editor_without_versioned_edits_gets_plain_ones(tmp_path: Path) -> None:
    with editing(tmp_path, capabilities={}) as editor:
        editor.begin()
        uri = _uri(tmp_path, "報告.txt")
        editor.open(uri, TEXT.replace("1,100千円", "11,000千円"))
        found = {each["code"]: each for each in editor.diagnostics(uri)}
        assert "relatedInformation" not in found["FIN101"]
        (action,) = editor.actions(uri, 0, 0, only=["source.fixAll"])
        assert len(action["edit"]["changes"][uri]) == len(
            editor.actions(uri, 0, len(TEXT), only=["quickfix"])
        )
        assert editor.end() == 0


# --- how places are counted ---------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_places_are_counted_as_agreed(tmp_path: Path, encoding: str) -> None:
    with editing(tmp_path) as editor:
        told = editor.begin([encoding, "utf-16"])
        assert told["capabilities"]["positionEncoding"] == encoding
        text = TEXT.replace("【 〇 】", "𠮷𠮷 【 〇 】").replace("(1) ", "\u2028\f(1) ")
        uri = _uri(tmp_path, "報告.txt")
        editor.open(uri, text)
        at = text.index("野川の清掃")
        editor.type(uri, at, at, "𩸽の")
        assert _found(editor, uri) == _expected(tmp_path / "disk", "報告.txt", editor.texts[uri])
        copy = fix(editor.texts[uri].encode(), "報告.txt", Chooser()).data.decode()
        (action,) = editor.actions(uri, 0, 0, only=["source.fixAll.jisseki-check"])
        assert action["title"] == "この文書の安全な訂正を全て行う"
        editor.apply(action)
        assert editor.texts[uri] == copy
        assert _found(editor, uri) == _expected(tmp_path / "disk", "報告.txt", copy)
        assert editor.end() == 0


# --- settings -----------------------------------------------------------------------------------


def test_settings_of_the_folder_hold_and_may_change(tmp_path: Path) -> None:
    department = tmp_path / "環境部"
    department.mkdir()
    with editing(tmp_path) as editor:
        editor.begin()
        uri, other = _uri(department, "報告.txt"), _uri(tmp_path, "報告.txt")
        text = TEXT.replace("1,100千円", "11,000千円")
        editor.open(uri, text)
        editor.open(other, text)
        codes = {each["code"] for each in editor.diagnostics(uri)}
        assert "FIN101" in codes
        watched = next(each for each in editor.heard if each["method"] == "client/registerCapability")
        registered = watched["params"]["registrations"][0]
        assert registered["method"] == "workspace/didChangeWatchedFiles"

        (department / "jisseki-check.toml").write_text('ignore = ["FIN101"]\n', encoding="utf-8")
        changed = {"uri": _uri(department, "jisseki-check.toml"), "type": 1}
        editor.shown.clear()  # the two are told of anew in any order
        editor.tell("workspace/didChangeWatchedFiles", {"changes": [changed]})
        assert {each["code"] for each in editor.diagnostics(uri)} == codes - {"FIN101"}
        assert "FIN101" in {each["code"] for each in editor.diagnostics(other)}

        (department / "jisseki-check.toml").write_text("ignore = [\n", encoding="utf-8")
        editor.shown.clear()
        editor.save(uri)
        (problem,) = editor.diagnostics(uri)
        assert problem["message"].startswith("設定に誤りがあるため、点検していません。")
        assert problem["severity"] == SEVERITIES["error"]
        assert "code" not in problem
        package = _uri(department, "package.json")
        editor.open(package, '{"name": "site"}', "json")
        editor.settle(package)
        assert package not in editor.shown

        (department / "jisseki-check.toml").write_text("max-bytes = 100\n", encoding="utf-8")
        editor.shown.clear()
        editor.save(_uri(department, "jisseki-check.toml"))
        (refused,) = editor.diagnostics(uri)
        assert refused["code"] == "DOC001"
        assert "大きすぎます" in refused["message"]
        assert editor.end() == 0


def test_settings_may_say_which_file_is_a_report(tmp_path: Path) -> None:
    with editing(tmp_path) as editor:
        editor.begin()
        settings = '[[per-path]]\npaths = ["報告/**"]\nprofile = "hirakata"\n'
        (tmp_path / "jisseki-check.toml").write_text(settings, encoding="utf-8")
        inside, outside = _uri(tmp_path / "報告", "総務部.txt"), _uri(tmp_path, "買い物.txt")
        editor.open(outside, "牛乳\n")
        editor.open(inside, "これから書く\n")
        assert [each["code"] for each in editor.diagnostics(inside)] == ["DOC002"]
        editor.settle(outside)
        assert outside not in editor.shown
        assert editor.end() == 0


def test_known_findings_of_the_settings_are_hints(tmp_path: Path) -> None:
    path = tmp_path / "報告.txt"
    example = Path(__file__).parents[2] / "examples" / "faulty" / "money.txt"
    path.write_bytes(example.read_bytes())
    create = [sys.executable, "-m", "jisseki_check", "baseline", "create", path.name]
    assert subprocess.run(create, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "jisseki-check.toml").write_text(
        'baseline = "jisseki-check-baseline.json"\n', encoding="utf-8"
    )
    with editing(tmp_path) as editor:
        editor.begin()
        editor.open(path.as_uri(), path.read_text(encoding="utf-8"))
        found = editor.diagnostics(path.as_uri())
        assert "FIN109" in {each["code"] for each in found}
        assert all(each["message"].startswith("［既知") for each in found)
        assert not {SEVERITIES["error"], SEVERITIES["warning"]} & {each["severity"] for each in found}
        assert editor.end() == 0


# --- what may go wrong --------------------------------------------------------------------------


def test_the_server_ends_as_the_protocol_says(tmp_path: Path) -> None:
    with editing(tmp_path) as editor:
        editor.begin()
        assert editor.end() == 0
    with editing(tmp_path) as editor:
        editor.begin()
        editor.tell("exit")
        assert editor.process.wait() == 1
    with editing(tmp_path) as editor:
        editor.begin()
        assert editor.process.stdin is not None
        editor.process.stdin.close()
        assert editor.process.wait() == 1
    assert (tmp_path / "server.log").read_bytes() == b""


def test_odd_messages_do_no_harm(editor: Editor, folder: Path) -> None:
    uri = _uri(folder, "続き.txt")
    editor.write_raw(b"{this is no JSON")
    editor.tell("$/somethingUnknown", {"value": 1})
    editor.tell("textDocument/didChange", {"textDocument": {"uri": "file:///nowhere.txt", "version": 3}})
    editor.tell("workspace/didChangeConfiguration", {"settings": {}})
    editor.close("file:///nowhere.txt")
    editor.save("file:///nowhere.txt")
    editor.open(uri, TEXT)
    number = editor.send(
        "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
    )
    editor.tell("$/cancelRequest", {"id": number})
    code, start, _ = _found(editor, uri)[0]
    answer = editor.hover(uri, start)
    assert answer is not None
    assert code in answer["contents"]["value"]


def test_a_fault_of_ours_is_shown_and_the_server_lives_on(tmp_path: Path) -> None:
    program = """
import os
from jisseki_check.engine import run
check = run.check
def failing(paths, *, options, progress=None):
    print("printed by mistake", flush=True)
    os.write(1, b"Content-Length: 3\\r\\n")
    if "暴走".encode() in options.stdin[0]:
        raise ZeroDivisionError("secret text")
    return check(paths, options=options, progress=progress)
run.check = failing
from jisseki_check.cli.app import run as start
start()
"""
    with editing(tmp_path, program=program) as editor:
        editor.begin()
        uri = _uri(tmp_path, "報告.txt")
        editor.open(uri, TEXT + "暴走")
        (problem,) = editor.diagnostics(uri)
        assert problem["message"] == "点検プログラムの不具合で、点検できませんでした（ZeroDivisionError）。"
        assert editor.actions(uri, 0, len(TEXT)) == []
        editor.replace(uri, TEXT)
        assert len(editor.diagnostics(uri)) > 1
        assert editor.end() == 0
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "printed by mistake" in log


def test_a_rule_that_crashes_is_a_finding(tmp_path: Path) -> None:
    program = """
from jisseki_check.engine import judging
born = judging.births.of_rule
def failing(judgement, frame, documents):
    if judgement.condition.rule.id == "FIN101":
        raise ZeroDivisionError
    return born(judgement, frame, documents)
judging.births.of_rule = failing
from jisseki_check.cli.app import run
run()
"""
    with editing(tmp_path, program=program) as editor:
        editor.begin()
        uri = _uri(tmp_path, "報告.txt")
        editor.open(uri, TEXT.replace("1,100千円", "11,000千円"))
        codes = [each["code"] for each in editor.diagnostics(uri)]
        assert "DOC007" in codes
        assert "FIN101" not in codes
        assert len(codes) > 1
        assert editor.end() == 0


def test_without_the_words_library_that_is_said_aloud_once(tmp_path: Path) -> None:
    program = """
import sys
sys.modules["sudachipy"] = None
from jisseki_check.cli.app import run
run()
"""
    with editing(tmp_path, program=program) as editor:
        editor.begin()
        uri = _uri(tmp_path, "報告.txt")
        editor.open(uri, TEXT)
        editor.diagnostics(uri)
        editor.replace(uri, TEXT + "\n")
        editor.diagnostics(uri)
        editor.settle(uri)
        said = [each["params"]["message"] for each in editor.heard if each["method"] == "window/showMessage"]
        assert len(said) == 1
        assert "jisseki-check[words]" in said[0]
        assert editor.end() == 0


def test_without_its_library_the_command_says_what_to_install(tmp_path: Path) -> None:
    program = """
import sys
sys.modules["pygls"] = None
from jisseki_check.cli.app import run
run()
"""
    with editing(tmp_path, program=program) as editor, pytest.raises((Gone, BrokenPipeError)):
        editor.begin()
    assert editor.process.wait() == 2
    log = (tmp_path / "server.log").read_text(encoding="utf-8")
    assert "jisseki-check[editor]" in log
    assert "Traceback" not in log


def test_items_that_hold_every_kind_of_text_come_through(
    editor: Editor, folder: Path, tmp_path: Path
) -> None:
    item = {**DATA["items"][0], "result": "\u202e::error::%0A]]>\"'\u0007\ud842\n<b>&amp;"}
    text = json.dumps({**DATA, "items": [item]})
    uri = _uri(folder, "文字.json")
    editor.open(uri, text, "json")
    assert _found(editor, uri) == _expected(tmp_path, "文字.json", text)
