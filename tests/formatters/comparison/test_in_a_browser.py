"""The page of a comparison in a browser without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from jisseki_check.comparing import KINDS, Comparison
from jisseki_check.formatters.comparison import render
from jisseki_check.formatters.comparison.told import Names
from jisseki_check.formatters.view import View
from tests.comparing.desk import CLEAN, MONEY, PLAN, compared, edited
from tests.formatters import browser as browsers


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.opened() as held:
        yield held


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    before = {"a.txt": MONEY, "b.txt": PLAN, "c.txt": CLEAN}
    after = {
        "a.txt": edited(MONEY, ("決算：462\t", "決算：462 千円\t"), ("5,212,000", "5,999,000")),
        "c.txt": edited(CLEAN, ("平成 29 年度決算：6,215 千円", "平成 29 年度決算：6,215")),
    }
    return compared(tmp_path_factory.mktemp("比較"), before, after)


@pytest.fixture(scope="module")
def file(comparison: Comparison, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "比較.html"
    path.write_text(render("html", comparison, Names("前.json", "今回.json"), View()), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_is_cut_off(browser: Browser, file: Path, width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert wrong == []


def test_one_kind_can_be_looked_at_alone(browser: Browser, file: Path, comparison: Comparison) -> None:
    total = len(comparison.changes)
    with browser.new_page() as page:
        page.goto(file.as_uri())
        for kind in KINDS:
            page.select_option("#by-status", kind)
            number = len(comparison.of(kind))
            expect(page.locator("#shown")).to_have_text(f"{total}件中 {number}件を表示（絞り込み中）")
            expect(page.locator(f"li.f.{kind}:visible")).to_have_count(number)
