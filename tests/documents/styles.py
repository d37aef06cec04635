"""All ways in which the tests lay a report out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from jisseki_check.model import Report
from tests.documents import excel_forms, excel_lists, excel_two_rows, office, plain_files, web_pages, word
from tests.documents.wording import report_of

REPORTS = ("clean", "faulty")


@dataclass(frozen=True)
class Style:
    """One way: how its file ends and how it is made. `saved_from`: LibreOffice saves it from that style."""

    name: str
    ending: str
    make: Callable[[Report], bytes]
    saved_from: str | None = None


def _by_hand(ending: str, *makers: Callable[[Report], bytes]) -> list[Style]:
    return [Style(f"{ending}-{maker.__name__.removeprefix('make_')}", ending, maker) for maker in makers]


_MADE = [
    *_by_hand(
        "docx",
        word.make_item_tables,
        word.make_long_table,
        word.make_paragraphs,
        word.make_labels_above,
        word.make_form_with_head,
        word.make_list_in_word,
        word.make_numbered_cells,
    ),
    *_by_hand(
        "xlsx",
        excel_lists.make_plain_list,
        excel_lists.make_two_header_rows,
        excel_lists.make_merged_sections,
        excel_lists.make_sheets_by_section,
        excel_lists.make_filtered_list,
        excel_lists.make_list_of_texts,
        excel_two_rows.make_two_rows_for_an_item,
        excel_forms.make_graph_paper,
        excel_forms.make_form_by_section,
        excel_forms.make_sheet_for_each_item,
    ),
    *_by_hand("csv", plain_files.make_csv_of_a_list, plain_files.make_csv_in_cp932),
    *_by_hand("tsv", plain_files.make_tsv),
    *_by_hand("html", web_pages.make_city_page, web_pages.make_list_on_a_page, web_pages.make_saved_by_word),
]
_SAVED = {
    "pdf": ("docx-item_tables", "docx-paragraphs", "docx-long_table", "xlsx-plain_list", "xlsx-graph_paper"),
    "html": ("docx-item_tables",),
    "docx": ("docx-form_with_head",),
    "xlsx": ("xlsx-two_header_rows",),
}

STYLES = {style.name: style for style in _MADE}
STYLES |= {
    f"{ending}-of-{name}": Style(f"{ending}-of-{name}", ending, STYLES[name].make, saved_from=name)
    for ending, names in _SAVED.items()
    for name in names
}


@cache
def document(report: str, style: str) -> bytes:
    """A report in a style."""
    chosen = STYLES[style]
    if chosen.saved_from is not None:
        return _all_saved(chosen.ending)[f"{report}-{chosen.saved_from}.{STYLES[chosen.saved_from].ending}"]
    return chosen.make(report_of(report))


@cache
def _all_saved(ending: str) -> dict[str, bytes]:
    """All documents of one format that LibreOffice saves: it takes long to start."""
    files = {
        f"{report}-{style.saved_from}.{STYLES[style.saved_from].ending}": document(report, style.saved_from)
        for style in STYLES.values()
        if style.saved_from is not None and style.ending == ending
        for report in REPORTS
    }
    return office.convert(files, ending)
