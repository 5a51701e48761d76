from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monps.sources.football_data.bookmakers import BOOKMAKERS
from monps.sources.football_data.columns import Book, read_header


def only_book(names: Sequence[str]) -> Book:
    (book,) = read_header(names).books
    return book


def test_a_price_column_is_abbreviation_closing_mark_and_suffix() -> None:
    assert only_book(["PSH", "PSD", "PSA"]) == Book(
        "pinnacle", "match_result", closing=False, prices=("PSH", "PSD", "PSA")
    )
    assert only_book(["PC>2.5", "PC<2.5"]) == Book(
        "pinnacle", "totals", closing=True, prices=("PC>2.5", "PC<2.5"), line=2.5
    )
    assert only_book(["AHCh", "BFECAHA", "BFECAHH"]) == Book(
        "betfair_exchange",
        "asian_handicap",
        closing=True,
        prices=("BFECAHH", "BFECAHA"),
        line_column="AHCh",
    )


@pytest.mark.parametrize("stem", sorted(BOOKMAKERS))
@pytest.mark.parametrize("closing", [False, True])
def test_every_bookmaker_is_known_in_every_market(stem: str, closing: bool) -> None:
    mark, line = ("C", "AHCh") if closing else ("", "AHh")
    if stem.startswith("Bb"):
        line = "BbAHh"
    names = [f"{stem}{mark}{suffix}" for suffix in ("H", "D", "A", ">2.5", "<2.5", "AHH", "AHA")]
    books, unknown = read_header([*names, line])
    assert [book.market for book in books] == ["match_result", "totals", "asian_handicap"]
    assert {(book.bookmaker, book.closing) for book in books} == {(BOOKMAKERS[stem], closing)}
    assert not unknown


def test_an_abbreviation_that_ends_in_c_is_no_closing_price() -> None:
    assert only_book(["VCH", "VCD", "VCA"]).closing is False
    assert only_book(["VCCH", "VCCD", "VCCA"]).closing is True


def test_a_bookmaker_never_seen_is_understood() -> None:
    books, unknown = read_header(["QQH", "QQD", "QQA", "QQCH", "QQCD", "QQCA"])
    assert [(book.bookmaker, book.closing) for book in books] == [("qq", False), ("qq", True)]
    assert not unknown


def test_what_may_be_a_closing_price_of_nobody_known_is_not_guessed() -> None:
    assert read_header(["QQCH", "QQCD", "QQCA"]) == ((), ("QQCH", "QQCD", "QQCA"))


def test_an_own_handicap_line_goes_before_the_shared_one() -> None:
    assert only_book(["AHh", "GBAHH", "GBAHA", "GBAH"]).line_column == "GBAH"
    assert only_book(["AHh", "GBAHH", "GBAHA"]).line_column == "AHh"
    assert read_header(["GBAHH", "GBAHA"]) == ((), ("GBAHH", "GBAHA"))


def test_a_price_without_its_siblings_is_unknown() -> None:
    assert read_header(["B365H", "B365A"]).unknown == ("B365H", "B365A")


def test_of_two_columns_sets_for_the_same_prices_the_first_counts() -> None:
    books, unknown = read_header(["PSH", "PSD", "PSA", "PH", "PD", "PA"])
    assert [book.prices for book in books] == [("PSH", "PSD", "PSA")]
    assert unknown == ("PH", "PD", "PA")


def test_match_columns_are_no_prices() -> None:
    names = [
        "Div",
        "HomeTeam",
        "FTHG",
        "HS",
        "AS",
        "HF",
        "AF",
        "HC",
        "AC",
        "HR",
        "AR",
        "Bb1X2",
        "BbOU",
        "HxG",
    ]
    assert read_header(names) == ((), ())


@given(st.lists(st.text(alphabet="ABCDHPS365<>.2x ", max_size=8), max_size=20))
def test_every_column_is_used_known_or_named(names: list[str]) -> None:
    books, unknown = read_header(names)
    prices = [name for book in books for name in book.prices]
    assert len(prices) == len(set(prices))
    assert not set(prices) & set(unknown)
    assert set(prices) | set(unknown) <= set(names)
