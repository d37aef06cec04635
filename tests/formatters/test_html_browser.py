"""The page in a browser without a network: nothing is blocked or missing, and all can use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from jisseki_check.formatters import content
from jisseki_check.model import Location
from tests.formatters import browser as browsers
from tests.formatters.city import CITY, DEPARTMENTS, YEAR, finding, path
from tests.formatters.outcomes import BY_HAND
from tests.formatters.pages import with_rules

NUMBER = len(CITY.findings)
A4 = (595, 842)  # points
_BEFORE = replace(finding("総務部", 1), fiscal_year=YEAR - 1, location=Location(path("総務部", YEAR - 1), 1))
SEVERAL = replace(  # reports of two years
    CITY,
    reports=tuple(replace(each, prior=False) for each in CITY.reports),
    findings=(*CITY.findings, _BEFORE),
)
OUTCOMES = {
    "city": CITY,
    "several": SEVERAL,
    "excepted": BY_HAND["excepted"],
    "passed": BY_HAND["passed"],
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsers.opened() as held:
        yield held


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name, outcome in OUTCOMES.items():
        (folder / f"{name}.html").write_bytes(content("html", outcome, with_rules()))
    return {name: folder / f"{name}.html" for name in OUTCOMES}


@pytest.fixture
def city(browser: Browser, files: dict[str, Path]) -> Iterator[Page]:
    """The city's page; whatever goes wrong on it fails the test."""
    with browser.new_page(viewport={"width": 1280, "height": 900}) as page:
        wrong: list[str] = []
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url)
        )
        page.goto(files["city"].as_uri())
        yield page
        assert wrong == []


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", OUTCOMES)
def test_axe_finds_nothing(browser: Browser, files: dict[str, Path], name: str, width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        page.goto(files[name].as_uri())
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_page_is_no_wider_than_the_window(city: Page, width: int) -> None:
    city.set_viewport_size({"width": width, "height": 900})
    city.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert city.evaluate("document.documentElement.scrollWidth") == width


def test_style_and_script_are_applied(city: Page) -> None:
    assert city.evaluate("getComputedStyle(document.querySelector('h1')).borderBottomStyle") == "double"
    assert city.locator("#filter").is_visible()


def test_nothing_else_may_run_or_be_fetched(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_page() as page:
        page.goto(files["passed"].as_uri())
        assert page.evaluate("fetch('data:,').then(() => 'fetched', () => 'blocked')") == "blocked"
        page.evaluate(
            "document.body.insertAdjacentHTML('beforeend', '<p id=x style=color:red onclick=a()>x</p>')"
        )
        assert page.evaluate("getComputedStyle(document.getElementById('x')).color") != "rgb(255, 0, 0)"
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('script'), {text: 'run = 1'}))"
        )
        assert page.evaluate("typeof run") == "undefined"


def test_filter_counts_what_it_shows(city: Page) -> None:
    shown, findings = city.locator("#shown"), city.locator(".f:not([hidden])")
    assert shown.text_content() == f"{NUMBER}件"
    city.select_option("#by-level", "error")
    errors = sum(each.severity.value == "error" for each in CITY.findings)
    expect(shown).to_have_text(f"{NUMBER}件中 {errors}件を表示（絞り込み中）")
    expect(findings).to_have_count(errors)
    city.select_option("#by-report", label="総務部　平成30年度")
    expect(city.locator("details.report:not([hidden]) .part")).to_have_text("（2件中 1件を表示）")
    city.click("button[type=reset]")
    expect(shown).to_have_text(f"{NUMBER}件")
    expect(findings).to_have_count(NUMBER)


def test_department_is_shown_with_all_its_reports(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_page() as page:
        page.goto(files["several"].as_uri())
        reports = page.locator("details.report:not([hidden]) h3")
        page.select_option("#by-report", label="総務部")
        expect(reports).to_have_text(["総務部　平成30年度", "総務部　平成29年度"])
        page.select_option("#by-report", label="総務部　平成29年度")
        expect(reports).to_have_text(["総務部　平成29年度"])


def test_link_into_what_is_closed_opens_it(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_page() as page:
        page.goto(files["several"].as_uri())
        assert not page.locator("#reports .listed table").is_visible()
        page.evaluate("() => { document.querySelector('.listed tbody tr').id = 'x'; location.hash = '#x'; }")
        expect(page.locator("#reports .listed table")).to_be_visible()


def test_words_are_found_whatever_their_width(city: Page) -> None:
    city.fill("#by-text", "教育部の事業その１０ ")
    expect(city.locator(".f:not([hidden]) .m")).to_have_text(["教育部の指摘その10"])
    expect(city.locator(".f:not([hidden])")).to_be_visible()


@pytest.mark.parametrize(
    "words",
    [
        "教育部　その10",  # of the report and of the finding
        "教育部の 事業その１０",
        "ＤＡＴ１１１ dat111",
        "４６２０千円",  # the page has it with a comma
        "ｶﾞｿﾘﾝ",
        "ガソ リン",
        "会計室．ｔｘｔ",
    ],
)
def test_words_are_found_however_they_are_typed(city: Page, words: str) -> None:
    (first, *_) = city.locator(".f .m").all()
    first.evaluate("m => m.append('ガソ リン 会計室.TXT')")
    city.fill("#by-text", words)
    expect(city.locator("#shown")).to_contain_text("（絞り込み中）" if words != "４６２０千円" else "件")
    expect(city.locator(".f:not([hidden])").first).to_be_attached()


def test_words_that_are_nowhere_find_nothing(city: Page) -> None:
    city.fill("#by-text", "4621千円")
    expect(city.locator("#shown")).to_have_text(f"{NUMBER}件中 0件を表示（絞り込み中）")


def test_waived_and_known_ones_can_be_looked_at_alone(city: Page) -> None:
    city.select_option("#by-status", "waived")
    expect(city.locator(".f:not([hidden]) i")).to_have_text(["免除"])


def test_findings_can_be_put_in_the_order_of_their_level_and_back(city: Page) -> None:
    before = city.locator(".f .m").all_text_contents()
    city.select_option("#order", "level")
    report = city.locator("details.report", has_text="教育部　平成30年度")
    levels = report.locator(".f b").all_text_contents()
    assert levels == ["誤り"] * 6 + ["確認"] * 6 + ["参考"] * 6
    assert "教育部の事業その1" in (report.locator(".f p").first.text_content() or "")
    city.select_option("#order", "item")
    assert city.locator(".f .m").all_text_contents() == before
    assert city.locator(".of").count() == 0


def test_tables_are_sorted_by_their_headings_with_the_keyboard(city: Page) -> None:
    heading = city.locator("#reports thead th", has_text="参考")
    heading.locator("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert (city.locator("#reports tbody th").first.text_content() or "").startswith(DEPARTMENTS[-1])
    heading.locator("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "ascending"


def test_link_opens_what_it_leads_to(city: Page) -> None:
    city.click("#reports a >> text=教育部")
    report = city.locator("details.report", has_text="教育部　平成30年度")
    assert report.get_attribute("open") is not None
    report.locator(".f a").first.click()
    assert city.locator("details.rule[open]").count() == 1


def test_all_can_be_read_without_a_script(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(files["city"].as_uri())
        assert not page.locator("#filter").is_visible()
        assert page.locator("noscript p").is_visible()
        first = page.locator("details.report").first
        assert not first.locator(".f").first.is_visible()
        first.locator("summary").click()
        assert first.locator(".f").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_has_every_finding(
    browser: Browser, files: dict[str, Path], tmp_path: Path, scripts: bool
) -> None:
    with browser.new_context(java_script_enabled=scripts) as context:
        page = context.new_page()
        page.goto(files["city"].as_uri())
        page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    sizes = {tuple(map(round, sheet.get_size())) for sheet in document}
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    count = len(document)
    document.close()
    assert sizes == {A4}
    told = "".join("".join(texts).split())
    assert [each.message for each in CITY.findings if each.message not in told] == []
    assert f"2／{count}" in "".join(texts[1].split())
    assert "検索する語" not in told


def test_no_page_of_paper_ends_with_the_heading_of_a_table(
    browser: Browser, files: dict[str, Path], tmp_path: Path
) -> None:
    with browser.new_page() as page:
        page.goto(files["several"].as_uri())
        page.evaluate(
            """() => {
              const space = document.createElement("div");
              space.id = "space";
              const scroll = document.querySelector("#reports .scroll");
              document.querySelector("main").replaceChildren(space, scroll);
            }"""
        )
        for height in range(200, 245, 5):
            page.evaluate("height => document.getElementById('space').style.height = `${height}mm`", height)
            page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
            document = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
            texts = [sheet.get_textpage().get_text_range() for sheet in document]
            document.close()
            (begins,) = (text for text in texts if "部ごとにまとめた状態" in text)
            assert all(each in begins for each in DEPARTMENTS[:3]), height


def test_forced_colours_keep_marks_and_charts(browser: Browser, files: dict[str, Path]) -> None:
    with browser.new_page(forced_colors="active") as page:
        page.goto(files["city"].as_uri())
        adjust = "getComputedStyle(document.querySelector('.chart')).forcedColorAdjust"
        assert page.evaluate(adjust) == "none"
