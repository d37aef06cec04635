"""What was measured is told with its spread, and a measure that was not taken says why."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

from tests.benchmarks import machine, ours
from tests.benchmarks.environments import PEERS, pinned
from tests.benchmarks.measures import scaling
from tests.benchmarks.measuring import Command, Run, Timed, in_turns, ratios, run
from tests.benchmarks.results import Section, cpu, duration, memory, page, rate, share
from tests.benchmarks.setting import Setting

_FAST = Timed("速い", (Run(0.1, 0.2), Run(0.3, 0.4), Run(0.2, 0.3)))
_SLOW = Timed("遅い", (Run(1.0, 1.0, 5_000_000), Run(1.5, 1.0, 9_000_000), Run(4.0, 1.0, None)))


def test_a_time_is_the_median_with_its_spread() -> None:
    assert duration(_FAST) == "200 ms（100 ms～300 ms）"
    assert duration(_SLOW) == "1.50 秒（1.00 秒～4.00 秒）"
    assert cpu(_FAST) == "300 ms"
    assert rate(_SLOW, 3_000) == "2,000"


def test_a_ratio_is_of_runs_of_the_same_round() -> None:
    assert ratios(_SLOW, _FAST) == pytest.approx((10, 5, 20))
    assert share(_SLOW, _FAST) == "10.0（5.00～20.0）"
    assert share(_FAST, _SLOW) == "0.10（0.050～0.20）"


def test_memory_is_the_most_of_any_run_and_may_be_unknown() -> None:
    assert memory(_SLOW.peak_bytes) == "9 MB"
    assert memory(_FAST.peak_bytes) == "―"


def test_the_page_holds_every_section_and_where_it_was_measured() -> None:
    measured = Section("起動", "測り方です。", ("命令", "時間"), (("--help", "10 ms"),))
    skipped = Section("件数", "今回は測っていません。")
    written = page([measured, skipped], ["コア 2"], ["Python 3.11"])
    assert re.findall(r"^#+ .+", written, re.MULTILINE) == [
        "# 速さの計測", "## 起動", "## 件数", "## 測ったコンピューター", "## 版",
    ]  # fmt: skip
    assert re.search(r"\| *--help *\| *10 ms *\|", written)
    assert "今回は測っていません。\n" in written


def test_the_machine_is_told_without_names_and_paths() -> None:
    told = "\n".join([*machine.machine(), *machine.versions()])
    assert os.uname().nodename not in told
    assert str(Path.home()) not in told
    assert re.search(r"^コア \d+$", told, re.MULTILINE)


@pytest.mark.parametrize("peer", PEERS)
def test_every_peer_is_pinned_with_hashes(peer: str) -> None:
    assert pinned(peer)
    pins = (Path(__file__).parent / "peers" / f"{peer}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", pins.strip())
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in pins


def test_runs_take_turns_and_the_first_of_each_does_not_count(tmp_path: Path) -> None:
    log = tmp_path / "log"
    commands = [
        Command(name, (sys.executable, "-c", f"open({str(log)!r}, 'a').write({name!r})")) for name in "AB"
    ]
    told = in_turns(commands, 2)
    assert log.read_text() == "ABABAB"
    assert [(each.name, len(each.runs)) for each in told] == [("A", 2), ("B", 2)]


def test_memory_is_of_all_processes() -> None:
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("この OS では PSS を測れません")
    inner = "import time; held = bytearray(80_000_000); time.sleep(1)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    held = run(Command("two", (sys.executable, "-c", outer)), watch_memory=True)
    assert held.peak_bytes is not None
    assert held.peak_bytes > 80_000_000


def test_cpu_time_is_of_processes_too_that_nobody_waited_for() -> None:
    if not Path("/proc/self/task").exists():
        pytest.skip("この OS では、待たれなかった処理を数えられません")
    inner = "import time\nwhile time.process_time() < 0.5: pass"
    outer = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {inner!r}])"
    assert run(Command("orphan", (sys.executable, "-c", outer))).cpu_seconds > 0.5


def test_a_run_that_did_not_do_its_work_is_no_measurement() -> None:
    with pytest.raises(RuntimeError, match="exit code 3"):
        run(Command("fails", (sys.executable, "-c", "raise SystemExit(3)")))


def test_engines_are_those_that_the_command_offers() -> None:
    assert ours.has_engine("local")
    assert not ours.has_engine("loca")
    assert not ours.has_engine("abacus")


def test_the_large_batch_is_measured_only_when_asked_for(tmp_path: Path) -> None:
    section = scaling.measure(Setting(tmp_path, reports=10, scaled=0, rounds=1))
    assert section.rows == ()
    assert "SCALE=300000" in section.how
    assert list(tmp_path.iterdir()) == []
