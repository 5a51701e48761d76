"""The tables of the evidence pages are written by their command, and say when and from what."""

import re
from datetime import date
from pathlib import Path

import pytest
from benchmarks.betting_page import PAGE as BETTING
from benchmarks.evidence import BLOCK, STAMP, digest, filled, stamp
from benchmarks.evidence_tables import PAGES
from benchmarks.report import markdown

FOLDER = Path(__file__).parents[3] / "docs" / "methods-evidence"
TABLE = re.compile(r"^\|[-:| ]+\|$", re.MULTILINE)
MEASURED = re.compile(
    r"\*Measured on \d{4}-\d\d-\d\d with monps \S+\. Data: [\d,]+ files, SHA-256 `[0-9a-f]{12}`\.\*"
)
MARKS = {page: {STAMP, *tables} for page, tables in PAGES.items()} | {
    "betting": {name for name, *_ in BLOCK.findall(BETTING)}
}


def test_every_page_is_written_by_a_command():
    assert {path.stem for path in FOLDER.glob("*.md")} - {"index"} == set(MARKS)


@pytest.mark.parametrize("page", sorted(MARKS))
def test_every_table_stands_where_the_command_writes_it(page):
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    blocks = {name: inside for name, _, inside, _ in BLOCK.findall(text)}
    assert set(blocks) == MARKS[page]
    assert all(len(TABLE.findall(inside)) == 1 for name, inside in blocks.items() if name != STAMP)
    assert TABLE.findall(BLOCK.sub("", text)) == []


@pytest.mark.parametrize("page", sorted(MARKS))
def test_every_page_says_when_it_was_measured_and_from_which_data(page):
    text = (FOLDER / f"{page}.md").read_text(encoding="utf-8")
    (said,) = [inside for name, _, inside, _ in BLOCK.findall(text) if name == STAMP]
    assert MEASURED.fullmatch(said.strip()), said


def test_a_stamp_is_what_the_pages_are_asked_for():
    assert MEASURED.fullmatch(stamp(date(2026, 1, 2), "3 files, SHA-256 `0123456789ab`"))


def test_only_what_is_marked_is_written():
    page = "# A\n\n<!-- evidence: one -->\n\nold\n\n<!-- /evidence -->\n\nkept\n"
    assert filled(page, {"one": r"new \1"}) == page.replace("old", r"new \1")


@pytest.mark.parametrize("blocks", [{}, {"two": "new"}, {"one": "new", "two": "new"}])
def test_a_table_without_a_place_and_a_place_without_a_table_are_errors(blocks):
    with pytest.raises(ValueError, match="the page has marks for"):
        filled("<!-- evidence: one -->\n\nold\n\n<!-- /evidence -->\n", blocks)


def test_a_digest_is_of_names_and_bytes(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"a")
    two.write_bytes(b"b")
    whole = digest(tmp_path, [one, two])
    assert whole == digest(tmp_path, [one, two])
    two.write_bytes(b"c")
    changed = digest(tmp_path, [one, two])
    renamed = digest(tmp_path, [one, two.rename(tmp_path / "three")])
    assert len({whole, changed, renamed}) == 3


def test_a_table_has_a_minus_where_there_is_one_and_hyphens_where_not():
    table = markdown([{"what": "long-term", "gap": "-1.5 [-2, 1]", "n": -1200}])
    assert table.splitlines() == [
        "| what | gap | n |",
        "|---|---|---|",
        "| long-term | −1.5 [−2, 1] | −1,200 |",
    ]
