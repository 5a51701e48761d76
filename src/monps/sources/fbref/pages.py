"""A page as tables: those that can be seen, and those that hide in comments until a script shows them."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree, html

from monps.errors import DataRefused
from monps.ports.source import Payload
from monps.sources._looks import describe, is_challenge

Cells = dict[str, str]


class PageRow(NamedTuple):
    """One row of a table: its place from 1, its texts, and where its links lead, by the column's name."""

    line: int
    cells: Cells
    links: Cells


class Page:
    """A page of FBref.

    Parameters
    ----------
    payload : Payload
        The page.

    Raises
    ------
    DataRefused
        If it is none.
    """

    def __init__(self, payload: Payload) -> None:
        if is_challenge(payload.content) and b"<table" not in payload.content:
            raise DataRefused(f"{payload.name}: this is {describe(payload.content)}")
        try:
            self.root = html.document_fromstring(
                payload.content.decode("utf-8", "replace").encode(), parser=_parser()
            )
        except (etree.ParserError, ValueError) as error:
            raise DataRefused(f"{payload.name}: this is {describe(payload.content)}, not a page") from error
        self.tables = {number: table for number, table in self._tables() if number}
        if not self.tables:
            none = not self.root.xpath("//table")
            told = "there is no table in it" if none else "its tables are none of FBref's"
            raise DataRefused(f"{payload.name}: this is {describe(payload.content)}; {told}")

    @property
    def title(self) -> str:
        """The page's title."""
        return " ".join(self.root.xpath("string(//title)").split())

    def one(self, path: str) -> str:
        """Return the text at an XPath, blanks made single; empty where there is none."""
        return " ".join(self.root.xpath(f"string({path})").replace("\xa0", " ").split())

    def rows(self, table: str) -> Iterator[PageRow]:
        """Yield a table's rows by their columns' names (``data-stat``); headers within are left out."""
        body = self.tables[table].xpath(".//tbody/tr[not(contains(concat(' ', @class, ' '), ' thead '))]")
        for line, row in enumerate(body, 1):
            cells = {cell.get("data-stat"): cell for cell in row.xpath("./*[@data-stat]")}
            texts = {name: _text(cell) for name, cell in cells.items()}
            if any(texts.values()):
                yield PageRow(
                    line, texts, {name: link for name, cell in cells.items() if (link := _link(cell))}
                )

    def _tables(self) -> Iterator[tuple[str | None, html.HtmlElement]]:
        for table in self.root.xpath("//table"):
            yield table.get("id"), table
        for comment in self.root.xpath("//comment()"):
            if "<table" in (comment.text or ""):
                for table in html.fragment_fromstring(comment.text, create_parent=True).xpath(".//table"):
                    yield table.get("id"), table


def _parser() -> html.HTMLParser:
    return html.HTMLParser(encoding="utf-8", huge_tree=True)


def _text(cell: html.HtmlElement) -> str:
    return " ".join(cell.text_content().replace("\xa0", " ").split())


def _link(cell: html.HtmlElement) -> str:
    links: list[str] = cell.xpath(".//a/@href")
    return links[0] if links else ""


def number_in(link: str, kind: str) -> str | None:
    """Return FBref's own number in a link to a player, a squad, a match or a competition.

    Examples
    --------
    >>> number_in("/en/players/5b92d896/Hugo-Ekitike", "players")
    '5b92d896'
    """
    parts = link.split("/")
    if kind not in parts:
        return None
    place = parts.index(kind) + 1
    return parts[place] if place < len(parts) and parts[place] else None
